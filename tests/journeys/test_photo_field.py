"""The field of a photograph in a browser, under the content policy of the site: shown, framed, refused."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from django import forms
from django.conf import settings
from playwright.sync_api import Route, expect

from ejlas.core.formats.pictures import Box
from ejlas.core.inputs import PhotoField
from ejlas.web.ui import built
from tests.factories.faces import Face, as_jpeg, picture

pytestmark = pytest.mark.services
SITE = "http://photo.test"
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Photo</title>
<link rel="stylesheet" href="/static/{site}"><link rel="stylesheet" href="/static/{style}">
<script type="module" src="/static/{script}"></script></head><body><main><h1>Photo</h1><form novalidate action="/sent">
<label for="id_photo">Photo</label>{field}<button>Send</button></form></main></body></html>"""


class Sheet(forms.Form):
    photo = PhotoField(most_bytes=1_000_000)


@pytest.fixture
def page(browser):
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    shown = context.new_page()
    complaints = []
    shown.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    shown.on("pageerror", lambda fault: complaints.append(str(fault)))
    shown.route("**/*", _answer)
    shown.goto(SITE)
    yield shown
    context.close()
    assert complaints == []


def _answer(route: Route) -> None:
    path = urlsplit(route.request.url).path
    if path.startswith("/static/"):
        return route.fulfill(path=built.MANIFEST.parents[1] / path.removeprefix("/static/"))
    if path == "/sent":
        return route.fulfill(body="sent")
    files = {"site": "site.css", "style": "portal.css", "script": "portal.ts"}
    words = PAGE.format(field=Sheet()["photo"], **{name: built.built_file(file) for name, file in files.items()})
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"].items()
    policy = "; ".join(f"{name} {' '.join(values)}" for name, values in directives)
    headers = {"content-security-policy": policy, "content-type": "text/html"}
    return route.fulfill(body=words, headers=headers)


def chosen(name, body):
    return {"name": name, "mimeType": "image/jpeg", "buffer": body}


def box_of(page):
    return Box.read(page.locator("[data-photo-box]").input_value())


def test_part_of_a_photograph_is_chosen_by_keys_and_by_hand(page):
    page.set_input_files("#id_photo", chosen("me.jpg", as_jpeg(picture(Face(), width=900, height=800))))
    expect(page.get_by_role("status")).to_contain_text("900 × 800 pixels")
    alone = page.locator("[data-photo-box]").input_value()

    page.get_by_role("button", name="Choose the part yourself").click()
    first = box_of(page)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("-")
    keyed = box_of(page)
    area = page.locator("canvas").bounding_box()
    x, y = area["x"] + area["width"] * (keyed.x + keyed.width / 2), area["y"] + area["height"] * (keyed.y + 0.3)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - area["width"] * 0.1, y)
    page.mouse.up()
    pulled = box_of(page)
    page.get_by_role("button", name="Send").click()

    assert alone == ""
    assert (first.width * 900) / (first.height * 800) == pytest.approx(0.75, abs=0.001)
    assert (keyed.width < first.width, keyed.x > first.x) == (True, True)
    assert (pulled.x, pulled.width) == (pytest.approx(keyed.x - 0.1, abs=0.01), keyed.width)
    assert parse_qs(urlsplit(page.url).query)["photo-box"] == [pulled.spelled()]


@pytest.mark.parametrize(
    ("name", "body", "words"),
    [
        ("me.jpg", b"%PDF-1.7", "no whole picture"),
        ("me.jpg", b"\xff\xd8\xff" + b"\0" * 1_000_000, "1.1 MB; at most 1 MB"),
        ("me.heic", b"\0\0\0\x18ftypheic", "HEIC"),
        ("me.jpg", as_jpeg(picture(width=200, height=200)), "200 × 200 pixels"),
    ],
)
def test_what_cannot_be_taken_is_told_and_not_sent(page, name, body, words):
    page.set_input_files("#id_photo", chosen(name, body))

    expect(page.get_by_role("status")).to_contain_text(words)
    page.get_by_role("button", name="Send").click()

    assert page.url == f"{SITE}/"
    assert page.locator("canvas").is_hidden()
    assert page.evaluate("document.activeElement.id") == "id_photo"
