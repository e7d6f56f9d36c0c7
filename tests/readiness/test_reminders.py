"""Reminders: one mail for each reader and day, by the ladder, in the reader's words; nobody is lost or told twice."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils.module_loading import import_string
from django_tasks_db.models import DBTaskResult

from ejlas.accounts import operations as roles
from ejlas.accounts import queries as accounts
from ejlas.accounts.rules import Role
from ejlas.core import background
from ejlas.core.audit.models import Line
from ejlas.core.text import Text
from ejlas.readiness import tasks
from ejlas.readiness.models import AnswerLink, Body, Obligation, Reminder
from ejlas.readiness.operations import answer_links, bodies, errors, obligations, reminders
from ejlas.readiness.queries import answer_links as links
from ejlas.readiness.queries import readers
from ejlas.readiness.queries import reminders as queries
from ejlas.readiness.rules.ladder import Level
from ejlas.readiness.rules.states import Step
from tests.factories.people import person
from tests.factories.readiness import AT, body, owed

# Morning in Rasht.
MORNING = datetime(2025, 9, 2, 5, 0, tzinfo=UTC)
DUE = date(2025, 11, 10)
PAGES = reminders.Pages(
    by_link=lambda token: f"https://summit.example.org/desk/answer/{token}/",
    own=lambda edition: f"https://summit.example.org/desk/{edition}/own/",
    desk=lambda edition: f"https://summit.example.org/desk/{edition}/obligations/",
)
REACHED = {
    "contact_name": "Roya Karimi",
    "contact_email": "roya@example.org",
    "head_name": "Omid Sadr",
    "head_email": "omid@example.org",
    "language": "en",
}


def on(days: int, hour: int = 5) -> datetime:
    """Return a moment so many days after the due day, at 08:30 in Rasht."""
    return datetime(DUE.year, DUE.month, DUE.day, hour, tzinfo=UTC) + timedelta(days=days)


@pytest.fixture
def edition(summits: dict[str, Any]) -> Any:
    Obligation.objects.all().delete()
    return summits["rasht2025"]


def airport(edition: Any, **fields: Any) -> Body:
    """Return the body that owes, which has named these people."""
    there = body(edition)
    Body.objects.filter(pk=there.pk).update(**fields)
    there.refresh_from_db()
    return there


def deliver() -> None:
    """Hand over the mails that wait, as a worker does."""
    for row in DBTaskResult.objects.filter(task_path="ejlas.core.mail.tasks.deliver"):
        import_string(row.task_path).func(**row.args_kwargs["kwargs"])
        row.delete()


@pytest.fixture
def send(django_capture_on_commit_callbacks: Any, mailoutbox: Any) -> Any:
    """Send what is due at a moment; return the mails, by address."""

    def sent(at: datetime) -> dict[str, Any]:
        before = len(mailoutbox)
        with django_capture_on_commit_callbacks(execute=True):
            n_mails = reminders.send_reminders(at=at, pages=PAGES)
        deliver()
        fresh = {mail.to[0]: mail for mail in mailoutbox[before:]}
        assert len(fresh) == len(mailoutbox) - before == n_mails
        return fresh

    return sent


def step(obligation: Obligation, *steps: Step) -> Obligation:
    for each in steps:
        why = "The lamps are dark" if each is Step.SEND_BACK else ""
        obligations.take_step(obligation=obligation, step=each, by=accounts.system_account(), at=AT, reason=why)
    return obligation


def change(obligation: Obligation, **fields: Any) -> None:
    obligations.change_obligation(thing=obligation, fields=fields, by=accounts.system_account(), at=AT)


def hold(edition: Any, day: str) -> None:
    edition.settings = {**edition.settings, "readiness": {**edition.settings.get("readiness", {}), "remind_from": day}}
    edition.save()


def test_what_is_new_comes_in_one_mail_and_then_the_ladder_is_climbed(edition, send):
    airport(edition, **REACHED)
    head = person(Role.HEAD, name="Leyla Amiri")
    for name in ("Light on the apron", "Fence of the apron", "Snow ploughs"):
        owed(edition, name)

    first = send(MORNING)
    days = {day: sorted(send(on(day))) for day in (-8, -7, -6, -2, 0, 1, 2, 4, 5)}

    assert sorted(first) == ["roya@example.org"]
    assert "3 new obligations" in first["roya@example.org"].body
    assert "Snow ploughs" in first["roya@example.org"].body
    everyone = sorted([head.email, "omid@example.org", "roya@example.org"])
    assert {day: who for day, who in days.items() if who} == {
        -7: ["roya@example.org"],
        -2: ["roya@example.org"],
        1: ["omid@example.org", "roya@example.org"],
        # The fourth day is a Friday, on which Rasht rests.
        5: everyone,
    }
    told = Line.objects.filter(event="readiness.reminder.sent").order_by("number").last()
    assert told is not None
    assert set(told.held.values["after"].values()) == {"secretariat"}
    assert "@" not in str(told.held.values)


def test_addresses_go_long_after_the_summit_and_links_long_after_they_opened_anything(edition, send):
    airport(edition, **REACHED)
    owed(edition)
    send(MORNING)
    over = datetime(edition.ends_on.year, edition.ends_on.month, edition.ends_on.day, tzinfo=UTC)

    assert reminders.forget_addresses(at=MORNING + timedelta(days=100)) == 0
    assert reminders.forget_addresses(at=MORNING + timedelta(days=121)) == 1
    assert (AnswerLink.objects.count(), Reminder.objects.count()) == (0, 1)
    assert reminders.forget_addresses(at=over + timedelta(days=90)) == 0
    assert reminders.forget_addresses(at=over + timedelta(days=92)) == 1
    assert not Reminder.objects.exists()
    assert Line.objects.filter(event="readiness.reminder.forgotten").count() == 2
    assert "readiness.forget_addresses" in background.duties()


def test_a_worker_that_slept_sends_the_highest_rung_alone(edition, send):
    airport(edition, **REACHED)
    head = person(Role.HEAD)
    step(owed(edition), Step.ACCEPT)
    send(on(-7))

    mails = send(on(9))

    assert sorted(mails) == sorted([head.email, "omid@example.org", "roya@example.org"])
    assert set(Reminder.objects.values_list("rung", flat=True)) == {"before", "secretariat"}
    assert "The head of the secretariat is told of what is late, too." in mails["roya@example.org"].body
    assert send(on(10)) == {}


def test_nobody_is_written_to_twice_on_a_day_nor_at_night(edition, send):
    airport(edition, **REACHED)
    owed(edition)

    assert send(MORNING.replace(hour=4)) == {}  # 07:30
    assert send(MORNING.replace(hour=20)) == {}
    assert len(send(MORNING)) == 1
    owed(edition, "Snow ploughs")
    assert send(MORNING + timedelta(hours=3)) == {}
    assert "1 new obligation" in send(MORNING + timedelta(days=1))["roya@example.org"].body


def test_what_falls_on_days_of_rest_is_told_on_the_day_before_them(edition, send):
    airport(edition, **REACHED)
    thing = step(owed(edition), Step.ACCEPT)
    change(thing, due_on=date(2025, 11, 21))  # a Friday: a week before lies a Friday, too

    assert send(datetime(2025, 11, 11, 5, tzinfo=UTC)) == {}
    assert len(send(datetime(2025, 11, 12, 5, tzinfo=UTC))) == 1
    assert all(send(datetime(2025, 11, day, 5, tzinfo=UTC)) == {} for day in (13, 14, 15))


def test_the_host_holds_mails_until_a_day(edition, send):
    airport(edition, **REACHED)
    owed(edition)
    hold(edition, "2025-09-06")

    assert send(MORNING) == send(MORNING + timedelta(days=1)) == {}
    assert len(send(MORNING + timedelta(days=4))) == 1


def test_a_due_day_that_moved_begins_the_ladder_anew(edition, send):
    airport(edition, **REACHED)
    thing = step(owed(edition), Step.ACCEPT)
    assert len(send(on(-7))) == 1

    change(thing, due_on=DUE + timedelta(days=5))

    assert send(on(-6)) == {}
    assert len(send(on(-2))) == 1


def test_of_two_workers_the_second_finds_that_the_reader_was_told(edition, mailoutbox):
    airport(edition, **REACHED)
    owed(edition)
    stale = queries.digests(edition, MORNING)

    sent = [reminders._send(edition, digest, PAGES, MORNING) for digest in [*stale, *stale]]

    assert sent == [True, False]
    row = Reminder.objects.get()
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_what_came_back_or_went_to_another_body_is_told_anew(edition, send):
    airport(edition, **REACHED)
    thing = owed(edition)
    send(MORNING)
    step(thing, Step.START, Step.DELIVER, Step.SEND_BACK)

    back = send(MORNING + timedelta(days=1))
    heir = body(edition, "ports", contact_email="port@example.org")
    change(thing, body=heir)
    passed_on = send(MORNING + timedelta(days=4))

    assert "Came back to you" in back["roya@example.org"].body
    assert sorted(passed_on) == ["port@example.org"]


def test_who_has_no_address_is_stood_in_for_by_the_next_one_up(edition, send):
    unnamed = airport(edition, head_name="Omid Sadr", head_email="omid@example.org", language="en")
    nowhere = body(edition, "hotels")
    head = person(Role.HEAD)
    owed(edition)
    owed(edition, "Three hundred beds", body=nowhere)

    mails = send(MORNING)

    assert sorted(mails) == sorted([head.email, "omid@example.org"])
    assert "Your body has named nobody" in mails["omid@example.org"].body
    assert "Hotels · Three hundred beds" in mails[head.email].body.replace("\u2068", "").replace("\u2069", "")
    assert queries.missing_levels(unnamed, MORNING) == (Level.BODY,)
    assert queries.missing_levels(nowhere, MORNING) == (Level.BODY, Level.HEAD_OF_BODY)


def test_where_nobody_at_all_has_an_address_nothing_is_noted_as_sent(edition, send):
    owed(edition)

    assert send(MORNING) == {}
    assert not Reminder.objects.exists()


def test_what_was_delivered_waits_for_the_secretariat_and_what_is_done_or_refused_for_nobody(edition, send):
    airport(edition, **REACHED)
    head = person(Role.HEAD)
    step(owed(edition), Step.START, Step.DELIVER)
    step(owed(edition, "Snow ploughs"), Step.START, Step.DELIVER, Step.CLOSE)
    refused = owed(edition, "Fence")
    obligations.take_step(obligation=refused, step=Step.REFUSE, by=accounts.system_account(), at=AT, reason="No money")

    mails = send(on(6))

    assert sorted(mails) == [head.email]
    assert "Delivered, and waiting for you" in mails[head.email].body
    assert not [name for name in ("Snow", "Fence") if name in mails[head.email].body]


def test_an_account_signs_in_and_an_address_without_one_gets_a_link_of_its_own(edition, send):
    user = person(name="Sara Naderi", language="ru")
    by = accounts.system_account()
    roles.grant_role(user=user, role=Role.BODY, edition=edition.slug, body="airport", by=by, at=AT)
    airport(edition, **REACHED | {"language": "fa"})
    owed(edition, due_on=None)

    mails = send(MORNING)

    assert sorted(mails) == sorted([user.email, "roya@example.org"])
    assert "/desk/rasht2025/own/" in mails[user.email].body
    link = AnswerLink.objects.get()
    assert (link.sent_to, link.language) == ("roya@example.org", "fa")
    assert link.expires_at == MORNING + timedelta(days=30)
    assert link.token_hash not in mails["roya@example.org"].body


def test_the_mail_speaks_the_language_and_the_calendar_of_its_reader(edition, send):
    airport(edition, **REACHED | {"language": "fa", "contact_name": "رؤیا کریمی"})
    owed(edition)
    owed(edition, "سه تابلو")

    mail = send(MORNING)["roya@example.org"]

    assert "۱۹ آبان ۱۴۰۴" in mail.body
    assert "۱۰ نوامبر ۲۰۲۵" in mail.body
    assert "سه تابلو" in mail.body
    assert not [name for name in ("کریمی", "roya", "تابلو") if name in mail.subject]
    assert 'dir="rtl"' in mail.alternatives[0][0]


def test_names_in_another_script_do_not_turn_a_line_round_nor_make_a_new_paragraph(edition, send):
    airport(edition, **REACHED | {"language": "ru"})
    change(owed(edition), name=Text.of(fa="سه\n\nتابلو"))

    words = send(MORNING)["roya@example.org"].body

    assert "\n– \u2068سه تابلو\u2069 · " in words


def test_the_head_of_a_body_is_not_told_that_the_head_is_told(edition, send):
    airport(edition, **REACHED)
    step(owed(edition), Step.ACCEPT)
    send(on(-7))

    mails = send(on(2))

    told = {who: "The head of the body is told" in mail.body for who, mail in mails.items()}
    assert told == {"roya@example.org": True, "omid@example.org": False}


def test_a_long_list_is_cut_and_says_how_much_more_there_is(edition, send):
    airport(edition, **REACHED)
    for number in range(18):
        owed(edition, f"Sign {number}")

    words = send(MORNING)["roya@example.org"].body

    assert (words.count("– Sign"), "and 3 more" in words) == (15, True)


def test_a_dissolved_body_is_not_written_to_and_its_heir_is(edition, send):
    gone = airport(edition, **REACHED)
    heir = body(edition, "ports", contact_email="port@example.org")
    owed(edition)
    bodies.dissolve_body(body=gone, day=MORNING.date(), heir=heir, by=accounts.system_account(), at=AT)

    assert sorted(send(MORNING)) == ["port@example.org"]


def test_an_edition_that_is_over_reminds_nobody(edition, send):
    airport(edition, **REACHED)
    owed(edition)

    assert send(datetime(2025, 12, 30, 6, tzinfo=UTC)) == {}


def test_a_link_is_sent_by_hand_too_and_none_for_a_body_that_is_no_more(
    edition, mailoutbox, django_capture_on_commit_callbacks
):
    there = airport(edition, **REACHED | {"language": "fa"})
    reader, *_others = readers.readers_of(there, {}, [])
    by = accounts.system_account()
    with django_capture_on_commit_callbacks(execute=True):
        link = answer_links.send_link(body=there, reader=reader, address=PAGES.by_link, by=by, at=MORNING)
    deliver()
    Body.objects.filter(pk=there.pk).update(dissolved_on=MORNING.date())

    with pytest.raises(errors.BodyDissolved):
        answer_links.send_link(body=there, reader=reader, address=PAGES.by_link, by=by, at=MORNING)

    (mail,) = mailoutbox
    token = re.search(r"/desk/answer/(\S+)/", mail.body)
    assert token is not None
    assert links.link_of_token(token[1]) == link
    assert (mail.to, "۱۰ مهر ۱۴۰۴" in mail.body) == (["roya@example.org"], True)
    assert AnswerLink.objects.count() == 1


def test_the_other_summit_is_written_to_by_its_own_clock_and_language(summits, send):
    other = summits["atlantic2027"]
    Obligation.objects.all().delete()
    airport(other, **REACHED)
    owed(other, due_on=None)
    noon = datetime(2026, 9, 2, 12, tzinfo=other.zone)

    mails = send(noon)

    assert sorted(mails) == ["roya@example.org"]
    assert mails["roya@example.org"].extra_headers["Content-Language"] in dict.fromkeys([*other.languages, "en"])


def test_it_asks_the_database_as_often_for_many_as_for_one(edition, django_assert_num_queries):
    airport(edition, **REACHED)
    owed(edition)
    with django_assert_num_queries(5):
        queries.digests(edition, MORNING)
    for number in range(3):
        owed(edition, f"Sign {number}", body=body(edition, f"body{number}", contact_email=f"b{number}@example.org"))

    with django_assert_num_queries(5):
        assert len(queries.digests(edition, MORNING)) == 4


def test_a_worker_does_it_each_hour_and_its_links_lead_to_the_site(settings):
    settings.SITE = "https://summit.example.org"

    pages = tasks._pages()

    assert background.duties()["readiness.send_reminders"] == 3600
    assert (pages.by_link("t"), pages.own("e1"), pages.desk("e1")) == (
        "https://summit.example.org/desk/answer/t/",
        "https://summit.example.org/desk/e1/own/",
        "https://summit.example.org/desk/e1/obligations/",
    )
