"""The ejlas command: reads its arguments, then loads what the one command needs and no more."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import datetime
from importlib import import_module

from ejlas import __version__

FORMATS = ("ics", "json", "xml", "xlsx", "pdf")


def parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command; nothing is loaded to build it, so that --help answers at once."""
    root = argparse.ArgumentParser(
        prog="ejlas",
        description="Runs a summit, from the mandate to the last kept promise.",
        epilog="Data stand in ./var, or where EJLAS_VAR and DATABASE_URL say. Exits: 0 well, 1 a fault, 2 bad input.",
    )
    root.add_argument("--version", action="version", version=f"ejlas {__version__}")
    root.add_argument("--language", metavar="CODE", help="language of the messages: en, fa, ru, az, tk or kk")
    commands = root.add_subparsers(dest="command", metavar="COMMAND", required=True)
    _summit_commands(commands)
    _running_commands(commands)
    _account_commands(commands)
    _engine_commands(commands)
    return root


def _summit_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    check = commands.add_parser("check", help="find every fault of a summit file, and change nothing")
    check.add_argument("file", metavar="FILE", help="summit file in YAML; - reads standard input")
    load = commands.add_parser("load", help="bring the stored edition into agreement with a summit file")
    load.add_argument("file", metavar="FILE", help="summit file in YAML; - reads standard input")
    load.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")
    plan = commands.add_parser("plan", help="find times, rooms and interpreters for the bilaterals of an edition")
    plan.add_argument("edition", metavar="EDITION", help="slug of the edition")
    plan.add_argument("--seconds", type=_positive, default=60, help="most seconds of search (60)")
    plan.add_argument("--workers", type=_positive, default=2, help="processor cores to use (2)")
    plan.add_argument("--seed", type=int, default=1, help="seed of the search (1)")
    plan.add_argument("--dry-run", action="store_true", help="show the plan, and place nothing")
    publish = commands.add_parser("publish", help="make what stands now the next public version")
    publish.add_argument("edition", metavar="EDITION", help="slug of the edition")
    publish.add_argument("--note", default="", help="what changed, for the list of versions")
    export = commands.add_parser("export", help="write the published programme, or the report of readiness, into files")
    export.add_argument("edition", metavar="EDITION", help="slug of the edition")
    kinds = (*FORMATS, "readiness")
    export.add_argument("--format", choices=kinds, required=True, help="kind of file; readiness: its one-page report")
    export.add_argument("-o", "--output", metavar="DIR", default=".", help="folder for the files (.)")
    export.add_argument("--in", dest="only", metavar="CODE", help="one language only; without it, all of the edition")
    for each in (check, load, plan, publish, export):
        each.add_argument("--json", action="store_true", help="answer in JSON, one object")


def _running_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    serve = commands.add_parser("serve", help="serve the pages")
    demo = commands.add_parser("demo", help="load, plan and publish the example, then serve it")
    demo.add_argument("file", metavar="FILE", nargs="?", default="examples/rasht2025.yaml", help="summit file")
    demo.add_argument("--seconds", type=_positive, default=30, help="most seconds of search for the plan (30)")
    for each in (serve, demo):
        each.add_argument(
            "--host", default=os.environ.get("HOST", "127.0.0.1"), help="address to listen on (127.0.0.1)"
        )
        each.add_argument("--port", type=_port, default=os.environ.get("PORT", "8000"), help="port (8000, or PORT)")
        each.add_argument("--workers", type=_positive, help="processes that answer (2, or EJLAS_WORKERS)")
        each.add_argument("--no-worker", action="store_true", help="start no worker; “ejlas worker” runs apart")
    audit = commands.add_parser("audit", help="the audit trail")
    audit.add_argument("act", choices=["verify"], help="verify: prove that no line was changed or removed")
    audit.add_argument("--json", action="store_true", help="answer in JSON, one object")
    # The group bore the other name before; without a help of its own it is listed nowhere.
    for keys in (
        commands.add_parser("keys", help="the keys that encrypt secrets in the database"),
        commands.add_parser("secrets"),
    ):
        keys.set_defaults(command="keys")
        keys.add_argument("act", choices=["new", "rotate"], help="new: print a key; rotate: use the newest everywhere")
        keys.add_argument("--json", action="store_true", help="answer in JSON, one object")
    migrate = commands.add_parser("migrate", help="bring the database up to date with this version")
    migrate.add_argument("--no-backup", action="store_true", help="write no backup before")
    commands.add_parser("worker", help="do the background work; several may run")
    _keeping_commands(commands)
    _personal_commands(commands)


