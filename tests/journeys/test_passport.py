"""Reading passports in the browser: from photographs, and with a camera that shows a film."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.factories import passports
from tests.factories.passport_page import SENTENCES, read_photo, serving

pytestmark = pytest.mark.services

SAID, LINES = "[data-passport-said]", "[data-passport-lines]"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with serving() as address:
        yield address


@pytest.fixture(scope="module")
def tab(browser: Any, address: str) -> Iterator[Any]:
    """One tab for all photographs, whose reader is fetched once; it may ask nobody but the site."""
    context = browser.new_context()
    tab = context.new_page()
    asked: list[str] = []
    complaints: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.on("pageerror", lambda fault: complaints.append(str(fault)))
    tab.goto(address)
    yield tab
    context.close()
    assert [url for url in asked if not url.startswith(address)] == []
    assert complaints == []


def _file(data: bytes) -> dict[str, Any]:
    return {"name": "page.jpg", "mimeType": "image/jpeg", "buffer": data}


@pytest.mark.parametrize("seed", [3, 13, 16, 18, 19, 27])
def test_a_photograph_fills_in_the_lines(tab: Any, seed: int) -> None:
    state, lines = read_photo(tab, _file(passports.jpeg(passports.picture(seed))))

    assert (state, tuple(lines.splitlines())) == ("read", passports.document(seed).lines)
    assert tab.inner_text(SAID) == SENTENCES["read"]


def test_a_photograph_that_lies_on_its_side_is_read(tab: Any) -> None:
    drawn = passports.picture(0, taken=passports.Shot(width=1200)).rotate(90, expand=True)

    assert read_photo(tab, _file(passports.jpeg(drawn))) == ("read", "\n".join(passports.document(0).lines))


def test_a_photograph_without_lines_says_so_and_leaves_the_form_alone(tab: Any) -> None:
    blurred = passports.picture(0, taken=passports.Shot(width=800, blur=9))

    assert read_photo(tab, _file(passports.jpeg(blurred))) == ("unread", "")
    assert tab.inner_text(SAID) == SENTENCES["unread"]


def test_a_file_that_is_no_picture_says_so(tab: Any) -> None:
    assert read_photo(tab, _file(b"no picture")) == ("failed", "")


def _film(folder: Path) -> Path:
    """Write a film in which the page is blurred at first, as a camera sees it before it is sharp."""
    frames = [
        passports.jpeg(passports.picture(1, taken=passports.Shot(width=1280, degrees=1.5, blur=blur, noise=5)))
        for blur in (6.0, 0.6)
    ]
    film = folder / "page.mjpeg"
    film.write_bytes(frames[0] * 3 + frames[1] * 60)
    return film


@pytest.fixture(scope="module")
def filmed(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A browser whose camera shows the film."""
    film = _film(tmp_path_factory.mktemp("film"))
    flags = ["--no-sandbox", "--use-fake-device-for-media-stream", f"--use-file-for-fake-video-capture={film}"]
    chromium = browser.browser_type.launch(executable_path=shutil.which("chromium"), args=flags)
    yield chromium
    chromium.close()


def test_the_camera_reads_the_lines_and_closes(filmed: Any, address: str) -> None:
    tab = filmed.new_context(permissions=["camera"]).new_page()
    tab.goto(address)

    tab.click("[data-passport-open]")
    tab.wait_for_selector('[data-passport-state="read"]', timeout=30_000)

    assert tab.input_value(LINES) == "\n".join(passports.document(1).lines)
    assert tab.inner_text(SAID) == SENTENCES["read"]
    assert tab.eval_on_selector("video", "video => video.srcObject === null && video.hidden")


def test_a_camera_that_is_stopped_puts_nothing_into_the_form(filmed: Any, address: str) -> None:
    tab = filmed.new_context(permissions=["camera"]).new_page()
    tab.goto(address)

    tab.click("[data-passport-open]")
    tab.click("[data-passport-stop]")

    assert tab.is_hidden("video")
    assert tab.is_visible("[data-passport-open]")
    assert (tab.inner_text(SAID), tab.input_value(LINES)) == ("", "")


def test_a_camera_that_is_refused_leaves_the_typed_lines(filmed: Any, address: str) -> None:
    tab = filmed.new_context(permissions=[]).new_page()
    tab.goto(address)
    tab.fill(LINES, "P<UTO")

    tab.click("[data-passport-open]")
    tab.wait_for_selector('[data-passport-state="refused"]')

    assert (tab.inner_text(SAID), tab.input_value(LINES)) == (SENTENCES["refused"], "P<UTO")


def test_a_machine_without_a_camera_says_so(browser: Any, address: str) -> None:
    tab = browser.new_context(permissions=["camera"]).new_page()
    tab.goto(address)

    tab.click("[data-passport-open]")
    tab.wait_for_selector('[data-passport-state="none"]')

    assert tab.inner_text(SAID) == SENTENCES["none"]


def test_without_scripts_the_lines_are_typed(browser: Any, address: str) -> None:
    tab = browser.new_context(java_script_enabled=False).new_page()
    tab.goto(address)

    assert tab.is_visible(LINES)
    assert tab.is_hidden("[data-passport-camera]")
