"""The gate on the server: scans taken once and in order, who is inside, what no gate could know, and its list."""

from __future__ import annotations

import uuid
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ejlas.accounts import queries as accounts
from ejlas.core.audit.models import Line
from ejlas.core.errors import RuleBroken
from ejlas.delegations import operations as delegations
from ejlas.delegations.models import Badge, Capacity, Delegation, Device, Presence, Scan, Zone
from ejlas.delegations.operations.gate import devices, requests, scans
from ejlas.delegations.operations.gate.scans import OutOfOrder, Taken
from ejlas.delegations.operations.passes import badges, matrix, steps
from ejlas.delegations.queries.gate import lists
from ejlas.delegations.queries.gate.counts import inside, moves
from ejlas.delegations.queries.gate.pulse import answers
from ejlas.delegations.rules.passes.access import Cell
from ejlas.delegations.rules.passes.badges import BadgeStep
from ejlas.delegations.rules.passes.scans import MOST_SKEW_MS, Answer, By, Flag, RequestState, Way
from ejlas.delegations.rules.passes.shapes import Asked, Delivered, Misshapen
from ejlas.delegations.rules.passes.verdicts import Reason, Verdict
from tests.factories.passes import approved, category, gate, handed, issued, zone

AT = datetime(2025, 11, 18, 8, 0, tzinfo=UTC)
LATER = AT + timedelta(hours=6)


def minutes(number: float) -> datetime:
    return AT + timedelta(minutes=number)


@pytest.fixture
def delegation(summits: dict[str, Any]) -> Delegation:
    Delegation.objects.filter(edition=summits["rasht2025"]).update(most_people=500)
    Capacity.objects.filter(edition=summits["rasht2025"]).update(per_delegation=None)
    found = Delegation.objects.filter(edition=summits["rasht2025"]).select_related("edition", "party")
    return found.order_by("position")[0]


class Post:
    """A device at a gate, with its queue."""

    def __init__(self, edition: Any, zone_slug: str = "hall") -> None:
        by = accounts.system_account()
        at_gate = gate(edition, f"gate-{zone_slug}")
        self.device, _token = devices.enrol_device(gate=at_gate, name="Tablet", by=by, at=AT)
        self.run, self.seq, self.zone = uuid.uuid4(), 1, zone_slug

    def scan(self, badge: Badge | None = None, at: datetime = AT, way: Way = Way.IN, **more: Any) -> Delivered:
        fields: dict[str, Any] = {
            "scan_id": uuid.uuid4(),
            "seq": self.seq,
            "gate": self.device.gate.slug,
            "zone": self.zone,
            "way": way,
            "number": badge.number if badge else None,
            "print_number": badge.print_number if badge else None,
            "text": "",
            "verdict": Verdict.ADMIT,
            "reason": Reason.OK,
            "answer": Answer.ADMITTED,
            "by": By.CAMERA,
            "at": at,
            "skew_ms": 0,
            "is_offline": False,
            "group": None,
            "n_guests": 0,
            "note": "",
        }
        self.seq += 1
        return Delivered(**fields | more)

    def deliver(self, *batch: Delivered, at: datetime = LATER) -> Taken:
        return scans.take_scans(device=self.device, run=self.run, scans=batch, at=at)

    def says(self, badge: Badge, at: datetime = AT, way: Way = Way.IN, **more: Any) -> list[Flag]:
        return [each.flag for each in self.deliver(self.scan(badge, at, way, **more)).flags]


# --- Each once, in order ---


def test_a_batch_is_taken_once_with_one_line_in_the_trail(delegation: Delegation) -> None:
    post, made = Post(delegation.edition), issued(delegation, 2)
    batch = [post.scan(badge) for badge in made]

    first, again = post.deliver(*batch), post.deliver(*batch)

    assert first == again == Taken(tuple(each.scan_id for each in batch), 3, ())
    assert Scan.objects.filter(badge__in=made).count() == 2
    assert Line.objects.filter(event="delegations.scans.taken").count() == 1
    assert inside(delegation.edition)["hall"] == 2


def test_a_scan_that_was_numbered_anew_after_a_lost_answer_is_known_by_its_id(delegation: Delegation) -> None:
    post = Post(delegation.edition)
    first, second = post.scan(), post.scan()
    post.deliver(first)
    again = Delivered(**{name: getattr(first, name) for name in Delivered.__slots__} | {"seq": 2})

    taken = post.deliver(again, second)

    assert (taken.next_seq, Scan.objects.count()) == (3, 2)


