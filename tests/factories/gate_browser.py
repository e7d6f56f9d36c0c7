"""An officer's browser at a gate: signed in, set up, and a reader that types codes into it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import segno

from tests.factories.people import PASSWORD

PIN = "271828"
WIDTH, HEIGHT = 640, 480
AXE = Path(__file__).resolve().parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
RULES = "{runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}"
# A reader passes itself off as an American keyboard and lets no time between two keys.
_TYPE = """text => {
  for (const sign of [...text, "\\n"]) {
    const code = sign === "\\n" ? "Enter" : /[a-z]/i.test(sign) ? "Key" + sign.toUpperCase()
      : /[0-9]/.test(sign) ? "Digit" + sign : "-_".includes(sign) ? "Minus" : "Slash";
    const key = sign === "\\n" ? "Enter" : sign;
    const about = {code, key, shiftKey: /[A-Z_]/.test(sign), bubbles: true, cancelable: true};
    (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent("keydown", about));
  }
}"""


def sign_in(tab: Any, address: str, email: str) -> None:
    """Sign in with the password of all people of the tests."""
    tab.goto(f"{address}/account/login/")
    tab.fill("[name=login]", email)
    tab.fill("[name=password]", PASSWORD)
    tab.click("main form.form >> nth=0 >> button.main")


def set_up(tab: Any, address: str, slug: str, *, gate: str = "gate-hall", name: str = "T-14") -> None:
    """Make a browser a device of a gate, and wait for its list."""
    sign_in(tab, address, f"gate@{slug}.example.org")
    tab.goto(f"{address}/gate/{slug}/")
    enrol(tab, gate=gate, name=name)


def enrol(tab: Any, *, gate: str = "gate-hall", name: str = "T-14") -> None:
    """Fill the form that sets a device up."""
    tab.fill("[name=name] >> visible=true", name)
    tab.select_option("#device-gate", gate)
    tab.fill("#device-pin", PIN)
    tab.fill("#device-pin-again", PIN)
    tab.click("[data-setup-go]")
    tab.wait_for_selector("[data-state=list][data-tone=good]")


def unlock(tab: Any) -> None:
    """Give the PIN on the keys of the page."""
    for digit in PIN:
        tab.click(f"[data-digit='{digit}']")
    tab.click("[data-pin-go]")
    tab.wait_for_selector("[data-at=ready]:visible")


def pull(tab: Any, text: str) -> None:
    """Pull the trigger of a reader, whatever becomes of it."""
    tab.evaluate(_TYPE, text)


def scan(tab: Any, text: str) -> tuple[str, str]:
    """Read a code, and return the colour and the title of the answer."""
    tab.evaluate("document.querySelector('[data-verdict=title]').textContent = ''")
    pull(tab, text)
    tab.wait_for_selector("[data-at=verdict]:visible [data-verdict=title]:not(:empty)")
    return tab.get_attribute("[data-at=verdict]", "data-tone"), tab.inner_text("[data-verdict=title]")


def faults(tab: Any) -> list[str]:
    """Return what axe finds on a screen, what is wider than the window, and what is too small for a glove."""
    tab.evaluate(AXE.read_text(encoding="utf-8"))
    found = tab.evaluate(f"axe.run(document, {RULES}).then(done => done.violations)")
    screen = tab.get_attribute("[data-gate]", "data-screen")
    said = [f"{screen}: {each['id']}: {node['html'][:160]}" for each in found for node in each["nodes"]]
    if tab.evaluate("document.scrollingElement.scrollWidth > innerWidth"):
        said.append(f"{screen}: wider than the window")
    small = """[...document.querySelectorAll(".gate :is(button, select, input:not([type=checkbox]), summary)")]
      .filter(each => each.checkVisibility() && each.getBoundingClientRect().height < 56).map(each => each.outerHTML)"""
    return said + [f"{screen}: small: {each[:160]}" for each in tab.evaluate(small)]


def film(folder: Path, *codes: str, n_frames: int = 12, rate: int = 15) -> Path:
    """Write a film of a camera before which codes are held, one after the other, with nothing between them."""
    made = folder / "passes.y4m"
    grey = b"FRAME\n" + bytes([128]) * (WIDTH * HEIGHT * 3 // 2)
    with made.open("wb") as written:
        written.write(f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F{rate}:1 Ip C420jpeg\n".encode())
        for code in codes:
            written.write(grey * max(1, n_frames // 4) + _frame(code) * n_frames)
    return made


def _frame(code: str) -> bytes:
    drawn = [bytes(16 if dark else 235 for dark in row) for row in segno.make(code, error="m").matrix_iter(6, 4)]
    left, top = (WIDTH - len(drawn)) // 2, (HEIGHT - len(drawn)) // 2
    rows = [bytes([128]) * WIDTH] * HEIGHT
    edges = bytes([128]) * left, bytes([128]) * (WIDTH - left - len(drawn))
    rows[top : top + len(drawn)] = [edges[0] + row + edges[1] for row in drawn]
    return b"FRAME\n" + b"".join(rows) + bytes([128]) * (WIDTH * HEIGHT // 2)
