"""What goes on at the gates: zones with their heads, gates on a map, alerts, and what was refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.core.paginator import Paginator
from django.urls import reverse

from ejlas.core.counting import counts
from ejlas.delegations.queries.gate import watching
from ejlas.delegations.queries.gate.watching import GateNow, ZoneNow
from ejlas.delegations.rules.passes import house
from ejlas.delegations.rules.passes.scans import Flag
from ejlas.delegations.rules.passes.watching import Contact, Fill, Reach, day_of, fill, reach
from ejlas.web.desk.gates import words
from ejlas.web.desk.gates.links import scans_of
from ejlas.web.ui.kinds import Sheet
from ejlas.web.ui.labels import word
from ejlas.web.ui.pass_labels import VERDICTS
from ejlas.web.ui.scan_labels import FILLS, FLAGS, REACHES

ALERTS_PER_PAGE = 20
# The map in the units of its drawing; places are hundredths of both.
WIDTH, HEIGHT, EDGE = 1000, 560, 40
RADIUS = 20
# More gates stand in three columns on a wall.
MANY = 8
_REACHES = (Reach.CUT_OFF, Reach.NONE, Reach.ONLINE)


class Counted(Paginator[Any]):
    """Pages of a question whose rows were counted before, beside others."""

    def __init__(self, rows: Any, per_page: int, number: int) -> None:
        super().__init__(rows, per_page)
        self.__dict__["count"] = number


def live(user: Any, edition: Any, sheet: Sheet, *, at: datetime, page: str = "") -> dict[str, Any]:
    """Return all that changes while one watches. Seven SQL queries."""
    found = counts(
        {
            "requests": watching.open_requests(user, edition),
            "alerts": watching.unworded_alerts(user, edition),
            "lately": watching.alerts_since(user, edition, day_of(at, edition.zone)[0]),
        }
    )
    shown = Counted(watching.alerts(user, edition), ALERTS_PER_PAGE, found["alerts"]).get_page(page)
    gates = gate_rows(edition, sheet, at)
    return {
        "at": sheet.reader.time(at.astimezone(edition.zone)),
        "city": words.city(edition, sheet),
        "zones": [zone_row(each, sheet) for each in watching.zones_now(edition, at)],
        "gates": gates,
        # On a wall what is cut off stands first: with many gates the end may stand below the screen.
        "by_reach": sorted(gates, key=lambda each: _REACHES.index(each["reach"])),
        "is_many": len(gates) > MANY,
        "on_map": [each for each in gates if each["x"] is not None],
        "off_map": [each for each in gates if each["x"] is None],
        "counts": _counts(edition, sheet, found | {"cut_off": sum(each["reach"] == Reach.CUT_OFF for each in gates)}),
        "alerts": [alert(each, sheet, at) for each in shown.object_list],
        "page": shown,
        "n_alerts": sheet.number(found["alerts"]),
        "n_lately": sheet.number(found["lately"]),
        "is_alarmed": found["lately"] > 0,
        "refusals": _refusals(user, edition, sheet, at),
        "n_requests": sheet.number(found["requests"]),
        "is_asked": found["requests"] > 0,
    }


def _counts(edition: Any, sheet: Sheet, found: Mapping[str, int]) -> list[dict[str, Any]]:
    asked = (
        (words.n_requests, found["requests"], reverse("desk:gate-requests", args=[edition.slug])),
        (words.n_alerts, found["lately"], "#alerts"),
        (words.n_cut_off, found["cut_off"], "#gates"),
    )
    return [
        {"number": sheet.number(number), "words": say(number), "address": address}
        for say, number, address in asked
        if number
    ]


def zone_row(now: ZoneNow, sheet: Sheet) -> dict[str, Any]:
    """Return a zone with its head count, in numbers and in words."""
    capacity, state = now.zone.capacity, fill(now.n_inside, now.zone.capacity)
    return {
        "slug": now.zone.slug,
        "letter": now.zone.letter,
        "name": sheet.text(now.zone.name),
        "inside": sheet.number(now.n_inside),
        "capacity": sheet.number(capacity),
        "has_capacity": capacity is not None,
        "share": min(round(100 * now.n_inside / capacity), 100) if capacity else 0,
        "over": sheet.number(now.n_inside - capacity) if capacity is not None and state is Fill.OVER else "",
        "state": state.value,
        "words": word(FILLS, state),
        "is_full": state in (Fill.FULL, Fill.OVER),
        "flows": [sheet.number(number) for number in (*now.n_in, *now.n_out)],
    }


def gate_rows(edition: Any, sheet: Sheet, at: datetime) -> list[dict[str, Any]]:
    """Return the gates in the order of their zones, numbered as on the map. Two SQL queries."""
    seconds = house.stored(edition.settings)["online_seconds"]
    return [_gate(each, place, sheet, at, seconds) for place, each in enumerate(watching.gates_now(edition), 1)]


def _gate(now: GateNow, place: int, sheet: Sheet, at: datetime, seconds: int) -> dict[str, Any]:
    contacts = [Contact(device.enrolled_at, device.seen_at) for device in now.devices]
    state, since = reach(contacts, at=at, online_seconds=seconds)
    gate, x, y = now.gate, now.gate.place_x, now.gate.place_y
    has_place = x is not None and y is not None
    return {
        "place": sheet.number(place),
        "slug": gate.slug,
        "name": sheet.text(gate.name),
        "plain": sheet.reader.plain(gate.name.to_stored()) or gate.slug,
        "zone": sheet.text(gate.zone.name),
        "letter": gate.zone.letter,
        "reach": state.value,
        "words": word(REACHES, state),
        "since": words.when(since, at, sheet),
        "last": words.when(now.last_at, at, sheet),
        "queued": sheet.number(now.n_queued) if now.n_queued else "",
        "n_devices": sheet.number(len(now.devices)),
        # A map is not mirrored: its left is left for every reader.
        "x": EDGE + (x or 0) * (WIDTH - 2 * EDGE) // 100 if has_place else None,
        "y": EDGE + (y or 0) * (HEIGHT - 2 * EDGE) // 100,
        "diamond": _diamond(x or 0, y or 0),
        "address": scans_of(sheet.edition, gate=gate.slug),
    }


def _diamond(x: int, y: int) -> str:
    across, down = EDGE + x * (WIDTH - 2 * EDGE) // 100, EDGE + y * (HEIGHT - 2 * EDGE) // 100
    far = RADIUS + 6
    corners = ((across, down - far), (across + far, down), (across, down + far), (across - far, down))
    return " ".join(f"{left},{top}" for left, top in corners)


def alert(scan: Any, sheet: Sheet, at: datetime) -> dict[str, Any]:
    """Return what the server found at a scan, and what to do about it."""
    said = FLAGS[Flag(scan.flag)]
    is_late = scan.taken_at - scan.at > timedelta(minutes=1)
    gate = sheet.text(scan.gate.name)
    return {
        "key": scan.pk,
        "flag": scan.flag,
        "title": said.title,
        "words": said.sentence,
        "who": words.who(scan, sheet),
        "gate": gate,
        "spoken": f"{said.title}: {sheet.reader.plain(scan.gate.name.to_stored()) or scan.gate.slug}",
        "at": words.when(scan.at, at, sheet),
        "taken_at": words.when(scan.taken_at, at, sheet) if is_late else "",
        "address": scans_of(sheet.edition, q=str(scan.number)) if scan.number is not None else "",
    }


def _refusals(user: Any, edition: Any, sheet: Sheet, at: datetime) -> Sequence[dict[str, Any]]:
    since, until = day_of(at, edition.zone)
    first = f"{since:%Y-%m-%dT%H:%M}"
    return [
        {
            "verdict": verdict,
            "verdict_words": word(VERDICTS, verdict),
            "title": words.reason_title(reason),
            "number": sheet.number(number),
            "let_in": sheet.number(let_in) if let_in else "",
            "address": scans_of(edition, **{"verdict": verdict, "reason": reason, "from": first}),
        }
        for verdict, reason, number, let_in in watching.refusals(user, edition, since=since, until=until)
    ]