def test_what_lies_behind_a_gap_waits_for_it(delegation: Delegation) -> None:
    post = Post(delegation.edition)
    missing, behind = post.scan(), post.scan()

    with pytest.raises(OutOfOrder) as order:
        post.deliver(behind)

    assert order.value.next_seq == 1
    assert post.deliver(missing, behind).next_seq == 3


def test_a_gate_that_is_not_there_is_named_and_nothing_is_written(delegation: Delegation) -> None:
    post, (badge,) = Post(delegation.edition), issued(delegation)

    with pytest.raises(Misshapen, match=r"^scans\[1\]\.gate$"):
        post.deliver(post.scan(badge), post.scan(badge, gate="gate-moon"))

    assert not Scan.objects.exists()
    assert not Presence.objects.exists()


# --- Who is inside ---


def test_a_scan_that_comes_late_never_overwrites_a_newer_one(delegation: Delegation) -> None:
    early, late, (badge,) = Post(delegation.edition), Post(delegation.edition), issued(delegation)
    late.deliver(late.scan(badge, minutes(10), Way.OUT))

    early.deliver(early.scan(badge, minutes(0), n_guests=3))

    assert inside(delegation.edition)["hall"] == 0
    assert Presence.objects.get(badge=badge).at == minutes(10)


def test_guests_come_and_go_with_the_pass_and_the_refused_do_not_count(delegation: Delegation) -> None:
    post, made = Post(delegation.edition), issued(delegation, 2)

    post.deliver(post.scan(made[0], n_guests=4), post.scan(made[1], answer=Answer.REFUSED))
    both = inside(delegation.edition)["hall"]
    post.deliver(post.scan(made[0], minutes(1), Way.OUT))

    assert (both, inside(delegation.edition)["hall"]) == (5, 0)


def test_a_clock_that_is_wrong_by_a_day_is_seen_and_stops_nobody(delegation: Delegation) -> None:
    post, (badge,) = Post(delegation.edition), issued(delegation)
    day = timedelta(days=1)

    post.deliver(
        post.scan(badge, LATER + day),
        post.scan(badge, LATER - day, Way.OUT, skew_ms=-86_400_000),
        post.scan(badge, datetime(2999, 1, 1, tzinfo=UTC), Way.OUT, skew_ms=MOST_SKEW_MS),
        post.scan(badge, LATER - day, Way.OUT, skew_ms=-86_400_000),
    )

    ahead, behind, far, _last = Scan.objects.order_by("seq")
    assert (far.at, far.skew_ms) == (LATER, MOST_SKEW_MS)
    assert (ahead.at, ahead.skew_ms) == (LATER, 86_400_000)
    assert (behind.at, behind.skew_ms) == (LATER - day, -86_400_000)
    assert Device.objects.get(pk=post.device.pk).skew_ms == -86_400_000
    assert post.says(badge, LATER + timedelta(seconds=1), Way.OUT) == []
    assert inside(delegation.edition)["hall"] == 0


# --- What no gate could know ---


def set_zone(edition: Any, slug: str, **fields: Any) -> None:
    Zone.objects.filter(edition=edition, slug=slug).update(**fields)


def test_two_gates_and_one_pass_in_the_same_second_are_told(delegation: Delegation) -> None:
    one, other, (badge,) = Post(delegation.edition), Post(delegation.edition), issued(delegation)

    first = one.says(badge)
    (flagged,) = other.deliver(other.scan(badge)).flags

    assert (first, flagged.flag) == ([], Flag.DOUBLE)
    assert flagged.said["at"] == AT.isoformat()
    assert flagged.said["gate"]["en"]
    assert inside(delegation.edition)["hall"] == 1


def test_who_comes_in_again_where_nobody_is_scanned_out_is_no_double(delegation: Delegation) -> None:
    one, other, (badge,) = Post(delegation.edition), Post(delegation.edition), issued(delegation)

    assert one.says(badge) + other.says(badge, minutes(90)) == []