def _personal_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    imports = commands.add_parser("import", help="bring in the people of a list from a spreadsheet")
    imports.set_defaults(command="imports")
    imports.add_argument("what", choices=["people"], help="people: those of a party or a medium")
    imports.add_argument("file", metavar="FILE", help="XLSX, ODS or CSV; - reads standard input")
    imports.add_argument("--edition", metavar="E", required=True, help="slug of the edition")
    imports.add_argument("--party", metavar="P", required=True, help="slug of the party, or of the medium")
    _pass_command(commands)
    purge = commands.add_parser("purge", help="remove what is personal and whose last day has passed")
    purge.add_argument("--edition", metavar="E", help="slug of one edition; without it, all")
    for each in (imports, purge):
        each.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")
        each.add_argument("--json", action="store_true", help="answer in JSON, one object")


def _pass_command(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    passes = commands.add_parser(
        "pass",
        help="what the gates would answer to the code of a pass",
        epilog="Exits: 0 when a gate admits, 1 when none does, 2 for a wrong edition, gate or moment.",
    )
    passes.set_defaults(command="passes")
    passes.add_argument("act", choices=["verify"], help="verify: decide as a gate with the newest list does")
    passes.add_argument("text", metavar="TEXT", help="text of the code; - reads standard input")
    passes.add_argument("--edition", metavar="E", help="slug of the edition; without it, the one that signed")
    passes.add_argument("--gate", metavar="G", help="slug of one gate; without it, each that leads this way")
    passes.add_argument("--at", metavar="MOMENT", type=_moment, help="moment in ISO 8601, at the place; else now")
    passes.add_argument("--way", choices=["in", "out"], default="in", help="in or out (in)")
    passes.add_argument("--name", action="store_true", help="say also whom the pass names")
    passes.add_argument("--json", action="store_true", help="answer in JSON, one object")


def _keeping_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    backup = commands.add_parser("backup", help="write all that is stored into one file")
    backup.add_argument("file", metavar="FILE", help="file to write; it is replaced when the new one is whole")
    restore = commands.add_parser("restore", help="bring in what a backup holds, whole or not at all")
    restore.add_argument("file", metavar="FILE", help="file that “ejlas backup” wrote")
    restore.add_argument("--replace", action="store_true", help="replace what stands in the database; asks before")
    restore.add_argument("--yes", action="store_true", help="with --replace, do not ask")
    restore.add_argument("--as-it-was", action="store_true", help="leave the tables as they were, for an older version")
    move = commands.add_parser("move", help="copy all rows into another, empty database, and prove them there")
    move.add_argument("--to", metavar="DATABASE_URL", required=True, help="address of the other database")
    for each in (backup, restore, move):
        each.add_argument("--json", action="store_true", help="answer in JSON, one object")


def _account_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    setup = commands.add_parser("setup", help="prepare the database and make the first account")
    setup.add_argument("--email", metavar="ADDRESS", help="address that the head of the secretariat signs in with")
    setup.add_argument("--name", help="name as it shall stand")
    # Not the option of the same name before the command, which is for the messages alone.
    setup.add_argument("--language", metavar="CODE", dest="account_language", help="language of the account")
    setup.add_argument("--password-stdin", action="store_true", help="read the password from standard input")
    setup.add_argument("--no-input", action="store_true", help="ask nothing; without a password, print a link")
    setup.add_argument("--add", action="store_true", help="also where there are accounts: one more head")


def _engine_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    engine = commands.add_parser("engine", help="the planner itself, on instance files")
    acts = engine.add_subparsers(dest="act", metavar="ACT", required=True)
    meetings = acts.add_parser(
        "meetings",
        help="plan the meetings of an instance file",
        description="Plans the meetings of an instance file and prints one line of JSON.",
        epilog="Ctrl-C keeps the best plan so far. Exits: 0 also for an impossible problem, 2 for a bad file.",
    )
    meetings.add_argument(
        "instance", metavar="INSTANCE", help="forum (.json), B2B benchmark (.dzn) or our problem file"
    )
    ends = meetings.add_mutually_exclusive_group()
    ends.add_argument("--seconds", type=_seconds, default=60.0, metavar="N", help="seconds of the whole command (60)")
    ends.add_argument(
        "--iterations", type=_positive, metavar="N", help="moves instead of seconds: the same plan anywhere"
    )
    meetings.add_argument("--workers", type=_positive, default=2, metavar="K", help="processor cores to use (2)")
    meetings.add_argument(
        "--spread", type=_positive, metavar="N", help="N parts, searched by “ejlas worker” processes, on any machines"
    )
    meetings.add_argument("--seed", type=_natural, default=1, metavar="S", help="seed of the search (1)")
    meetings.add_argument("--out", metavar="FILE", help="file to write the plan to")
    meetings.add_argument("--progress", action="store_true", help="tell value and bound on standard error")
    meetings.add_argument("--repair", metavar="OLD", help="plan file of --out that stood before the changes")
    meetings.add_argument("--change", metavar="CHANGES", help="with --repair: what has changed, as JSON")
    _workplan_commands(acts)
    warm = acts.add_parser("warm", help="compile what the search needs, so that the first plan does not wait")
    warm.add_argument("--quiet", action="store_true", help="say nothing when all is well")


def _workplan_commands(acts: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    workplan = acts.add_parser(
        "workplan",
        help="find the earliest end of a plan of work with limited hands",
        epilog="Ctrl-C keeps the best plan so far. Exits: 0 also for an impossible problem, 2 for a bad file.",
    )
    workplan.add_argument("file", metavar="FILE", help="PSPLIB (.rcp) or our file of a plan of work")
    ends = workplan.add_mutually_exclusive_group()
    ends.add_argument("--seconds", type=_seconds, default=60.0, metavar="N", help="seconds of the whole command (60)")
    ends.add_argument(
        "--iterations", type=_positive, metavar="N", help="schedules instead of seconds: the same plan anywhere"
    )
    workplan.add_argument("--workers", type=_positive, default=2, metavar="K", help="processor cores to use (2)")
    workplan.add_argument("--seed", type=_natural, default=1, metavar="S", help="seed of the search (1)")
    workplan.add_argument("--out", metavar="FILE", help="file to write the plan to")
    workplan.add_argument("--progress", action="store_true", help="tell value and bound on standard error")
    forecast = acts.add_parser("forecast", help="how likely everything of a plan of work is ready at the opening")
    forecast.add_argument("file", metavar="FILE", help="our file of a plan of work; - reads standard input")
    forecast.add_argument("--runs", type=_positive, default=10_000, metavar="N", help="runs by chance (10000)")
    forecast.add_argument("--seed", type=_natural, default=1, metavar="S", help="seed of the chance (1)")
    forecast.add_argument(
        "--distribution", choices=["triangular", "pert"], default="triangular", help="of the estimates (triangular)"
    )


def _moment(value: str) -> datetime:
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        moment = None
    if moment is None or not 1970 < moment.year < 2500:
        raise argparse.ArgumentTypeError(f"{value!r} is no moment; write one such as 2027-09-14T08:30")
    return moment


def _seconds(value: str) -> float:
    number = float(value)
    if not 0 < number < 1e7:
        raise argparse.ArgumentTypeError("write a number of seconds above 0")
    return number


def _natural(value: str) -> int:
    number = int(value)
    if not 0 <= number < 2**31:
        raise argparse.ArgumentTypeError("write a number from 0 to 2147483647")
    return number


def _positive(value: str) -> int:
    number = int(value)
    if number < 1:
        raise argparse.ArgumentTypeError("write a number of 1 or more")
    return number


def _port(value: str) -> int:
    try:
        number = int(value)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{value!r} is not a port; write a number from 1 to 65535") from None
    if not 0 < number < 65536:
        raise argparse.ArgumentTypeError(f"{number} is not a port; write a number from 1 to 65535")
    return number


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command and leave with its exit code."""
    options = parser().parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ejlas.config.settings")
    try:
        # The planner on files needs no framework: it starts at once, and where nothing is set up.
        if options.command != "engine":
            import_module("ejlas.cli.session").start(options)
        sys.exit(import_module(f"ejlas.cli.commands.{options.command}").run(options))
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        sys.exit(130)
    except BrokenPipeError:
        # The reader of a pipe has gone; nothing is left to be said to anyone.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)


if __name__ == "__main__":
    main()
