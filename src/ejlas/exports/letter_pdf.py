"""Official letters on A4 paper, in the direction, the digits and the calendars of their readers."""

from __future__ import annotations

from collections.abc import Sequence

from ejlas.core import languages
from ejlas.exports import letter_words, typesetting
from ejlas.exports.directions import Words, words
from ejlas.exports.letters import Block, LetterPaper, PeopleTable

# One process sets so many: it holds in memory what it has set until it ends.
_MOST_AT_ONCE = 200
# No column of people is wider by its words than this, nor narrower.
_MOST_WIDE, _LEAST_WIDE = 28, 4


def letter_pdf(paper: LetterPaper) -> bytes:
    """Return one letter as a PDF. Raises CannotTypeset."""
    return letters_pdf([paper])[0]


def letters_pdf(papers: Sequence[LetterPaper]) -> list[bytes]:
    """Return a PDF for each letter, in their order; many are set in one go. Raises CannotTypeset."""
    made: list[bytes] = []
    for start in range(0, len(papers), _MOST_AT_ONCE):
        some = papers[start : start + _MOST_AT_ONCE]
        made += typesetting.typeset_each("letter.typ", [(_values([paper]), paper.written_at) for paper in some])
    return made


def one_pdf(papers: Sequence[LetterPaper]) -> bytes:
    """Return one PDF with all letters, each from a page 1 of its own, for a printer; there must be one.

    Raises CannotTypeset.
    """
    return typesetting.typeset("letter.typ", _values(papers), at=max(paper.written_at for paper in papers))


def _values(papers: Sequence[LetterPaper]) -> dict[str, object]:
    return {"letters": [{**_letter(paper), "place_in_file": place} for place, paper in enumerate(papers)]}


def _letter(paper: LetterPaper) -> dict[str, object]:
    """Return all that the template needs, its words of the other direction set apart."""
    around = letter_words.language_of_words(paper.language)
    language = paper.language

    def own(text: str) -> Words:
        return words(text, language)

    return {
        "language": languages.plain(language).partition("-")[0],
        "direction": languages.direction(language),
        "around": {"language": languages.plain(around).partition("-")[0], "direction": languages.direction(around)},
        "digits": list(languages.digits("0123456789", around)),
        "colour": paper.colour,
        "words": paper.words._asdict(),
        "is_draft": paper.is_draft,
        "title": paper.subject or paper.edition,
        "author": " · ".join(paper.host) or paper.edition,
        "forum": own(paper.forum),
        "edition": own(paper.edition),
        "host": list(map(own, paper.host)),
        "number": own(paper.number_words),
        "dates": list(map(own, paper.dates)),
        "place": own(paper.place),
        "addressee": list(map(own, paper.addressee)),
        "answer": own(paper.answer),
        "subject": own(paper.subject),
        "blocks": [_block(block, language) for block in paper.blocks()],
        "people": _people(paper.people, language) if paper.people else None,
        "closing": list(map(own, paper.closing_lines())),
        "signatory_office": own(paper.signatory_office),
        "signatory_name": own(paper.signatory_name),
        "enclosures": list(map(own, paper.enclosures)),
        "enclosure_marks": [languages.digits(f"{place}.", language) for place in range(1, len(paper.enclosures) + 1)],
    }


def _block(block: Block, language: str) -> dict[str, object]:
    # An address cannot be broken well, and would tear its line apart; lines that the writer ended stay as they are.
    is_justified = len(block.lines) == 1 and "://" not in block.lines[0]
    return {
        "kind": block.kind,
        "lines": [words(text, language) for text in block.lines],
        "is_justified": is_justified,
    }


def _people(people: PeopleTable, language: str) -> dict[str, object]:
    widths = [_width(column) for column in zip(people.headings, *people.rows, strict=True)]
    return {
        "headings": [words(heading, language) for heading in people.headings],
        "rows": [[words(cell, language) for cell in row] for row in people.rows],
        "widths": widths,
    }


def _width(column: Sequence[str]) -> int:
    return max(_LEAST_WIDE, min(_MOST_WIDE, max(map(len, column))))
