"""A small page that reads passports with the camera, under the site's own middleware, and a server for it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import path

from ejlas.web.ui.built import built_file
from ejlas.web.ui.camera import with_camera

SENTENCES = {
    "opening": "The reader is being fetched.",
    "looking": "Hold the lines before the camera.",
    "reading": "The photograph is being read.",
    "read": "The lines were read; compare the names.",
    "check": "Some signs are unsure; compare the lines.",
    "unread": "No lines can be read yet.",
    "refused": "The camera was refused.",
    "none": "There is no camera.",
    "failed": "The reader did not come.",
}
PAGE = """<!doctype html><html lang="en"><title>Passport</title><script type="module" src="{script}"></script>
<form data-passport {sentences}><label>Lines <textarea data-passport-lines rows="3" cols="50"></textarea></label>
<div data-passport-camera hidden><button type="button" data-passport-open>Read with the camera</button>
<button type="button" data-passport-stop hidden>Stop</button>
<label>Photograph <input type="file" accept="image/*" data-passport-photo></label>
<video data-passport-video playsinline hidden></video></div><p role="status" data-passport-said></p></form></html>"""


@with_camera
def page(request: HttpRequest) -> HttpResponse:
    """Show the page."""
    sentences = " ".join(f'data-passport-{name}="{words}"' for name, words in SENTENCES.items())
    return HttpResponse(PAGE.format(script=static(built_file("src/portal.ts")), sentences=sentences))


urlpatterns = [path("", page)]


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, *words: Any) -> None:
        """Say nothing."""


@contextmanager
def serving() -> Iterator[str]:
    """Serve the page on a free port until the end of the block; give its address. Settings are ready before."""
    from django.core.wsgi import get_wsgi_application
    from django.test import override_settings

    with override_settings(ROOT_URLCONF=__name__):
        application = get_wsgi_application()
        server = make_server("127.0.0.1", 0, application, server_class=_Server, handler_class=_Quiet)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        server.server_close()


def read_photo(tab: Any, picture: Path | dict[str, Any]) -> tuple[str, str]:
    """Give the page a photograph; return the state in which it ends and the lines that it put into the form."""
    tab.eval_on_selector("[data-passport]", "whole => delete whole.dataset.passportState")
    tab.eval_on_selector("[data-passport-lines]", "field => { field.value = ''; }")
    tab.set_input_files("[data-passport-photo]", picture)
    ended = ("read", "check", "unread", "failed")
    whole = tab.wait_for_selector(",".join(f'[data-passport-state="{state}"]' for state in ended), timeout=60_000)
    return whole.get_attribute("data-passport-state"), tab.input_value("[data-passport-lines]")
