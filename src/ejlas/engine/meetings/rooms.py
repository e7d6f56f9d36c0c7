"""The rooms of the CP-SAT model: enough of them in each slot, or one for each meeting."""

from ejlas.engine.meetings.cp import Model, Use, add_capacity, count_teams, serving, total


def choose_venues(model: Model) -> None:
    """Give each start a literal for each venue with a room for it, where the way between venues takes time."""
    options, problem = model.options, model.problem
    for (meeting, slot), at in model.at.items():
        teams = serving(options.room_teams, options.rooms[meeting], slot, int(problem.length[meeting]))
        venues = sorted({options.room_teams[team].venue for team in teams})
        for venue in venues:
            model.place[meeting, slot, venue] = at if len(venues) == 1 else model.cp.new_bool_var("")
        if len(venues) > 1:
            model.cp.add_exactly_one([at.negated(), *(model.place[meeting, slot, venue] for venue in venues)])


def count_rooms(model: Model) -> None:
    """Let the rooms be enough for the meetings in each slot, whichever of them each gets."""
    count_teams(model, [use for _, use in _uses(model)], model.options.room_teams)


def add_rooms(model: Model) -> None:
    """Give each granted meeting a room team, and no team more meetings at once than it has rooms."""
    teams = model.options.room_teams
    used: list[list[Use]] = [[] for _ in teams]
    for meeting, use in _uses(model):
        for team in sorted(use.serving):
            literal = use.literal if len(use.serving) == 1 else model.cp.new_bool_var("")
            model.room[meeting, use.start, team] = literal
            used[team].append(Use(literal, use.start, use.end))
        if len(use.serving) > 1:
            model.cp.add(total(model.room[meeting, use.start, team] for team in use.serving) == use.literal)
    for team, uses in enumerate(used):
        add_capacity(model, uses, len(teams[team].members))


def _uses(model: Model) -> list[tuple[int, Use]]:
    """Return for each start in each venue the use of a room that it means, turnaround included."""
    problem, teams = model.problem, model.options.room_teams
    uses = []
    for (meeting, slot, venue), literal in model.place.items():
        length = int(problem.length[meeting])
        chosen = (team for team in model.options.rooms[meeting] if teams[team].venue == venue)
        able = serving(teams, chosen, slot, length)
        uses.append((meeting, Use(literal, slot, slot + length + problem.turnaround_slots, serving=able)))
    return uses
