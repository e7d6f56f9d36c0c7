"""A gate that opens now, with passes to hold before it: for tests and measures of the page in a browser."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from ejlas.accounts import queries as accounts
from ejlas.accounts.rules import Role
from ejlas.core import signing
from ejlas.core.text import Text
from ejlas.delegations.models import Badge, Delegation, Presence, Scan, Window, Zone
from ejlas.delegations.operations import papers
from ejlas.delegations.operations.passes import badges, lists, matrix, steps
from ejlas.delegations.queries.passes import codes
from ejlas.delegations.rules.passes import payload
from ejlas.delegations.rules.passes.badges import BadgeStep
from ejlas.forum.models import Edition
from tests.factories import delegations, faces, passes, people

NAMES = Text.of(fa="نیلوفر راد", ru="Нилуфар Рад")


def opened(slug: str, *, language: str = "en", n_people: int = 12, has_photos: bool = False) -> dict[str, Any]:
    """Open the gates of an edition today, with an officer and passes of one delegation; tell what their codes say."""
    edition, now = Edition.objects.get(slug=slug), timezone.now()
    delegations.opened(edition, at=now)
    passes.passes_opened(edition, at=now)
    starts, ends = now - timedelta(hours=3), now + timedelta(hours=9)
    Window.objects.filter(edition=edition).update(starts_at=starts, ends_at=ends)
    Zone.objects.filter(edition=edition, slug="hall").update(capacity=40)
    hall = passes.zone(edition)
    second = {"slug": "gate-hall-2", "name": Text.of(en="Hall, second door", fa="تالار، درِ دوم"), "zone": hall}
    matrix.add_gate(edition=edition, fields=second, by=_by(), at=now)
    lists.note_rules(edition)
    of = Delegation.objects.filter(edition=edition).select_related("edition", "party").order_by("position")[0]
    made = passes.issued(of, 1, at=now, slug="head", name=NAMES)
    made += passes.issued(of, 7, at=now) + passes.issued(of, n_people - 8, at=now, slug="adviser")
    if has_photos:
        _photographed(made, at=now)
    tokens = badges.add_tokens(delegation=of, category=passes.category(edition, "pin"), n_tokens=1, by=_by(), at=now)
    pin = passes.handed(tokens, at=now)
    people.person(Role.GATE, edition=slug, name="Farhad Amini", email=f"gate@{slug}.example.org", language=language)
    people.person(Role.HEAD, edition=slug, name="Sara Karimi", email=f"head@{slug}.example.org", language=language)
    key = codes.key_of(edition)
    assert key is not None
    told = {badge.number: codes.code_of(badge, key) for badge in [*made, *pin]}
    revoke(slug, made[-1].number)
    return {
        "numbers": [badge.number for badge in made],
        "pin": pin[0].number,
        "codes": told,
        "forged": forged(told[made[0].number]),
        "revoked": made[-1].number,
    }


def delivered(slug: str) -> dict[str, Any]:
    """Tell what the server has of the gates of an edition: scans by what was done, and by id."""
    scans = Scan.objects.filter(edition__slug=slug)
    told = {answer: scans.filter(answer=answer).count() for answer in ("admitted", "refused")}
    inside = Presence.objects.filter(zone__edition__slug=slug, is_inside=True).count()
    reasons = sorted(scans.exclude(reason="ok").values_list("reason", flat=True))
    flags = sorted(scans.exclude(flag="").values_list("flag", flat=True))
    ids = scans.values("scan_id").distinct().count()
    return {**told, "ids": ids, "inside": inside, "reasons": reasons, "flags": flags}


def forged(code: str) -> str:
    """Return a code that says the same, signed by somebody else."""
    body = payload.read(code).body
    return payload.spell(body, signing.sign(signing.new_private(), payload.signed_part(body)))


def revoke(slug: str, number: int) -> None:
    """Revoke a pass now."""
    row = Badge.objects.select_related("edition").get(edition__slug=slug, number=number)
    steps.take_step(badges=[row], step=BadgeStep.REVOKE, by=_by(), at=timezone.now(), reason="Recalled")


def _photographed(made: list[Badge], *, at: Any) -> None:
    looks = ({"style": "scarf"}, {"hair": "grey", "beard": True}, {"glasses": True, "hair": "brown"})
    for badge, look in zip(made, looks, strict=False):
        picture = faces.portrait(faces.Face(**look))
        papers.set_photo(person=badge.person, picture=picture, taken_on=at.date(), by=_by(), at=at)


def _by() -> Any:
    return accounts.system_account()
