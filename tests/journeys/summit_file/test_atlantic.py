from __future__ import annotations

from tests.factories import atlantic


def test_the_stored_summit_is_the_one_that_the_generator_makes() -> None:
    assert atlantic.FILE.read_text(encoding="utf-8") == atlantic.as_yaml()


def test_the_summit_is_large_enough_to_be_a_second_case() -> None:
    summit = atlantic.summit()

    counts = {name: len(summit[name]) for name in ("parties", "sessions", "speakers", "interpreters", "bilaterals")}
    assert counts == {"parties": 40, "sessions": 60, "speakers": 40, "interpreters": 12, "bilaterals": 120}
    assert sum(len(venue["rooms"]) for venue in summit["venues"]) == 6
    assert len(summit["texts"][0]["points"]) == 12
