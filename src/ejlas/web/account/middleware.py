"""Notes now and then when a sign-in was last used, so that its owner can tell it from a stolen one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from ejlas.accounts import operations
from ejlas.core.databases import Trouble, trouble_of
from ejlas.web.ui.middleware import is_private

SEEN = "seen"
EVERY_SECONDS = 600


class SeenMiddleware:
    """Writes at most once in ten minutes: a page costs no query for it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if is_private(request.path_info) and request.user.is_authenticated:
            now = timezone.now()
            if now.timestamp() - request.session.get(SEEN, 0) > EVERY_SECONDS:
                self._note(request, now)
        return self.get_response(request)

    def _note(self, request: HttpRequest, now: datetime) -> None:
        try:
            operations.note_sign_in_seen(session_key=request.session.session_key or "", at=now)
        except OperationalError as fault:
            # Where nothing can be saved for want of room, pages can still be read.
            if trouble_of(fault) not in {Trouble.FULL, Trouble.BUSY}:
                raise
        else:
            request.session[SEEN] = int(now.timestamp())
