"""How many of 200 drawn pictures of travel documents the browser reads right, and how long it takes for one."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from dataclasses import dataclass
from statistics import median

from benchmarks.machine import Yardstick
from tests.factories import passports

MUST_PERCENT = 95


@dataclass(frozen=True)
class Outcome:
    """What became of one picture."""

    seed: int
    form: str
    wanted: tuple[str, ...]
    given: tuple[str, ...]
    state: str
    ms: float

    @property
    def is_right(self) -> bool:
        return self.given == self.wanted


def run(yardstick: Yardstick) -> None:
    """Read all pictures in headless Chromium and print one table."""
    with tempfile.TemporaryDirectory() as var:
        os.environ |= {"EJLAS_VAR": var, "EJLAS_LOG_LEVEL": "warning"}
        os.environ["DJANGO_SETTINGS_MODULE"] = "ejlas.config.settings"
        outcomes = measured(range(passports.COUNT))
    yardstick.renew()
    print(f"\n{len(outcomes)} drawn pictures, read from a file by the page's own scripts in headless Chromium.")
    print(f"{'form':8}{'pictures':>10}{'right':>8}{'ms, median':>12}")
    for form in (*passports.SIZES_MM, "all"):
        mine = [outcome for outcome in outcomes if form in (outcome.form, "all")]
        right = sum(outcome.is_right for outcome in mine)
        print(f"{form:8}{len(mine):>10}{right:>8}{yardstick.scaled(median(o.ms for o in mine)):>12.0f}")
    _tell_wrong(outcomes)


def _tell_wrong(outcomes: list[Outcome]) -> None:
    wrong = [outcome for outcome in outcomes if not outcome.is_right]
    surely = sum(outcome.state == "read" for outcome in wrong)
    share = 100 * (len(outcomes) - len(wrong)) / len(outcomes)
    print(
        f"Right in every sign: {share:.1f} % (must be {MUST_PERCENT} %); wrong though all check digits agree: {surely}."
    )
    for outcome in wrong:
        print(f"  picture {outcome.seed}, {outcome.state}: {' '.join(outcome.given)} for {' '.join(outcome.wanted)}")
    if share < MUST_PERCENT:
        sys.exit("Too few pictures were read right.")


def measured(seeds: range) -> list[Outcome]:
    """Read the pictures with these numbers; Django's settings are in the environment."""
    import django
    from playwright.sync_api import sync_playwright

    django.setup()
    from tests.factories.passport_page import read_photo, serving

    path = shutil.which("chromium")
    outcomes = []
    with serving() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        tab = browser.new_page()
        tab.goto(address)
        for seed in seeds:
            made, image = passports.document(seed), passports.jpeg(passports.picture(seed), quality=95)
            started = time.perf_counter()
            state, lines = read_photo(tab, {"name": "page.jpg", "mimeType": "image/jpeg", "buffer": image})
            ms = (time.perf_counter() - started) * 1000
            outcomes.append(Outcome(seed, made.form, made.lines, tuple(lines.splitlines()), state, ms))
        browser.close()
    return outcomes
