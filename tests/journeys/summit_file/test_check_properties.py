from __future__ import annotations

import copy
import json
import re
from typing import Any

import jsonschema
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from ejlas.core.formats import yaml
from ejlas.journeys.summit_file import reference
from ejlas.journeys.summit_file.check import Checked, check
from ejlas.journeys.summit_file.schema import SummitFile
from tests.journeys.summit_file.small import SMALL

LINE = re.compile(r"f\.yaml:[1-9][0-9]*: [^\s:;]+: .+; .+")
VALIDATOR = jsonschema.Draft202012Validator(json.loads(reference.schema_json()))
WHOLE: dict[str, Any] = yaml.read(SMALL.encode(), name="f.yaml").value

Path = tuple[str | int, ...]

ODD_VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.just(10**400),
    st.floats(),
    st.text(max_size=20),
    st.sampled_from(["gilan", "main", "hall", "fa", "IR-99", "2025-13-18", "2025-11-18T09:00+09:00", "<<"]),
    st.sampled_from(
        ["9999-12-31", "0001-01-01T00:00", "9999-12-31T23:59-12:00", "2025-11-18T24:00", "23:59", "../etc/passwd"]
    ),
    st.lists(st.one_of(st.none(), st.integers(), st.text(max_size=3)), max_size=3),
    st.dictionaries(st.text(max_size=4), st.one_of(st.none(), st.text(max_size=3)), max_size=3),
    st.just([[]]),
    st.just({"unsure": [[], {}]}),
    st.just({"en": "x", "unsure": [["en"]]}),
)


def paths(value: object, path: Path = ()) -> list[Path]:
    found = [path] if path else []
    if isinstance(value, dict):
        found += [deeper for key, child in value.items() for deeper in paths(child, (*path, key))]
    elif isinstance(value, list):
        found += [deeper for index, child in enumerate(value) for deeper in paths(child, (*path, index))]
    return found


@st.composite
def mutated(draw: st.DrawFn) -> dict[str, Any]:
    value = copy.deepcopy(WHOLE)
    for _ in range(draw(st.integers(1, 3))):
        places = paths(value)
        if places:
            mutate(draw, value, draw(st.sampled_from(places)))
    return value


def mutate(draw: st.DrawFn, value: dict[str, Any], path: Path) -> None:
    around: Any = value
    for step in path[:-1]:
        around = around[step]
    last: Any = path[-1]
    match draw(st.sampled_from(["drop", "change", "twin", "unknown", "swap"])):
        case "drop":
            del around[last]
        case "change":
            around[last] = copy.deepcopy(draw(ODD_VALUES))
        case "twin" if isinstance(around, list):
            around.append(copy.deepcopy(around[last]))
        case "unknown" if isinstance(around, dict):
            around[draw(st.text(min_size=1, max_size=8))] = copy.deepcopy(draw(ODD_VALUES))
        case _:
            other = draw(st.sampled_from(paths(value)))
            there: Any = value
            for step in other:
                there = there[step]
            around[last] = copy.deepcopy(there)


def assert_is_plain(checked: Checked, data: bytes) -> None:
    n_lines = data.removesuffix(b"\n").count(b"\n") + 1
    assert (checked.summit is None) == bool(checked.problems)
    assert all(1 <= problem.line <= n_lines for problem in checked.problems)
    assert [problem.line for problem in checked.problems] == sorted(problem.line for problem in checked.problems)
    for line in checked.as_lines():
        assert LINE.fullmatch(line), line
        assert "pydantic" not in line
        assert "Input should" not in line


def as_json(value: Any) -> bytes:
    return json.dumps(value, indent=1, ensure_ascii=False).encode()


def test_the_unchanged_summit_is_whole() -> None:
    assert check(as_json(WHOLE), name="f.yaml").as_lines() == []


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(mutated())
def test_a_changed_summit_is_refused_with_reasons_or_is_a_summit(value: dict[str, Any]) -> None:
    data = as_json(value)

    checked = check(data, name="f.yaml")

    assert_is_plain(checked, data)
    if checked.summit is not None:
        assert_agrees(checked.summit)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(mutated())
def test_what_the_json_schema_marks_the_check_refuses(value: dict[str, Any]) -> None:
    data = as_json(value)

    checked = check(data, name="f.yaml")

    if checked.summit is not None:
        assert list(VALIDATOR.iter_errors(value)) == []


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(SMALL)), st.integers(0, 30), st.binary(max_size=6))
@example(0, 0, b"\x00")
@example(0, 0, b"\xff\xfe")
def test_a_file_with_broken_bytes_is_refused_with_reasons_or_is_a_summit(at: int, gone: int, put: bytes) -> None:
    data = SMALL.encode()
    data = data[:at] + put + data[at + gone :]

    assert_is_plain(check(data, name="f.yaml"), data)


@settings(max_examples=100, deadline=None)
@given(st.integers(0, len(SMALL)))
def test_a_file_cut_short_is_refused_with_reasons_or_is_a_summit(length: int) -> None:
    data = SMALL.encode()[:length]

    assert_is_plain(check(data, name="f.yaml"), data)


@given(st.binary(max_size=300))
def test_any_bytes_are_refused_with_reasons(data: bytes) -> None:
    checked = check(data, name="f.yaml")

    assert checked.summit is None
    assert_is_plain(checked, data)


def assert_agrees(summit: SummitFile) -> None:
    parties = [party.slug for party in summit.parties]
    rooms = [room.slug for venue in summit.venues for room in venue.rooms]
    sources = {source.slug for source in summit.sources}
    assert len(set(parties)) == len(parties)
    assert len(set(rooms)) == len(rooms)
    assert all(session.room in {None, *rooms} for session in summit.sessions)
    assert all(set(bilateral.parties) <= set(parties) for bilateral in summit.bilaterals)
    assert all(len(set(bilateral.parties)) == len(bilateral.parties) for bilateral in summit.bilaterals)
    assert all(set(version.sources) <= sources for claim in summit.claims for version in claim.versions)
    assert set(summit.edition.fallback_languages) <= set(summit.edition.languages)
    assert set(summit.edition.name.values) <= set(summit.edition.languages)
