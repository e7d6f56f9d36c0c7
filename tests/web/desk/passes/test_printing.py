"""The queue of cards to print: at once or in the background, kept for a day, printed again with a reason."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.test import TestCase
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from ejlas.accounts.rules import Role
from ejlas.core.files.models import StoredFile
from ejlas.delegations.models import Badge, Delegation, Printing
from ejlas.delegations.operations.passes import printing as operations
from ejlas.delegations.rules.passes.badges import BadgeState
from ejlas.delegations.rules.passes.printing import PrintState
from ejlas.exports.typesetting import CannotTypeset
from ejlas.journeys import print_cards
from ejlas.journeys.tasks import print_cards as task
from ejlas.web.desk.views.passes import printing as views
from tests.factories.passes import approved

PRINT = "/desk/rasht2025/passes/print/"
OFFICE = Role.ACCREDITATION_DESK
CHOSEN = {"state": "approved", "what": "all", "sheet": "card", "language": "fa", "design": "badge-small"}


@pytest.fixture(autouse=True)
def kept_files(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.fixture
def waiting(summits):
    """Let people of the second delegation wait for their cards."""

    def make(n_people: int = 1, **more: str) -> list[Badge]:
        rows = Delegation.objects.filter(edition=summits["rasht2025"]).select_related("edition", "party")
        return approved(rows.order_by("position")[1], n_people, **more)

    return make


def _sent(made: list[Badge], **more: str) -> dict[str, object]:
    return CHOSEN | {"delegation": made[0].delegation.slug} | more


def test_a_few_cards_come_at_once_in_the_order_of_handing_out(desk, waiting):
    later, first = waiting(family_name="Zand"), waiting(family_name="Azar")
    made, client = [*first, *later], desk(OFFICE)

    queue = client.get(f"{PRINT}?delegation={made[0].delegation.slug}")
    page = client.post(PRINT, _sent(made), follow=True)
    file = client.get(page.context["made"]["files"][0][1])

    printing = Printing.objects.get()
    assert [row["slug"] for row in queue.context["rows"]] == [badge.slug for badge in made]
    assert (printing.state, printing.n_made, printing.badges) == ("done", 2, [badge.pk for badge in made])
    assert file.content[:5] == b"%PDF-"
    assert "attachment" in file.headers["Content-Disposition"]
    assert set(Badge.objects.filter(pk__in=printing.badges).values_list("state", "print_number")) == {("printed", 1)}


def test_many_cards_are_made_by_a_worker_while_a_page_tells_how_far_it_is(desk, waiting, monkeypatch):
    made, client = waiting(2), desk(OFFICE)
    monkeypatch.setattr(views, "FEW", 1)

    with TestCase.captureOnCommitCallbacks(execute=True):
        page = client.post(PRINT, _sent(made), follow=True)
    queued = DBTaskResult.objects.get(task_path="ejlas.journeys.tasks.print_cards").args_kwargs["kwargs"]
    task.func(**queued)
    done = client.get(page.request["PATH_INFO"])

    assert (page.context["made"]["state"], page.context["made"]["is_ongoing"]) == ("waiting", True)
    assert b'http-equiv="refresh"' in page.content
    assert (done.context["made"]["state"], len(done.context["made"]["files"])) == ("done", 1)
    assert b'http-equiv="refresh"' not in done.content
    assert print_cards.print_cards(key=queued["printing_key"], now=timezone.now) is False


def test_files_that_were_not_made_are_made_again_and_no_print_is_counted_twice(desk, waiting, monkeypatch):
    made, client = waiting(), desk(OFFICE)

    def broken(*_args, **_more):
        raise CannotTypeset("card.typ: no font")

    monkeypatch.setattr(print_cards.cards, "card_files", broken)
    page = client.post(PRINT, _sent(made), follow=True)
    told = page.context["made"]
    client.post(f"{page.request['PATH_INFO']}again/")

    printing = Printing.objects.get()
    assert (told["state"], told["fault"], told["files"]) == ("failed", "card.typ: no font", [])
    assert (printing.state, Badge.objects.get(pk=made[0].pk).print_number) == (PrintState.WAITING, 1)
    with pytest.raises(operations.PrintingGoesOn):
        operations.ask_again(printing=printing, at=printing.moved_at)


def test_cards_are_printed_again_only_with_a_reason(desk, waiting):
    made, client = waiting(), desk(OFFICE)
    client.post(PRINT, _sent(made))
    again = _sent(made, state="printed", thing=made[0].slug)

    bare = client.post(PRINT, again)
    page = client.post(PRINT, again | {"reason": "Torn"}, follow=True)

    assert (bare.status_code, bool(bare.context["fault"])) == (422, True)
    assert page.context["made"]["state"] == "done"
    assert Badge.objects.get(pk=made[0].pk).print_number == 2


def test_nothing_chosen_prints_nothing(desk, waiting):
    made = waiting()

    page = desk(OFFICE).post(PRINT, _sent(made, what="chosen"))

    assert (page.status_code, Printing.objects.count()) == (422, 0)
    assert Badge.objects.get(pk=made[0].pk).state == BadgeState.APPROVED


def test_files_are_forgotten_after_a_day_and_are_of_one_edition(desk, waiting):
    made, client = waiting(), desk(OFFICE)
    page = client.post(PRINT, _sent(made), follow=True)
    address, file = page.request["PATH_INFO"], page.context["made"]["files"][0][1]
    stranger = desk(OFFICE, edition="atlantic2027")

    there = stranger.get(file.replace("rasht2025", "atlantic2027")).status_code
    with TestCase.captureOnCommitCallbacks(execute=True):
        early = operations.forget_prints(at=timezone.now() + timedelta(hours=23))
        late = operations.forget_prints(at=timezone.now() + timedelta(hours=25))

    kept = StoredFile.objects.get(purpose="cards")
    assert (there, early, late) == (404, 0, 1)
    assert (kept.is_kept, default_storage.exists(kept.place)) == (False, False)
    assert client.get(file).status_code == 404
    assert client.get(address).context["made"]["state"] == "forgotten"


def test_a_card_is_looked_at_without_being_printed(desk, waiting):
    badge = waiting()[0]

    picture = desk(OFFICE).get(f"/desk/rasht2025/passes/of/{badge.slug}/look/")

    assert picture.content[:4] == b"\x89PNG"
    assert Badge.objects.get(pk=badge.pk).print_number == 0
