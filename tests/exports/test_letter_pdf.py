from __future__ import annotations

import re
from io import BytesIO
from typing import Any, cast

import pypdf
import pytest

from ejlas.exports import directions, letter_pdf, letter_words, typesetting
from ejlas.exports.letters import Block, LetterPaper, PeopleTable
from tests.factories.papers import PAPERS, letter


def paper(of: LetterPaper) -> pypdf.PdfReader:
    return pypdf.PdfReader(BytesIO(letter_pdf.letter_pdf(of)))


def words(reader: pypdf.PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


# --- The PDF ---


def test_an_english_letter_says_all_of_it_in_order():
    text = words(paper(letter()))

    parts = (
        "Caspian Governors' Forum",
        "Governor's Office of Gilan Province",
        "No. 1404/017",
        "Date 7 October 2025 15 Mehr 1404",
        "Place Rasht",
        "Governor of Astrakhan Region Mr Igor Volgin Astrakhan Region",
        "In answer to your letter No. 12-44/AS of 25 September 2025",
        "Subject: Invitation to the First Meeting",
        "Excellency, I have the honour to invite you.",
        "name a focal point;",
        "№ Name Passport 1 VOLGIN IGOR 71 1234567 2 PETROVA ANNA 72 7654321",
        "assurances of my highest consideration.",
        "Governor of Gilan Province",
        "Arash Nemuneh",
        "Enclosures: 1. Programme 2. Guide for delegations",
    )
    places = [text.find(part) for part in parts]
    assert -1 not in places, [part for part, place in zip(parts, places, strict=True) if place < 0]
    assert places == sorted(places)
    assert "Page 1 of 1" in text
    assert "Draft" not in text


def test_letters_in_many_languages_are_set_at_once_each_in_its_own_letters_and_size():
    made = [pypdf.PdfReader(BytesIO(body)) for body in letter_pdf.letters_pdf(list(PAPERS.values()))]

    assert [cast("Any", reader.trailer["/Root"])["/Lang"] for reader in made] == list(PAPERS)
    assert {tuple(round(float(side)) for side in page.mediabox[2:]) for it in made for page in it.pages} == {(595, 842)}
    found = {
        language: {
            re.sub(r"^/[A-Z]{6}\+|-.*", "", str(font.get_object()["/BaseFont"]))
            for font in cast("Any", reader.pages[0]["/Resources"])["/Font"].values()
        }
        for language, reader in zip(PAPERS, made, strict=True)
    }
    assert found == {
        "en": {"NotoSans"},
        "fa": {"Vazirmatn", "NotoSans"},
        "ru": {"NotoSans", "Vazirmatn"},
        "kk": {"NotoSans"},
    }
    russian, kazakh = words(made[2]), words(made[3])
    assert "Тема: Приглашение" in russian
    assert "Страница 1 из 1" in russian
    assert "Тақырыбы: Шақыру" in kazakh
    assert "Бет: 1 / 1" in kazakh


def test_a_persian_letter_is_in_persian_digits_and_keeps_foreign_names_whole():
    text = words(paper(letter("fa")))

    # The reader of the test gives Persian figures from the last to the first.
    for part in ("۷۱۰/۴۰۴۱", "Игорь Волгин", "12-44/AS", "TK 872", "+98 13 3333 1234", "VOLGIN IGOR", "71 1234567"):
        assert part in text
    # What the paper writes itself is Persian: no figure of ASCII stands but in words that are not.
    bare = re.sub(r"12-44/AS|TK 872|\+98 13 3333 1234|71 1234567", "", text)
    assert not re.search("[0-9]", bare)
    assert not re.search("[\u2066-\u2069\u200b]", text)


def test_the_same_letter_gives_the_same_bytes_and_its_own_moment():
    body = letter_pdf.letter_pdf(letter("ru"))

    assert body == letter_pdf.letter_pdf(letter("ru"))
    properties = pypdf.PdfReader(BytesIO(body)).metadata
    assert properties is not None
    assert properties.title == "Приглашение"
    assert properties.creation_date == letter("ru").written_at


def test_a_long_letter_goes_on_with_its_number_on_every_page():
    body = "\n\n".join(
        f"Paragraph {number}. " + "The host informs the delegation in detail. " * 8 for number in range(30)
    )

    reader = paper(letter(body=body))

    pages = [" ".join(page.extract_text().split()) for page in reader.pages]
    assert len(pages) > 2
    assert all(f"Page {number} of {len(pages)}" in page for number, page in enumerate(pages, start=1))
    assert all("No. 1404/017" in page for page in pages)
    assert "Paragraph 29." in " ".join(pages)


def test_the_head_of_a_long_table_of_people_comes_again():
    people = PeopleTable(("Name in passport", "Office"), tuple((f"PERSON {n}", "Adviser") for n in range(80)))

    pages = [page.extract_text() for page in paper(letter(people=people)).pages]

    assert len(pages) > 1
    assert all("Name in passport" in page for page in pages if "PERSON" in page)
    assert sum(page.count("PERSON") for page in pages) == 80


def test_what_is_not_cleared_is_marked_on_every_page():
    pages = paper(letter(is_draft=True, body="One line.\n\n" * 90)).pages

    assert len(pages) > 1
    assert all("Draft" in page.extract_text() for page in pages)


def test_nothing_in_a_letter_is_read_as_markup():
    text = words(paper(letter(body='#panic("no") $x$ *bold* `raw` @label <tag> \\ [x]')))

    assert '#panic("no") $x$ *bold* `raw` @label <tag> \\ [x]' in text


def test_a_letter_needs_neither_host_nor_signatory_nor_number():
    bare = LetterPaper(
        language="az", written_at=letter().written_at, edition="Görüş", number="", dates=(), subject="", body=""
    )

    assert "Görüş" in words(paper(bare))


def test_many_letters_in_one_file_count_their_own_pages():
    long = letter(body="The host informs the delegation in detail.\n\n" * 60)

    pages = [
        " ".join(page.extract_text().split())
        for page in pypdf.PdfReader(BytesIO(letter_pdf.one_pdf([letter("ru"), long, letter("kk")]))).pages
    ]

    assert "Страница 1 из 1" in pages[0]
    assert [f"Page {number} of {len(pages) - 2}" in page for number, page in enumerate(pages[1:-1], start=1)] == [
        True for _ in pages[1:-1]
    ]
    assert "Бет: 1 / 1" in pages[-1]
    # The head of later pages stands on no first page.
    assert pages[1].startswith("Caspian Governors' Forum")
    assert pages[2].startswith("Invitation to the First Meeting No. 1404/017")


def test_no_letter_gives_no_paper():
    assert letter_pdf.letters_pdf([]) == []
    with pytest.raises(ValueError):
        letter_pdf.one_pdf([])


def test_a_value_that_the_template_lacks_is_told():
    with pytest.raises(typesetting.CannotTypeset, match=r"letter\.typ"):
        typesetting.typeset("letter.typ", {}, at=letter().written_at)


# --- The letter ---


def test_blank_lines_part_paragraphs_and_dashes_make_lists():
    blocks = list(letter(body="One\nline\n\n\nAsk:\n– first;\n- second.\nThen\n\n– alone").blocks())

    assert blocks == [
        Block("paragraph", ("One", "line")),
        Block("paragraph", ("Ask:",)),
        Block("list", ("first;", "second.")),
        Block("paragraph", ("Then",)),
        Block("list", ("alone",)),
    ]


@pytest.mark.parametrize("colour", ["red", "#00695", "#00695f;", '#00695f")'])
def test_what_is_no_colour_is_refused(colour):
    with pytest.raises(ValueError, match="no colour"):
        letter(colour=colour)


def test_rows_of_people_that_are_too_short_are_refused():
    with pytest.raises(ValueError, match="2 cells"):
        PeopleTable(("Name", "Office"), (("VOLGIN",),))


def test_controls_and_marks_that_turn_all_that_follows_are_left_out():
    made = letter(subject="In\u202evitation\x00\nnow", host=("", "Host"), body="a\u2067b\x07")

    assert (made.subject, made.host, made.body) == ("Invitation now", ("Host",), "ab")


@pytest.mark.parametrize("language", letter_words.WORDS)
def test_every_language_has_its_words_with_their_places(language):
    words_of = letter_words.words_in(language)

    assert all(words_of)
    assert "{number}" in words_of.answer
    assert {"{number}", "{day}"} <= set(re.findall(r"\{\w+\}", words_of.answer_of_day))
    assert {"{page}", "{pages}"} == set(re.findall(r"\{\w+\}", words_of.page))


def test_a_language_without_words_of_its_own_has_the_english_ones():
    assert letter_words.words_in("de") == letter_words.WORDS["en"]
    assert letter_words.language_of_words("de") == "en"
    assert letter_words.language_of_words("fa-IR") == "fa-IR"


# --- Directions ---


@pytest.mark.parametrize(
    ("language", "text", "marked"),
    [
        ("fa", "آقای Igor Volgin (Astrakhan)، رئیس", "آقای <Igor Volgin (Astrakhan)>، رئیس"),
        ("fa", "رابط (Igor Volgin)، رئیس", "رابط (<Igor Volgin>)، رئیس"),
        ("fa", "زبان C++ است", "زبان <C++> است"),
        ("fa", "نامه 12-44/AS رسید", "نامه <12-44/AS> رسید"),
        ("fa", "پرواز TK 872 ساعت ۹", "پرواز <TK 872> ساعت ۹"),
        ("fa", "شماره 71 1234567", "شماره <71 1234567>"),
        ("fa", "سال ۱۴۰۴ (۱۸ نوامبر)", "سال ۱۴۰۴ (۱۸ نوامبر)"),
        ("fa", "۲۷–۲۸ آبان ۱۴۰۴", "۲۷–۲۸ آبان ۱۴۰۴"),
        ("ru", "город رشت, 2025", "город <رشت>, 2025"),
        ("ru", "Решт, 2025", "Решт, 2025"),
        ("en", "", ""),
    ],
)
def test_words_of_the_other_direction_are_set_apart(language, text, marked):
    found = directions.words(text, language)

    pieces = [(found, False)] if isinstance(found, str) else found
    assert "".join(piece for piece, _ in pieces) == text
    assert "".join(f"<{piece}>" if is_other else piece for piece, is_other in pieces) == marked
