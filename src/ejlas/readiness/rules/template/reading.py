"""A template from its file, each fault named with its line, its row and its field, all of them in one run."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ejlas.core import languages
from ejlas.core.errors import marked
from ejlas.core.formats import yaml
from ejlas.core.formats.problem import Path, Problem, path_text, shown
from ejlas.core.text import UNSURE, Text
from ejlas.readiness.rules.circles import circle
from ejlas.readiness.rules.states import EvidenceKind
from ejlas.readiness.rules.template.values import MOST_LINES, Estimate, Limited, Line, Named, Template
from ejlas.readiness.rules.template.writing import FORMAT

MOST_BYTES = 2_000_000
MOST_DAYS = 3_000
LONGEST_WORDS = 2_000
_SLUG = re.compile(r"[a-z][a-z0-9-]{0,59}")

_TOP = ("template", "name", "workstreams", "bodies", "resources", "obligations")
_NAMED = ("slug", "name")
_LINE = (
    "slug", "name", "detail", "workstream", "body", "due", "days", "took", "planned", "after", "uses", "evidence",
)  # fmt: skip


def read_template(data: bytes, *, name: str) -> tuple[Template | None, tuple[Problem, ...]]:
    """Read the file of a template; nothing in it raises. With a problem there is no template."""
    if len(data) > MOST_BYTES:
        wrong, remedy = marked("the file is larger than %(size)s MB"), marked("give a smaller file")
        return None, (Problem(1, "file", wrong, remedy, {"size": MOST_BYTES // 1_000_000}),)
    document = yaml.read(data, name=name)
    check = _Check(document, list(document.problems))
    found = check.template() if document.is_whole else None
    problems = tuple(sorted(set(check.problems), key=lambda each: (each.line, each.path)))
    return (None if problems else found), problems


@dataclass(slots=True)
class _Check:
    """One pass over what the file says."""

    document: yaml.Document
    problems: list[Problem]
    known: dict[str, set[str]] = field(default_factory=dict)

    def refuse(self, path: Path, wrong: str, remedy: str, **values: object) -> None:
        line, here = self.document.line_of(path), path_text(path, self.document.value)
        self.problems.append(Problem(line, here, wrong, remedy, values))

    def template(self) -> Template:
        top = self.group((), self.document.value, _TOP)
        if top.get("template") != FORMAT:
            wrong = marked("this is no template of obligations, or one of another version")
            self.refuse(("template",), wrong, marked("write template: %(version)s"), version=FORMAT)
        streams = self.rows("workstreams", top, self.named)
        bodies = self.rows("bodies", top, self.named)
        resources = self.rows("resources", top, self.limited)
        lines = self.rows("obligations", top, self.line)
        self._require_known(lines)
        name = self.text(("name",), top.get("name"))
        return Template(name, tuple(streams), tuple(bodies), tuple(resources), tuple(lines))

    def rows(self, key: str, top: Mapping[str, Any], make: Callable[[Path, Any], Any]) -> list[Any]:
        """Return the things of a list, each slug once."""
        given = self.listed((key,), top.get(key))
        if len(given) > MOST_LINES:
            self.refuse((key,), marked("the list is too long"), marked("write at most %(most)s"), most=MOST_LINES)
            given = given[:MOST_LINES]
        made: dict[str, Any] = {}
        for number, value in enumerate(given):
            thing = make((key, number), value)
            if thing.slug and thing.slug in made:
                wrong = marked("the slug %(value)s stands here twice")
                self.refuse((key, number, "slug"), wrong, marked("give each its own"), value=thing.slug)
            made[thing.slug] = thing
        self.known[key] = set(made)
        return list(made.values())

    def named(self, path: Path, value: Any) -> Named:
        fields = self.group(path, value, _NAMED)
        return Named(self.slug((*path, "slug"), fields.get("slug")), self.words(path, fields))

    def limited(self, path: Path, value: Any) -> Limited:
        fields = self.group(path, value, (*_NAMED, "capacity"))
        capacity = self.number((*path, "capacity"), fields.get("capacity", 1), (1, 10_000))
        return Limited(self.slug((*path, "slug"), fields.get("slug")), self.words(path, fields), capacity)

    def line(self, path: Path, value: Any) -> Line:
        fields = self.group(path, value, _LINE)
        at: Callable[[str], Path] = lambda name: (*path, name)  # noqa: E731
        due, took, planned = fields.get("due"), fields.get("took"), fields.get("planned")
        return Line(
            slug=self.slug(at("slug"), fields.get("slug")),
            name=self.words(path, fields),
            estimate=self.estimate(at("days"), fields.get("days")),
            detail=self.text(at("detail"), fields["detail"]) if fields.get("detail") else Text(),
            workstream=self.name_of(at("workstream"), fields.get("workstream"), "workstreams"),
            body=self.name_of(at("body"), fields.get("body"), "bodies"),
            due=None if due is None else self.number(at("due"), due, (-MOST_DAYS, MOST_DAYS)),
            after=self.numbers(at("after"), fields.get("after"), (-MOST_DAYS, MOST_DAYS)),
            uses=self.numbers(at("uses"), fields.get("uses"), (1, 10_000)),
            evidence=self.evidence(at("evidence"), fields.get("evidence")),
            took=None if took is None else self.number(at("took"), took, (0, MOST_DAYS)),
            planned=None if planned is None else self.estimate(at("planned"), planned),
        )

    # --- Values ---

    def group(self, path: Path, value: Any, allowed: tuple[str, ...]) -> Mapping[str, Any]:
        if not isinstance(value, dict):
            self.refuse(
                path, marked("a group of named fields belongs here"), marked("write name: value, one to a line")
            )
            return {}
        for key in value:
            if key not in allowed:
                wrong, remedy = marked("there is no field %(name)s here"), marked("the fields are: %(names)s")
                self.refuse((*path, key), wrong, remedy, name=shown(key), names=", ".join(allowed))
        return value

    def listed(self, path: Path, value: Any) -> list[Any]:
        if value is None:
            return []
        if isinstance(value, list):
            return value
        wrong = marked("%(value)s stands where a list belongs")
        self.refuse(path, wrong, marked("write each item in a line that begins with -"), value=shown(value))
        return []

    def slug(self, path: Path, value: Any) -> str:
        if isinstance(value, str) and _SLUG.fullmatch(value):
            return value
        wrong = marked("%(value)s is not a slug")
        remedy = marked("write small Latin letters, digits and hyphens, at most 60, a letter first")
        self.refuse(path, wrong, remedy, value=shown(value))
        return ""

    def name_of(self, path: Path, value: Any, among: str) -> str:
        if value is None:
            return ""
        if isinstance(value, str) and value in self.known[among]:
            return value
        wrong = marked("%(value)s is not in the list %(among)s")
        self.refuse(path, wrong, marked("write a slug that stands there"), value=shown(value), among=among)
        return ""

    def words(self, path: Path, fields: Mapping[str, Any]) -> Text:
        return self.text((*path, "name"), fields.get("name"))

    def text(self, path: Path, value: Any) -> Text:
        value = {"en": value} if isinstance(value, str) else value
        given = {key: words for key, words in value.items() if key != UNSURE} if isinstance(value, dict) else {}
        if not given:
            self.refuse(path, marked("the text has no wording"), marked("write a wording with its language"))
        for language, words in given.items():
            if not languages.is_language(language):
                wrong = marked("%(value)s is not the code of a language")
                remedy = marked("write the code of a language, such as fa, en or pt-BR")
                self.refuse((*path, language), wrong, remedy, value=shown(language))
            if not isinstance(words, str) or not words.strip() or len(words) > LONGEST_WORDS:
                wrong = marked("the wording is missing, is not a text or is too long")
                remedy = marked("write words, in quotes if they look like a number, or take the line out")
                self.refuse((*path, language), wrong, remedy)
        return Text.from_stored(value if isinstance(value, dict) else None)

    def number(self, path: Path, value: Any, bounds: tuple[int, int]) -> int:
        if not isinstance(value, int) or isinstance(value, bool):
            wrong, remedy = marked("%(value)s is not a whole number"), marked("write a whole number")
            self.refuse(path, wrong, remedy, value=shown(value))
            return bounds[0]
        if not bounds[0] <= value <= bounds[1]:
            wrong, remedy = marked("%(value)s is out of bounds"), marked("write %(least)s to %(most)s")
            self.refuse(path, wrong, remedy, value=value, least=bounds[0], most=bounds[1])
        return value

    def numbers(self, path: Path, value: Any, bounds: tuple[int, int]) -> dict[str, int]:
        if value is None:
            return {}
        if not isinstance(value, dict):
            wrong = marked("a group of named fields belongs here")
            self.refuse(path, wrong, marked("write {slug: number}"))
            return {}
        return {key: self.number((*path, key), number, bounds) for key, number in value.items()}

    def estimate(self, path: Path, value: Any) -> Estimate:
        days = value if isinstance(value, list) else []
        if len(days) != 3:
            wrong = marked("an estimate is three numbers of working days")
            self.refuse(path, wrong, marked("write [least, likely, most]"))
            return Estimate(1, 1, 1)
        least, likely, most = (self.number((*path, place), each, (0, MOST_DAYS)) for place, each in enumerate(days))
        if not least <= likely <= most:
            wrong = marked("the estimate does not rise from the least to the most")
            self.refuse(path, wrong, marked("write [least, likely, most]"))
        return Estimate(least, likely, most)

    def evidence(self, path: Path, value: Any) -> tuple[EvidenceKind, ...]:
        kinds = []
        for number, each in enumerate(self.listed(path, value)):
            if each in tuple(EvidenceKind):
                kinds.append(EvidenceKind(each))
                continue
            wrong, remedy = marked("%(value)s is not known here"), marked("write one of: %(names)s")
            self.refuse((*path, number), wrong, remedy, value=shown(each), names=", ".join(EvidenceKind))
        return tuple(dict.fromkeys(kinds))

    # --- What names one another ---

    def _require_known(self, lines: list[Line]) -> None:
        for number, line in enumerate(lines):
            for key, named, among in (("after", line.after, "obligations"), ("uses", line.uses, "resources")):
                for slug in named:
                    if slug not in self.known[among] or (key == "after" and slug == line.slug):
                        wrong = marked("%(value)s is not in the list %(among)s")
                        remedy = marked("write a slug that stands there")
                        path = ("obligations", number, key, slug)
                        self.refuse(path, wrong, remedy, value=shown(slug), among=among)
        followers: dict[str, list[str]] = {}
        for line in lines:
            for before in line.after:
                if before != line.slug:
                    followers.setdefault(before, []).append(line.slug)
        way = circle(followers)
        if way:
            number = next(place for place, line in enumerate(lines) if line.slug == way[0])
            wrong = marked("these wait for one another for ever: %(way)s")
            self.refuse(
                ("obligations", number, "after"), wrong, marked("take one of the links out"), way=" → ".join(way)
            )
