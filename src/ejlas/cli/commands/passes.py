"""`ejlas pass verify TEXT`: what the gates would answer to the code of a pass."""

from __future__ import annotations

import sys
from argparse import Namespace
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from ejlas.cli import session
from ejlas.delegations.queries.gate import lists, verifying
from ejlas.delegations.queries.gate.verifying import Known
from ejlas.delegations.rules.passes import gate as rules
from ejlas.delegations.rules.passes import gate_words
from ejlas.delegations.rules.passes.gate import Decision, Entry, GateList, Moment, Seen
from ejlas.delegations.rules.passes.house import Ways
from ejlas.delegations.rules.passes.payload import NotAPass
from ejlas.delegations.rules.passes.scans import Way
from ejlas.delegations.rules.passes.verdicts import Reason, Verdict
from ejlas.forum import queries as forum

NOT_ADMITTED = 1
MOST_READ = 4096


def run(options: Namespace) -> int:
    """Answer for one gate, or for each; 0 when a gate admits, 1 when none does."""
    session.ready_database()
    text = sys.stdin.read(MOST_READ) if options.text == "-" else options.text
    with session.database_faults():
        edition = _edition(options.edition, text)
        at = _moment(options.at, edition)
        header = lists.header(edition, at=at)
        gates = _gates(header, options)
        told = _told(text, edition, header, gates, way=Way(options.way), at=at)
    if not options.name and told["pass"]:
        del told["pass"]["name"]
    if options.json:
        session.answer_json(told)
    else:
        _tell(told, edition)
    is_admitted = any(each["verdict"] == Verdict.ADMIT for each in told["answers"])
    return session.OK if is_admitted else NOT_ADMITTED


# --- What was asked ---


def _edition(slug: str | None, text: str) -> Any:
    """Return the edition named, else the one whose key signed the text, else the first."""
    slugs = forum.edition_slugs()
    if slug or not slugs:
        edition = forum.edition(slug) if slug else None
        if edition is None:
            raise session.no_edition(slug or "", slugs)
        return edition
    first = forum.edition(slugs[0])
    if first is None:
        raise session.no_edition(slugs[0], slugs)
    seen = rules.see(text, GateList.of(lists.header(first, at=timezone.now())), {})
    return (forum.edition(seen.other.edition) if seen.other else None) or first


def _moment(typed: datetime | None, edition: Any) -> datetime:
    if typed is None:
        return timezone.now()
    return typed if typed.tzinfo else typed.replace(tzinfo=edition.zone)


def _gates(header: dict[str, Any], options: Namespace) -> list[dict[str, Any]]:
    """Return the gate asked for, or all that lead this way."""
    there = [each for each in header["gates"] if each["ways"] in (options.way, Ways.BOTH)]
    chosen = [each for each in there if options.gate in (None, each["slug"])]
    if chosen:
        return chosen
    values = {"edition": header["edition"], "gate": options.gate, "known": ", ".join(each["slug"] for each in there)}
    if options.gate and there:
        raise session.Refused(_("No gate “%(gate)s” of “%(edition)s” leads that way; there are: %(known)s.") % values)
    raise session.Refused(_("No gate of “%(edition)s” leads that way.") % values)


# --- What is answered ---


def _told(
    text: str, edition: Any, header: dict[str, Any], gates: list[dict[str, Any]], *, way: Way, at: datetime
) -> dict[str, Any]:
    held = GateList.of(header)
    seen, known = _seen(text, held, edition)
    answers = []
    for each in gates:
        zone = held.gates[each["slug"]].zone
        inside = zone.slug in known.inside if known else None
        moment = Moment(at, at, inside, next(row["inside"] for row in header["zones"] if row["slug"] == zone.slug))
        decision = rules.decide(seen, held, moment, gate=each["slug"], way=way)
        answers.append({"gate": each["slug"], "zone": zone.slug, **_answer(decision, seen, way)})
    return {
        "edition": edition.slug,
        "way": way.value,
        "at": at.isoformat(),
        "pass": _pass(seen, known, header),
        "answers": answers,
    }


def _seen(text: str, held: GateList, edition: Any) -> tuple[Seen, Known | None]:
    seen = rules.see(text, held, {})
    if seen.fault or seen.payload is None:
        return seen, None
    known = verifying.known(edition, seen.payload.number)
    return (Seen(Entry.of(known.entry), seen.payload) if known else seen), known


def _pass(seen: Seen, known: Known | None, header: dict[str, Any]) -> dict[str, Any] | None:
    """Return whose pass it is, once its signature is proven."""
    if seen.fault or seen.payload is None:
        return None
    code = known.entry["c"] if known else seen.payload.category
    return {
        "number": seen.payload.number,
        "print": seen.payload.print_number,
        "kind": seen.payload.kind.value,
        "category": next((each["slug"] for each in header["categories"] if each["code"] == code), ""),
        "state": known.entry["s"] if known else "",
        "name": known.name if known else "",
    }


def _answer(decision: Decision, seen: Seen, way: Way) -> dict[str, Any]:
    sentence = _(gate_words.SENTENCES[decision.reason])
    if way is Way.OUT and decision.reason is Reason.OK:
        sentence = _(gate_words.LEAVES)
    if seen.broken and type(seen.broken) is not NotAPass:
        # Of a text that only looks like ours, the text itself says what to do.
        sentence = seen.broken.sentence(_)
    return {
        "verdict": decision.verdict.value,
        "reason": decision.reason.value,
        "also": [each.value for each in decision.also],
        "sentence": sentence,
        "until": decision.until.isoformat() if decision.until else None,
        "next_at": decision.next_at.isoformat() if decision.next_at else None,
        "other": seen.other.edition if seen.other else None,
    }


def _tell(told: dict[str, Any], edition: Any) -> None:
    if whose := told["pass"]:
        words = (whose["kind"], str(whose["number"]), whose["category"], whose["state"], whose.get("name"))
        session.answer(" · ".join(filter(None, words)))
    same = {(each["verdict"], each["reason"], each["sentence"]) for each in told["answers"]}
    # What is wrong with the code itself is the same at each gate, and said once.
    for each in told["answers"][:1] if not told["pass"] and len(same) == 1 else told["answers"]:
        place = f"{each['gate']} → {each['zone']}: " if told["pass"] else ""
        reason = " + ".join((each["reason"], *each["also"]))
        session.answer(f"{place}{each['verdict']} ({reason}): {each['sentence']}{_times(each, edition)}")


def _times(answer: dict[str, Any], edition: Any) -> str:
    words = ""
    if answer["until"]:
        pattern = gate_words.ENDED if answer["reason"] == Reason.EXPIRED else gate_words.UNTIL
        words += " " + _(pattern) % {"until": _local(answer["until"], edition)}
    if answer["next_at"]:
        words += " " + _(gate_words.NEXT) % {"next": _local(answer["next_at"], edition)}
    if answer["other"]:
        words += f" ({answer['other']})"
    return words


def _local(moment: str, edition: Any) -> str:
    return f"{datetime.fromisoformat(moment).astimezone(edition.zone):%Y-%m-%d %H:%M %Z}"
