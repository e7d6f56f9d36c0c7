"""Questions about planning: what a plan rests on, where bilaterals stand and could stand, and the runs."""

from ejlas.planning.queries.board import board_of
from ejlas.planning.queries.facts import changed_since, facts_of
from ejlas.planning.queries.hours import hours_of
from ejlas.planning.queries.places import (
    free_places,
    place_of,
    places_before,
    places_now,
    places_of_run,
    places_published,
    unfit_of,
    weigh_place,
)
from ejlas.planning.queries.runs import (
    accepted_run,
    active_run,
    latest_plan,
    newest_repair,
    newest_run,
    run_by_key,
    run_of,
    runs_of,
    what_if_of,
    what_ifs_of,
)
from ejlas.planning.queries.spreads import n_workers

__all__ = [
    "accepted_run",
    "active_run",
    "board_of",
    "changed_since",
    "facts_of",
    "free_places",
    "hours_of",
    "latest_plan",
    "n_workers",
    "newest_repair",
    "newest_run",
    "place_of",
    "places_before",
    "places_now",
    "places_of_run",
    "places_published",
    "run_by_key",
    "run_of",
    "runs_of",
    "unfit_of",
    "weigh_place",
    "what_if_of",
    "what_ifs_of",
]
