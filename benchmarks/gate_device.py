"""How long a device at a gate works on one decision, and how long it takes from the camera to the colour.

The first on this machine as it is; the second in a Chromium whose page is slowed down four times, as on a cheap
telephone. The worker that reads the code is not slowed by it: it takes 5 ms of this on a desktop machine.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.machine import Yardstick

SLUG = "rasht2025"
MUST_DECIDE_MS, MUST_COLOUR_MS = 20, 300
N_DECISIONS, N_FILMED, SLOWED = 40, 8, 4
STEP_MS, PATIENCE_MS = 20, 30_000
# A frame waits at most this long for the next look at the camera.
LOOK_MS = 1000 / 15
SEED = f"""
import json
from tests.factories.gate_page import opened
print("SAID" + json.dumps(opened({SLUG!r})))
"""


def run(yardstick: Yardstick) -> None:
    """Set a device up in headless Chromium, hold passes before it, and print both figures."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "ejlas.config.settings"
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"EJLAS_VAR": folder, "EJLAS_LOG_LEVEL": "warning"}
        decided, coloured = _measured(Path(folder))
    yardstick.renew()
    _tell("work of a decision", [yardstick.scaled(ms) for ms in decided], MUST_DECIDE_MS)
    slowed = f"camera to colour, slowed {SLOWED} times, with {LOOK_MS:.0f} ms between two looks"
    _tell(slowed, [yardstick.scaled(ms) + LOOK_MS for ms in coloured], MUST_COLOUR_MS)


def _tell(name: str, spent: list[float], most: int) -> None:
    worst = sorted(spent)[max(0, round(len(spent) * 0.95) - 1)]
    verdict = "met" if worst < most else "MISSED"
    print(f"{name}: median {median(spent):.1f} ms, 95 % under {worst:.1f} ms of {len(spent)} (under {most}: {verdict})")


def _measured(folder: Path) -> tuple[list[float], list[float]]:
    from tests.factories.processes import made, script, serving

    var = made(folder / "var", SLUG)
    passes = json.loads(script(SEED, var=var).split("SAID", 1)[1])
    codes = [passes["codes"][str(number)] for number in passes["numbers"][:-1]]
    with serving(var) as server:
        return _in_chromium(folder, f"http://127.0.0.1:{server.port}", codes)


def _in_chromium(folder: Path, address: str, codes: list[str]) -> tuple[list[float], list[float]]:
    import django

    django.setup()
    from playwright.sync_api import sync_playwright

    from tests.factories import gate_browser

    film = gate_browser.film(folder, *codes[:N_FILMED], n_frames=12, rate=5)
    flags = ["--no-sandbox", "--use-fake-device-for-media-stream", f"--use-file-for-fake-video-capture={film}"]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=flags)
        context = chromium.new_context(viewport={"width": 360, "height": 740}, permissions=[])
        tab = context.new_page()
        gate_browser.set_up(tab, address, SLUG)
        decided = [_spent(tab, "ejlas-decision", _scan(tab, codes[n % len(codes)])) for n in range(N_DECISIONS)]
        tab.keyboard.press("Escape")
        context.grant_permissions(["camera"])
        context.new_cdp_session(tab).send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
        tab.click("[data-act=camera-open]")
        coloured = [_spent(tab, "ejlas-colour", lambda: None) for _ in range(N_FILMED)]
        chromium.close()
    # The first of each also fetches and compiles what the others find ready.
    return decided[1:], coloured[1:]


def _scan(tab: Any, code: str) -> Callable[[], object]:
    from tests.factories import gate_browser

    return lambda: gate_browser.scan(tab, code)


def _spent(tab: Any, name: str, act: Callable[[], object]) -> float:
    """Wait for the next measure of this name after an act, and return its milliseconds."""
    at = f"performance.getEntriesByName('{name}').at(-1)?.startTime ?? -1"
    before = tab.evaluate(at)
    act()
    waited = 0
    while tab.evaluate(at) == before:
        tab.wait_for_timeout(STEP_MS)
        waited += STEP_MS
        assert waited < PATIENCE_MS, "The page decides on nothing."
    return float(tab.evaluate(f"performance.getEntriesByName('{name}').at(-1).duration"))
