"""A real server with both summits published, and a real browser."""

from __future__ import annotations

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.factories.processes import ejlas, planned
from tests.factories.summits import FILES, SUMMITS

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
PAGES = ("", "programme/", "parties/", "delegations/", "declaration/", "data/", "versions/")


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Iterator[str]:
    """Plan, publish and serve both summits as a host would; give the address."""
    first, second = SUMMITS
    var = planned(tmp_path_factory.mktemp("site"), first)
    ejlas("load", FILES[second], var=var)
    ejlas("plan", second, "--seconds", "8", var=var)
    ejlas("publish", second, var=var)
    with serving(var) as address:
        yield address


@contextmanager
def serving(var: Path) -> Iterator[str]:
    """Serve what stands in a folder, until the end of the block; give the address."""
    env = {key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "REDIS_URL"}}
    env |= {"EJLAS_VAR": str(var)}
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen([sys.executable, "-m", "ejlas", "serve", "--port", str(port)], env=env)
    _wait_for(port)
    yield f"http://127.0.0.1:{port}"
    process.send_signal(signal.SIGINT)
    process.wait(timeout=30)


def _wait_for(port: int) -> None:
    for _ in range(300):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/")
            connection.getresponse().read()
            return
        except OSError:
            time.sleep(0.1)
        finally:
            connection.close()
    raise AssertionError("The server does not answer.")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    path = shutil.which("chromium")
    assert path, "Chromium is missing; run “make services” as root."
    flags = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=flags)
        yield chromium
        chromium.close()


@dataclass
class Watched:
    """A page, and what it did that it may not do."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def axe(self) -> list[str]:
        """Return what axe finds against WCAG 2.2 A and AA."""
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        tags = "{runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}"
        found = self.page.evaluate(f"axe.run(document, {tags}).then(done => done.violations)")
        return [
            f"{violation['id']}: {node['html'][:160]}: {node['failureSummary'][:200]}"
            for violation in found
            for node in violation["nodes"]
        ]

    def overflow(self) -> int:
        """Return by how many pixels the page is wider than its window."""
        return self.page.evaluate("document.scrollingElement.scrollWidth - window.innerWidth")


@pytest.fixture
def watched(browser):
    """Open pages in a fresh context of the given kind, and watch what they do."""
    contexts = []

    def open_page(address: str, *, width: int = 1440, scheme: str = "light", scripts: bool = True) -> Watched:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, java_script_enabled=scripts
        )
        contexts.append(context)
        watch = Watched(context.new_page())
        watch.page.on("console", lambda said: watch.complaints.append(said.text) if said.type == "error" else None)
        watch.page.on("pageerror", lambda fault: watch.complaints.append(str(fault)))
        watch.page.on("request", lambda request: watch.requests.append(request.url))
        watch.page.goto(address, wait_until="networkidle")
        return watch

    yield open_page
    for context in contexts:
        context.close()
