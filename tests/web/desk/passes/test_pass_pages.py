"""Pages of passes at the desk: the matrix, the page of a pass, who may enter, the counter, tokens, spares."""

from __future__ import annotations

import base64
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from ejlas.accounts.rules import Role
from ejlas.core.audit.models import Line
from ejlas.delegations.models import Access, Badge, Category, Delegation, Gate, Window, Zone
from ejlas.delegations.operations.passes import steps
from ejlas.delegations.queries.passes.codes import code_of, key_of
from ejlas.delegations.rules.passes.badges import BadgeKind, BadgeState
from tests.factories import gates
from tests.factories.passes import AT, approved, issued
from tests.factories.people import person
from tests.factories.summits import SUMMITS
from tests.marks import FORMS, PERMISSIONS, WORDS

DESK = "/desk/rasht2025"
OFFICE = Role.ACCREDITATION_DESK


@pytest.fixture
def delegation(summits):
    """Give the second delegation of an edition: nobody of it has a pass yet."""

    def found(slug: str = "rasht2025") -> Delegation:
        rows = Delegation.objects.filter(edition=summits[slug]).select_related("edition", "party")
        return rows.order_by("position")[1]

    return found


def _printed(made: list[Badge]) -> list[Badge]:
    by = person(Role.HEAD)
    steps.note_printed(badges=made, by=by, at=AT)
    rows = Badge.objects.filter(pk__in=[badge.pk for badge in made]).order_by("number")
    return list(rows.select_related("edition", "category", "delegation", "person"))


def _state(badge: Badge) -> str:
    return Badge.objects.get(pk=badge.pk).state


def _cells(edition, window: str = "days") -> set[str]:
    cells = Access.objects.filter(category__edition=edition, window__slug=window)
    return {f"{one} {other}" for one, other in cells.values_list("category__slug", "zone__slug")}


def _signed() -> str:
    made = BytesIO()
    Image.new("L", (40, 20), 255).save(made, "PNG")
    return f"data:image/png;base64,{base64.b64encode(made.getvalue()).decode()}"


# --- The matrix ---


@pytest.mark.parametrize("slug", SUMMITS)
def test_the_matrix_shows_each_category_with_a_box_for_each_zone(slug, desk, summits):
    page = desk(OFFICE, edition=slug).get(f"/desk/{slug}/passes/matrix/")

    n_rows, n_columns = (model.objects.filter(edition=summits[slug]).count() for model in (Category, Zone))
    assert page.content.count(b'name="allowed"') == n_rows * n_columns
    assert page.content.count(b'name="seen"') == len(_cells(summits[slug]))


def test_two_officers_who_change_the_matrix_lose_nothing_to_one_another(desk, summits):
    edition = summits["rasht2025"]
    before = _cells(edition)
    first = {"window": "days", "seen": list(before), "allowed": [*before, "press-category hall"]}
    second = {"window": "days", "seen": list(before), "allowed": [each for each in before if each != "support work"]}

    for sent in (first, second):
        assert desk(OFFICE).post(f"{DESK}/passes/matrix/save/", sent).status_code == 302

    assert _cells(edition) == (before | {"press-category hall"}) - {"support work"}


def test_what_nobody_touched_and_what_is_no_cell_changes_nothing(desk, summits):
    client, before = desk(OFFICE), _cells(summits["rasht2025"])
    lines = Line.objects.count()
    sent = {"window": "days", "seen": list(before), "allowed": [*before, "no", "a b c", "no hall", " "]}

    page = client.post(f"{DESK}/passes/matrix/save/", sent, follow=True)

    assert (page.status_code, _cells(summits["rasht2025"]), Line.objects.count()) == (200, before, lines)


def test_a_window_takes_over_the_rights_of_another_after_they_were_shown(desk, summits):
    edition = summits["rasht2025"]
    Window.objects.create(edition=edition, slug="eve", name=edition.name, starts_at=AT, ends_at=AT + timedelta(hours=4))
    client = desk(OFFICE)

    shown = client.get(f"{DESK}/passes/matrix/copy/?window=eve&from=days")
    every = client.get(f"{DESK}/passes/matrix/?window=all")
    client.post(f"{DESK}/passes/matrix/copy/", {"window": "eve", "from": "days"})

    assert len(shown.context["allowed"]) == len(_cells(edition))
    assert every.context["window"] is None
    assert _cells(edition, "eve") == _cells(edition)
    assert client.get(f"{DESK}/passes/matrix/copy/?window=eve&from=eve").status_code == 302


