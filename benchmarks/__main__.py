"""`python -m benchmarks [meetings] [planning] [pages] [desk] [search] [serving] [spread] [letters]
[passports] [people] [gates_now] [cards] [gate] [gate_device] [workplan] [ready_page]`.

All run where none is named. Options come last; they are for meetings, spread or workplan where it is named alone, and
else for serving.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from benchmarks import (
    cards,
    desk,
    gate,
    gate_device,
    gates_now,
    letters,
    meetings,
    pages,
    passports,
    people,
    planning,
    ready_page,
    search,
    serving,
    spread,
    workplan,
)
from benchmarks.machine import Yardstick

KINDS: dict[str, Callable[[Yardstick], None]] = {
    "meetings": meetings.run,
    "planning": planning.run,
    "pages": pages.run,
    "desk": desk.run,
    "search": search.run,
    "serving": serving.run,
    "spread": spread.run,
    "passports": passports.run,
    "letters": letters.run,
    "people": people.run,
    "gates_now": gates_now.run,
    "cards": cards.run,
    "gate": gate.run,
    "gate_device": gate_device.run,
    "workplan": workplan.run,
    "ready_page": ready_page.run,
}


def main() -> None:
    """Run the benchmarks named, one after the other, under one yardstick."""
    said = sys.argv[1:]
    first = next((place for place, word in enumerate(said) if word.startswith("-")), len(said))
    names, options = said[:first] or list(KINDS), said[first:]
    unknown = [name for name in names if name not in KINDS]
    if unknown:
        sys.exit(f"There is no benchmark {unknown[0]!r}; there are: {', '.join(KINDS)}.")
    yardstick = Yardstick()
    for name in names:
        if names == ["meetings"]:
            meetings.run(yardstick, options)
        elif names == ["spread"]:
            spread.run(yardstick, options)
        elif names == ["workplan"]:
            workplan.run(yardstick, options)
        elif name == "serving":
            serving.run(yardstick, options)
        else:
            KINDS[name](yardstick)


if __name__ == "__main__":
    main()
