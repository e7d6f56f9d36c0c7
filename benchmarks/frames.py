"""How smoothly the chart of a plan scrolls in a real browser: pages from Django itself, files from the built folder."""

from __future__ import annotations

import mimetypes
import os
import shutil
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import urlsplit

from django.test import Client
from playwright.sync_api import Route, sync_playwright

import ejlas.web.ui

STATIC = Path(ejlas.web.ui.__file__).parent / "static"
SITE = "http://localhost"
N_FRAMES, STEP_PX = 400, 150
# Scrolls by a step in each frame, from the top to the end and back; gives the ms of each frame, and how many rows stood
# in the page at most.
SCROLL = """([n, step]) => new Promise((done) => {
  const view = document.querySelector("[data-gantt-view]");
  const frames = [];
  let last = performance.now(), most = 0, way = 1;
  const next = (now) => {
    frames.push(now - last);
    last = now;
    most = Math.max(most, view.querySelectorAll(".gantt-row").length);
    if (frames.length > n) return done({ frames: frames.slice(1), most });
    if (view.scrollTop + view.clientHeight >= view.scrollHeight - 1) way = -1;
    view.scrollTop += way * step;
    requestAnimationFrame(next);
  };
  requestAnimationFrame(next);
})"""


def frames(client: Client, path: str) -> None:
    """Print how long frames take while all rows of a chart are scrolled through."""
    chromium = shutil.which("chromium")
    if chromium is None:
        print("No Chromium: frames are not measured.")
        return
    # The browser's driver keeps a loop of its own in this thread, in which Django refuses its database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.route("**/*", lambda route: _answer(route, client))
        page.goto(f"{SITE}{path}", wait_until="networkidle")
        page.locator(".gantt-row").first.wait_for()
        found = page.evaluate(SCROLL, [N_FRAMES, STEP_PX])
        browser.close()
    usual, worst = median(found["frames"]), quantiles(found["frames"], n=20)[-1]
    print(
        f"chart in Chromium, {N_FRAMES} frames of {STEP_PX} px: median {usual:.1f} ms, 95th percentile {worst:.1f} ms; "
        f"at most {found['most']} rows stood in the page.",
        flush=True,
    )


def _answer(route: Route, client: Client) -> None:
    """Answer what the browser asks for."""
    address = urlsplit(route.request.url)
    if address.path.startswith("/static/"):
        file = STATIC / address.path.removeprefix("/static/")
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        route.fulfill(body=file.read_bytes(), content_type=kind)
        return
    answer = client.get(address.path + (f"?{address.query}" if address.query else ""))
    route.fulfill(status=answer.status_code, body=answer.content, content_type=answer["Content-Type"])
