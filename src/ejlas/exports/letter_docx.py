"""Official letters as Word documents, for a hand that wants to change them: styles, directions, fields of pages."""

from __future__ import annotations

import re
from datetime import UTC
from typing import TYPE_CHECKING, Any

from ejlas.core import languages
from ejlas.core.formats import word
from ejlas.exports.directions import Run, runs
from ejlas.exports.letters import Block, LetterPaper, PeopleTable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph

_SIDE_MM = 25
_INNER_MM = 210 - 2 * _SIDE_MM
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_FIELDS = {"{page}": "PAGE", "{pages}": "NUMPAGES"}

# Name, size in points, bold, space after in points.
_STYLES = (
    ("Letter Host", 13.0, True, 2.0),
    ("Letter Fact", 9.5, False, 1.0),
    ("Letter Addressee", 10.5, False, 2.0),
    ("Letter Subject", 11.5, True, 10.0),
    ("Letter Text", 10.5, False, 8.0),
    ("Letter Cell", 9.5, False, 2.0),
    ("Letter Signature", 10.5, False, 4.0),
    ("Letter Small", 8.0, False, 0.0),
)


def letter_docx(paper: LetterPaper) -> bytes:
    """Return the letter as a document of a word processor, the same bytes for the same letter."""
    return _Letter(paper).bytes()


