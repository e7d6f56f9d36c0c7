from __future__ import annotations

import zipfile
from io import BytesIO
from xml.etree import ElementTree

import docx
import pytest
from docx.oxml.ns import qn

from ejlas.core.formats import word
from ejlas.exports.letter_docx import letter_docx
from ejlas.exports.letters import LetterPaper
from tests.factories.papers import PAPERS, letter


def opened(of: LetterPaper) -> docx.document.Document:
    return docx.Document(BytesIO(letter_docx(of)))


def lines(document: docx.document.Document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs if paragraph.text]


def cells(document: docx.document.Document, number: int) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in document.tables[number].rows]


def test_an_english_letter_can_be_read_back_in_its_order():
    document = opened(letter())

    assert lines(document) == [
        "Governor of Astrakhan Region",
        "Mr Igor Volgin",
        "Astrakhan Region",
        "In answer to your letter No. 12-44/AS of 25 September 2025",
        "Subject: Invitation to the First Meeting",
        "Excellency,",
        "I have the honour to invite you.",
        "Kindly:",
        "name a focal point;",
        "file the list.",
        "Please accept, Excellency, the assurances of my highest consideration.",
        "Enclosures:",
        "1. Programme",
        "2. Guide for delegations",
    ]
    assert [round(column.width.mm) for column in document.tables[0].columns] == [110, 50]
    assert cells(document, 0)[0][1] == "No. 1404/017\nDate: 7 October 2025\n15 Mehr 1404\nPlace: Rasht"
    assert cells(document, 1) == [
        ["№", "Name", "Passport"],
        ["1", "VOLGIN IGOR", "71 1234567"],
        ["2", "PETROVA ANNA", "72 7654321"],
    ]
    assert cells(document, 2)[0][1].split("\n") == ["Governor of Gilan Province", "", "", "", "Arash Nemuneh"]
    styles = {paragraph.text: paragraph.style.name for paragraph in document.paragraphs if paragraph.style}
    assert styles["name a focal point;"] == "List Bullet"
    assert styles["Subject: Invitation to the First Meeting"] == "Letter Subject"


def test_number_and_pages_run_along():
    section = opened(letter(is_draft=True)).sections[0]

    assert section.header.paragraphs[0].text == "Draft · No. 1404/017 · Invitation to the First Meeting"
    assert section.first_page_header.paragraphs[0].text == "Draft"
    for footer in (section.footer, section.first_page_footer):
        paragraph = footer.paragraphs[0]
        assert paragraph.text == "First Meeting of Governors · Page 1 of 1"
        fields = [str(each.text).strip() for each in paragraph._p.iter(qn("w:instrText"))]
        assert fields == ["PAGE", "NUMPAGES"]
    assert (section.page_width.mm, section.page_height.mm) == pytest.approx((210, 297), abs=0.1)


def test_a_persian_letter_runs_from_right_to_left_and_foreign_words_from_left_to_right():
    document = opened(letter("fa"))

    bidi = qn("w:bidi")
    assert all(p._p.pPr.find(bidi) is not None for p in document.paragraphs if p.text)
    assert document.styles["Normal"].element.pPr.find(bidi) is not None
    assert document.sections[0]._sectPr.find(bidi) is not None
    assert all(table._tbl.tblPr.find(qn("w:bidiVisual")) is not None for table in document.tables)
    runs = [run for paragraph in document.paragraphs for run in paragraph.runs]
    right = {run.text for run in runs if run._r.rPr.find(qn("w:rtl")) is not None}
    left = {run.text: run._r.rPr.find(qn("w:lang")).get(qn("w:val")) for run in runs if run.text not in right}
    assert left == {"Игорь Волгин": "ru-RU", "12-44/AS": "en-GB", "TK 872": "en-GB", "+98 13 3333 1234": "en-GB"}
    assert {run._r.rPr.find(qn("w:lang")).get(qn("w:bidi")) for run in runs if run.text in right} == {"fa-IR"}
    assert "شماره ۱۴۰۴/۰۱۷" in cells(document, 0)[0][1]


def test_a_letter_from_left_to_right_says_so_nowhere_else():
    document = opened(letter("kk"))

    assert not list(document.element.body.iter(qn("w:bidi")))
    assert {each.get(qn("w:val")) for each in document.element.body.iter(qn("w:lang"))} == {"kk-KZ"}


@pytest.mark.parametrize("language", PAPERS)
def test_the_file_is_whole_and_the_same_each_time(language):
    body = letter_docx(letter(language))

    assert body == letter_docx(letter(language))
    with zipfile.ZipFile(BytesIO(body)) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        for name in names:
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(archive.read(name))
    assert "docProps/thumbnail.jpeg" not in names


def test_its_properties_name_no_person():
    properties = opened(letter()).core_properties

    assert (properties.author, properties.last_modified_by, properties.comments) == ("", "", "")
    assert properties.title == "Invitation to the First Meeting"
    assert properties.created == letter().written_at


def test_words_that_look_like_markup_stay_words():
    document = opened(letter(body='<w:p/> & "quoted"\n\nSecond\nline'))

    assert '<w:p/> & "quoted"' in lines(document)
    assert "Second\nline" in lines(document)


@pytest.mark.parametrize(
    ("language", "tag"),
    [("fa", "fa-IR"), ("en", "en-GB"), ("az", "az-Latn-AZ"), ("tk", "tk-TM"), ("pt", "pt-BR"), ("fr-CA", "fr-CA")],
)
def test_languages_have_the_tags_of_word_processors(language, tag):
    assert word.language_tag(language) == tag