@pytest.mark.parametrize(
    ("moves", "flags"),
    [
        # Minutes, the way, and at which of two devices; delivered in this order.
        ([(0, "in", 0), (90, "in", 1)], [[], [Flag.DOUBLE]]),
        ([(0, "in", 0), (60, "out", 0), (90, "in", 1)], [[], [], []]),
        ([(90, "in", 1), (0, "in", 0)], [[], [Flag.DOUBLE]]),
        ([(90, "in", 1), (60, "out", 1), (0, "in", 0)], [[], [], []]),
        ([(0, "in", 0), (90, "in", 0)], [[], []]),
        ([(0, "in", 0), (25 * 60, "in", 1)], [[], []]),
        ([(0, "in", 0), (0, "out", 1)], [[], []]),
    ],
)
def test_a_pass_inside_twice_is_told_whichever_scan_comes_first(
    delegation: Delegation, moves: list[tuple[int, str, int]], flags: list[list[Flag]]
) -> None:
    set_zone(delegation.edition, "hall", passback="ask")
    posts, (badge,) = [Post(delegation.edition), Post(delegation.edition)], issued(delegation)
    taken_at = AT + timedelta(days=2)

    found = []
    for minute, way, which in moves:
        post = posts[which]
        taken = post.deliver(post.scan(badge, minutes(minute), Way(way)), at=taken_at)
        found.append([each.flag for each in taken.flags])

    assert found == flags


def test_a_capacity_reached_at_two_gates_without_network_is_told_when_they_meet(delegation: Delegation) -> None:
    set_zone(delegation.edition, "hall", capacity=3)
    one, other, made = Post(delegation.edition), Post(delegation.edition), issued(delegation, 4)
    one.deliver(*(one.scan(badge, is_offline=True) for badge in made[:2]))

    (flagged,) = other.deliver(*(other.scan(badge, is_offline=True) for badge in made[2:])).flags

    assert (flagged.flag, flagged.said) == (Flag.FULL, {"inside": 4, "capacity": 3})
    assert Scan.objects.get(flag=Flag.FULL).badge == made[3]
    # Who goes in once more, or goes out, is not one more.
    assert one.says(made[0], minutes(1)) == []
    assert one.says(made[0], minutes(2), Way.OUT) == []


def test_a_pass_revoked_while_the_gate_had_no_network_is_told_only_if_it_was_void_then(
    delegation: Delegation,
) -> None:
    post, made = Post(delegation.edition), issued(delegation, 3)
    for badge, step in zip(made, (BadgeStep.REVOKE, BadgeStep.SUSPEND, BadgeStep.LOSE), strict=True):
        steps.take_step(badges=[badge], step=step, by=accounts.system_account(), at=minutes(5), reason="Told")

    before = [post.says(badge, minutes(4), is_offline=True) for badge in made]
    after = [post.deliver(post.scan(badge, minutes(6), is_offline=True)).flags for badge in made]

    assert before == [[], [], []]
    assert [(flag.flag, flag.said["state"]) for (flag,) in after] == [
        (Flag.VOID, "revoked"),
        (Flag.VOID, "suspended"),
        (Flag.VOID, "lost"),
    ]
    assert post.says(made[0], minutes(7), Way.OUT) == []
    assert post.says(made[0], minutes(7), answer=Answer.REFUSED) == []


def test_a_card_that_was_printed_anew_meanwhile_is_told(delegation: Delegation) -> None:
    post, (badge,) = Post(delegation.edition), issued(delegation)
    old = post.scan(badge, minutes(6))
    steps.note_printed(badges=[badge], by=accounts.system_account(), at=minutes(5), reason="Torn")

    (flagged,) = post.deliver(old).flags

    assert (flagged.flag, flagged.said) == (Flag.VOID, {"state": "old-print"})


def test_a_number_that_nobody_has_is_told(delegation: Delegation) -> None:
    post = Post(delegation.edition)

    taken = post.deliver(post.scan(number=12_345, answer=Answer.REFUSED), post.scan(text="https://example.org"))

    assert [(each.flag, each.said) for each in taken.flags] == [(Flag.UNKNOWN, {"number": 12_345})]


# --- Work ---


def n_queries(work: Any) -> int:
    with CaptureQueriesContext(connection) as queries:
        work()
    return len(queries)


def test_fifty_scans_cost_as_many_queries_as_one(delegation: Delegation) -> None:
    post, made = Post(delegation.edition), issued(delegation, 26)
    post.deliver(post.scan(made[0]))
    many = [post.scan(badge, minutes(place), way) for badge in made[1:] for place, way in enumerate(Way)]

    fifty = n_queries(lambda: post.deliver(*many))
    one = n_queries(lambda: post.deliver(post.scan(made[0], minutes(5))))

    # SQLite takes a thousand values at once: fifty scans are two inserts there.
    assert (len(many), fifty - one) == (50, 0 if connection.vendor == "postgresql" else 1)
    assert one < 25


