"""Requests to typed addresses: refused for the own network, short, and without following anybody elsewhere."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from ejlas.core import outgoing
from ejlas.core.outgoing import Fault, Outcome, address_fault, is_public, post


@contextmanager
def serving(act):
    """Answer POSTs on a free port of this machine by `act(handler)`; yield the address."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            act(self)

        def log_message(self, *arguments):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/hook"
    finally:
        server.shutdown()
        server.server_close()


def answer(status, **headers):
    def act(handler):
        handler.rfile.read(int(handler.headers["Content-Length"]))
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.end_headers()

    return act


def ask(address, *, allow_private=True):
    return post(address, body=b"{}", headers={}, allow_private=allow_private)


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org/",
        "https://",
        "ftp://example.org/",
        "https://user:word@example.org/",
        "https://example.org:99999/",
        "https://example.org/#part",
        "https://exa mple.org/",
        "https://example.org/\r\nX: y",
        "https://пример.рф/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://10.0.0.7/",
        "https://169.254.169.254/latest",
        "https://[::ffff:10.0.0.1]/",
        "https://[fe80::1%25eth0]/",
        "https://[64:ff9b::a00:1]/",
        "https://localhost/",
        "https://a.localhost/",
        "javascript:alert(1)",
    ],
)
def test_address_that_may_not_be_asked(address):
    assert address_fault(address, allow_private=False)


@pytest.mark.parametrize("address", ["https://example.org", "https://example.org:8443/a?b=c", "https://8.8.8.8/"])
def test_address_that_may_be_asked(address):
    assert not address_fault(address, allow_private=False)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2606:4700::1111", True),
        ("0.0.0.0", False),
        ("100.64.0.1", False),
        ("192.168.1.1", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::", False),
        ("fc00::1", False),
        ("2002:7f00:1::", False),
        ("::ffff:8.8.8.8", True),
        ("64:ff9b::808:808", True),
    ],
)
def test_public_addresses(address, public):
    assert is_public(address) is public


def test_name_that_leads_to_this_machine_is_refused_when_connecting(monkeypatch):
    asked = []
    with serving(lambda handler: asked.append(1)) as address:
        port = address.rpartition(":")[2].partition("/")[0]
        found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, int(port))) for ip in ("8.8.8.8", "127.0.0.1")]
        monkeypatch.setattr(outgoing.socket, "getaddrinfo", lambda *_, **__: found)

        outcome = ask(f"https://hook.example.org:{port}/", allow_private=False)

    assert outcome == Outcome(fault=Fault.ADDRESS)
    assert asked == []


@pytest.mark.parametrize("status", [200, 202, 204])
def test_good_answers(status):
    with serving(answer(status)) as address:
        assert ask(address) == Outcome(status)


def test_redirection_is_not_followed():
    reached = []
    with serving(lambda handler: reached.append(1)) as other, serving(answer(307, Location=other)) as address:
        assert ask(address) == Outcome(307, Fault.ANSWER)

    assert reached == []


def test_nobody_listens_no_name_and_no_http():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        assert ask(f"http://127.0.0.1:{taken.getsockname()[1]}/") == Outcome(fault=Fault.CONNECTION)
    assert ask("http://name.invalid/") == Outcome(fault=Fault.NAME)
    assert ask(f"http://{'a' * 70}.example.org/") == Outcome(fault=Fault.NAME)
    with serving(lambda handler: handler.wfile.write(b"what?\r\n\r\n")) as address:
        assert ask(address) == Outcome(fault=Fault.CONNECTION)


def test_answer_that_does_not_come_ends_the_request(monkeypatch):
    monkeypatch.setattr(outgoing, "READ_S", 0.3)
    with serving(lambda handler: time.sleep(2)) as address:
        began = time.monotonic()
        assert ask(address) == Outcome(fault=Fault.TIME)

    assert time.monotonic() - began < 3


def test_answer_that_comes_a_byte_at_a_time_is_cut(monkeypatch):
    monkeypatch.setattr(outgoing, "WHOLE_S", 0.6)

    def drip(handler):
        for _ in range(40):
            handler.wfile.write(b"H")
            time.sleep(0.1)

    with serving(drip) as address:
        began = time.monotonic()
        outcome = ask(address)

    assert outcome.fault is Fault.CONNECTION
    assert time.monotonic() - began < 2


def test_certificate_that_nobody_vouches_for_is_refused(tmp_path):
    with serving(answer(200)) as address:
        port = address.rpartition(":")[2].partition("/")[0]
        # A server without TLS where TLS is asked for.
        assert ask(f"https://127.0.0.1:{port}/").fault is Fault.CONNECTION
    assert outgoing._kind(ssl.SSLCertVerificationError()) is Fault.CERTIFICATE
