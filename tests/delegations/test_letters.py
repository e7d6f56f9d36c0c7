"""Letters: templates, drafts in each delegation's language, numbers without gaps, sending, replies, the register."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ejlas.accounts import queries as accounts
from ejlas.accounts.rules import Role
from ejlas.core.audit.models import Line
from ejlas.core.files import rules as kinds
from ejlas.core.index import queries as index
from ejlas.core.text import Text
from ejlas.delegations.forms.letters import LetterForm, TemplateForm
from ejlas.delegations.models import Delegation, Letter, Template
from ejlas.delegations.operations import letter_errors as errors
from ejlas.delegations.operations import letter_ways as ways
from ejlas.delegations.operations import letters as operations
from ejlas.delegations.operations import lists as rules
from ejlas.delegations.queries import letters as queries
from ejlas.delegations.rules.letters import LetterChannel, LetterState
from ejlas.delegations.rules.states import PersonState
from ejlas.forum import operations as forum
from ejlas.forum.forms import Ask
from tests.factories.delegations import named, opened
from tests.factories.letters import AT, PORTAL, cleared, incoming, sent, standard, written
from tests.factories.people import person

YEAR = 2025


@pytest.fixture(params=["rasht2025", "atlantic2027"])
def edition(request, summits):
    Letter.objects.all().delete()
    Template.objects.all().delete()
    return summits[request.param]


@pytest.fixture
def delegations(edition):
    standard(edition)
    return list(opened(edition).values())


@pytest.fixture
def by():
    return accounts.system_account()


def _kept(letter):
    return Letter.objects.select_related("edition", "delegation").get(pk=letter.pk)


# --- Templates ---


def test_the_standard_texts_come_once_in_the_languages_of_the_edition(edition, by):
    first = operations.add_standard_templates(edition=edition, by=by, at=AT)

    again = operations.add_standard_templates(edition=edition, by=by, at=AT)

    assert {each.kind for each in first} == {"invitation", "reminder", "registration", "visa", "other"}
    assert set(first[0].body.values) == set(edition.languages)
    assert again == []


def test_a_place_that_no_letter_fills_is_refused_with_those_that_are_filled(edition):
    form = TemplateForm(
        {"kind": "other", "subject-en": "For {party}", "body-en": "Dear {gouvernor}, {{party}}"},
        ask=Ask(edition, languages=("en",)),
    )

    assert not form.is_valid()
    (fault,) = form.errors["body"]
    assert "{gouvernor}" in fault
    assert "{head_office}" in fault
    assert "subject" not in form.errors


def test_a_draft_with_such_a_place_is_refused_too(edition):
    form = LetterForm({"direction": "out", "kind": "other", "language": "en", "subject": "{partei}"}, ask=Ask(edition))

    assert not form.is_valid()
    assert "{partei}" in form.errors["subject"][0]


# --- Writing ---


def test_each_delegation_gets_a_draft_in_its_language_with_its_places_filled(edition, delegations):
    letters = written(*delegations)

    assert len(letters) == len(delegations) == edition.party_set.count()
    for letter, delegation in zip(letters, delegations, strict=True):
        assert letter.language == queries.language_for(delegation)
        assert (letter.state, letter.number, letter.register) == ("draft", None, "")
        name = delegation.title.wording(letter.language, edition.fallback_languages).text
        assert name in letter.body
        assert "{" not in letter.body + letter.subject + letter.signatory_office
        assert PORTAL in letter.body


def test_days_stand_in_both_calendars_where_the_edition_has_both(summits):
    delegation = opened(summits["rasht2025"])["gilan"]

    persian, english = written(delegation, language="fa")[0], written(delegation, language="en")[0]

    assert "۲۷ تا ۲۸ آبان ۱۴۰۴ (۱۸ تا ۱۹ نوامبر ۲۰۲۵)" in persian.body
    assert "18–19 November 2025 (27–28 Aban 1404)" in english.body


def test_a_missing_wording_is_borrowed_from_another_language_and_said(edition, delegations, by):
    delegation = delegations[0]
    language = queries.language_for(delegation)
    edition.city = Text({other: words for other, words in edition.city.values.items() if other != language})
    edition.save()
    fresh = Delegation.objects.select_related("edition", "party").get(pk=delegation.pk)
    template = Template.objects.get(edition=edition, kind="invitation")

    done = operations.write_letters(template=template, delegations=[fresh], portal=PORTAL, by=by, at=AT)

    (borrowed,) = done.borrowed.values()
    assert dict(borrowed)["city"] != language
    assert edition.city.wording(language, edition.fallback_languages).text in done.letters[0].body


def test_a_letter_is_in_the_language_of_its_text_where_there_is_none_in_that_asked_for(delegations, by):
    template = Template.objects.get(edition=delegations[0].edition, kind="other")
    template.body = Text.of(en="Dear {party}")
    template.save()

    done = operations.write_letters(
        template=template, delegations=delegations[:1], language="kk", portal=PORTAL, by=by, at=AT
    )

    assert done.letters[0].language == "en"
    assert done.borrowed.keys() == {done.letters[0].slug}


def test_letters_to_nobody_or_from_an_empty_template_are_not_written(delegations, by):
    template = Template.objects.get(edition=delegations[0].edition, kind="other")
    with pytest.raises(errors.NobodyChosen):
        operations.write_letters(template=template, delegations=[], portal=PORTAL, by=by, at=AT)
    template.body = Text()
    template.save()

    with pytest.raises(errors.TemplateEmpty):
        operations.write_letters(template=template, delegations=delegations, portal=PORTAL, by=by, at=AT)

    assert not Letter.objects.exists()


def test_a_confirmation_names_the_approved_or_those_of_them_who_are_chosen(delegations, by):
    first, second, third = named(delegations[0], 3)
    for each in (first, second):
        each.state = PersonState.APPROVED
        each.save()

    whole = written(delegations[0], kind="registration")[0]
    part = written(delegations[0], kind="registration", chosen=[second.slug, third.slug])[0]

    assert whole.people == [first.slug, second.slug]
    assert part.people == [second.slug]
    with pytest.raises(errors.NobodyApproved):
        written(*delegations[:2], kind="registration")
    assert Letter.objects.count() == 2


# --- Numbers ---


def test_numbers_run_without_a_gap_in_the_year_of_the_register(edition, delegations):
    first, second = cleared(*delegations[:2])

    assert [(each.year, each.number, each.register) for each in (first, second)] == [
        (YEAR, 1, f"{YEAR}/001"),
        (YEAR, 2, f"{YEAR}/002"),
    ]
    assert _kept(first).dated_on == AT.date()


def test_the_year_is_that_of_the_first_calendar_and_the_number_as_the_house_writes_it(edition, delegations, by):
    edition.calendars = ["solar_hijri", "gregorian"]
    edition.save()
    rules.set_rules(edition=edition, rules={"number_pattern": "R/{year}-{month}/{number:4}"}, by=by, at=AT)

    letter = cleared(delegations[0])[0]

    assert (letter.year, letter.register) == (1404, "R/1404-07/0001")


def test_each_year_and_each_direction_counts_for_itself(edition, delegations):
    cleared(delegations[0])

    later = cleared(delegations[0], at=AT + timedelta(days=366))[0]
    came = incoming(edition)

    assert (later.year, later.number) == (YEAR + 1, 1)
    assert (came.year, came.number, came.state) == (YEAR, 1, "delivered")


def test_a_letter_taken_back_keeps_its_number_and_nobody_else_gets_it(delegations, by):
    first = cleared(delegations[0])[0]
    operations.take_back(letter=first, by=by, at=AT)

    second = cleared(delegations[1])[0]
    operations.change_letter(thing=_kept(first), fields={"subject": "Otherwise"}, by=by, at=AT)
    again = operations.clear(letters=[first], by=by, at=AT + timedelta(days=1))[0]

    assert second.number == 2
    assert (again.number, again.register, again.dated_on) == (1, first.register, AT.date())
    with pytest.raises(errors.LetterNumbered):
        operations.remove_letter(thing=_kept(first), by=by, at=AT)


def test_a_number_cannot_be_given_twice(delegations):
    from django.db import IntegrityError, transaction

    first, second = cleared(*delegations[:2])

    with pytest.raises(IntegrityError), transaction.atomic():
        Letter.objects.filter(pk=second.pk).update(number=first.number)


def test_a_cleared_text_is_fixed_until_it_is_taken_back(delegations, by):
    letter = cleared(delegations[0])[0]

    with pytest.raises(errors.TextFixed):
        operations.change_letter(thing=letter, fields={"body": "Otherwise"}, by=by, at=AT)
    operations.change_letter(thing=letter, fields={"note": "Signed by hand"}, by=by, at=AT)

    assert _kept(letter).note == "Signed by hand"


def test_a_letter_with_a_gap_or_without_an_addressee_is_not_cleared(edition, delegations, by):
    gap = written(delegations[0])[0]
    operations.change_letter(thing=gap, fields={"body": "Come on {days}."}, by=by, at=AT)
    nobody = operations.add_letter(
        edition=edition, fields={"kind": "other", "language": "en", "subject": "To nobody"}, by=by, at=AT
    )

    with pytest.raises(errors.PlacesUnfilled, match=r"\{days\}"):
        operations.clear(letters=[gap], by=by, at=AT)
    with pytest.raises(errors.AddresseeMissing):
        operations.clear(letters=[nobody], by=by, at=AT)
    assert not Letter.objects.filter(number__isnull=False).exists()


def test_all_are_cleared_or_none(delegations, by):
    good, bad = written(*delegations[:2])
    operations.change_letter(thing=bad, fields={"subject": "{party}"}, by=by, at=AT)

    with pytest.raises(errors.PlacesUnfilled):
        operations.clear(letters=[good, bad], by=by, at=AT)

    assert _kept(good).state == LetterState.DRAFT


def test_only_a_draft_without_a_number_is_removed_and_comes_back_as_it_was(edition, delegations, by):
    letter = written(delegations[0])[0]
    held = _kept(letter)
    operations.remove_letter(thing=letter, by=by, at=AT)
    line = Line.objects.get(event="delegations.letter.removed")

    forum.put_back(
        Letter,
        edition=edition,
        line=line,
        thing=None,
        add=operations.add_letter,
        change=operations.change_letter,
        by=by,
        at=AT,
    )

    back = Letter.objects.get(slug=letter.slug)
    assert (back.body, back.delegation_id, back.state) == (held.body, held.delegation_id, "draft")


def test_a_step_is_not_put_back_from_the_trail(delegations, by):
    letter = cleared(delegations[0])[0]

    with pytest.raises(forum.NothingToPutBack):
        operations.change_letter(thing=letter, fields={"state": "draft", "number": None}, by=by, at=AT)


# --- On the way ---


def test_letters_are_marked_as_sent_another_way_many_at_once(delegations, by):
    letters = cleared(*delegations[:3])

    ways.mark_sent(letters=letters, channel=LetterChannel.COURIER, on=AT.date(), note="Lot 7", by=by, at=AT)

    assert {(_kept(each).state, _kept(each).channel, _kept(each).note) for each in letters} == {
        ("sent", "courier", "Lot 7")
    }
    with pytest.raises(errors.LetterMovedOn):
        ways.mark_sent(letters=letters, channel=LetterChannel.HAND, on=AT.date(), by=by, at=AT)
    with pytest.raises(errors.DayAhead):
        ways.mark_sent(
            letters=cleared(delegations[3]), channel=LetterChannel.HAND, on=AT.date() + timedelta(days=1), by=by, at=AT
        )


def test_a_draft_is_not_sent_and_a_sent_letter_not_taken_back(delegations, by):
    with pytest.raises(errors.LetterMovedOn):
        ways.mark_sent(letters=written(delegations[0]), channel=LetterChannel.HAND, on=AT.date(), by=by, at=AT)
    with pytest.raises(errors.LetterMovedOn):
        operations.take_back(letter=sent(delegations[1])[0], by=by, at=AT)


def test_a_letter_goes_by_mail_to_an_address_only(edition, delegations, by):
    letter = cleared(delegations[0])[0]
    other = operations.add_letter(
        edition=edition,
        fields={"kind": "other", "language": "en", "subject": "Flowers", "correspondent": "The florist"},
        by=by,
        at=AT,
    )
    operations.clear(letters=[other], by=by, at=AT)

    for each in (letter, other):
        with pytest.raises(errors.AddressMissing):
            ways.send_by_mail(letters=[each], papers={each.slug: b"%PDF-"}, portal=PORTAL, by=by, at=AT)
    assert _kept(letter).state == LetterState.CLEARED


@pytest.mark.parametrize("state", ["accepted", "declined", "delegated"])
def test_an_answer_is_kept_with_its_level_its_day_and_its_letter(state, edition, delegations, by):
    letter = sent(delegations[0])[0]
    answer = incoming(edition, delegation=delegations[0])

    ways.record_reply(
        letter=letter, state=LetterState(state), level="Governor", on=AT.date(), answer=answer, by=by, at=AT
    )

    kept = _kept(letter)
    assert (kept.state, kept.reply_level, kept.reply_on) == (state, "Governor", AT.date())
    assert list(kept.answered_by.all()) == [answer]


def test_an_acceptance_names_its_level_and_an_answer_came_in(edition, delegations, by):
    letter, other = sent(*delegations[:2])
    said = {"state": LetterState.ACCEPTED, "on": AT.date(), "by": by, "at": AT}

    with pytest.raises(errors.LevelNeeded):
        ways.record_reply(letter=letter, level=" ", **said)
    with pytest.raises(errors.AnswerOfOthers):
        ways.record_reply(letter=letter, level="Mayor", answer=other, **said)
    with pytest.raises(errors.DayAhead):
        ways.record_reply(letter=letter, level="Mayor", **{**said, "on": AT.date() + timedelta(days=1)})
    with pytest.raises(errors.LetterMovedOn):
        ways.record_reply(letter=cleared(delegations[2])[0], level="Mayor", **said)


def test_who_has_not_answered_for_some_days_is_reminded_once(edition, delegations, by):
    waiting, answered, fresh = delegations[:3]
    sent(waiting, at=AT - timedelta(days=20))
    letter = sent(answered, at=AT - timedelta(days=20))[0]
    ways.record_reply(letter=letter, state=LetterState.DECLINED, level="", on=AT.date(), by=by, at=AT)
    sent(fresh, at=AT - timedelta(days=2))

    before = list(queries.unanswered(edition, days=14, at=AT))
    written(waiting, kind="reminder")

    assert before == [waiting]
    assert list(queries.unanswered(edition, days=14, at=AT)) == []
    assert set(queries.uninvited(edition)) == set(delegations[3:])


# --- Visa letters ---


def test_numbers_of_documents_are_read_by_few_and_each_reading_is_written_down(edition, delegations):
    one = named(delegations[0])[0]
    one.state = PersonState.APPROVED
    one.save()
    letter = written(delegations[0], kind="visa")[0]
    head, protocol = (person(role, edition=edition.slug, password=None) for role in (Role.HEAD, Role.PROTOCOL))

    with pytest.raises(errors.NumbersNotForYou):
        ways.read_people(letter=letter, by=protocol, at=AT)
    people = ways.read_people(letter=letter, by=head, at=AT)

    assert [each.document_number for each in people] == [one.document_number]
    (line,) = Line.objects.filter(event="delegations.document.read")
    assert (line.subject, line.actor) == (one.slug, head.name)


# --- Attachments and search ---


def test_a_letter_that_came_in_has_its_scan_and_one_of_a_wrong_type_is_refused(edition, by):
    letter = incoming(edition)

    (held,) = queries.files_of(letter)
    assert (held.file.media_type, held.file.name) == (kinds.PDF, "answer.pdf")
    with pytest.raises(kinds.FileTypeRefused):
        ways.add_file(letter=letter, scan=ways.Scan("evil.pdf", b"MZ\x90 program"), by=by, at=AT)
    ways.remove_file(file=held, by=by, at=AT)
    assert not queries.files_of(letter).exists()


def test_a_refused_scan_leaves_no_letter_behind(edition, by):
    with pytest.raises(kinds.FileEmpty):
        ways.receive(
            edition=edition,
            fields={"kind": "other", "language": "en", "subject": "Empty"},
            scans=[ways.Scan("empty.pdf", b"")],
            by=by,
            at=AT,
        )

    assert not Letter.objects.exists()


def test_a_letter_is_found_by_its_number_and_across_scripts(edition, delegations):
    letter = incoming(edition, correspondent="Канцелярия губернатора Орлова")

    for words in ("17/44-A", "Orlov", letter.register):
        found = {each.slug for each in index.search(words, scopes=[edition.slug], kinds=["letter"])}
        assert letter.slug in found, words
