"""Every address of the signed-in side, walked with every role, with nobody, and with the right role elsewhere."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import get_resolver
from django.urls.resolvers import URLPattern

from ejlas.accounts.rules import DOORS, Door, Role
from ejlas.core.audit.models import Line
from ejlas.web.ui.access import PERMISSION
from ejlas.web.ui.doors import DOOR
from ejlas.web.ui.kinds import KINDS
from tests.factories.people import person
from tests.marks import PERMISSIONS
from tests.roles import PAGE, allowed_by_code, allowed_by_page, roles_page

EDITION = "rasht2025"
# One role of each door walks on PostgreSQL too, and so runs every query behind every page.
WALKING = {Role.HEAD, Role.FOCAL_POINT, Role.GATE, Role.JOURNALIST}
ROLES = [role if role in WALKING else pytest.param(role, marks=PERMISSIONS) for role in Role]
PRIVATE = ("desk/", "portal/", "gate/", "press/", "account/")
# Pages of the account that somebody without a sign-in must reach, and what a link in a mail opens.
OPEN = re.compile(
    r"account/(login|invitation|link|language|inactive|.?password/reset|oidc|email/confirm|email/sent)|protection/(authenticate|passkeys/login)"
    r"|gate/(worker|icon)|desk/answer/"
)

# What each address of the API needs, by its method and the end of its pattern; of a kind: its own permissions.
API = {
    ("GET", "editions/<edition>"): "forum.view_edition",
    ("GET", "wordings"): "forum.view_edition",
    ("GET", "runs"): "planning.view_plan",
    ("POST", "runs"): "planning.run_planner",
    ("GET", "runs/<int:run>"): "planning.view_plan",
    ("POST", "runs/<int:run>/stop"): "planning.run_planner",
    ("POST", "runs/<int:run>/accept"): "planning.accept_run",
    ("POST", "runs/<int:run>/undo"): "planning.accept_run",
    ("GET", "standing"): "planning.view_plan",
    ("POST", "repairs"): "planning.run_planner",
    ("GET", "what-ifs"): "planning.view_plan",
    ("POST", "what-ifs"): "planning.run_planner",
    ("GET", "what-ifs/<int:run>"): "planning.view_plan",
    ("DELETE", "what-ifs/<int:run>"): "planning.run_planner",
    ("PUT", "bilaterals/<slug>/place"): "planning.move_bilateral",
    ("DELETE", "bilaterals/<slug>/place"): "planning.move_bilateral",
    ("GET", "publications"): "forum.view_edition",
    ("POST", "publications"): "forum.publish_edition",
    ("GET", "grants"): "accounts.view_grants",
    ("POST", "grants"): "accounts.change_grants",
    ("DELETE", "grants/<int:grant>"): "accounts.change_grants",
    ("GET", "invitations"): "accounts.view_grants",
    ("POST", "invitations"): "accounts.change_grants",
    ("DELETE", "invitations/<int:invitation>"): "accounts.change_grants",
    ("GET", "webhooks"): "accounts.view_webhooks",
    ("POST", "webhooks"): "accounts.change_webhooks",
    ("GET", "webhooks/<int:webhook>"): "accounts.change_webhooks",
    ("PUT", "webhooks/<int:webhook>"): "accounts.change_webhooks",
    ("GET", "trail"): "forum.view_trail",
    ("POST", "invitations/<int:invitation>/send-again"): "accounts.change_grants",
    ("DELETE", "webhooks/<int:webhook>"): "accounts.change_webhooks",
    ("POST", "webhooks/<int:webhook>/secret"): "accounts.change_webhooks",
    ("POST", "webhooks/<int:webhook>/pause"): "accounts.change_webhooks",
    ("POST", "webhooks/<int:webhook>/resume"): "accounts.change_webhooks",
    ("GET", "webhooks/<int:webhook>/deliveries"): "accounts.view_webhooks",
    ("POST", "webhooks/<int:webhook>/deliveries/<int:delivery>/send-again"): "accounts.change_webhooks",
}
OF_A_KIND = {
    ("GET", ""): "view",
    ("POST", ""): "change",
    ("GET", "/<slug>"): "view",
    ("PUT", "/<slug>"): "change",
    ("PATCH", "/<slug>"): "change",
    ("DELETE", "/<slug>"): "change",
    ("GET", "/<slug>/history"): "view",
    ("POST", "/<slug>/put-back"): "change",
}
# Addresses of the API that tell a person only of themselves, or are the same for everyone.
API_OWN = ("", "me", "me/keys", "me/keys/<prefix>", "editions", "search", "openapi.json", "docs")


@dataclass(frozen=True)
class Address:
    """An address of the signed-in side, and what it asks of who opens it."""

    pattern: str
    view: object

    @property
    def permission(self) -> str:
        return getattr(self.view, PERMISSION, "")

    @property
    def door(self) -> Door | None:
        return getattr(self.view, DOOR, None)

    def at(self, edition: str, slugs: dict[str, str]) -> str:
        """Return the address with an edition and the name of a thing that is there."""
        kind = next((kind for kind in KINDS if f"/{kind.address}/" in self.pattern), None)
        slug = slugs.get(kind.name if kind else "bilateral", "")
        filled = re.sub(r"<edition:edition>", edition, "/" + self.pattern)
        filled = re.sub(r"<slug:slug>", slug, filled)
        filled = re.sub(r"<uuid:[a-z]+>", str(UUID(int=1)), filled)
        return re.sub(r"<[a-z]+:[a-z_0-9]+>", "1", filled)


def _walk(resolver, before: str = "") -> Iterator[tuple[str, object]]:
    for pattern in resolver.url_patterns:
        here = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield here, pattern.callback
        else:
            yield from _walk(pattern, here)


EVERY = [Address(pattern, view) for pattern, view in _walk(get_resolver()) if pattern.startswith(PRIVATE)]
DESK = [address for address in EVERY if address.pattern.startswith("desk/")]
GUARDED = [address for address in EVERY if address.permission]


@pytest.fixture
def slugs(summits, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.API_PER_MINUTE = 100_000
    cache.clear()
    edition = summits[EDITION]
    found = {kind.name: kind.model.objects for kind in KINDS}
    return {
        name: things.filter(**({"text__edition": edition} if name == "point" else {"edition": edition})).first().slug
        for name, things in found.items()
    }


def _client(*roles: Role, edition: str = EDITION, **values) -> Client:
    client = Client(headers={"host": "localhost"})
    client.force_login(
        person(*roles, edition=edition, password=None, **values),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    return client


def _open(client: Client, address: str) -> int:
    """Open an address as a reader; where it can only be sent to, send it nothing."""
    response = client.get(address)
    if response.status_code == 405:
        response = client.post(address)
    if response.status_code == 302 and response.url.startswith("/account/login/"):
        return 401
    return response.status_code


def test_the_reference_page_tells_the_permissions_as_they_are():
    assert PAGE.read_text(encoding="utf-8") == roles_page()
    assert allowed_by_page() == allowed_by_code()


def test_every_address_of_the_desk_says_what_it_asks():
    said = {address.pattern for address in DESK if address.permission or OPEN.search(address.pattern)}
    silent = [address.pattern for address in DESK if address.pattern not in {*said, "desk/"}]

    assert silent == []
    assert {address.permission for address in DESK} - {""} <= allowed_by_page().keys()
    assert len(DESK) > 100


@pytest.mark.parametrize("role", ROLES)
def test_every_role_opens_what_the_table_says_and_nothing_else(role, slugs):
    client, allowed = _client(role), allowed_by_page()
    lines = Line.objects.count()

    opened = {address.pattern: _open(client, address.at(EDITION, slugs)) for address in GUARDED}

    at_every_edition = {"desk/new/", "desk/forums/new/", "desk/forums/<slug:slug>/"}
    wrong = {
        address.pattern: opened[address.pattern]
        for address in GUARDED
        if (opened[address.pattern] == 403)
        == (role in allowed[address.permission] and address.pattern not in at_every_edition)
    }
    assert wrong == {}
    assert 401 not in opened.values()
    assert 500 not in opened.values()
    assert role in allowed["forum.change_edition"] or Line.objects.count() == lines


@PERMISSIONS
@pytest.mark.parametrize("role", list(Role))
def test_the_right_role_of_another_edition_opens_nothing(role, slugs):
    client, allowed = _client(role, edition="atlantic2027"), allowed_by_page()
    lines = Line.objects.count()
    # What the role opens nowhere, the test before this one has knocked at.
    its_own = [address for address in GUARDED if role in allowed[address.permission]]

    opened = {_open(client, address.at(EDITION, slugs)) for address in its_own}

    assert opened <= {403}
    assert Line.objects.count() == lines


@PERMISSIONS
def test_nobody_is_led_to_the_sign_in_and_back(slugs):
    client = Client(headers={"host": "localhost"})

    led = {address.pattern: _open(client, address.at(EDITION, slugs)) for address in EVERY}

    assert {pattern for pattern, status in led.items() if status != 401 and not OPEN.search(pattern)} == set()
    assert client.get("/desk/rasht2025/parties/?q=a").url == "/account/login/?next=/desk/rasht2025/parties/%3Fq%3Da"


@PERMISSIONS
@pytest.mark.parametrize("role", list(Role))
def test_each_door_opens_for_its_roles_alone(role, slugs):
    client = _client(role)

    opened = {door: client.get(f"/{door}/", follow=False).status_code for door in Door}

    assert {door for door, status in opened.items() if status != 403} == {DOORS[role]}


def _api() -> Iterator[tuple[str, str, str]]:
    """Yield method, address and permission of everything in the API that concerns an edition."""
    patterns = {
        pattern.removeprefix("api/v1/") for pattern, _view in _walk(get_resolver()) if pattern.startswith("api/v1/")
    }
    known = {f"editions/<edition>/{end}" if not end.startswith("editions") else end for _method, end in API}
    known |= {f"editions/<edition>/<kinds>{end}" for _method, end in OF_A_KIND} | set(API_OWN)
    assert patterns == known
    for (method, end), permission in API.items():
        yield method, end if end.startswith("editions") else f"editions/<edition>/{end}", permission
    for kind in KINDS:
        for (method, end), which in OF_A_KIND.items():
            yield method, f"editions/<edition>/{kind.address}{end}", getattr(kind, which)


# What is whole enough to be read, so that a refusal is one of the person and not of what was sent.
BODIES = {
    "/put-back": {"line": 1},
    "/place": {"starts_at": "2025-11-18T10:00:00+03:30", "room": "main-hall"},
    "/grants": {"email": "somebody@example.org", "role": "auditor"},
    "/invitations": {"email": "somebody@example.org", "role": "auditor"},
    "/what-ifs": {"changes": ["rooms_open"]},
    "/webhooks": {"address": "https://example.org/hook"},
    "/webhooks/<int:webhook>": {"address": "https://example.org/hook"},
}


def _ask(client: Client, method: str, address: str, slugs: dict[str, str], *, is_whole: bool = True) -> int:
    kind = next((kind for kind in KINDS if f"/{kind.address}" in address), None)
    filled = address.replace("<edition>", EDITION).replace("<slug>", slugs[kind.name] if kind else "x")
    filled = re.sub(r"<int:[a-z]+>", "1", filled)
    sent = next((body for end, body in BODIES.items() if address.endswith(end)), {}) if is_whole else {"x": 1}
    body = {} if method in {"GET", "DELETE"} else {"data": json.dumps(sent), "content_type": "application/json"}
    return client.generic(method, f"/api/v1/{filled}", **body).status_code


@pytest.mark.parametrize("role", ROLES)
def test_every_role_asks_the_api_for_what_the_table_says_and_nothing_else(role, slugs):
    client, allowed = _client(role), allowed_by_page()
    reading = [each for each in _api() if each[0] != "DELETE" or role not in allowed[each[2]]]

    # Who may is sent what no one can take, so that nothing is written; who may not, what would be taken.
    answered = {each: _ask(client, each[0], each[1], slugs, is_whole=role not in allowed[each[2]]) for each in reading}

    wrong = {each: status for each, status in answered.items() if (status == 403) == (role in allowed[each[2]])}
    assert wrong == {}
    assert not {401, 500} & set(answered.values())


@PERMISSIONS
def test_nobody_gets_401_from_the_api_and_another_edition_is_not_there(slugs):
    nobody, stranger = Client(headers={"host": "localhost"}), _client(Role.HEAD, edition="atlantic2027")

    assert {_ask(nobody, method, address, slugs) for method, address, _permission in _api()} == {401}
    assert {nobody.get(f"/api/v1/{end}").status_code for end in ("me", "editions", "search?q=a")} == {401}
    assert {_ask(stranger, method, address, slugs) for method, address, _permission in _api()} == {404}
