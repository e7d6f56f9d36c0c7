"""The sample files of the guides, read by the programs they are for, with a running Ejlas behind them."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import time
from contextlib import closing, contextmanager, suppress

import pytest

from tests.factories.processes import ROOT, Server, ejlas, free_port, made, script, serving

SAMPLES = ROOT / "docs" / "guides" / "samples"
HOST = "summit.example.org"

pytestmark = pytest.mark.services


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    var = made(tmp_path_factory.mktemp("published"), "rasht2025")
    ejlas("publish", "rasht2025", var=var)
    return var


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    """A certificate authority of one's own, made as the guide says."""
    folder = tmp_path_factory.mktemp("tls")
    subprocess.run(["sh", str(SAMPLES / "own-ca.sh"), str(folder), HOST, "127.0.0.1"], check=True, capture_output=True)
    return folder


def nginx_conf(folder, authority, *, app, plain, secure):
    """Put the sample into a configuration that runs without the system's, with its ports and files changed."""
    text = (SAMPLES / "nginx.conf").read_text()
    text = text.replace("/etc/ejlas/tls", str(authority)).replace("127.0.0.1:8000", f"127.0.0.1:{app}")
    text = re.sub(r"listen \[::\].*\n", "", text)
    text = text.replace("listen 80;", f"listen 127.0.0.1:{plain};").replace("listen 443", f"listen 127.0.0.1:{secure}")
    paths = "".join(
        f"    {kind}_temp_path {folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    whole = (
        f"daemon off;\npid {folder}/nginx.pid;\nerror_log {folder}/error.log;\nevents {{}}\nhttp {{\n{paths}{text}}}\n"
    )
    (folder / "nginx.conf").write_text(whole)
    return ["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf")]


def caddyfile(folder, authority, *, app, plain, secure):
    text = (SAMPLES / "Caddyfile").read_text().replace("127.0.0.1:8000", f"127.0.0.1:{app}")
    own = re.compile(r"# (tls) /etc/ejlas/tls/(\S+) /etc/ejlas/tls/(\S+)")
    text = own.sub(rf"\1 {authority}/\2 {authority}/\3", text)
    ports = f"{{\n\tadmin off\n\thttp_port {plain}\n\thttps_port {secure}\n\tskip_install_trust\n}}\n"
    (folder / "Caddyfile").write_text(ports + text)
    return ["caddy", "run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile")]


def ask(port, path, authority, *, method="GET", **headers):
    """Ask over TLS, trusting the own authority alone."""
    trusting = ssl.create_default_context(cafile=str(authority / "ca.crt"))
    with (
        socket.create_connection(("127.0.0.1", port), timeout=20) as plain,
        trusting.wrap_socket(plain, server_hostname=HOST) as secure,
        closing(http.client.HTTPConnection(HOST)) as connection,
    ):
        connection.sock = secure
        connection.request(method, path, headers={"Host": HOST, **headers})
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read().decode("utf-8", errors="replace")


@contextmanager
def running(command, folder, port):
    with (folder / "proxy.log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, env={**os.environ, "HOME": str(folder)})
    try:
        for _ in range(100):
            assert process.poll() is None, (folder / "proxy.log").read_text()
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            time.sleep(0.1)
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=20)


@pytest.mark.parametrize("conf", [nginx_conf, caddyfile])
def test_request_over_tls_comes_through_the_proxy(conf, published, authority, tmp_path):
    plain, secure = free_port(), free_port()
    settings = {"EJLAS_TLS": "1", "EJLAS_HOSTS": HOST, "EJLAS_PROXIES": "127.0.0.1", "EJLAS_HSTS_SECONDS": "300"}
    shutil.rmtree(published / "server.log", ignore_errors=True)
    with serving(published, "--workers", "1", **settings) as server:
        command = conf(tmp_path, authority, app=server.port, plain=plain, secure=secure)
        if command[0] == "nginx":
            subprocess.run([*command, "-t"], check=True, capture_output=True)
        with running(command, tmp_path, secure):
            page = until_ready(lambda: ask(secure, "/fa/rasht2025/programme/", authority))
            sign_in = ask(secure, "/account/login/", authority)
            forged = ask(secure, "/account/login/", authority, **{"X-Forwarded-Proto": "http"})
            figures = ask(secure, "/health/metrics", authority)
            ready = ask(secure, "/health/ready", authority)
            led = Server(server.process, plain, server.log).ask("/fa/rasht2025/", Host=HOST)
        direct = server.ask("/fa/rasht2025/", Host=HOST)
        health = server.ask("/health/live")

    cookies = " ".join(sign_in[1].get_all("Set-Cookie"))
    assert page[0] == 200
    assert page[1]["Strict-Transport-Security"] == "max-age=300"
    assert "__Host-csrf=" in cookies
    assert "Secure" in cookies
    assert forged[0] == 200
    assert figures[0] == 404
    assert ready[0] == 200
    assert (led.status, led.headers["Location"][:8]) in {(301, "https://"), (308, "https://")}
    assert (direct.status, direct.headers["Location"]) == (301, f"https://{HOST}/fa/rasht2025/")
    assert health.status == 200


def until_ready(act):
    for _ in range(40):
        found = act()
        if found[0] != 502 and found[0] != 503:
            return found
        time.sleep(0.25)
    return found


def test_own_authority_is_trusted_for_its_host_and_no_other(authority):
    verified = subprocess.run(
        ["openssl", "verify", "-CAfile", authority / "ca.crt", "-verify_hostname", HOST, authority / "summit.crt"],
        check=False,
        capture_output=True,
        text=True,
    )
    other = subprocess.run(
        ["openssl", "verify", "-CAfile", authority / "ca.crt", "-verify_hostname", "x.org", authority / "summit.crt"],
        check=False,
        capture_output=True,
        text=True,
    )

    assert verified.returncode == 0, verified.stderr
    assert other.returncode != 0
    assert (authority / "ca.key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("unit", sorted(path.name for path in SAMPLES.glob("ejlas-*.*")))
def test_systemd_reads_each_unit(unit, tmp_path):
    for path in SAMPLES.glob("ejlas-*.*"):
        # The program of the guide does not stand on this machine.
        text = path.read_text().replace("/opt/ejlas/bin/ejlas", "/bin/true").replace("/bin/sh -c", "/bin/true")
        (tmp_path / path.name).write_text(text)

    done = subprocess.run(
        ["systemd-analyze", "verify", str(tmp_path / unit)], check=False, capture_output=True, text=True
    )

    assert [line for line in done.stderr.splitlines() if unit in line] == []


def test_every_variable_of_the_sample_is_a_setting(tmp_path):
    page = (ROOT / "docs" / "reference" / "settings.md").read_text()
    lines = [line.removeprefix("# ") for line in (SAMPLES / "ejlas.env").read_text().splitlines()]
    variables = dict(line.split("=", 1) for line in lines if re.match(r"[A-Z0-9_]+=", line))
    shown = "from django.conf import settings\nprint(settings.TLS, settings.DEFAULT_FROM_EMAIL)"

    printed = script(shown, var=tmp_path, **{**variables, "EJLAS_VAR": str(tmp_path)})

    assert [name for name in variables if f"`{name}`" not in page] == []
    assert printed == "True Summit secretariat <summit@example.org>\n"
