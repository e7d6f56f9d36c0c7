"""Any instance of the planner: a file of the B2B benchmark, a forum, or our own problem file."""

from ejlas.engine.meetings.formats.forum_json import forum_of
from ejlas.engine.meetings.formats.own import KIND, Problem, problem_of
from ejlas.engine.reading import parse_object


def read_instance(text: str, *, is_dzn: bool) -> Problem:
    """Return the problem of a text: of `.dzn`, or of JSON, which is ours if it says which problem it is.

    Raises
    ------
    ValueError : names the line, or the key and the place in it, and what was expected
    """
    if is_dzn:
        from ejlas.engine.meetings.formats.dzn import read_dzn

        return read_dzn(text)
    found = parse_object(text)
    return problem_of(found) if KIND in found else forum_of(found)
