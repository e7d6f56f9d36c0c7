"""Reads machine-readable lines into the fields of a document, and names those that a person should look at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from ejlas.core.formats.mrz import faults, repair
from ejlas.core.formats.mrz.layout import FILLER, Layout, Span, agrees, layout_for
from ejlas.core.formats.mrz.lines import candidates, fault_of
from ejlas.core.formats.mrz.states import state_is_known

_KINDS = {"P": "passport", "V": "visa"}
_YEARS_VALID = 50  # a date of expiry further ahead belongs to the century before


@dataclass(frozen=True, slots=True)
class Reading:
    """What the lines of one document say; `lines` are theirs after every repair.

    `doubtful` names the fields that nothing proves, or that were repaired: the names always, as no digit checks them.
    """

    format: str
    document_kind: str
    document_code: str
    issuing_state: str
    number: str
    family_name: str
    given_name: str
    nationality: str
    born_on: date | None
    sex: str
    expires_on: date | None
    optional: str
    lines: tuple[str, ...]
    doubtful: tuple[str, ...]


def read(text: str, *, today: date) -> Reading:
    """Return what the lines in a text say. Raises a LinesUnreadable that names the line and the part."""
    first_fault: faults.LinesUnreadable | None = None
    for change, lines in candidates(text):
        try:
            return _read_lines(lines, today=today)
        except faults.LinesUnreadable as fault:
            # A fault in lines whose fillers were counted anew would only mislead.
            if change < 2:
                first_fault = first_fault or fault
    raise first_fault or fault_of(text)


def _read_lines(lines: tuple[str, ...], *, today: date) -> Reading:
    layout = layout_for(length=len(lines[0]), first=lines[0][0])
    given = "".join(lines)
    flat = repair.straighten(given, layout)
    if flat[0] not in layout.kinds:
        raise faults.WrongKind(sign=given[0])
    flat = _checked(flat, layout)
    number, optional = _number(flat, layout)
    family_name, given_name = _names(flat, layout)
    return Reading(
        format=layout.format,
        document_kind=_KINDS.get(flat[0], "card"),
        document_code=_plain(flat, layout, "kind"),
        issuing_state=_plain(flat, layout, "issuing_state"),
        number=number,
        family_name=family_name,
        given_name=given_name,
        nationality=_plain(flat, layout, "nationality"),
        born_on=_born_on(flat, layout, today=today),
        sex=_sex(flat, layout),
        expires_on=_expires_on(flat, layout, today=today),
        optional=optional,
        lines=layout.lines(flat),
        doubtful=_doubtful(given, flat, layout),
    )


def _checked(flat: str, layout: Layout) -> str:
    """Return the text with all check digits right, repaired where they prove it. Raises the fault of the first part."""
    spans = layout.spans
    flat = _held(flat, layout, _number_spans(flat, layout), faults.NumberCheckWrong, mends=True)
    flat = _held(flat, layout, (spans["birth"], spans["birth_check"]), faults.BirthCheckWrong)
    flat = _held(flat, layout, (spans["expiry"], spans["expiry_check"]), faults.ExpiryCheckWrong)
    if "optional_check" in spans:
        flat = _held(flat, layout, (spans["optional"], spans["optional_check"]), faults.OptionalCheckWrong, mends=True)
    if "composite_check" not in spans:
        return flat
    return _whole(flat, layout)


def _held(
    flat: str,
    layout: Layout,
    part: tuple[Span, ...],
    fault: Callable[..., faults.LinesUnreadable],
    *,
    mends: bool = False,
) -> str:
    *spans, check = part
    mended = repair.mended(flat, spans, spans if mends else (), check.start)
    if mended is not None:
        return mended
    raise fault(
        line=layout.line_of(spans[0].start),
        part="".join(span.of(flat) for span in spans).rstrip(FILLER),
        digit=check.of(flat),
        first=layout.place_in_line(spans[0].start),
        last=layout.place_in_line(check.start),
    )


def _whole(flat: str, layout: Layout) -> str:
    """Return the text with the last check digit right: what no digit of its own checks may still be repaired."""
    last = layout.spans["composite_check"].start
    whole = "".join(span.of(flat) for span in layout.composite)
    if agrees(whole, flat[last]):
        return flat
    optional = [layout.spans[name] for name in ("optional", "optional_2") if name in layout.spans]
    mended = None if "optional_check" in layout.spans else repair.mended(flat, layout.composite, optional, last)
    if mended is None:
        raise faults.CompositeCheckWrong(line=layout.line_of(last), digit=flat[last])
    return mended


def _overflow(flat: str, layout: Layout) -> int:
    """Return how many places of a long number, its check digit among them, stand in the optional data of a card."""
    if layout.format not in ("TD1", "TD2") or layout.spans["number_check"].of(flat) != FILLER:
        return 0
    return len(layout.spans["optional"].of(flat).split(FILLER)[0])


def _number_spans(flat: str, layout: Layout) -> tuple[Span, ...]:
    """Return the spans of the document number, and behind them that of its check digit."""
    number, n_over = layout.spans["number"], _overflow(flat, layout)
    if n_over < 2:
        return number, layout.spans["number_check"]
    start = layout.spans["optional"].start
    return number, Span(start, start + n_over - 1), Span(start + n_over - 1, start + n_over)


def _number(flat: str, layout: Layout) -> tuple[str, str]:
    """Return the document number and the optional data, each without fillers at its end."""
    *spans, _check = _number_spans(flat, layout)
    number = "".join(span.of(flat) for span in spans).strip(FILLER)
    if not number:
        raise faults.NumberCheckWrong(line=layout.line_of(spans[0].start), part="", digit="", first=1, last=10)
    n_over = _overflow(flat, layout)
    rests = [layout.spans["optional"].of(flat)[n_over if n_over > 1 else 0 :]]
    if "optional_2" in layout.spans:
        rests.append(layout.spans["optional_2"].of(flat))
    return number.replace(FILLER, " "), " ".join(filter(None, (_words(rest) for rest in rests)))


def _words(text: str) -> str:
    return " ".join(filter(None, text.split(FILLER)))


def _plain(flat: str, layout: Layout, name: str) -> str:
    return layout.spans[name].of(flat).strip(FILLER)


def _names(flat: str, layout: Layout) -> tuple[str, str]:
    span = layout.spans["names"]
    family, _, given = span.of(flat).strip(FILLER).partition(FILLER * 2)
    if not family:
        raise faults.NameMissing(line=layout.line_of(span.start))
    return _words(family), _words(given)


def _sex(flat: str, layout: Layout) -> str:
    span = layout.spans["sex"]
    sex = span.of(flat)
    if sex not in "MFX<":
        raise faults.WrongSign(line=layout.line_of(span.start), place=layout.place_in_line(span.start), sign=sex)
    return sex.strip(FILLER)


def _born_on(flat: str, layout: Layout, *, today: date) -> date | None:
    span = layout.spans["birth"]
    part = span.of(flat)
    if FILLER in part:
        return None
    born_on = _day(part, century=2000)
    if born_on is None or born_on > today:
        born_on = _day(part, century=1900)
    if born_on is None:
        raise faults.BirthImpossible(line=layout.line_of(span.start), part=part)
    return born_on


def _expires_on(flat: str, layout: Layout, *, today: date) -> date | None:
    span = layout.spans["expiry"]
    part = span.of(flat)
    if FILLER in part:
        return None
    ahead = 2000 + int(part[:2]) > today.year + _YEARS_VALID
    expires_on = _day(part, century=1900 if ahead else 2000)
    if expires_on is None:
        raise faults.ExpiryImpossible(line=layout.line_of(span.start), part=part)
    return expires_on


def _day(part: str, *, century: int) -> date | None:
    try:
        return date(century + int(part[:2]), int(part[2:4]), int(part[4:]))
    except ValueError:
        return None


def _doubtful(given: str, flat: str, layout: Layout) -> tuple[str, ...]:
    """Return the fields that were repaired, or that are unknown or known to nobody, and always the names."""
    changed = {name for name, span in layout.spans.items() if span.of(given) != span.of(flat)}
    found = ["family_name", "given_name"]
    fields = {"number": "number", "birth": "born_on", "expiry": "expires_on", "sex": "sex"}
    # A letter in a digit's place is no doubt once the check digit agrees; in a number either might stand.
    found += [field for part, field in fields.items() if part in changed and part in ("number", "sex")]
    found += [
        field for part, field in fields.items() if field.endswith("_on") and FILLER in layout.spans[part].of(flat)
    ]
    for name in ("issuing_state", "nationality"):
        if name in changed or not state_is_known(_plain(flat, layout, name)):
            found.append(name)
    if changed & {"optional", "optional_2"}:
        found.append("number" if _overflow(flat, layout) > 1 and "number" not in found else "optional")
    return tuple(found)
