"""What a browser asks for to keep the gate: its worker, its manifest, its pictures."""

from __future__ import annotations

import io
import json
import re

import pytest
from django.test import Client
from PIL import Image

from ejlas.accounts.rules import Role
from ejlas.web.ui.built import built_file
from tests.factories.people import browser_of, person, visitor
from tests.marks import PERMISSIONS

pytestmark = [pytest.mark.django_db, PERMISSIONS]


@pytest.fixture
def anyone() -> Client:
    return visitor()


def test_the_worker_may_keep_all_pages_of_the_gate_and_is_asked_for_anew_each_time(anyone: Client) -> None:
    response = anyone.get("/gate/worker.js")

    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/javascript")
    assert response["Service-Worker-Allowed"] == "/gate/"
    assert response["Cache-Control"] == "no-cache"
    assert response["Content-Security-Policy"] == "default-src 'none'; script-src 'self'; connect-src 'self'"


def test_the_worker_is_told_of_the_files_of_the_page_and_is_one_file_itself(anyone: Client) -> None:
    told, code = anyone.get("/gate/worker.js").content.decode().split("\n", 1)

    said = json.loads(told.removeprefix("self.EJLAS_FILES=").removesuffix(";"))
    assert said["prefix"] == "/static/built/"
    assert re.fullmatch("[0-9a-f]{16}", said["version"])
    needed = {built_file(name) for name in ("src/gate.ts", "styles/gate.css", "src/site.ts", "src/theme/first.ts")}
    assert {f"/static/{name}" for name in needed} <= set(said["files"])
    # A script that imports is a module, which a worker of an older telephone cannot be.
    assert not re.search(r"(^|[;}\s])(import|export)\b", code)


def test_every_file_that_the_worker_keeps_is_there(anyone: Client) -> None:
    told = anyone.get("/gate/worker.js").content.decode().split("\n", 1)[0]

    missing = []
    for address in json.loads(told.removeprefix("self.EJLAS_FILES=").removesuffix(";"))["files"]:
        response = anyone.get(address)
        missing += [address] if response.status_code != 200 else []
        response.close()
    assert missing == []


@pytest.mark.parametrize(("language", "direction", "name"), [("en", "ltr", "Gate"), ("fa", "rtl", "گیت")])
def test_a_telephone_is_told_how_the_gate_is_called(summits, language: str, direction: str, name: str) -> None:
    said = browser_of(person(Role.GATE, language=language)).get("/gate/rasht2025/manifest.webmanifest").json()

    assert said["start_url"] == said["id"] == "/gate/rasht2025/"
    assert (said["scope"], said["display"]) == ("/gate/", "standalone")
    assert (said["lang"], said["dir"]) == (language, direction)
    assert said["name"].startswith(f"{said['short_name']} · ")
    assert {icon["sizes"] for icon in said["icons"]} == {"180x180", "192x192", "512x512", "any"}


def test_who_keeps_no_gate_is_told_nothing_of_it(summits, anyone: Client) -> None:
    address = "/gate/rasht2025/manifest.webmanifest"

    assert anyone.get(address).status_code == 302
    assert browser_of(person(Role.FOCAL_POINT)).get(address).status_code == 403
    assert browser_of(person(Role.GATE, edition="atlantic2027")).get(address).status_code == 403


@pytest.mark.parametrize("size", [180, 192, 512])
def test_the_mark_is_drawn_in_the_sizes_of_telephones(anyone: Client, size: int) -> None:
    response = anyone.get(f"/gate/icon-{size}.png")

    picture = Image.open(io.BytesIO(response.content))
    assert (response["Content-Type"], picture.format, picture.size) == ("image/png", "PNG", (size, size))
    # Its ground to the edge, as telephones cut it round, and its lines inside.
    assert picture.getpixel((1, 1)) == (6, 36, 45)
    assert {(242, 247, 246), (127, 214, 198), (242, 179, 61)} <= {colour for _, colour in picture.getcolors(99_999)}


def test_the_mark_is_drawn_in_no_other_size(anyone: Client) -> None:
    assert anyone.get("/gate/icon-20000.png").status_code == 404
