"""What python-docx leaves to its users: directions, languages, fields of pages, the same bytes for the same text."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from io import BytesIO
from typing import TYPE_CHECKING, Any

from ejlas.core import languages

if TYPE_CHECKING:
    from docx.document import Document
    from docx.styles.style import BaseStyle
    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

# A face that every office suite has or replaces by one of the same widths, with Persian and Kazakh letters.
FONT = "Arial"
_FIRST_MOMENT = (1980, 1, 1, 0, 0, 0)
_TAGS = {"az": "az-Latn-AZ", "en": "en-GB"}
_THEME_FONTS = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")


def language_tag(language: str) -> str:
    """Return the tag by which a word processor knows a language: fa-IR, az-Latn-AZ."""
    plain = languages.plain(language)
    if plain in _TAGS:
        return _TAGS[plain]
    likely = languages.locale_of(plain).addLikelySubtags()
    return "-".join(part for part in (str(likely.getLanguage()), str(likely.getCountry())) if part)


def _element(name: str, **values: str) -> Any:
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    made = OxmlElement(name)
    for key, value in values.items():
        made.set(qn(f"w:{key}"), value)
    return made


def _replace(parent: Any, name: str, **values: str) -> None:
    """Put an element in a list of properties, in place of one of its name."""
    from docx.oxml.ns import qn

    for old in parent.findall(qn(name)):
        parent.remove(old)
    parent.append(_element(name, **values))


# --- Directions and languages ---


def set_language(document: Document, language: str) -> None:
    """Make a language the one of the whole document: what is typed into it later follows it too."""
    from docx.oxml.ns import qn

    tag = language_tag(language)
    is_rtl = languages.direction(language) == "rtl"
    values = {"val": "en-GB" if is_rtl else tag, "eastAsia": "en-GB", "bidi": tag if is_rtl else "fa-IR"}
    defaults = document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    _replace(defaults, "w:lang", **values)
    for style in document.styles:
        _set_font(style)
    if is_rtl:
        normal = document.styles["Normal"].element.get_or_add_pPr()
        _put_in_order(normal, "w:bidi")
        for section in document.sections:
            _put_section_in_order(section._sectPr)


def _set_font(style: BaseStyle) -> None:
    from docx.oxml.ns import qn

    # Styles of numbering have no letters.
    if style.element.find(qn("w:rPr")) is None and style.name != "Normal":
        return
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in _THEME_FONTS:
        fonts.attrib.pop(qn(f"w:{name}"), None)
    for name in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{name}"), FONT)


# What must come after `w:bidi` in the properties of a paragraph and of a section, by the order of the schema.
_AFTER_BIDI = (
    "adjustRightInd", "snapToGrid", "spacing", "ind", "contextualSpacing", "mirrorIndents", "jc", "textDirection",
    "textAlignment", "outlineLvl", "divId", "cnfStyle", "rPr", "sectPr", "pPrChange",
)  # fmt: skip
_AFTER_MIRROR = (
    "tblStyleRowBandSize", "tblStyleColBandSize", "tblW", "jc", "tblCellSpacing", "tblInd", "tblBorders", "shd",
    "tblLayout", "tblCellMar", "tblLook",
)  # fmt: skip
_AFTER_SECTION_BIDI = ("rtlGutter", "docGrid", "printerSettings", "sectPrChange")


def _put_in_order(properties: Any, name: str, after: Iterable[str] = _AFTER_BIDI) -> None:
    from docx.oxml.ns import qn

    if properties.find(qn(name)) is not None:
        return
    followers = {qn(f"w:{each}") for each in after}
    place = next((index for index, child in enumerate(properties) if child.tag in followers), len(properties))
    properties.insert(place, _element(name))


def _put_section_in_order(properties: Any) -> None:
    _put_in_order(properties, "w:bidi", _AFTER_SECTION_BIDI)


def turn(paragraph: Paragraph) -> None:
    """Let a paragraph run from right to left, whatever its style says."""
    _put_in_order(paragraph._p.get_or_add_pPr(), "w:bidi")


def mirror(table: Table) -> None:
    """Put the first column of a table at the right."""
    _put_in_order(table._tbl.tblPr, "w:bidiVisual", _AFTER_MIRROR)


def add_run(paragraph: Paragraph, text: str, *, language: str, is_right_to_left: bool) -> Run:
    """Add words with their language and direction, so that they keep it when others are typed beside them."""
    run = paragraph.add_run(text)
    _direct(run, language, is_right_to_left=is_right_to_left)
    return run


def _direct(run: Run, language: str, *, is_right_to_left: bool) -> None:
    properties = run._r.get_or_add_rPr()
    if is_right_to_left:
        properties.append(_element("w:rtl"))
        properties.append(_element("w:lang", bidi=language_tag(language)))
    else:
        properties.append(_element("w:lang", val=language_tag(language)))


def embolden(run: Run) -> None:
    """Make a run bold in the letters of either direction."""
    run.font.bold = True
    run.font.cs_bold = True


def resize(style: Any, points: float) -> None:
    """Set the size of a style in the letters of either direction; letters of the right have a size of their own."""
    from docx.oxml.ns import qn
    from docx.shared import Pt

    style.font.size = Pt(points)
    properties = style.element.get_or_add_rPr()
    found = properties.find(qn("w:szCs"))
    if found is None:
        found = _element("w:szCs")
        properties.find(qn("w:sz")).addnext(found)
    found.set(qn("w:val"), str(int(points * 2)))


# --- Fields and cells ---


def add_field(paragraph: Paragraph, name: str, *, language: str, is_right_to_left: bool) -> None:
    """Add a number that the word processor works out: PAGE or NUMPAGES."""
    for kind, text in (("begin", ""), ("", f" {name} "), ("separate", ""), ("shown", "1"), ("end", "")):
        run = paragraph.add_run(text if kind == "shown" else "")
        _direct(run, language, is_right_to_left=is_right_to_left)
        if kind in ("begin", "separate", "end"):
            run._r.append(_element("w:fldChar", fldCharType=kind))
        elif not kind:
            instruction = _element("w:instrText")
            instruction.text = text
            run._r.append(instruction)


def draw_below(cell: _Cell, *, colour: str, eighths: int) -> None:
    """Draw a line below a cell, as thick as so many eighths of a point."""
    from docx.oxml.ns import qn

    properties = cell._tc.get_or_add_tcPr()
    borders = properties.find(qn("w:tcBorders"))
    if borders is None:
        borders = _element("w:tcBorders")
        width = properties.find(qn("w:tcW"))
        properties.insert(0 if width is None else 1, borders)
    borders.append(_element("w:bottom", val="single", sz=str(eighths), space="0", color=colour.lstrip("#")))


def repeat_head(table: Table) -> None:
    """Repeat the first row of a table on every page."""
    table.rows[0]._tr.get_or_add_trPr().append(_element("w:tblHeader"))


# --- Bytes ---


def packed(document: Document) -> bytes:
    """Return the file, the same bytes for the same document: its parts carry no clock."""
    from docx.opc.pkgwriter import PackageWriter

    _drop_picture_of_template(document)
    writer: Any = PackageWriter
    opened, package = BytesIO(), document.part.package
    for part in package.parts:
        part.before_marshal()
    writer.write(opened, package.rels, package.parts)
    written = BytesIO()
    with zipfile.ZipFile(opened) as loose, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as packed_up:
        for part in loose.infolist():
            packed_up.writestr(zipfile.ZipInfo(part.filename, _FIRST_MOMENT), loose.read(part), zipfile.ZIP_DEFLATED)
    return written.getvalue()


def _drop_picture_of_template(document: Document) -> None:
    relations = document.part.package.rels
    for key in [key for key, relation in relations.items() if relation.reltype.endswith("/thumbnail")]:
        del relations[key]