def test_passes_are_set_up_with_one_button_where_there_are_none(desk, summits):
    edition = summits["rasht2025"]
    Badge.objects.filter(edition=edition).delete()
    Gate.objects.filter(edition=edition).delete()
    for model in (Category, Window, Zone):
        model.objects.filter(edition=edition).delete()
    client = desk(OFFICE)

    empty = client.get(f"{DESK}/passes/matrix/")
    asked = client.get(f"{DESK}/passes/set-up/")
    client.post(f"{DESK}/passes/set-up/")

    assert b"/passes/set-up/" in empty.content
    assert asked.context["is_new"] is True
    assert Zone.objects.filter(edition=edition).count() == 6


# --- One pass ---


def test_the_page_of_a_pass_says_where_it_stands_what_is_next_and_what_it_opens(desk, delegation, summits):
    badge = issued(delegation())[0]
    device = gates.device(Gate.objects.select_related("edition", "zone").get(edition=badge.edition, slug="gate-hall"))
    gates.scanned(device, badge, verdict="refuse", reason="no-zone", answer="refused")

    page = desk(OFFICE).get(f"{DESK}/passes/of/{badge.slug}/")

    words = [str(step["words"]) for step in page.context["steps"]]
    assert words == ["Print again", "Suspend", "Revoke", "Report as lost", "Take back"]
    assert [zone["letter"] for zone in page.context["opened"]] == ["S", "H", "C"]
    assert [scan["verdict"] for scan in page.context["scans"]] == ["refuse"]
    assert page.context["taken_at"]


@WORDS
def test_a_pass_offers_nobody_a_step_that_is_not_theirs(desk, delegation):
    badge = issued(delegation())[0]

    page = desk(Role.PROTOCOL).get(f"{DESK}/passes/of/{badge.slug}/")

    assert (page.context["steps"], "taken_at" in page.context, page.context["look_address"]) == ([], False, "")


@pytest.mark.parametrize(
    ("step", "after"), [("suspend", BadgeState.SUSPENDED), ("lose", BadgeState.LOST), ("return", BadgeState.RETURNED)]
)
def test_a_step_is_taken_after_it_was_named_and_with_a_reason_where_one_is_needed(step, after, desk, delegation):
    badge = issued(delegation())[0]
    address, client = f"{DESK}/passes/of/{badge.slug}/step/?step={step}", desk(OFFICE)

    asked = client.get(address)
    bare = client.post(address, {"step": step, "seen": badge.revision})
    if step != "return":
        assert (bare.status_code, _state(badge)) == (422, BadgeState.ISSUED)
        client.post(address, {"step": step, "seen": badge.revision, "reason": "Left in a taxi"})

    assert asked.status_code == 200
    assert _state(badge) == after
    assert Badge.objects.filter(replaces=badge).exists() == (step == "lose")


def test_a_pass_that_somebody_else_took_on_is_not_taken_on_again(desk, delegation):
    badge = issued(delegation())[0]
    seen = badge.revision
    steps.take_step(badges=[badge], step=steps.BadgeStep.SUSPEND, by=person(Role.HEAD), at=AT, reason="Checked")
    address = f"{DESK}/passes/of/{badge.slug}/step/"

    again = desk(OFFICE).post(address, {"step": "suspend", "seen": seen, "reason": "Checked"})
    stale = desk(OFFICE).post(address, {"step": "return", "seen": seen})

    assert (again.status_code, stale.status_code, _state(badge)) == (302, 422, BadgeState.SUSPENDED)


def test_vetting_revokes_the_pass_of_a_person_and_sees_no_other_page_of_it(desk, delegation):
    badge = issued(delegation())[0]
    client = desk(Role.VETTING)

    page = client.get(f"{DESK}/vetting/of/{badge.person.slug}/")
    seen = [client.get(f"{DESK}/passes/of/{badge.slug}/{rest}").status_code for rest in ("", "step/", "look/")]
    client.post(f"{DESK}/passes/of/{badge.slug}/revoke/", {"seen": badge.revision, "reason": "A doubt"})

    assert page.context["revoke_address"] == f"{DESK}/passes/of/{badge.slug}/revoke/"
    assert "opened" not in page.context
    assert seen == [403, 403, 403]
    assert _state(badge) == BadgeState.REVOKED


def test_vetting_does_not_revoke_a_token(desk, summits):
    token = Badge.objects.get(edition=summits["rasht2025"], kind=BadgeKind.OVERPASS)

    assert desk(Role.VETTING).get(f"{DESK}/passes/of/{token.slug}/revoke/").status_code == 404


