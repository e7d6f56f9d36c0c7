"""`ejlas pass verify`: what the gates would answer, without standing there."""

from __future__ import annotations

import io
import json
from datetime import timedelta

import pytest

from ejlas.accounts import queries as accounts
from ejlas.cli import session
from ejlas.cli.commands import passes
from ejlas.cli.main import parser
from ejlas.delegations.models import Gate, Presence, Window
from ejlas.delegations.operations.passes import steps
from ejlas.delegations.queries.passes import codes
from ejlas.delegations.rules.passes.badges import BadgeStep
from tests.factories import pass_codes
from tests.factories import passes as factory
from tests.factories.passes import AT
from tests.factories.processes import ejlas


@pytest.fixture
def issued(summits):
    """A delegate's pass of each summit, printed and handed out, and a moment at which it is valid."""
    found = {}
    for slug, edition in summits.items():
        delegation = edition.delegation_set.order_by("position").last()
        found[slug] = factory.issued(delegation, slug="delegate")[0]
    return found


@pytest.fixture
def noon(issued):
    starts = Window.objects.get(edition__slug="rasht2025", slug="days").starts_at
    return (starts + timedelta(hours=6)).isoformat()


@pytest.fixture
def verify(capsys):
    """Run the command in this process; return its exit code and its answer."""

    def run(text, *more):
        code = passes.run(parser().parse_args(["pass", "verify", text, "--json", *more]))
        return code, json.loads(capsys.readouterr().out)

    return run


def text_of(badge):
    return codes.code_of(badge, codes.key_of(badge.edition))


def reasons(told):
    return {each["gate"]: (each["verdict"], each["reason"]) for each in told["answers"]}


def test_a_pass_is_admitted_at_its_gates_and_names_nobody(issued, noon, verify):
    badge = issued["rasht2025"]

    code, told = verify(text_of(badge), "--at", noon)

    assert code == session.OK
    assert told["edition"] == "rasht2025"
    assert told["pass"] == {
        "number": badge.number,
        "print": 1,
        "kind": "badge",
        "category": "delegates",
        "state": "issued",
    }
    assert badge.person.family_name not in json.dumps(told)
    assert reasons(told)["gate-hall"] == ("admit", "ok")
    assert reasons(told)["gate-leaders"] == ("refuse", "no-zone")


def test_the_name_is_said_when_it_is_asked_for(issued, noon, verify):
    badge = issued["rasht2025"]

    _code, told = verify(text_of(badge), "--at", noon, "--name")

    assert told["pass"]["name"] == badge.person.passport_name


def test_one_gate_alone_decides_the_exit_code(issued, noon, verify):
    code, told = verify(text_of(issued["rasht2025"]), "--gate", "gate-leaders", "--at", noon)

    assert code == passes.NOT_ADMITTED
    assert reasons(told) == {"gate-leaders": ("refuse", "no-zone")}


def test_the_edition_that_signed_is_found_and_another_says_whose_it_is(issued, verify):
    text = text_of(issued["atlantic2027"])

    _code, own = verify(text)
    code, other = verify(text, "--edition", "rasht2025")

    assert own["edition"] == "atlantic2027"
    assert (code, other["pass"]) == (passes.NOT_ADMITTED, None)
    assert {each["reason"] for each in other["answers"]} == {"other-edition"}
    assert {each["other"] for each in other["answers"]} == {"atlantic2027"}


def test_what_was_scanned_and_revoked_counts(issued, noon, verify):
    badge = issued["rasht2025"]
    hall = factory.zone(badge.edition)
    hall.passback = "ask"
    hall.save()
    Presence.objects.create(zone=hall, badge=badge, is_inside=True, at=AT, noted_at=AT)
    asked = ("--gate", "gate-hall", "--at", noon)

    inside = verify(text_of(badge), *asked)
    out = verify(text_of(badge), *asked, "--way", "out")
    steps.take_step(badges=[badge], step=BadgeStep.REVOKE, by=accounts.system_account(), at=AT, reason="Withdrawn")
    revoked = verify(text_of(badge), *asked)

    assert (inside[0], reasons(inside[1])) == (passes.NOT_ADMITTED, {"gate-hall": ("ask", "inside")})
    assert (out[0], reasons(out[1])) == (session.OK, {"gate-hall": ("admit", "ok")})
    assert out[1]["answers"][0]["sentence"] == "Let the person out."
    assert (revoked[0], reasons(revoked[1])) == (passes.NOT_ADMITTED, {"gate-hall": ("refuse", "revoked")})


def test_a_person_reads_a_line_for_each_gate_and_one_for_a_text_that_is_no_pass(issued, noon, capsys, monkeypatch):
    text = text_of(issued["rasht2025"])
    monkeypatch.setattr("sys.stdin", io.StringIO(f" {text}\n"))

    passes.run(parser().parse_args(["pass", "verify", "-", "--at", noon]))
    good = capsys.readouterr().out
    code = passes.run(parser().parse_args(["pass", "verify", text.upper(), "--edition", "rasht2025"]))
    wrong = capsys.readouterr().out

    assert "gate-hall → hall: admit (ok): The pass is valid here and now." in good
    assert "It may enter until 2025-11-" in good
    assert code == passes.NOT_ADMITTED
    assert wrong.count("\n") == 1
    assert "Caps Lock" in wrong


@pytest.mark.parametrize("pass_name", ["stranger", "forged"])
def test_a_key_that_is_not_here_is_no_key(issued, verify, pass_name):
    code, told = verify(pass_codes.code(pass_name)[1])

    assert (code, told["pass"]) == (passes.NOT_ADMITTED, None)
    assert {each["reason"] for each in told["answers"]} == {"unknown-key"}


def test_where_no_gate_leads_in_there_is_nothing_to_answer(summits, capsys):
    Gate.objects.filter(edition=summits["rasht2025"]).delete()

    with pytest.raises(session.Refused) as refused:
        passes.run(parser().parse_args(["pass", "verify", "x", "--edition", "rasht2025"]))

    assert refused.value.code == session.BAD_INPUT
    assert "No gate of “rasht2025”" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (("--edition", "nowhere2030"), "no edition “nowhere2030”"),
        (("--edition", "rasht2025", "--gate", "back-door"), "No gate “back-door”"),
    ],
)
def test_a_wrong_edition_or_gate_is_bad_input(issued, capsys, wrong, said):
    with pytest.raises(session.Refused) as refused:
        passes.run(parser().parse_args(["pass", "verify", text_of(issued["rasht2025"]), *wrong]))

    assert refused.value.code == session.BAD_INPUT
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("moment", ["noon", "0001-01-01", "9999-12-31T23:59", "2027-13-01"])
def test_a_wrong_moment_is_bad_input(capsys, moment):
    with pytest.raises(SystemExit) as ended:
        parser().parse_args(["pass", "verify", "x", "--at", moment])

    assert ended.value.code == session.BAD_INPUT
    assert "is no moment" in capsys.readouterr().err


def test_the_command_itself_finds_what_it_runs(tmp_path):
    done = ejlas("pass", "verify", "x", "--at", "noon", var=tmp_path, code=session.BAD_INPUT)

    assert "'noon' is no moment" in done.stderr
    assert parser().parse_args(["pass", "verify", "x"]).command == passes.__name__.rpartition(".")[2]
