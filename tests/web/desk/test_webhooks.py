"""Webhooks at the desk: who may, what is shown once, what is told of each delivery, and that nothing leaks."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ejlas.accounts import operations, queries
from ejlas.accounts.models import Webhook
from ejlas.accounts.operations.deliveries import make_deliveries, note_outcome, take_delivery
from ejlas.accounts.rules import MOST_FAILURES, DeliveryState, Role
from ejlas.core.audit import operations as audit
from ejlas.core.audit.models import Line
from ejlas.core.outgoing import Fault, Outcome
from tests.factories.people import person
from tests.factories.summits import SUMMITS
from tests.marks import FORMS, PERMISSIONS

ADDRESS = "https://press.example.org/hook"


def _page(slug: str = "rasht2025", rest: str = "") -> str:
    return f"/desk/{slug}/webhooks/{rest}"


def _hook(*, edition: str = "rasht2025", address: str = ADDRESS, events=()) -> Webhook:
    return operations.add_webhook(
        edition=edition,
        address=address,
        events=events,
        allow_private=False,
        by=queries.system_account(),
        at=timezone.now(),
    )


def _happen(number: int = 1, *, slug: str = "rasht2025") -> None:
    entries = [audit.Entry("forum.party.changed", "party", f"party-{each}", {}) for each in range(number)]
    audit.record(entries, scope=slug, by="Head", at=timezone.now())
    make_deliveries(at=timezone.now())


def _fail(times: int = 1) -> None:
    for _number in range(times):
        at = timezone.now() + timedelta(days=2)
        delivery = take_delivery(at=at, without=set())
        note_outcome(delivery=delivery, outcome=Outcome(500, Fault.ANSWER), at=at)


@PERMISSIONS
@pytest.mark.parametrize("role", list(Role))
def test_only_a_head_changes_webhooks_and_an_auditor_sees_them(role, desk):
    client, hook = desk(role), _hook()
    one = f"of/{hook.pk}/"

    seen = [client.get(_page(rest=rest)).status_code for rest in ("", one)]
    asked = [client.get(_page(rest=rest)).status_code for rest in ("add/", f"{one}change/", f"{one}remove/")]
    posted = client.post(_page(rest="add/"), {"address": ADDRESS}).status_code

    assert seen == [200 if role in {Role.HEAD, Role.AUDITOR} else 403] * 2
    assert asked == [200 if role is Role.HEAD else 403] * 3
    assert posted == (302 if role is Role.HEAD else 403)
    assert Webhook.objects.count() == (2 if role is Role.HEAD else 1)


def test_head_of_another_edition_finds_no_webhook_of_this_one(desk):
    client, hook = desk(edition="atlantic2027"), _hook()
    acts = ("change", "pause", "resume", "secret", "remove")

    sideways = [client.post(_page("atlantic2027", f"of/{hook.pk}/{act}/")).status_code for act in acts]

    assert client.get(_page()).status_code == 403
    assert client.get(_page("atlantic2027", f"of/{hook.pk}/")).status_code == 404
    assert sideways == [404] * 5
    assert ADDRESS not in client.get(_page("atlantic2027")).content.decode()
    assert Webhook.objects.get().is_active


@pytest.mark.parametrize("slug", SUMMITS)
def test_secret_is_shown_once_to_who_added_it(slug, desk):
    client = desk(edition=slug)
    other = desk(Role.AUDITOR, edition=slug)

    answer = client.post(_page(slug, "add/"), {"address": ADDRESS, "chosen": ["forum.party"], "events": "audit"})
    assert answer.status_code == 422
    answer = client.post(
        _page(slug, "add/"), {"address": ADDRESS, "chosen": ["forum.party"], "events": "programme.bilateral.placed"}
    )
    hook = Webhook.objects.get()
    seen_by_other = other.get(answer.url).content.decode()
    first = client.get(answer.url)
    second = client.get(answer.url)

    assert hook.events == ["forum.party", "programme.bilateral.placed"]
    assert hook.secret in first.content.decode()
    assert "no-store" in first.headers["Cache-Control"]
    assert hook.secret not in second.content.decode()
    assert hook.secret not in seen_by_other
    assert "Parties" in second.content.decode()
    assert "programme.bilateral.placed" in second.content.decode()


def test_new_secret_is_asked_for_first_and_shown_once(desk):
    client, hook = desk(), _hook()
    path = _page(rest=f"of/{hook.pk}/secret/")

    assert "The old secret is gone at once." in client.get(path).content.decode()
    assert Webhook.objects.get().secret == hook.secret
    pages = [client.post(path, follow=True).content.decode(), client.get(_page(rest=f"of/{hook.pk}/")).content.decode()]

    new = Webhook.objects.get().secret
    assert new != hook.secret
    assert [new in page for page in pages] == [True, False]


@FORMS
@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"address": ""}, "address", "This field is required."),
        ({"address": "http://press.example.org/"}, "address", "This address cannot be told"),
        ({"address": "https://127.0.0.1/"}, "address", "This address cannot be told"),
        ({"chosen": ["accounts.grant"]}, "chosen", "accounts.grant is not one of the available choices"),
        ({"events": "accounts.grant"}, "events", "No webhook can hear of “accounts.grant”."),
        ({"events": "<script>alert(1)</script>"}, "events", "No webhook can hear of"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(values, field, sentence, desk):
    given = {"address": ADDRESS, "chosen": ["forum.party"], "events": "programme"} | values

    response = desk().post(_page(rest="add/"), given)

    page = response.content.decode()
    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert sentence in page
    assert f'href="#id_{field}"' in page
    assert "<script>alert" not in page
    assert Webhook.objects.count() == 0


def test_injected_address_stays_words(desk):
    client, hook = desk(), _hook(address='https://x.example.org/"><script>alert(1)</script>')

    rests = ("", *(f"of/{hook.pk}/{rest}" for rest in ("", "change/", "secret/", "remove/")))
    pages = [client.get(_page(rest=rest)).content.decode() for rest in rests]

    assert not any("<script>alert" in page for page in pages)
    assert all("&quot;&gt;&lt;script&gt;alert" in page for page in pages)


def test_webhook_is_changed_paused_resumed_and_removed(desk):
    client, hook = desk(), _hook(events=["forum.party", "programme.bilateral.placed"])
    path = _page(rest=f"of/{hook.pk}/")

    asked = client.get(f"{path}change/").content.decode()
    client.post(f"{path}change/", {"address": f"{ADDRESS}/2", "chosen": ["forum.party"], "events": ""})
    client.post(f"{path}pause/")
    hook.refresh_from_db()
    paused = client.get(path).content.decode()
    client.post(f"{path}resume/", {"from_now": "1"})
    resumed = Webhook.objects.get().is_active
    named = client.get(f"{path}remove/").content.decode()
    still = Webhook.objects.count()
    client.post(f"{path}remove/")

    assert 'value="forum.party" checked' in asked
    assert "programme.bilateral.placed</textarea>" in asked
    assert (hook.address, hook.events, hook.is_active) == (f"{ADDRESS}/2", ["forum.party"], False)
    assert "Resume with what happened meanwhile" in paused
    assert resumed
    assert f"{ADDRESS}/2" in named
    assert (still, Webhook.objects.count()) == (1, 0)


def test_deliveries_say_how_each_ended_and_are_sent_again(desk):
    client, hook = desk(), _hook()
    _happen()
    _fail()
    path = _page(rest=f"of/{hook.pk}/")
    delivery = hook.deliveries.get()

    row = client.get(path).context["deliveries"][0]
    listed = client.get(_page()).context["rows"][0]
    client.post(f"{path}deliveries/{delivery.pk}/again/")

    assert (str(row["state_words"]), str(row["fault"]), row["answer"], row["tries"]) == (
        "Waiting",
        "It was not accepted",
        "500",
        "1",
    )
    assert row["next"]
    assert (listed["waiting"], listed["failed"], listed["failures"]) == ("1", "0", "1")
    assert listed["last"]
    delivery.refresh_from_db()
    assert (delivery.state, delivery.n_tries) == (DeliveryState.WAITING, 0)


def test_delivery_of_another_webhook_is_not_sent_again(desk):
    client, hook, other = desk(), _hook(), _hook(edition="atlantic2027")
    _happen(slug="atlantic2027")
    delivery = other.deliveries.get()

    answers = [
        client.post(_page(rest=f"of/{hook.pk}/deliveries/{key}/again/")).status_code for key in (delivery.pk, 2**63)
    ]

    assert answers == [404, 404]


def test_webhook_paused_for_its_failures_says_so(desk):
    client, hook = desk(), _hook()
    _happen(MOST_FAILURES)
    _fail(MOST_FAILURES)

    page = client.get(_page(rest=f"of/{hook.pk}/")).content.decode()

    assert "Paused for its failures" in page
    assert "After 20 failures, one after the other, nothing was sent since" in page


def test_deliveries_are_paged_and_filtered(desk):
    client, hook = desk(), _hook()
    _happen(51)
    path = _page(rest=f"of/{hook.pk}/")

    pages = [len(client.get(path, {"page": page}).context["deliveries"]) for page in (1, 2)]
    kept = [len(client.get(path, {"state": state}).context["deliveries"]) for state in ("waiting", "failed", "odd")]

    assert pages == [50, 1]
    assert kept == [50, 0, 50]


@pytest.mark.parametrize("path", ["", "of/{}/"])
def test_as_many_queries_for_fifty_as_for_one(path, desk):
    client, hook = desk(), _hook()
    _happen()

    def asked():
        with CaptureQueriesContext(connection) as queries_asked:
            assert client.get(_page(rest=path.format(hook.pk))).status_code == 200
        return len(queries_asked)

    asked()
    few = asked()
    for number in range(50):
        _hook(address=f"{ADDRESS}/{number}", events=["forum.party"])
    _happen(50)

    assert asked() == few
    assert few <= 12


@pytest.mark.parametrize("act", ["add/", "of/{}/change/", "of/{}/pause/", "of/{}/secret/", "of/{}/remove/"])
def test_role_withdrawn_while_the_form_is_open_writes_nothing(act, desk):
    client, hook = desk(), _hook()
    person(Role.HEAD)
    grant = queries.grants_held_by(client.user, at=timezone.now())[0]
    assert client.get(_page(rest="add/")).status_code == 200
    operations.withdraw_role(grant=grant, by=queries.system_account(), at=timezone.now())
    lines = Line.objects.count()

    response = client.post(_page(rest=act.format(hook.pk)), {"address": f"{ADDRESS}/other"})

    assert response.status_code == 403
    assert "Nothing was changed." in response.content.decode()
    assert Line.objects.count() == lines
    assert [(each.address, each.is_active, each.secret) for each in Webhook.objects.all()] == [
        (ADDRESS, True, hook.secret)
    ]
