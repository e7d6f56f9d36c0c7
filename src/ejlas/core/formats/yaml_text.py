"""What comes before and after the YAML parser: bytes made a clean text, and its complaints made plain sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from ejlas.core.errors import marked
from ejlas.core.formats.problem import WHOLE_FILE, Problem

MAX_BYTES = 20_000_000
# A file of another kind has such characters everywhere; nobody reads more lines about them than this.
MAX_LINES_NAMED = 20

# Control characters, and line breaks that editors do not count: a database refuses some, all of them deceive the eye.
UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_TAB_INDENT = re.compile(r"^ *\t[ \t]*[^ \t\n#]", re.MULTILINE)
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"

_SYNTAX = (
    ("mapping values are not allowed", marked("a colon and a space stand where no field can begin")),
    ("could not find expected ':'", marked("a line here has no colon after the name of its field")),
    ("unexpected end of stream", marked("a quotation mark or bracket that opens here is not closed")),
    ("',' or ']'", marked("a bracket [ that opens here is not closed, or a comma is missing")),
    ("',' or '}'", marked("a brace { that opens here is not closed, or a comma is missing")),
    ("escape", marked("a backslash in double quotes is followed by a wrong letter")),
    ("nest", marked("too many levels stand inside one another")),
    ("start any token", marked("a value begins with a character that has a meaning of its own")),
    ("expected", marked("the indentation does not fit the lines above")),
)
_SYNTAX_REMEDIES = {
    "mapping values are not allowed": marked("put a value that holds a colon in quotes, or correct the indentation"),
    "could not find expected ':'": marked("write name: value, or put a long text in quotes"),
    "unexpected end of stream": marked("close it"),
    "',' or ']'": marked("close it with ] and put commas between the items"),
    "',' or '}'": marked("close it with } and put commas between the fields"),
    "escape": marked("use single quotes, or write the backslash twice"),
    "nest": marked("take levels away; a summit needs fewer than ten"),
    "start any token": marked("put the value in quotes, and indent with spaces"),
    "expected": marked("let fields of one group begin in one column, and items of one list with - in one column"),
}


def decode(data: bytes) -> tuple[str | None, list[Problem]]:
    """Return the text of a file with what is wrong in its characters; None where there is nothing to read on."""
    if len(data) > MAX_BYTES:
        wrong, remedy = marked("the file is larger than %(size)s MB"), marked("give a smaller file")
        return None, [Problem(1, WHOLE_FILE, wrong, remedy, {"size": MAX_BYTES // 1_000_000})]
    if data.startswith(_WIDE_MARKS):
        return None, [Problem(1, WHOLE_FILE, marked("the file is not in UTF-8"), marked("save it as UTF-8"))]
    problems = []
    if data.startswith(_BYTE_ORDER_MARK):
        wrong = marked("the file begins with a byte order mark")
        problems.append(Problem(1, WHOLE_FILE, wrong, marked("save it as UTF-8 without one")))
        data = data.removeprefix(_BYTE_ORDER_MARK)
    lines = data.replace(b"\r\n", b"\n").split(b"\n")
    problems += _not_utf8(lines)
    text = b"\n".join(lines).decode("utf-8", "replace")
    problems += _unfit(text) + _tabs(text)
    return UNFIT.sub(" ", text), problems


def syntax_problem(error: Exception) -> tuple[int, str, str]:
    """Return the line of a parser's complaint, what is wrong in plain words, and what to do."""
    complaint = f"{getattr(error, 'context', '') or ''} {getattr(error, 'problem', '') or ''}"
    mark = getattr(error, "problem_mark", None)
    for phrase, wrong in _SYNTAX:
        if phrase in complaint:
            if phrase in {"unexpected end of stream", "',' or ']'", "',' or '}'", "could not find expected ':'"}:
                mark = getattr(error, "context_mark", None) or mark
            return _line(mark), wrong, _SYNTAX_REMEDIES[phrase]
    wrong, remedy = marked("this is not readable YAML"), marked("compare it with the reference of the summit file")
    return _line(mark), wrong, remedy


def _line(mark: yaml.Mark | None) -> int:
    return int(mark.line) + 1 if mark is not None else 1


def _not_utf8(lines: list[bytes]) -> list[Problem]:
    wrong, remedy = marked("the line holds bytes that are not UTF-8"), marked("save the file as UTF-8")
    problems: list[Problem] = []
    for number, line in enumerate(lines, start=1):
        if len(problems) == MAX_LINES_NAMED:
            break
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            problems.append(Problem(number, WHOLE_FILE, wrong, remedy))
    return problems


def _unfit(text: str) -> list[Problem]:
    wrong = marked("the line holds a control character (U+%(code)s)")
    remedy = marked("take it out; where a line should end there, press Enter")
    problems: dict[int, Problem] = {}
    for line, match in _first_on_each_line(text, UNFIT):
        problems[line] = Problem(line, WHOLE_FILE, wrong, remedy, {"code": f"{ord(match.group()):04X}"})
    return list(problems.values())


def _tabs(text: str) -> list[Problem]:
    wrong, remedy = marked("the line is indented with a tab"), marked("indent with spaces")
    return [Problem(line, WHOLE_FILE, wrong, remedy) for line, _ in _first_on_each_line(text, _TAB_INDENT)]


def _first_on_each_line(text: str, pattern: re.Pattern[str]) -> Iterator[tuple[int, re.Match[str]]]:
    line, counted, named = 1, 0, set[int]()
    for match in pattern.finditer(text):
        line, counted = line + text.count("\n", counted, match.start()), match.start()
        if line not in named:
            named.add(line)
            yield line, match
        if len(named) == MAX_LINES_NAMED:
            return