def test_a_list_costs_as_many_queries_for_thirty_passes_as_for_one(delegation: Delegation) -> None:
    edition = delegation.edition
    issued(delegation)
    since, _rules = lists.revisions(edition)
    one = n_queries(lambda: lists.whole(edition, at=AT)), n_queries(lambda: lists.delta(edition, since - 1, at=AT))
    issued(delegation, 29)

    many = n_queries(lambda: lists.whole(edition, at=AT)), n_queries(lambda: lists.delta(edition, since - 1, at=AT))

    assert one == many


# --- The list ---


def test_a_list_holds_what_a_gate_needs_and_of_a_void_pass_only_that_it_is_void(delegation: Delegation) -> None:
    held, void = issued(delegation, 2)
    steps.take_step(badges=[void], step=BadgeStep.REVOKE, by=accounts.system_account(), at=AT, reason="A secret")

    whole = lists.whole(delegation.edition, at=AT)

    entries = {entry["n"]: entry for entry in whole["entries"]}
    name = entries[held.number].pop("name")
    place = whole["delegations"].index(next(e for e in whole["delegations"] if e["slug"] == delegation.slug))
    role = next(place for place, each in enumerate(whole["capacities"]) if each["slug"] == "delegate")
    assert name == held.person.passport_name
    common = {"p": 1, "k": "badge", "c": held.category.code}
    assert entries[held.number] == common | {"n": held.number, "s": "issued", "d": place, "role": role}
    assert entries[void.number] == common | {"n": void.number, "s": "revoked"}
    assert whole["capacities"][role]["name"]["en"] == "Delegate"
    assert "A secret" not in str(whole)
    assert held.person.document_number not in str(whole)


def laid(whole: dict[str, Any], delta: dict[str, Any]) -> dict[str, Any]:
    """Lay a change over a list as frontend/src/gate/list.ts does."""
    entries = {entry["n"]: entry for entry in whole["entries"]}
    for number in delta["gone"]:
        entries.pop(number, None)
    entries |= {entry["n"]: entry for entry in delta["entries"]}
    return {
        "rules": (delta.get("rules") or whole["rules"]) | {"revision": delta["revision"]},
        "delegations": delta.get("delegations") or whole["delegations"],
        "capacities": delta.get("capacities") or whole["capacities"],
        "entries": [entries[number] for number in sorted(entries)],
    }


def shown(whole: dict[str, Any]) -> dict[str, Any]:
    """Return what a device shows of a list: the delegations and capacities of those on it, by name."""
    entries = [
        {name: value for name, value in entry.items() if name not in ("d", "role")}
        | {name: whole[of][entry[name]] for name, of in (("d", "delegations"), ("role", "capacities")) if name in entry}
        for entry in whole["entries"]
    ]
    return {"rules": whole["rules"], "entries": entries}


def agree(edition: Any, held: dict[str, Any]) -> dict[str, Any]:
    told = lists.told(edition, held["rules"]["revision"], at=AT)
    now = lists.whole(edition, at=AT)
    assert shown(laid(held, told) if told else held) == shown(now)
    return now


ACTS = ("name", "suspend", "resume", "revoke", "print", "token", "spare", "remove", "matrix", "zone", "medium", "leave")


def act(name: str, delegation: Delegation, place: int) -> None:
    by, edition = accounts.system_account(), delegation.edition
    people = list(Badge.objects.filter(edition=edition, person__isnull=False).order_by("number"))
    badge = people[place % len(people)]
    spare = Badge.objects.filter(edition=edition, kind="spare", print_number=0).first()
    media = Delegation.objects.filter(edition=edition, kind="press").select_related("edition").order_by("pk")
    works = {
        "name": lambda: approved(delegation, 1, given_name=f"Ali{place}"),
        "suspend": lambda: steps.take_step(badges=[badge], step=BadgeStep.SUSPEND, by=by, at=AT, reason="Told"),
        "resume": lambda: steps.take_step(badges=[badge], step=BadgeStep.RESUME, by=by, at=AT),
        "revoke": lambda: steps.take_step(badges=[badge], step=BadgeStep.REVOKE, by=by, at=AT, reason="Told"),
        "print": lambda: steps.note_printed(badges=[badge], by=by, at=AT, reason="Torn"),
        "token": lambda: badges.add_tokens(
            delegation=delegation, category=category(edition, "pin"), n_tokens=1, by=by, at=AT
        ),
        "spare": lambda: badges.add_spares(category=category(edition, "spare"), n_spares=2, by=by, at=AT),
        "remove": lambda: spare and badges.remove_badge(thing=spare, by=by, at=AT),
        "matrix": lambda: matrix.change_matrix(
            edition=edition, allowed=[], forbidden=[Cell("delegates", "hall", "days")], by=by, at=AT
        ),
        "zone": lambda: matrix.change_thing(thing=zone(edition), fields={"capacity": place + 1}, by=by, at=AT),
        "medium": lambda: delegations.add_medium(
            edition=edition, fields={"slug": f"m{uuid.uuid4().hex[:12]}"}, by=by, at=AT
        ),
        "leave": lambda: media and delegations.remove_delegation(thing=media[0], by=by, at=AT),
    }
    works[name]()


