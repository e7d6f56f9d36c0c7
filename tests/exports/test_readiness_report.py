"""The report of readiness: always one page, whatever there is to tell, in the words and figures of its reader."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any

import pypdf
import pytest
from django.utils import translation

from ejlas.core.text import Text
from ejlas.exports import readiness_report as paper
from ejlas.exports import readiness_rows as rows
from ejlas.exports.readiness_charts import burn_up_chart, trend_chart
from ejlas.exports.readiness_pen import Limits, Pen, cut
from ejlas.forum.models import Edition
from ejlas.planning.models import Forecast, ForecastLine
from ejlas.planning.queries.ready.burn_up import BurnUp, Point
from ejlas.planning.queries.ready.names import Names
from ejlas.planning.queries.ready.report import Answer, Decisions, ReadinessReport, Tally
from ejlas.planning.queries.ready.risks import Risk
from ejlas.planning.rules.ready.basis import Basis, Rules
from ejlas.planning.rules.ready.others import Level, OtherKind, OtherPart
from ejlas.planning.rules.ready.states import Waiting, waiting_on
from ejlas.readiness.models import Body, CoordinationMeeting, Obligation

AT = datetime(2025, 10, 23, 9, 30, tzinfo=UTC)
TODAY, TARGET = date(2025, 10, 23), date(2025, 11, 15)
EDITION = Edition(
    slug="rasht2025",
    name=Text.of(en="First Meeting of Governors", fa="نخستین اجلاس استانداران", ru="Первая встреча губернаторов"),
    starts_on=date(2025, 11, 18),
    ends_on=date(2025, 11, 19),
    timezone="Asia/Tehran",
    languages=["fa", "en", "ru"],
    calendars=["gregorian", "solar_hijri"],
)
LIMITS = Limits(size=9.0, chart=20, streams=10, risks=8, others=8, gains=6, shifts=4, name=100)
LONG = {
    "fa": "تکمیل و تجهیز تالار بزرگ اجلاس و راه‌های دسترسی آن با همکاری همهٔ دستگاه‌های اجرایی استان " * 3,
    "ru": "Завершение и оснащение большого зала саммита и подъездных путей к нему всеми органами области " * 3,
    "en": "Incomprehensibilities" * 12,
}


def name(number: int, *, is_long: bool = False) -> Text:
    return Text({code: f"{words if is_long else 'Light'} {number}" for code, words in LONG.items()})


def risk(number: int, *, is_long: bool, state: str = "in-work", **more: Any) -> Risk:
    body = Body(pk=number + 1, slug=f"body-{number}", name=name(number, is_long=is_long))
    owed = Obligation(slug=f"owed-{number}", name=name(number, is_long=is_long), body=body, state=state)
    owed.due_on = TODAY + timedelta(days=number - 1)
    line = ForecastLine(obligation=owed, p_on_time=0.1 * number, begins=TODAY, ends=TARGET)
    before = more.get("before", ())
    waits = waiting_on(state, has_body=True, is_held=bool(before))
    return Risk(line, waits, before, number == 0, state == "planned", state == "refused")


def forecast(n: int, n_streams: int, **more: Any) -> Forecast:
    streams = [
        {"slug": f"stream-{k}", "n": n // n_streams, "n_worked": k % 3, "p_ready": k / n_streams, "ends": []}
        for k in range(n_streams)
    ]
    meeting = CoordinationMeeting(edition=EDITION, number=7, starts_at=AT)
    shifts = [
        {"cause": cause, "change": change, "days": 3, "n": 40, "slugs": ["owed-1", "owed-2"]}
        for cause, change in (("time", -0.15), ("work", 0.06), ("estimates", -0.02), ("order", -0.01), ("scope", 0.0))
    ]
    result = {
        "streams": streams,
        "p_with_week": 0.82,
        "quicker": [["owed-1", 0.78], ["owed-2", 0.71]],
        "one_more": [["crews", 0.8]],
        "clashes": [["crews", 2]],
    }
    dated = {"made_on": TODAY, "target_on": TARGET, "ended_at": AT}
    ends = {"ends_50": TARGET, "ends_80": TARGET + timedelta(days=4), "ends_95": TARGET + timedelta(days=9)}
    figures = {"p_ready": 0.7, "error": 0.0046, "n_owed": n, "n_worked": n // 3}
    made = Forecast(edition=EDITION, result=result, shifts=shifts, **dated, **ends, **figures, **more)
    made.since = Forecast(edition=EDITION, made_on=date(2025, 10, 11), p_ready=0.82, meeting=meeting)
    return made


def answer(n: int, n_streams: int, *, is_long: bool = False) -> Answer:
    slugs = range(n_streams)
    names = Names(
        obligations={f"owed-{k}": name(k, is_long=is_long) for k in range(3)},
        workstreams={f"stream-{k}": name(k, is_long=is_long) for k in slugs},
        resources={"crews": name(0, is_long=is_long)},
    )
    days = [TODAY + timedelta(days=7 * k) for k in range(-20, 5)]
    points = tuple(
        Point(day, n * k // 24, k if day <= TODAY else None, *([n * k // 24] * 2 if day >= TODAY else [None, None]))
        for k, day in enumerate(days)
    )
    trend = [
        Forecast(made_on=day, p_ready=0.5 + 0.01 * k, meeting_id=1 if k % 4 == 0 else None)
        for k, day in enumerate(days)
    ]
    states = ["in-work", "planned", "refused", "accepted", "in-work", "in-work", "in-work", "in-work"]
    found = [risk(number, is_long=is_long, state=state) for number, state in enumerate(states)]
    found[3] = risk(3, is_long=is_long, state="accepted", before=(found[0].obligation,))
    premises = Basis(today=TODAY, opening=EDITION.starts_on, rules=Rules(weekend=(4,)))
    return Answer(
        forecast=forecast(n, n_streams),
        premises=premises,
        names=names,
        trend=trend,
        burn_up=BurnUp(n, 7, points),
        risks=found,
    )


def report(held: Answer | None, *, is_long: bool = False, is_empty: bool = False) -> ReadinessReport:
    refused = [risk(k, is_long=is_long, state="refused").obligation for k in range(4)] if held else []
    for each in refused:
        each.reason = LONG["fa"]
    bodies = tuple((name(k, is_long=is_long), 9 - k) for k in range(4)) if held else ()
    asked = Decisions(
        refused=tuple(refused),
        n_refused=len(refused) and 30,
        unaccepted=Tally(sum(n for _, n in bodies) + bool(bodies), bodies),
        late=Tally(sum(n for _, n in bodies), bodies),
        n_bodiless=3 if held else 0,
    )
    others = tuple(
        OtherPart(kind=kind, number=3, of=9, level=Level.LATE if k % 2 else Level.OPEN, due_on=TODAY)
        for k, kind in enumerate(OtherKind)
    )
    return ReadinessReport(
        edition=EDITION,
        today=TODAY,
        answer=held,
        is_empty=is_empty,
        decisions=asked,
        others=others if held else (),
    )


def printed(made: ReadinessReport, language: str) -> tuple[int, str]:
    read = pypdf.PdfReader(BytesIO(paper.render(made, language=language, at=AT)))
    return len(read.pages), " ".join(" ".join(page.extract_text() for page in read.pages).split())


def test_the_governor_reads_the_answer_its_days_why_it_moved_and_what_is_to_be_decided_on_one_page() -> None:
    n_pages, text = printed(report(answer(88, 24)), "en")

    assert n_pages == 1
    for words in ("Are we ready?", "70%", "In danger", "15 November 2025", "24 Aban 1404", "4 days too late"):
        assert words in text
    for words in ("At coordination meeting 7", "\u221215 points", "+6 points", "and 38 more", "82%", "+12 points"):
        assert words in text
    for words in ("Body: deliver by", "Secretariat: answer the refusal.", "accept it and begin by", "deliver first"):
        assert words in text
    assert "29 of 88 obligations are delivered." in text
    assert re.search(r"1[4-9] other workstreams", text)
    assert "Too few of “Light 0”: 2 more are needed" in text
    assert re.search(r"2[78] more are refused\.", text)


@pytest.mark.parametrize("language", ["fa", "ru"])
def test_two_thousand_obligations_of_sixty_workstreams_with_long_names_take_one_page_too(language: str) -> None:
    n_pages, text = printed(report(answer(2000, 60, is_long=True), is_long=True), language)

    assert n_pages == 1
    # What runs to the left comes out of a file in another order.
    assert ("تکمیل" if language == "fa" else "Завершение и оснащение большого зала") in text
    if language == "fa":
        assert {"آبان", "اکتبر"} <= set(re.findall(r"\w+", re.sub(r"\d", " ", text)))


@pytest.mark.parametrize(("is_empty", "words"), [(False, "No forecast was made yet"), (True, "Nothing is owed yet")])
def test_without_a_forecast_the_page_says_so(is_empty: bool, words: str) -> None:
    made = paper._Page(report(None, is_empty=is_empty), "en").values(AT)

    assert made["empty"].startswith(words)
    assert (made["answer"], made["charts"], made["method"]) == (None, None, "")
    assert made["variants"][0]["decisions"] == made["variants"][0]["others"] == []


def test_the_others_of_many_workstreams_are_summed_and_promise_what_the_least_likely_of_them_promises() -> None:
    with translation.override("en"):
        found = rows.streams(answer(600, 60), Pen(EDITION, "en"), LIMITS)
        few = rows.streams(answer(88, 11), Pen(EDITION, "en"), LIMITS)

    assert [each["name"] for each in found[:2]] == ["Light 0", "Light 1"]
    assert (found[-1]["name"], found[-1]["worked"]) == ("50 other workstreams", "51 of 500")
    assert (found[-1]["share"], found[-1]["level"], found[0]["level"]) == ("17% or more", "", "poor")
    # One that would be summed alone is named instead.
    assert [each["name"] for each in few] == [f"Light {k}" for k in range(11)]


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("planned", "Body: accept it and begin by 23 October 2025."),
        ("accepted", "Body: begin by 23 October 2025."),
        ("in-work", "Body: deliver by 25 October 2025."),
        ("refused", "Secretariat: answer the refusal."),
        ("delivered", "Secretariat: look at what was delivered."),
    ],
)
def test_what_is_asked_follows_from_where_an_obligation_stands(state: str, words: str) -> None:
    held = answer(88, 24)
    held.risks[:] = [risk(3, is_long=False, state=state)]

    with translation.override("en"):
        (row,) = rows.risks(held, Pen(EDITION, "en"), LIMITS)

    assert row["ask"] == words


def test_of_what_is_late_already_the_target_is_asked_and_of_what_has_no_body_a_body() -> None:
    held = answer(88, 24)
    late, nobodys = risk(0, is_long=False), risk(1, is_long=False)
    nobodys.obligation.body = None
    nobodys = Risk(nobodys.line, Waiting.CHOICE, (), is_late=False, is_unaccepted=False, is_refused=False)
    held.risks[:] = [late, nobodys]

    with translation.override("en"):
        first, second = rows.risks(held, Pen(EDITION, "en"), LIMITS)

    assert (first["ask"], first["is_late"]) == ("Body: deliver by 15 November 2025.", True)
    assert (second["ask"], second["body"]) == ("Secretariat: choose the body that does it.", "No body yet")


def test_charts_stay_inside_their_frame_and_a_single_forecast_has_no_trend() -> None:
    held = answer(88, 24)

    chart = burn_up_chart(held.burn_up, Pen(EDITION, "en"), today=TODAY, target=date(2030, 1, 1))

    places = [value for line in chart["lines"] for point in line["points"] for value in point]
    assert min(places) == 0
    assert max(places) <= 1
    assert chart["marks"][1]["at"] == 1
    assert trend_chart(held.trend[:1], Pen(EDITION, "en")) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [("short", "short"), ("two words more", "two words…"), ("x" * 20, "x" * 11 + "…")],
)
def test_a_long_name_is_cut_between_words(text: str, found: str) -> None:
    assert cut(text, 12) == found
