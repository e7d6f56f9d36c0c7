"""The check of a summit file: bytes in, every problem or a whole summit out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pydantic import ValidationError

from ejlas.core.formats import yaml
from ejlas.core.formats.problem import WHOLE_FILE, Problem
from ejlas.journeys.summit_file import bilaterals, clashes, codes, references, texts, times
from ejlas.journeys.summit_file.problems import blank_problems, schema_problems
from ejlas.journeys.summit_file.schema import SummitFile
from ejlas.journeys.summit_file.sheet import sheet_of


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found: a summit, or else the problems that keep it from being one, in the order of their lines."""

    name: str
    summit: SummitFile | None
    problems: tuple[Problem, ...]

    def as_lines(self) -> list[str]:
        """Return a line of text for each problem."""
        return [problem.as_line(self.name) for problem in self.problems]


def check(data: bytes, *, name: str) -> Checked:
    """Check a summit file; `name` is what the lines of its problems begin with. Nothing in the file raises."""
    document = yaml.read(data, name=name)
    if not document.is_whole:
        return Checked(name, None, document.problems)
    summit, problems = None, list(document.problems)
    try:
        summit = SummitFile.model_validate(document.value)
    except ValidationError as error:
        problems += _without_echoes(schema_problems(document, error.errors(include_url=False)), document.problems)
    if isinstance(document.value, dict):
        problems += _without_echoes(_beyond_the_schema(document), document.problems)
    ordered = tuple(sorted(set(problems), key=lambda problem: (problem.line, problem.path, problem.sentence())))
    return Checked(name, None if ordered else summit, ordered)


def _beyond_the_schema(document: yaml.Document) -> Iterator[Problem]:
    sheet = sheet_of(document)
    yield from blank_problems(document)
    for part in (references, codes, texts, times, clashes, bilaterals):
        yield from part.problems(sheet)


def _without_echoes(problems: Iterable[Problem], read: tuple[Problem, ...]) -> Iterator[Problem]:
    """Leave out what is said of a value that could not be read in the first place."""
    unread = {problem.path for problem in read} - {WHOLE_FILE}
    return (problem for problem in problems if problem.path not in unread)


def slug_of(data: bytes) -> str | None:
    """Return the slug of the file's edition without checking the rest; None where it cannot be read."""
    value = yaml.read(data, name="").value
    edition = value.get("edition") if isinstance(value, dict) else None
    slug = edition.get("slug") if isinstance(edition, dict) else None
    return slug if isinstance(slug, str) else None
