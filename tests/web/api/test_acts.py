"""What programs do beyond things: the plan, publishing, roles, invitations, webhooks."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from ejlas.accounts.models import Grant, Invitation, Webhook, WebhookDelivery
from ejlas.accounts.rules import Role
from ejlas.planning import operations as planning
from ejlas.planning import queries as plans
from tests.factories.people import person
from tests.marks import PERMISSIONS
from tests.web.api.conftest import program_of

HERE = "editions/rasht2025"


def test_plan_is_asked_for_shown_stopped_and_accepted(head, summits):
    asked = head.post(f"{HERE}/runs", {"seconds": 5})
    again = head.post(f"{HERE}/runs")
    place = f"{HERE}/runs/{asked.json()['run']}"

    stopped = head.post(f"{place}/stop")
    refused = head.post(f"{place}/accept")

    assert (asked.status_code, asked.json()["state"]) == (202, "queued")
    assert asked["Location"].endswith(place)
    assert (again.status_code, again.json()["type"]) == (409, "urn:ejlas:problem:run-in-progress")
    assert stopped.json()["state"] == "stopped"
    assert refused.json()["type"] == "urn:ejlas:problem:no-plan-to-accept"
    assert head.get(place).json()["fault"]
    assert [run["run"] for run in head.get(f"{HERE}/runs").json()["items"]] == [asked.json()["run"]]


def test_plan_of_another_edition_is_not_there(head, summits):
    other = planning.ask_for_run(
        edition=summits["atlantic2027"], seconds=1, workers=1, seed=1, by=person(), at=timezone.now()
    )

    assert head.get(f"{HERE}/runs/{other.pk}").status_code == 404
    assert head.post(f"{HERE}/runs/{other.pk}/stop").status_code == 404


def _planned(edition):
    by, at = person(), timezone.now()
    edition.bilateral_set.exclude(pk__in=list(edition.bilateral_set.values_list("pk", flat=True)[:12])).delete()
    run = planning.ask_for_run(edition=edition, seconds=20, workers=1, seed=1, by=by, at=at)
    return planning.solve_run(run=run, at=at)


def test_plan_is_accepted_put_back_and_repaired_in_part(head, summits):
    edition = summits["rasht2025"]
    run = _planned(edition)
    place = f"{HERE}/runs/{run.pk}"
    accepted = head.post(f"{place}/accept").json()["changed"]
    undone = head.post(f"{place}/undo").json()["changed"]
    nothing = head.post(f"{place}/undo").json()["type"]
    head.post(f"{place}/accept")
    first = edition.bilateral_set.exclude(starts_at=None).order_by("starts_at").first()
    edition.party_set.filter(slug=first.parties[0]).update(arrives_at=first.starts_at + timedelta(hours=2))

    unfit = head.get(f"{HERE}/standing").json()["items"]
    asked = head.post(f"{HERE}/repairs", {"seconds": 20, "workers": 1})
    found = planning.solve_run(run=plans.run_by_key(asked.json()["run"]), at=timezone.now())
    parts = head.get(f"{HERE}/runs/{found.pk}").json()["parts"]
    empty = head.post(f"{HERE}/runs/{found.pk}/accept", {"only": []})
    part = head.post(f"{HERE}/runs/{found.pk}/accept", {"only": parts[0]}).json()["changed"]

    assert sorted(accepted) == sorted(undone)
    assert nothing == "urn:ejlas:problem:nothing-to-undo"
    assert first.slug in {each["bilateral"] for each in unfit}
    assert all(each["conflicts"][0]["words"] for each in unfit)
    assert (asked.status_code, asked.json()["kind"]) == (202, "repair")
    assert asked["Location"].endswith(f"{HERE}/runs/{found.pk}")
    assert empty.json()["type"] == "urn:ejlas:problem:nothing-ticked"
    assert sorted(each.removeprefix("bilateral ") for each in part) == sorted(parts[0])


def test_question_is_asked_answered_and_put_away_and_nothing_is_changed(head, summits):
    edition = summits["rasht2025"]
    planning.accept_run(run=_planned(edition), by=person(), at=timezone.now())
    before = plans.places_now(plans.facts_of(edition))
    party = edition.party_set.first().slug
    wanted = {"changes": [f"party_away/{party}//2025-11-18T12:00+03:30", "rooms_open"], "seconds": 20}

    asked = head.post(f"{HERE}/what-ifs", wanted)
    place = f"{HERE}/what-ifs/{asked.json()['run']}"
    planning.solve_run(run=plans.run_by_key(asked.json()["run"]), at=timezone.now())
    answered = head.get(place).json()
    as_run = head.get(f"{HERE}/runs/{asked.json()['run']}").status_code
    gone = head.delete(place).status_code

    assert asked.status_code == 202
    assert asked["Location"].endswith(place)
    assert answered["changes"] == wanted["changes"]
    assert answered["before"]["was"]["granted"] == len(answered["start"])
    assert (as_run, gone, head.get(place).status_code) == (404, 200, 404)
    assert plans.places_now(plans.facts_of(edition)) == before


def test_what_cannot_be_thought_of_is_refused(head):
    answers = [
        head.post(f"{HERE}/what-ifs", body).json()
        for body in ({"changes": ["x"]}, {"changes": ["no_cap/nobody"]}, {"changes": []}, {})
    ]

    assert [each["type"].rpartition(":")[2] for each in answers[:2]] == ["no-such-change", "change-of-nothing"]
    assert [each["status"] for each in answers[2:]] == [422, 422]


def test_bilateral_is_moved_by_hand_and_what_is_in_the_way_is_told(head, summits):
    facts = plans.facts_of(summits["rasht2025"])
    wish = head.get(f"{HERE}/bilaterals").json()["items"][0]["slug"]
    bilateral = facts.bilateral(wish)
    free = plans.free_places(facts, bilateral)[0]
    place = f"{HERE}/bilaterals/{wish}/place"

    moved = head.put(place, {"starts_at": free.starts_at.isoformat(), "room": free.rooms[0]})
    shown = head.get(f"{HERE}/bilaterals/{wish}").json()
    off_grid = head.put(
        place, {"starts_at": (free.starts_at + timedelta(minutes=1)).isoformat(), "room": free.rooms[0]}
    )
    taken = head.delete(place)

    assert moved.status_code == 200, moved.json()
    assert (shown["state"], shown["room"]) == ("placed", free.rooms[0])
    assert off_grid.status_code == 409
    assert off_grid.json()["conflicts"][0]["words"]
    assert taken.json()["after"]["starts_at"] is None


def test_edition_is_published_once_for_what_stands(head):
    first = head.post(f"{HERE}/publications", {"note": "First"})
    same = head.post(f"{HERE}/publications", {"note": "Again"})

    listed = head.get(f"{HERE}/publications").json()

    assert (first.status_code, same.status_code) == (201, 200)
    assert first.json()["number"] == same.json()["number"] == 1
    assert [each["note"] for each in listed["items"]] == ["First"]


def test_role_is_given_and_withdrawn_at_this_edition_alone(head):
    colleague = person(Role.MEDIA_DESK, edition="atlantic2027")
    theirs = Grant.objects.get(user=colleague)

    given = head.post(f"{HERE}/grants", {"email": colleague.email, "role": "media-desk"})
    unknown = head.post(f"{HERE}/grants", {"email": "nobody@example.org", "role": "media-desk"})
    without_party = head.post(f"{HERE}/grants", {"email": colleague.email, "role": "delegate"})
    withdrawn = head.delete(f"{HERE}/grants/{given.json()['grant']}")

    assert given.status_code == 201
    assert withdrawn.json()["withdrawn_at"]
    assert (unknown.status_code, list(unknown.json()["errors"])) == (422, ["email"])
    assert (without_party.status_code, without_party.json()["type"]) == (422, "urn:ejlas:problem:role-needs-party")
    assert head.delete(f"{HERE}/grants/{theirs.pk}").status_code == 404
    assert colleague.email in {each["email"] for each in head.get(f"{HERE}/grants").json()["items"]}


def test_person_is_invited_and_the_invitation_withdrawn(head):
    invited = head.post(f"{HERE}/invitations", {"email": "new@example.org", "role": "media-desk", "language": "fa"})
    twice = head.post(f"{HERE}/invitations", {"email": "new@example.org", "role": "media-desk"})
    wrong = head.post(f"{HERE}/invitations", {"email": "new", "role": "media-desk", "language": "xx"})
    row = invited.json()["invitation"]

    again = head.post(f"{HERE}/invitations/{row['invitation']}/send-again")
    withdrawn = head.delete(f"{HERE}/invitations/{row['invitation']}")

    assert (invited.status_code, row["state"], row["roles"][0]["role"]) == (201, "open", "media-desk")
    assert Invitation.objects.get().language == "fa"
    assert twice.json()["type"] == "urn:ejlas:problem:already-invited"
    assert set(wrong.json()["errors"]) == {"email", "language"}
    assert (again.status_code, again.json()["state"]) == (200, "open")
    assert again.json()["sent_at"] > row["sent_at"]
    assert withdrawn.json()["state"] == "withdrawn"


def test_webhook_is_kept_over_the_api_and_its_secret_shown_to_who_may_change_it(head, settings):
    settings.WEBHOOKS_PRIVATE = False
    private = head.post(f"{HERE}/webhooks", {"address": "https://10.0.0.7/"})
    personal = head.post(f"{HERE}/webhooks", {"address": "https://hook.example.org/", "events": ["accounts"]})
    added = head.post(f"{HERE}/webhooks", {"address": "https://hook.example.org/", "events": ["programme"]})
    place = f"{HERE}/webhooks/{added.json()['webhook']}"

    listed = head.get(f"{HERE}/webhooks").json()["items"]
    renewed = head.post(f"{place}/secret").json()["secret"]
    paused = head.post(f"{place}/pause").json()
    resumed = head.post(f"{place}/resume", {"from_now": True}).json()
    changed = head.put(place, {"address": "https://hook.example.org/b", "events": []}).json()
    auditor = program_of(Role.AUDITOR)

    assert (private.status_code, personal.status_code) == (422, 422)
    assert added.json()["secret"].startswith("whsec_")
    assert [each["secret"] for each in listed] == [None]
    assert head.get(place).json()["secret"] == renewed != added.json()["secret"]
    assert (paused["is_active"], resumed["is_active"]) == (False, True)
    assert (changed["address"], changed["events"]) == ("https://hook.example.org/b", [])
    assert auditor.get(f"{HERE}/webhooks").status_code == 200
    assert auditor.get(place).status_code == 403
    assert (
        program_of(Role.HEAD, edition="atlantic2027").get(place.replace("rasht2025", "atlantic2027")).status_code == 404
    )
    assert head.delete(place).status_code == 200
    assert Webhook.objects.count() == 0


def test_deliveries_are_listed_and_sent_again(head):
    added = head.post(f"{HERE}/webhooks", {"address": "https://hook.example.org/"}).json()
    now = timezone.now()
    row = WebhookDelivery.objects.create(
        webhook_id=added["webhook"], number=1, event="programme.room.added", subject_kind="room", subject="a", at=now,
        state="failed", n_tries=8,
    )  # fmt: skip
    place = f"{HERE}/webhooks/{added['webhook']}/deliveries"

    listed = head.get(place).json()["items"]
    again = head.post(f"{place}/{row.pk}/send-again")

    assert [(each["state"], each["tries"]) for each in listed] == [("failed", 8)]
    assert (again.status_code, again.json()["state"]) == (202, "waiting")
    assert head.post(f"{place}/0/send-again").status_code == 404


@PERMISSIONS
@pytest.mark.parametrize("role", [role for role in Role if role is not Role.HEAD])
def test_roles_and_webhooks_are_changed_by_the_head_alone(summits, role):
    program = program_of(role)
    colleague = person()

    answers = [
        program.post(f"{HERE}/grants", {"email": colleague.email, "role": "head"}),
        program.post(f"{HERE}/invitations", {"email": "a@example.org", "role": "head"}),
        program.post(f"{HERE}/webhooks", {"address": "https://hook.example.org/"}),
    ]

    assert [answer.status_code for answer in answers] == [403] * 3
    assert Grant.objects.filter(user=colleague).count() == 0


def test_trail_tells_every_change_of_this_edition_to_who_may_see_it(head):
    head.post(f"{HERE}/venues", {"name": {"en": "Harbour"}})

    newest = head.get(f"{HERE}/trail?limit=1").json()

    assert [(line["event"], line["subject"]) for line in newest["items"]] == [("programme.venue.added", "harbour")]
    assert program_of(Role.MEDIA_DESK).get(f"{HERE}/trail").status_code == 403
    assert program_of(Role.HEAD, edition="atlantic2027").get(f"{HERE}/trail").status_code == 404
