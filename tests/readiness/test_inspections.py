"""Rounds of inspection: filled from what is delivered, answered by phones late or twice, and closed."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from PIL import Image

from ejlas.accounts import queries as accounts
from ejlas.core.audit.models import Line
from ejlas.core.errors import RuleBroken
from ejlas.core.files import queries as files
from ejlas.core.files.rules import FileEmpty, FileTypeRefused
from ejlas.core.formats.rasters import NoPicture
from ejlas.readiness.models import CheckAnswer, Inspection
from ejlas.readiness.operations import errors, inspections, obligations
from ejlas.readiness.queries import inspections as queries
from ejlas.readiness.rules.inspections import Outcome
from ejlas.readiness.rules.meetings import Result
from ejlas.readiness.rules.states import Step
from tests.factories.readiness import AT, body, owed, workstream

GOOD, WANTING, NOT_SEEN = Result.GOOD, Result.WANTING, Result.NOT_SEEN


@pytest.fixture(params=["rasht2025", "atlantic2027"])
def held(summits: dict[str, Any], request: pytest.FixtureRequest) -> Inspection:
    return Inspection.objects.select_related("edition").get(edition=summits[request.param])


def by(minutes: int = 0) -> dict[str, Any]:
    return {"by": accounts.system_account(), "at": AT + timedelta(minutes=minutes)}


def delivered(held: Inspection, name: str, **more: Any) -> Any:
    made = owed(held.edition, name, **more)
    for step in (Step.ACCEPT, Step.DELIVER):
        obligations.take_step(obligation=made, step=step, **by())
    return made


def filled(held: Inspection, *names: str) -> list[Any]:
    rows = [delivered(held, name) for name in names]
    inspections.fill_from(inspection=held, obligations=rows, language="en", **by())
    return queries.lines_of(held)


def say(line: Any, result: Result, found: str = "", *, seen: int = 0, came: int = 60, **more: Any) -> Any:
    about = {"answer_id": uuid4(), "seen_at": AT + timedelta(minutes=seen), **more}
    return inspections.answer_line(line=line, result=result, found=found, **about, **by(came))


def photo(*, exif: bool = False) -> bytes:
    image, made = Image.new("RGB", (2400, 1200), (90, 120, 130)), io.BytesIO()
    about = Image.Exif()
    if exif:
        about.get_ifd(0x8825)[2] = (37.0, 16.0, 50.0)
        about[0x010F] = "Camera of somebody"
    image.save(made, "JPEG", exif=about)
    return made.getvalue()


def standing(row: Any) -> tuple[str, str]:
    row.refresh_from_db()
    return row.state, row.reason


def test_a_checklist_is_filled_once_with_what_wants_an_inspection(held: Inspection) -> None:
    ready = delivered(held, "Booths")
    asked = owed(held.edition, "Fire doors", evidence=["inspection"], workstream=workstream(held.edition, "venue"))
    owed(held.edition, "Flags", workstream=workstream(held.edition, "venue"))
    inspected = delivered(held, "Lifts", evidence=["inspection"])
    obligations.take_step(obligation=inspected, step=Step.INSPECT, **by())

    all_delivered = queries.to_inspect(held.edition)
    of_venue = queries.to_inspect(held.edition, workstream=workstream(held.edition, "venue"))
    of_body = queries.to_inspect(held.edition, body=body(held.edition))
    came = inspections.fill_from(inspection=held, obligations=all_delivered, language="en", **by())
    again = inspections.fill_from(inspection=held, obligations=of_body, language="en", **by())

    assert (all_delivered, of_venue, set(of_body)) == ([ready], [asked], {ready, asked})
    assert (came, again) == (1, 1)
    assert [line.words for line in queries.lines_of(held)] == ["Booths", "Fire doors"]


def test_own_lines_are_added_worded_raised_and_removed(held: Inspection) -> None:
    first = inspections.add_line(inspection=held, words="Ramp at the door", **by())
    second = inspections.add_line(inspection=held, words="  Lamps ", **by())

    inspections.raise_line(line=second, **by())
    inspections.change_line(line=second, words="Lamps of the stairs", **by())
    inspections.remove_line(line=first, **by())

    assert [line.words for line in queries.lines_of(held)] == ["Lamps of the stairs"]
    trail = Line.objects.filter(subject=held.slug, event="readiness.inspection.checklist")
    assert trail.count() == 5


def test_an_answer_that_a_phone_sends_again_is_taken_once(held: Inspection) -> None:
    (line,) = filled(held, "Booths")
    answer = uuid4()

    first = say(line, WANTING, "No light", answer_id=answer, photo=photo())
    again = say(line, WANTING, "No light", answer_id=answer, photo=photo())

    assert (first.is_new, again.is_new, again.counts) == (True, False, True)
    assert CheckAnswer.objects.filter(line=line).count() == 1
    assert again.line.found == "No light"


def test_an_answer_that_was_taken_is_known_after_the_close_and_is_none_to_another_line(held: Inspection) -> None:
    booths, lifts = filled(held, "Booths", "Lifts")
    answer = uuid4()
    say(booths, GOOD, answer_id=answer)
    with pytest.raises(errors.AnswerUnclear):
        say(lifts, GOOD, answer_id=answer)
    inspections.close_round(inspection=held, **by(90))

    again = say(booths, GOOD, answer_id=answer)

    assert (again.is_new, again.counts) == (False, True)


def test_of_two_inspectors_the_later_look_counts_whichever_comes_first(held: Inspection) -> None:
    (line,) = filled(held, "Booths")

    say(line, GOOD, seen=30)
    late = say(line, WANTING, "No light", seen=10, photo=photo())
    line.refresh_from_db()

    assert (late.is_new, late.counts, line.result) == (True, False, "good")
    assert [(each.result, each.photo is not None) for each in queries.answers_of(held)] == [
        ("wanting", True),
        ("good", False),
    ]
    assert Line.objects.filter(subject=held.slug, event="readiness.inspection.answered-late").count() == 1


def test_of_two_looks_at_one_moment_the_same_one_counts_in_any_order(held: Inspection) -> None:
    first, second = filled(held, "Booths", "Lifts")
    low, high = UUID(int=1), UUID(int=2)
    say(first, GOOD, answer_id=low)
    say(first, NOT_SEEN, answer_id=high)
    say(second, NOT_SEEN, answer_id=UUID(int=4))
    say(second, GOOD, answer_id=UUID(int=3))

    assert [line.result for line in queries.lines_of(held)] == ["not-seen", "not-seen"]


def test_a_clock_that_goes_fast_does_not_win_over_those_who_come_later(held: Inspection) -> None:
    (line,) = filled(held, "Booths")

    say(line, WANTING, "No light", seen=5000, came=10)
    say(line, GOOD, seen=20, came=21)

    line.refresh_from_db()
    assert line.result == "good"


def test_a_photo_is_kept_small_and_without_the_place_where_it_was_taken(held: Inspection) -> None:
    (line,) = filled(held, "Booths")

    taken = say(line, GOOD, photo=photo(exif=True)).line
    again = say(line, GOOD, "All lamps burn", seen=5).line
    other = say(line, WANTING, "One lamp is out", seen=6).line

    with Image.open(io.BytesIO(files.contents(taken.photo))) as kept:
        assert (kept.size, dict(kept.getexif())) == ((1600, 800), {})
    assert again.photo == taken.photo
    assert other.photo is None


@pytest.mark.parametrize(
    ("about", "broken"),
    [
        ({"result": Result.OPEN}, errors.AnswerUnclear),
        ({"result": WANTING, "found": "  "}, errors.FoundMissing),
        ({"result": GOOD, "photo": b""}, FileEmpty),
        ({"result": GOOD, "photo": b"%PDF-1.7"}, FileTypeRefused),
        ({"result": GOOD, "photo": b"\xff\xd8\xff" + b"no picture"}, NoPicture),
    ],
)
def test_an_answer_that_says_nothing_or_brings_no_picture_is_refused(
    summits: dict[str, Any], about: dict[str, Any], broken: type[RuleBroken]
) -> None:
    held = Inspection.objects.get(edition=summits["rasht2025"])
    (line,) = filled(held, "Booths")

    with pytest.raises(broken):
        say(line, **about)

    assert CheckAnswer.objects.count() == 0


def test_a_close_inspects_what_passed_sends_back_what_is_wanting_and_names_the_rest(held: Inspection) -> None:
    lines = filled(held, "Booths", "Lifts", "Lamps", "Doors")
    booths, lifts, lamps, doors = (line.obligation for line in lines)
    say(lines[0], GOOD, "Ten of ten", photo=photo())
    say(lines[1], WANTING, "The second one stands still")
    say(lines[2], NOT_SEEN)
    say(lines[3], GOOD)
    obligations.take_step(obligation=doors, step=Step.CLOSE, **by())

    found = inspections.close_round(inspection=held, **by(90))

    assert [each.ending.outcome for each in found] == [
        Outcome.PASSED,
        Outcome.SENT_BACK,
        Outcome.LEFT,
        Outcome.GONE,
    ]
    assert standing(booths) == ("inspected", "")
    assert standing(lifts) == ("in-work", "The second one stands still")
    assert (standing(lamps)[0], standing(doors)[0]) == ("delivered", "done")
    proof = booths.proofs.get()
    assert (proof.kind, proof.words, proof.file) == ("inspection", "Booths\nTen of ten", lines[0].answers.get().photo)
    assert lifts.proofs.count() == 0
    trail = Line.objects.filter(subject=held.slug, event="readiness.inspection.closed").get()
    assert trail.held.values["after"] == {
        "passed": [booths.slug],
        "sent-back": [lifts.slug],
        "left": [lamps.slug],
        "gone": [doors.slug],
    }


def test_an_obligation_of_several_lines_passes_only_whole_and_goes_back_with_all_that_is_wanting(
    held: Inspection,
) -> None:
    hall, port = delivered(held, "Hall"), delivered(held, "Port")
    named = [("Seats", hall, GOOD, ""), ("Air", hall, NOT_SEEN, ""), ("Quay", port, WANTING, "Wet")]
    for words, of, result, seen in [*named, ("Crane", port, WANTING, "Still"), ("Gate", port, GOOD, "")]:
        say(inspections.add_line(inspection=held, words=words, obligation=of, **by()), result, seen)

    inspections.close_round(inspection=held, **by(90))

    assert standing(hall) == ("delivered", "")
    assert standing(port) == ("in-work", "Quay: Wet\nCrane: Still")


def test_a_close_that_shows_anything_else_than_its_closer_saw_does_nothing(held: Inspection) -> None:
    (line,) = filled(held, "Booths")
    seen = queries.mark_of(queries.lines_of(held))
    say(line, WANTING, "No light")

    with pytest.raises(errors.RoundChanged):
        inspections.close_round(inspection=held, seen=seen, **by(90))

    held.refresh_from_db()
    assert (held.closed_at, standing(line.obligation)[0]) == (None, "delivered")


def test_a_closed_round_takes_nothing_and_opened_again_does_nothing_twice(held: Inspection) -> None:
    booths, lifts = filled(held, "Booths", "Lifts")
    say(booths, GOOD)
    say(lifts, WANTING, "Stands still")
    inspections.close_round(inspection=held, **by(90))
    refused: list[Any] = [
        lambda: say(booths, GOOD, seen=95),
        lambda: inspections.add_line(inspection=held, words="More", **by()),
        lambda: inspections.change_line(line=booths, words="More", **by()),
        lambda: inspections.remove_line(line=booths, **by()),
        lambda: inspections.raise_line(line=lifts, **by()),
        lambda: inspections.fill_from(inspection=held, obligations=[], language="en", **by()),
        lambda: inspections.change_round(thing=held, fields={"inspector": "N. Rad"}, **by()),
        lambda: inspections.remove_round(thing=held, **by()),
        lambda: inspections.close_round(inspection=held, **by()),
    ]
    for call in refused:
        with pytest.raises(errors.RoundClosed):
            call()

    # The body mends it and delivers anew; the old finding does not send it back a second time.
    obligations.take_step(obligation=lifts.obligation, step=Step.DELIVER, **by(100))
    inspections.reopen_round(inspection=held, **by(110))
    inspections.reopen_round(inspection=held, **by(111))
    found = inspections.close_round(inspection=held, **by(120))

    assert [each.ending.step for each in found] == [None, None]
    assert (standing(booths.obligation)[0], standing(lifts.obligation)[0]) == ("inspected", "delivered")
    assert booths.obligation.proofs.count() == 1
    assert Line.objects.filter(subject=held.slug, event="readiness.inspection.reopened").count() == 1


def test_a_new_look_after_it_was_opened_again_counts(held: Inspection) -> None:
    (lifts,) = filled(held, "Lifts")
    say(lifts, WANTING, "Stands still")
    inspections.close_round(inspection=held, **by(90))
    obligations.take_step(obligation=lifts.obligation, step=Step.DELIVER, **by(100))
    inspections.reopen_round(inspection=held, **by(110))
    say(lifts, GOOD, seen=115, came=116)

    inspections.close_round(inspection=held, **by(120))

    assert standing(lifts.obligation)[0] == "inspected"


def test_what_was_looked_at_keeps_its_words_its_line_and_its_round(held: Inspection) -> None:
    (line,) = filled(held, "Booths")
    gone = inspections.add_line(inspection=held, words="Ramp", **by())
    inspections.remove_line(line=gone, **by())
    say(line, GOOD)

    for call, broken in [
        (lambda: inspections.change_line(line=line, words="Lifts", **by()), errors.LineAnswered),
        (lambda: inspections.remove_line(line=line, **by()), errors.LineAnswered),
        (lambda: inspections.remove_round(thing=held, **by()), errors.RoundWalked),
        (lambda: inspections.change_line(line=line, words=" ", **by()), errors.WordsMissing),
        (lambda: inspections.add_line(inspection=held, words=" ", **by()), errors.WordsMissing),
    ]:
        with pytest.raises(broken):
            call()


def test_an_answer_to_a_line_that_was_removed_says_so(held: Inspection) -> None:
    line = inspections.add_line(inspection=held, words="Ramp", **by())
    kept = queries.line_of(held, line.slug)
    inspections.remove_line(line=line, **by())

    with pytest.raises(errors.LineGone):
        say(kept, GOOD)