@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 30)), min_size=4, max_size=8))
def test_what_changed_laid_over_an_old_list_is_the_list_of_now(
    delegation: Delegation, acts: list[tuple[str, int]]
) -> None:
    edition = delegation.edition
    # Each example begins with the same rows: what one has named takes no place from the next.
    with transaction.atomic():
        issued(delegation, 2)
        oldest = held = lists.whole(edition, at=AT)

        for name, place in acts:
            with suppress(RuleBroken):
                act(name, delegation, place)
            held = agree(edition, held)

        agree(edition, oldest)
        transaction.set_rollback(True)


# --- Who is on no list ---


def asked(post: Post) -> Any:
    return requests.ask_to_enter(
        device=post.device, asked=Asked(uuid.uuid4(), "Farid Quliyev", "Protocol", "Brings the gifts"), at=AT
    )


def spare_of(edition: Any) -> Badge:
    by = accounts.system_account()
    (made,) = badges.add_spares(category=category(edition, "spare"), n_spares=1, by=by, at=AT)
    steps.note_printed(badges=[made], by=by, at=AT)
    return Badge.objects.select_related("edition", "category").get(pk=made.pk)


def test_who_is_let_in_by_an_office_gets_a_printed_spare_and_the_gate_hears_its_number(delegation: Delegation) -> None:
    post, spare, by = Post(delegation.edition), spare_of(delegation.edition), accounts.system_account()
    request = asked(post)

    requests.answer_request(
        request=request, is_granted=True, approver="Protocol", by=by, at=LATER, badge=spare, ends_at=LATER
    )

    told = [{"id": str(request.request_id), "state": "granted", "answer": "", "number": spare.number}]
    assert answers(post.device, at=LATER) == told
    assert answers(post.device, at=LATER + timedelta(days=1)) == []
    assert Badge.objects.get(pk=spare.pk).holder == "Farid Quliyev"
    assert "Farid" not in str(list(Line.objects.values_list("held__values", flat=True)))
    with pytest.raises(requests.AnsweredAlready):
        requests.answer_request(request=request, is_granted=False, approver="", by=by, at=LATER)


def test_nobody_is_let_in_without_an_office_or_without_a_card(delegation: Delegation) -> None:
    post, by = Post(delegation.edition), accounts.system_account()
    request, (other,) = asked(post), handed(approved(delegation))
    granted = {"request": request, "is_granted": True, "by": by, "at": LATER, "ends_at": LATER}

    with pytest.raises(requests.ApproverNeeded):
        requests.answer_request(**granted, approver=" ", badge=spare_of(delegation.edition))
    with pytest.raises(requests.SpareNeeded):
        requests.answer_request(**granted, approver="Protocol")
    with pytest.raises(requests.SpareNeeded):
        requests.answer_request(**granted, approver="Protocol", badge=other)
    requests.answer_request(request=request, is_granted=False, approver="", by=by, at=LATER, answer="Not today")

    (told,) = answers(post.device, at=LATER)
    assert (told["state"], told["answer"], told["number"]) == (RequestState.REFUSED, "Not today", None)


def test_other_gates_are_told_who_moved_in_zones_with_anti_passback(delegation: Delegation) -> None:
    edition = delegation.edition
    badge, other = issued(delegation, 2)
    leaders, hall = Post(edition, "leaders"), Post(edition, "hall")
    leaders.deliver(leaders.scan(badge), at=AT)
    hall.deliver(hall.scan(other), at=AT)

    first, asked_from = moves(edition, None, at=minutes(1))
    leaders.deliver(leaders.scan(badge, minutes(2), Way.OUT), at=minutes(2))
    then, _asked_from = moves(edition, asked_from, at=minutes(3))

    assert [each[:3] for each in first] == [(badge.number, "leaders", True)]
    assert then == [(badge.number, "leaders", False, minutes(2).isoformat())]
