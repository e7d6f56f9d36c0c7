from __future__ import annotations

from ejlas.delegations.rules.passes.verdicts import Reason, Verdict
from ejlas.web.ui import pass_labels


def test_each_answer_of_a_gate_has_its_words():
    assert set(pass_labels.VERDICTS) == set(Verdict)
    assert set(pass_labels.REASONS) == set(Reason)


def test_a_title_is_read_at_a_glance():
    long = [str(said.title) for said in pass_labels.REASONS.values() if len(str(said.title).split()) > 4]

    assert long == []