class _Letter:
    """One letter while it is written down."""

    def __init__(self, paper: LetterPaper) -> None:
        # A web process that never writes a letter need not carry what does.
        import docx

        self.paper = paper
        self.document = docx.Document()
        self._set_page()
        self._set_styles()
        word.set_language(self.document, paper.language)
        self._set_properties()

    def bytes(self) -> bytes:
        """Write all parts in order, and return the file."""
        paper = self.paper
        self._running()
        self._head()
        for place, words in enumerate(paper.addressee):
            self._line(words, "Letter Addressee", is_bold=not place)
        self._gap()
        if paper.answer:
            self._line(paper.answer, "Letter Fact")
        if paper.subject:
            self._line(f"{paper.words.subject}: {paper.subject}", "Letter Subject")
        for block in paper.blocks():
            self._block(block)
        if paper.people:
            self._people(paper.people)
        self._signature()
        self._enclosures()
        return word.packed(self.document)

    # --- The page ---

    def _set_page(self) -> None:
        from docx.shared import Mm

        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm(_SIDE_MM)
        section.top_margin = section.bottom_margin = Mm(22)
        section.different_first_page_header_footer = True

    def _set_styles(self) -> None:
        from docx.enum.style import WD_STYLE_TYPE
        from docx.shared import Pt

        styles = self.document.styles
        word.resize(styles["Normal"], 10.5)
        for name, points, is_bold, after in _STYLES:
            style: Any = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            style.base_style = styles["Normal"]
            style.quick_style = True
            style.font.bold = style.font.cs_bold = is_bold
            word.resize(style, points)
            style.paragraph_format.space_after = Pt(after)
            style.paragraph_format.keep_with_next = name == "Letter Subject"

    def _set_properties(self) -> None:
        paper, properties = self.paper, self.document.core_properties
        # Names of people have no place here: whoever is sent the file reads them.
        properties.author = properties.last_modified_by = properties.comments = properties.keywords = ""
        properties.title = paper.subject[:255]
        properties.subject = paper.edition[:255]
        properties.language = word.language_tag(paper.language)
        properties.created = properties.modified = paper.written_at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
        properties.revision = 1

    def _running(self) -> None:
        """Write what stands above and below the text of every page."""
        paper, section = self.paper, self.document.sections[0]
        facts = [paper.words.draft] if paper.is_draft else []
        facts += [f"{paper.words.number} {paper.number_words}"] if paper.number else []
        self._fill(section.header.paragraphs[0], " · ".join([*facts, paper.subject]), "Letter Small")
        if paper.is_draft:
            self._fill(section.first_page_header.paragraphs[0], paper.words.draft, "Letter Subject")
        for footer in (section.footer, section.first_page_footer):
            self._page_of(footer.paragraphs[0])

    def _page_of(self, paragraph: Paragraph) -> None:
        paper = self.paper
        self._fill(paragraph, f"{paper.edition} · ", "Letter Small")
        for part in re.split(r"(\{pages?\})", paper.words.page):
            if part in _FIELDS:
                word.add_field(
                    paragraph, _FIELDS[part], language=paper.language, is_right_to_left=paper.is_right_to_left
                )
            else:
                self._write(paragraph, part)

    # --- Lines ---

    def _line(self, words: str, style: str, *, is_bold: bool = False) -> Paragraph:
        return self._fill(self.document.add_paragraph(), words, style, is_bold=is_bold)

    def _fill(self, paragraph: Paragraph, words: str, style: str, *, is_bold: bool = False) -> Paragraph:
        paragraph.style = style
        if self.paper.is_right_to_left:
            word.turn(paragraph)
        self._write(paragraph, words, is_bold=is_bold)
        return paragraph

    def _write(self, paragraph: Paragraph, words: str, *, is_bold: bool = False) -> None:
        for run in runs(words, self.paper.language):
            written = word.add_run(
                paragraph, run.text, language=self._language_of(run), is_right_to_left=run.is_right_to_left
            )
            if is_bold:
                word.embolden(written)

    def _language_of(self, run: Run) -> str:
        """Return the language for the spelling of a run: that of the letter, or one of the run's letters."""
        if run.is_right_to_left == self.paper.is_right_to_left:
            return self.paper.language
        if run.is_right_to_left:
            return "fa"
        return "ru" if _CYRILLIC.search(run.text) else "en"

    def _gap(self) -> None:
        self.document.add_paragraph(style="Letter Text")

    # --- The parts ---

    def _table(self, n_rows: int, widths_mm: Iterable[float]) -> Table:
        from docx.shared import Mm

        widths = list(widths_mm)
        table: Table = self.document.add_table(n_rows, len(widths))
        table.autofit = False
        if self.paper.is_right_to_left:
            word.mirror(table)
        # One word processor reads the widths of columns, another those of cells.
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)
            for cell in column.cells:
                cell.width = Mm(width)
        return table

    def _lines_in(self, cell: _Cell, lines: Iterable[tuple[str, str]]) -> None:
        """Write lines with their styles in a cell, whose first paragraph is there already."""
        for place, (words, style) in enumerate(lines):
            self._fill(cell.add_paragraph() if place else cell.paragraphs[0], words, style)

    def _head(self) -> None:
        paper = self.paper
        table = self._table(1, (_INNER_MM - 50, 50))
        host, facts = table.rows[0].cells
        lines = [(paper.forum, "Letter Fact")] if paper.forum else []
        lines += [(words, "Letter Fact" if place else "Letter Host") for place, words in enumerate(paper.host)]
        self._lines_in(host, [*lines, (paper.edition, "Letter Fact")])
        self._lines_in(facts, [(words, "Letter Fact") for words in self._facts()])
        for cell in (host, facts):
            word.draw_below(cell, colour=paper.colour, eighths=10)
        self._gap()

    def _facts(self) -> list[str]:
        paper, words = self.paper, self.paper.words
        facts = [f"{words.number} {paper.number_words}"] if paper.number else []
        if paper.dates:
            first, *others = paper.dates
            facts += [f"{words.date}: {first}", *others]
        return [*facts, f"{words.place}: {paper.place}"] if paper.place else facts

    def _block(self, block: Block) -> None:
        if block.kind == "list":
            for words in block.lines:
                self._line(words, "List Bullet")
            return
        paragraph = self.document.add_paragraph()
        for place, words in enumerate(block.lines):
            if place:
                paragraph.add_run().add_break()
            self._fill(paragraph, words, "Letter Text")

    def _people(self, people: PeopleTable) -> None:
        n_signs = [max(4, min(28, max(map(len, words)))) for words in zip(people.headings, *people.rows, strict=True)]
        table = self._table(len(people.rows) + 1, [_INNER_MM * n / sum(n_signs) for n in n_signs])
        for number, (row, values) in enumerate(zip(table.rows, (people.headings, *people.rows), strict=True)):
            for cell, words in zip(row.cells, values, strict=True):
                self._fill(cell.paragraphs[0], words, "Letter Cell", is_bold=not number)
                word.draw_below(cell, colour="#c3d2d3" if number else self.paper.colour, eighths=4 if number else 8)
        word.repeat_head(table)
        self._gap()

    def _signature(self) -> None:
        paper = self.paper
        for words in paper.closing_lines():
            self._line(words, "Letter Text").paragraph_format.keep_with_next = True
        if not (paper.signatory_office or paper.signatory_name):
            return
        # Indents turn with the direction in one word processor and not in another; a table does in all.
        cell = self._table(1, (_INNER_MM - 75, 75)).rows[0].cells[1]
        lines = [(paper.signatory_office, "Letter Signature"), *[("", "Letter Signature")] * 3]
        self._lines_in(cell, lines)
        self._fill(cell.add_paragraph(), paper.signatory_name, "Letter Signature", is_bold=True)

    def _enclosures(self) -> None:
        paper = self.paper
        if not paper.enclosures:
            return
        self._gap()
        self._line(f"{paper.words.enclosures}:", "Letter Fact")
        for place, words in enumerate(paper.enclosures, start=1):
            self._line(f"{languages.digits(f'{place}.', paper.language)} {words}", "Letter Fact")
