"""Requests to addresses that people typed: never to a machine of the host's own network, and never for long."""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

CONNECT_S, READ_S, WHOLE_S = 5.0, 10.0, 15.0


class Fault(StrEnum):
    """Why a request had no good answer."""

    ADDRESS = "address"  # no web address, or one that leads to a private network
    NAME = "name"  # the name has no address
    CONNECTION = "connection"  # nobody answers, or the answer breaks off
    CERTIFICATE = "certificate"
    TIME = "time"
    ANSWER = "answer"  # any status but 2xx; redirections are not followed


@dataclass(frozen=True, slots=True)
class Outcome:
    """The status of an answer, where there was one, and the fault, where it was no good one."""

    status: int | None = None
    fault: Fault | None = None

    @property
    def is_good(self) -> bool:
        """Whether the other side took it."""
        return self.fault is None


class _Refused(OSError):
    """The name leads to an address that may not be asked."""


def address_fault(address: str, *, allow_private: bool) -> bool:
    """Tell whether this is no address for a request: https, or http where private ones are allowed; no user in it.

    Names are not looked up here: where a name leads is looked at in the moment of connecting.
    """
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError:
        return True
    schemes = {"https", "http"} if allow_private else {"https"}
    if parts.scheme not in schemes or not host or port == 0 or parts.username is not None or parts.fragment:
        return True
    if not address.isascii() or not address.isprintable() or " " in address:
        return True
    try:
        return not allow_private and not is_public(host)
    except ValueError:
        return not allow_private and (host == "localhost" or host.endswith(".localhost"))


def is_public(address: str) -> bool:
    """Tell whether an IP address is one of the public network. Raises ValueError for what is no IP address."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        # An address of the old kind in the clothes of the new: mapped, 6to4, or NAT64.
        inner = ip.ipv4_mapped or ip.sixtofour
        if ip in ipaddress.ip_network("64:ff9b::/96"):
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if ip.teredo:
            return False
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


class _Checked(http.client.HTTPConnection):
    """A connection to an address that was looked up once, and judged before anything is sent to it."""

    def __init__(self, host: str, port: int, *, tls: ssl.SSLContext | None, allow_private: bool) -> None:
        super().__init__(host, port, timeout=CONNECT_S)
        self._tls, self._allow_private = tls, allow_private

    def connect(self) -> None:
        found = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)
        # All of them: a name that leads to both kinds is a trap.
        if not self._allow_private and not all(is_public(str(info[4][0])) for info in found):
            raise _Refused
        plain = self._first_that_answers([(str(info[4][0]), int(info[4][1])) for info in found])
        plain.settimeout(READ_S)
        self.sock = self._tls.wrap_socket(plain, server_hostname=self.host) if self._tls else plain

    @staticmethod
    def _first_that_answers(addresses: list[tuple[str, int]]) -> socket.socket:
        fault: OSError | None = None
        for host, port in addresses[:3]:
            try:
                return socket.create_connection((host, port), timeout=CONNECT_S)
            except OSError as refused:
                fault = refused
        raise fault or OSError


def post(address: str, *, body: bytes, headers: Mapping[str, str], allow_private: bool) -> Outcome:
    """Send a body; the whole act takes 15 seconds at most, and what the other side answers is not read."""
    if address_fault(address, allow_private=allow_private):
        return Outcome(fault=Fault.ADDRESS)
    parts = urlsplit(address)
    is_https = parts.scheme == "https"
    context = ssl.create_default_context() if is_https else None
    connection = _Checked(
        str(parts.hostname), parts.port or (443 if is_https else 80), tls=context, allow_private=allow_private
    )
    # Each read has its own limit; one who answers a byte at a time is stopped by this.
    end = threading.Timer(WHOLE_S, _cut, [connection])
    end.daemon = True
    end.start()
    try:
        target = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
        connection.request("POST", target, body=body, headers={**headers, "Connection": "close"})
        status = connection.getresponse().status
        return Outcome(status) if 200 <= status < 300 else Outcome(status, Fault.ANSWER)
    except (OSError, http.client.HTTPException, UnicodeError) as fault:
        return Outcome(fault=_kind(fault))
    finally:
        end.cancel()
        connection.close()


def _cut(connection: _Checked) -> None:
    if connection.sock is not None:
        try:
            connection.sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            return


def _kind(fault: Exception) -> Fault:
    kinds: list[tuple[type[Exception], Fault]] = [
        (_Refused, Fault.ADDRESS),
        (socket.gaierror, Fault.NAME),
        (UnicodeError, Fault.NAME),
        (ssl.SSLCertVerificationError, Fault.CERTIFICATE),
        (TimeoutError, Fault.TIME),
    ]
    return next((kind for error, kind in kinds if isinstance(fault, error)), Fault.CONNECTION)
