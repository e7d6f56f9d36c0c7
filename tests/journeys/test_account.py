"""Signing in through the browser: the first account, passkeys, an app, without scripts, by keyboard, on a phone."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from contextlib import contextmanager

import pytest

from tests.factories.processes import made
from tests.journeys.conftest import Watched, serving

pytestmark = pytest.mark.services

EMAIL, PASSWORD = "head@ministry.example.org", "four quiet words here"
ACCOUNT = ("", "email/", "password/", "protection/", "protection/passkeys/", "sign-ins/", "logout/")
STRANGER = ("login/", "password/reset/", "password/reset/sent/", "inactive/", "link/none/", "email/confirm/none/")


@pytest.fixture(scope="module")
def installation(tmp_path_factory):
    """Set up an installation as a new host does, and serve it; give its folder and its address."""
    var = made(tmp_path_factory.mktemp("account"), "rasht2025")

    def ejlas(*arguments, words=None):
        env = {key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "REDIS_URL"}}
        done = subprocess.run(
            [sys.executable, "-m", "ejlas", *arguments],
            env={**env, "EJLAS_VAR": str(var)},
            input=words,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    ejlas(
        "setup",
        "--email",
        EMAIL,
        "--name",
        "سیمین رهنما",
        "--language",
        "fa",
        "--password-stdin",
        words=PASSWORD + "\n",
    )
    said = ejlas("setup", "--add", "--no-input", "--email", "second@ministry.example.org", "--name", "Second Head")
    with serving(var) as address:
        # A browser makes passkeys for a name, not for a number.
        yield address.replace("127.0.0.1", "localhost"), re.search(r"/account/link/[\w-]+/", said).group()


@pytest.fixture
def site(installation):
    return installation[0]


@contextmanager
def opened(browser, *, width=1440, scheme="light", scripts=True, passkeys=False, locale="fa-IR"):
    """Open a page in a fresh browser, which may have a place for passkeys."""
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, java_script_enabled=scripts, locale=locale
    )
    page = context.new_page()
    watch = Watched(page)
    page.on("console", lambda said: watch.complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda fault: watch.complaints.append(str(fault)))
    if passkeys:
        session = context.new_cdp_session(page)
        session.send("WebAuthn.enable")
        kind = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }
        session.send("WebAuthn.addVirtualAuthenticator", {"options": kind})
    yield watch
    context.close()


def _sign_in(page, site, *, email=EMAIL, path="/account/"):
    page.goto(f"{site}{path}")
    page.fill("#id_login", email)
    page.fill("#id_password", PASSWORD)
    page.click("main form.form >> nth=0 >> button.main")
    page.wait_for_load_state("networkidle")


def test_passkey_is_added_and_signs_in_without_address_or_password(site, browser):
    with opened(browser, passkeys=True) as watch:
        page = watch.page
        _sign_in(page, site)
        assert page.locator("html").get_attribute("lang") == "fa"

        page.goto(f"{site}/account/protection/passkeys/add/")
        page.fill("#id_password", PASSWORD)
        page.click("main button.main")
        page.wait_for_selector("form[data-passkey=add]:not([hidden])")
        page.fill("#id_name", "تلفن من")
        page.click("form[data-passkey=add] button.main")
        page.wait_for_url("**/protection/codes/")
        page.goto(f"{site}/account/protection/passkeys/")
        assert page.locator("main li bdi").all_inner_texts() == ["تلفن من"]

        page.goto(f"{site}/account/logout/")
        page.click("main button.main")
        page.goto(f"{site}/account/login/?next=/account/sign-ins/")
        page.click("form[data-passkey=login] button")
        page.wait_for_url(f"{site}/account/sign-ins/")
        assert watch.complaints == []

        page.goto(f"{site}/account/protection/passkeys/")
        page.locator("main li a").nth(1).click()
        page.wait_for_load_state("networkidle")
        if "reauthenticate" in page.url:
            page.fill("#id_password", PASSWORD)
            page.click("main button.main")
            page.wait_for_url("**/remove/")
        page.click("main button.danger")
        page.wait_for_url("**/passkeys/")
        assert page.locator("main li bdi").count() == 0


def test_passkey_that_is_not_there_leaves_the_password_with_a_sentence(site, browser):
    with opened(browser, passkeys=True) as watch:
        page = watch.page
        page.goto(f"{site}/account/login/")
        page.click("form[data-passkey=login] button")
        page.wait_for_selector("[data-passkey-fault]:not([hidden])", timeout=90_000)

        assert page.locator("#id_password").is_visible()


def test_one_time_link_of_the_setup_leads_to_a_password_by_one_click(installation, browser):
    site, link = installation
    with opened(browser, locale="en-GB") as watch:
        page = watch.page
        page.goto(site + link)
        assert page.locator("h1").inner_text() == "Sign in"
        page.click("main button.main")
        page.wait_for_url("**/password/set/")
        page.fill("#id_password1", PASSWORD)
        page.fill("#id_password2", PASSWORD)
        page.click("main button.main")
        page.wait_for_url("**/account/")

        answer = page.goto(site + link)

    assert answer.status == 410


def test_sign_in_works_without_scripts_and_offers_no_dead_button(site, browser):
    with opened(browser, scripts=False) as watch:
        page = watch.page
        page.goto(f"{site}/account/login/?next=/account/sign-ins/")
        assert not page.locator("form[data-passkey=login]").is_visible()
        page.fill("#id_login", EMAIL)
        page.fill("#id_password", PASSWORD)
        page.click("main form.form >> nth=0 >> button.main")

        assert page.url == f"{site}/account/sign-ins/"


def test_sign_in_by_the_keyboard_alone(site, browser):
    with opened(browser) as watch:
        page = watch.page
        page.goto(f"{site}/account/login/?next=/account/sign-ins/")
        assert page.evaluate("document.activeElement.id") == "id_login"
        page.keyboard.type(EMAIL)
        page.keyboard.press("Tab")
        page.keyboard.type(PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url(f"{site}/account/sign-ins/")


def test_faults_take_the_focus_and_lead_to_their_fields(site, browser):
    with opened(browser) as watch:
        page = watch.page
        _sign_in(page, site, path="/account/password/")
        for number in (1, 2):
            page.fill(f"#id_password{number}", "short")
        page.fill("#id_oldpassword", "wrong")
        page.click("main button.main")
        page.wait_for_selector("[data-faults]")

        assert page.evaluate("document.activeElement.hasAttribute('data-faults')")
        page.click("[data-faults] a >> nth=0")
        assert page.evaluate("document.activeElement.id") == "id_oldpassword"
        assert watch.axe() == []


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (360, "dark")])
@pytest.mark.parametrize("locale", ["fa-IR", "ru-RU"])
def test_axe_finds_nothing_on_a_strangers_pages(locale, width, scheme, site, browser):
    found = {}
    with opened(browser, width=width, scheme=scheme, locale=locale) as watch:
        for path in STRANGER:
            watch.page.goto(f"{site}/account/{path}", wait_until="networkidle")
            found[path] = (watch.axe(), watch.overflow() > 0, watch.page.locator("h1").count())

    assert found == {path: ([], False, 1) for path in STRANGER}


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (360, "dark")])
def test_axe_finds_nothing_on_the_pages_of_the_account(width, scheme, site, browser):
    found = {}
    with opened(browser, width=width, scheme=scheme) as watch:
        _sign_in(watch.page, site)
        for path in ACCOUNT:
            watch.page.goto(f"{site}/account/{path}", wait_until="networkidle")
            found[path] = (watch.axe(), watch.overflow() > 0, watch.page.locator("h1").count())

    assert found == {path: ([], False, 1) for path in ACCOUNT}
    assert watch.complaints == []
