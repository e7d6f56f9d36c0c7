"""What the page with the camera may do, and that no other page may."""

from __future__ import annotations

import pytest
from django.test import Client
from django.test.utils import override_settings

from ejlas.web.ui.built import built_file
from tests.factories import passport_page

# A response that is closed looks after connections, which other tests may have left open.
pytestmark = pytest.mark.django_db

WORKER, CORE = "dist/worker.min.js", "tesseract-core-simd-lstm.wasm.js"


def _policy(path: str) -> dict[str, list[str]]:
    with override_settings(ROOT_URLCONF=passport_page.__name__):
        response = Client(headers={"host": "localhost"}).get(path)
    assert response.status_code == 200
    response.close()
    parts = (part.split() for part in response.headers["Content-Security-Policy"].split(";"))
    return {name: allowed for name, *allowed in parts}


def test_the_page_with_the_camera_may_run_the_reader_of_letters() -> None:
    policy = _policy("/")

    assert policy["script-src"] == ["'self'", "'wasm-unsafe-eval'"]
    assert policy["worker-src"] == ["'self'"]
    assert policy["connect-src"] == ["'self'"]
    assert policy["img-src"] == ["'self'", "data:", "blob:"]


def test_the_page_with_the_camera_keeps_it_from_other_sites() -> None:
    with override_settings(ROOT_URLCONF=passport_page.__name__):
        response = Client(headers={"host": "localhost"}).get("/")

    assert response.headers["Permissions-Policy"] == "camera=(self)"


def test_the_worker_may_load_its_core_and_nothing_from_elsewhere() -> None:
    assert _policy(f"/static/{built_file(WORKER)}") == {
        "default-src": ["'none'"],
        "script-src": ["'self'", "'wasm-unsafe-eval'"],
        "connect-src": ["'self'"],
    }


@pytest.mark.parametrize("name", ["src/portal.ts", CORE])
def test_no_other_file_may_compile_anything(name: str) -> None:
    assert _policy(f"/static/{built_file(name)}")["script-src"] == ["'self'"]