def test_a_persons_page_tells_the_pass_or_why_there_is_none(desk, delegation, summits):
    badge, other = approved(delegation(), 2)
    Badge.objects.filter(pk=other.pk).delete()
    Category.objects.filter(edition=summits["rasht2025"]).update(capacities=[])
    client = desk(OFFICE)

    with_pass = client.get(f"{DESK}/persons/of/{badge.person.slug}/")
    without = client.get(f"{DESK}/persons/of/{other.person.slug}/")
    missing = client.get(f"{DESK}/passes/missing/")

    assert (with_pass.context["pass_state"], bool(with_pass.context["pass_address"])) == ("approved", True)
    assert without.context["lacks_category"] is True
    assert [row["has_category"] for row in missing.context["rows"]] == [False]


def test_who_may_enter_a_zone_is_found_by_name_and_given_as_a_file(desk, delegation, summits):
    inside, besides = issued(delegation(), 2)
    Badge.objects.filter(pk=besides.pk).update(zones=["press"])
    press, client = f"{DESK}/zones/of/press/who/", desk(OFFICE)

    hall = client.get(f"{DESK}/zones/of/hall/who/?q={inside.person.family_name}")
    rows = client.get(press).context["rows"]
    sheet = client.get(f"{press}?format=xlsx")
    page = client.get(f"{DESK}/zones/of/press/")

    assert len(hall.context["rows"]) >= 1
    assert [address for address, _row in rows] == [f"{DESK}/passes/of/{besides.slug}/"]
    assert (sheet.status_code, sheet.headers["Cache-Control"]) == (200, "private, no-store")
    assert page.context["n_enters"] == "1"


# --- The counter ---


def test_cards_are_found_by_number_name_and_code_and_no_code_stands_in_an_address(desk, delegation, summits):
    edition, made = summits["rasht2025"], _printed(approved(delegation()))
    badge, client, counter = made[0], desk(OFFICE), f"{DESK}/passes/hand-out/"
    code = code_of(badge, key_of(edition))

    led = [client.post(counter, {"find": typed, "tab": "give"}).url for typed in (str(badge.number), "Somebody", code)]
    found = client.get(led[2])

    assert led == [
        f"{counter}?tab=give&number={badge.number}",
        f"{counter}?tab=give&q=Somebody",
        f"{counter}?tab=give&number={badge.number}&print=1",
    ]
    assert [row["slug"] for row in found.context["rows"]] == [badge.slug]
    assert found.context["has_old_card"] is False


def test_a_card_that_was_replaced_or_forged_is_told_at_the_counter(desk, delegation, summits):
    badge = _printed(approved(delegation()))[0]
    old = code_of(badge, key_of(summits["rasht2025"]))
    steps.note_printed(badges=[badge], by=person(Role.HEAD), at=AT, reason="Torn")
    forged = old[:40] + ("A" if old[40] != "A" else "B") + old[41:]
    client, counter = desk(OFFICE), f"{DESK}/passes/hand-out/"

    replaced = client.post(counter, {"find": old}, follow=True)
    wrong = [client.post(counter, {"find": text}, follow=True) for text in (forged, "x" * 110, old.upper())]

    assert replaced.context["has_old_card"] is True
    assert all(len(page.context["messages"]) == 1 and not page.context["rows"] for page in wrong)


def test_a_card_is_handed_to_its_person_who_signs_on_the_screen(desk, delegation):
    badge = _printed(approved(delegation()))[0]
    client = desk(OFFICE)

    client.post(f"{DESK}/passes/hand-out/give/", {"thing": badge.slug, "to": "person", "signature": _signed()})
    picture = client.get(f"{DESK}/passes/of/{badge.slug}/signature/")

    assert _state(badge) == BadgeState.ISSUED
    assert (picture.status_code, picture.headers["Content-Type"]) == (200, "image/png")
    assert client.get(f"{DESK}/passes/of/{badge.slug}/authority/").status_code == 404


def test_a_whole_delegation_is_handed_to_somebody_with_written_authority(desk, delegation):
    made = _printed(approved(delegation(), 3))
    client, there = desk(OFFICE), delegation()
    page = client.get(f"{DESK}/passes/hand-out/?delegation={there.slug}")
    paper = SimpleUploadedFile("authority.pdf", b"%PDF-1.7\n")
    sent = {"thing": [row["slug"] for row in page.context["rows"]], "to": "other", "name": "Aida Bek", "on_paper": "1"}

    client.post(f"{DESK}/passes/hand-out/give/", sent | {"authority": paper})
    receipt = client.post(f"{DESK}/passes/hand-out/receipt/", {"thing": sent["thing"]})

    assert {_state(badge) for badge in made} == {BadgeState.ISSUED}
    assert Badge.objects.get(pk=made[0].pk).issued_to == "Aida Bek"
    assert receipt.content[:5] == b"%PDF-"


