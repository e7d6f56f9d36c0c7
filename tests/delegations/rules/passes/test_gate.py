from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from ejlas.core import signing
from ejlas.delegations.rules.passes import gate, payload
from ejlas.delegations.rules.passes.gate import Decision, Entry, GateList, Moment, Seen
from ejlas.delegations.rules.passes.payload import CapitalsLost
from ejlas.delegations.rules.passes.scans import Way
from ejlas.delegations.rules.passes.verdicts import Reason, Verdict
from tests.factories import pass_codes

SHARED = json.loads((Path(__file__).parents[3] / "data" / "gate_cases.json").read_text())
CASES = SHARED["cases"]
ENTRIES = {each["n"]: each for each in SHARED["entries"]}


def rules_of(case: dict[str, Any]) -> GateList:
    rules = SHARED["rules"] | case.get("rules", {})
    here = next(each["zone"] for each in rules["gates"] if each["slug"] == case["gate"])
    zones = [each | (case.get("zone", {}) if each["slug"] == here else {}) for each in rules["zones"]]
    return GateList.of(rules | {"zones": zones})


def seen_in(case: dict[str, Any], rules: GateList) -> Seen:
    text = pass_codes.code(case["pass"])[1] if "pass" in case else case.get("text", "")
    entries = {number: Entry.of(each | case.get("list_entry", {})) for number, each in ENTRIES.items()}
    return Seen(entries[case["entry"]]) if "entry" in case else gate.see(text, rules, entries)


def moment_of(case: dict[str, Any]) -> Moment:
    return Moment(
        now=datetime.fromisoformat(case["now"]),
        confirmed_at=datetime.fromisoformat(case.get("confirmed_at", case["now"])),
        inside=case.get("inside"),
        n_inside=case.get("n_inside", 0),
        clock_is_sure=case.get("clock", True),
    )


def expected(case: dict[str, Any]) -> Decision:
    said = case["expect"]
    until, next_at = (datetime.fromisoformat(said[key]) if key in said else None for key in ("until", "next_at"))
    also = tuple(Reason(each) for each in said.get("also", ()))
    return Decision(Verdict(said["verdict"]), Reason(said["reason"]), also, said.get("number"), until, next_at)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_shared_cases(case):
    rules = rules_of(case)

    decision = gate.decide(seen_in(case, rules), rules, moment_of(case), gate=case["gate"], way=Way(case["way"]))

    assert decision == expected(case)


def test_each_reason_has_a_shared_case():
    assert {case["expect"]["reason"] for case in CASES} == set(Reason)


def test_the_shared_codes_are_those_that_are_made_today():
    assert json.loads(pass_codes.FILE.read_text()) == pass_codes.document()


def test_a_gate_that_the_list_does_not_know_is_a_fault_of_the_caller():
    rules = GateList.of(SHARED["rules"])

    with pytest.raises(KeyError):
        gate.decide(Seen(), rules, moment_of(CASES[0]), gate="back-door", way=Way.IN)


def test_what_a_wrong_text_says_and_whose_pass_it_is_stay_known():
    rules = GateList.of(SHARED["rules"])

    turned = gate.see(pass_codes.code("delegate-1204")[1].upper(), rules, {})
    others = gate.see(pass_codes.code("other-edition")[1], rules, {})

    assert isinstance(turned.broken, CapitalsLost)
    assert others.other is not None
    assert others.other.edition == "atlantic2025"


def test_two_keys_of_one_name_are_both_tried():
    # Two keys whose hashes begin with the same three bytes.
    ours, theirs = (pass_codes.private(name) for name in ("twin 3102", "twin 4688"))
    own, other = (signing.public_of(key) for key in (ours, theirs))
    assert signing.key_id(own) == signing.key_id(other)
    body = payload.pack(replace(pass_codes.code("delegate-1204")[0], key_id=signing.key_id(other)))
    text = payload.spell(body, signing.sign(theirs, payload.signed_part(body)))
    others = [{"edition": "atlantic2025", "name": {}, "key": other}]

    assert (
        gate.see(text, GateList.of(SHARED["rules"] | {"key": own, "others": others}), {}).fault is Reason.OTHER_EDITION
    )
    assert gate.see(text, GateList.of(SHARED["rules"] | {"key": own, "others": []}), {}).fault is Reason.FORGED


@pytest.mark.parametrize("wrong", [{"zones": []}, {"made_at": "yesterday"}, {"gates": [{"slug": "x"}]}])
def test_a_head_of_a_list_that_does_not_hold_together_is_refused(wrong):
    with pytest.raises((KeyError, ValueError)):
        GateList.of(SHARED["rules"] | wrong)
