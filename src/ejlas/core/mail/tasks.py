"""Background work of mail: make one try, and put the next one into the queue."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from ejlas.core.mail.sending import deliver as deliver_message


@task()
def deliver(sealed: str, attempt: int) -> None:
    """Try to deliver a message; where the server does not take it now, come back later."""
    again = deliver_message(sealed=sealed, attempt=attempt, at=timezone.now())
    if again is not None:
        deliver.using(run_after=again).enqueue(sealed=sealed, attempt=attempt + 1)