@FORMS
@pytest.mark.parametrize(
    "sent",
    [
        {"to": "person"},
        {"to": "person", "signature": "data:image/png;base64,%%%"},
        {"to": "person", "signature": "data:image/gif;base64,AAAA"},
        {"to": "other", "on_paper": "1"},
        {"to": "other", "name": "Aida Bek", "on_paper": "1"},
    ],
)
def test_a_card_is_not_handed_out_without_a_signature_or_the_authority(sent, desk, delegation):
    badge = _printed(approved(delegation()))[0]

    page = desk(OFFICE).post(f"{DESK}/passes/hand-out/give/", sent | {"thing": badge.slug})

    assert (page.status_code, bool(page.context["fault"]), _state(badge)) == (422, True, BadgeState.PRINTED)


def test_cards_are_taken_back_delegation_by_delegation(desk, delegation):
    made, client = issued(delegation(), 2), desk(OFFICE)
    counter = client.get(f"{DESK}/passes/hand-out/?tab=back")
    rows = client.get(f"{DESK}/passes/hand-out/?tab=back&delegation={delegation().slug}").context["rows"]

    client.post(f"{DESK}/passes/hand-out/back/", {"thing": [row["slug"] for row in rows]})

    assert "2" in [row["out"] for row in counter.context["standings"]]
    assert {_state(badge) for badge in made} == {BadgeState.RETURNED}


# --- Tokens and spares ---


def test_a_delegation_gets_tokens_up_to_its_quota_and_the_limit_of_a_use(desk, delegation):
    there, client = delegation(), desk(OFFICE)
    page, add = f"{DESK}/passes/tokens/of/{there.slug}/", f"{DESK}/passes/tokens/of/{there.slug}/add/"
    sent = {"category": "leaders-floater", "number": "1", "mark": "security"}

    answers = [
        client.post(add, sent | more).status_code for more in ({}, {}, {"number": "6", "mark": ""}, {"number": "x"})
    ]
    sections = {section["slug"]: section for section in client.get(page).context["sections"]}

    assert answers == [302, 422, 422, 422]
    assert (sections["leaders-floater"]["held"], sections["leaders-floater"]["free"]) == ("1", "5")
    assert next(use["is_full"] for use in sections["leaders-floater"]["uses"]) is True


def test_a_spare_is_made_printed_and_given_out_until_an_hour_of_today(desk, summits):
    edition, client = summits["rasht2025"], desk(OFFICE)
    client.post(f"{DESK}/passes/spares/add/", {"category": "spare", "number": "2"})
    made = _printed(list(Badge.objects.filter(edition=edition, kind=BadgeKind.SPARE)))
    give = f"{DESK}/passes/spares/give/"
    sent = {"thing": made[0].slug, "holder": "Rustam Quliyev", "until": "23:59"}

    bad = [client.post(give, sent | more).status_code for more in ({"holder": ""}, {"until": "x"}, {"thing": "none"})]
    client.post(give, sent)
    page = client.get(f"{DESK}/passes/spares/")

    assert bad == [422, 422, 422]
    assert [row["holder"] for row in page.context["given"]] == ["Rustam Quliyev"]
    assert [row["holder"] for row in desk(Role.PROTOCOL).get(f"{DESK}/passes/spares/").context["given"]] == [""]


# --- Of all pages ---

PAGES = {
    "passes/matrix/": Role.PROTOCOL,
    "passes/missing/": Role.PROTOCOL,
    "passes/tokens/": Role.PROTOCOL,
    "passes/spares/": Role.PROTOCOL,
    "zones/of/hall/who/": Role.PROTOCOL,
    "passes/print/": OFFICE,
    "passes/hand-out/": OFFICE,
    "passes/set-up/": OFFICE,
}


@PERMISSIONS
@pytest.mark.parametrize("address", PAGES)
def test_each_page_opens_for_who_may_and_for_nobody_else(address, desk):
    opened = [
        desk(role, edition=edition).get(f"{DESK}/{address}").status_code
        for role, edition in ((PAGES[address], "rasht2025"), (Role.VETTING, "rasht2025"), (OFFICE, "atlantic2027"))
    ]

    assert opened == [200, 403, 403]


def test_lists_of_passes_take_as_many_queries_for_one_as_for_three(desk, delegation):
    client, there = desk(OFFICE), delegation()
    one = approved(there)
    addresses = (
        "passes/print/",
        "zones/of/hall/who/",
        f"passes/hand-out/?tab=give&delegation={there.slug}",
        "passes/tokens/",
        "passes/matrix/",
    )

    def counted() -> list[int]:
        numbers = []
        for address in addresses:
            with CaptureQueriesContext(connection) as asked:
                client.get(f"{DESK}/{address}")
            numbers.append(len(asked))
        return numbers

    _printed(one)
    counted()
    first = counted()
    _printed(approved(there, 3, family_name="Bek"))

    assert counted() == first
