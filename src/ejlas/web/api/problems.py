"""What goes wrong, as problem+json (RFC 9457) in the reader's language: a name for programs, a sentence for people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from http import HTTPStatus
from typing import Any, TypeVar

from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from pydantic import BaseModel, ValidationError

from ejlas.core.errors import RuleBroken, marked

Faults = dict[str, list[str]]
M = TypeVar("M", bound=BaseModel)

NOBODY = marked("Nobody is signed in, or the key does not hold: it is wrong, revoked, or past its end.")
NOT_ALLOWED = marked("You may not do this here.")
SCOPE_TOO_SMALL = marked("This key may not be used for this: it lacks “%(scope)s”.")
NOT_THERE = marked("There is nothing at this address that you may see.")
NO_SUCH_ACT = marked("This cannot be done at this address.")
FORGED = marked("A change by a signed-in browser needs the token against forged requests.")
UNREADABLE = marked("The body cannot be read as JSON.")
TOO_LARGE = marked("The body is too large.")
WRONG_INPUT = marked("Some of what was sent cannot be taken; each fault stands beside its field.")
TOO_MANY = marked("This key has made too many requests; wait %(seconds)d seconds.")
OURS = marked("Something went wrong on our side. Nothing of this request was saved.")

# By the kind of a fault that pydantic finds; what stands in no line here gets the last sentence.
INPUT_WORDS = {
    "missing": marked("This field is required."),
    "extra_forbidden": marked("There is no such field."),
    "string_type": marked("Write a text."),
    "int_type": marked("Write a whole number."),
    "int_parsing": marked("Write a whole number."),
    "int_from_float": marked("Write a whole number."),
    "float_type": marked("Write a number."),
    "float_parsing": marked("Write a number."),
    "finite_number": marked("Write a number."),
    "bool_type": marked("Write true or false."),
    "bool_parsing": marked("Write true or false."),
    "list_type": marked("Write a list."),
    "timezone_aware": marked("Write the moment with its offset from UTC, such as 2025-11-18T09:00:00+03:30."),
}
NOT_TAKEN = marked("This value cannot be taken here.")


class Problem(Exception):
    """An answer that ends the request: its status, the name of the problem, and what belongs to it."""

    def __init__(self, status: int, sentence: str = "", *, name: str = "", **more: Any) -> None:
        super().__init__(sentence)
        self.status, self.sentence, self.name, self.more = status, sentence, name, more

    def answer(self) -> HttpResponse:
        """Return the answer."""
        return problem(self.status, self.sentence, name=self.name, **self.more)


def problem(
    status: int, sentence: str = "", *, name: str = "", headers: Mapping[str, str] | None = None, **more: Any
) -> HttpResponse:
    """Return an answer that says what went wrong."""
    title = HTTPStatus(status).phrase
    told = {
        "type": f"urn:ejlas:problem:{name or title.lower().replace(' ', '-')}",
        "title": title,
        "status": status,
        "detail": sentence,
        **more,
    }
    return JsonResponse(
        told,
        status=status,
        content_type="application/problem+json",
        headers=dict(headers or {}),
        json_dumps_params={"ensure_ascii": False},
    )


def not_there() -> Problem:
    """Return the problem of an address with nothing that the person may see."""
    return Problem(404, _(NOT_THERE))


def not_allowed() -> Problem:
    """Return the problem of what the person may see and not do."""
    return Problem(403, _(NOT_ALLOWED))


def wrong_input(faults: Faults) -> Problem:
    """Return the problem of what was typed wrongly, by field."""
    return Problem(422, _(WRONG_INPUT), name="wrong-input", errors=faults)


def rule_broken(broken: RuleBroken, *, status: int, **more: Any) -> Problem:
    """Return the problem of a house rule that was broken; its name is that of the rule."""
    words = "".join(f"-{sign.lower()}" if sign.isupper() else sign for sign in type(broken).__name__)
    return Problem(status, broken.sentence(_), name=words.lstrip("-"), **more)


def checked(model: type[M], given: Any) -> M:
    """Return what was sent as its model has it. Raises Problem, with the faults by field."""
    try:
        return model.model_validate(given)
    except ValidationError as fault:
        raise wrong_input(faults_of({**error, "loc": ("", *error["loc"])} for error in fault.errors())) from fault


def faults_of(errors: Iterable[Mapping[str, Any]]) -> Faults:
    """Return what pydantic found, by the path of the field, in the reader's language."""
    faults: Faults = {}
    for error in errors:
        words = _(INPUT_WORDS.get(str(error["type"]), NOT_TAKEN))
        faults.setdefault(_path(error["loc"]), []).append(words)
    return faults


def _path(place: Sequence[Any]) -> str:
    # The first part says where the value came from, the second how the view calls the whole of it.
    parts = [str(part) for part in place[1:]]
    if parts and parts[0] in {"payload", "asked"}:
        parts = parts[1:]
    return ".".join(parts) or str(place[0])
