"""Fetch a public page for somebody who pressed a button: never an address inside, never more than was asked for.

The name is resolved first, every address must be a public one, and the connection goes to exactly that address, so a
name that answers differently the second time gains nothing. Redirects are checked the same way.
"""

import http.client
import ipaddress
import socket
import ssl
import string
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from django.utils.translation import gettext as _

MOST_BYTES = 1024 * 1024
SECONDS = 6
# However slowly it goes on answering.
SECONDS_IN_ALL = 30
REDIRECTS = 3
PORTS = {"http": 80, "https": 443}


class CannotFetch(Exception):
    """The page was not fetched; the message says why."""


@dataclass(frozen=True)
class Fetched:
    """What came back: the final address, the status, the media type, the body (cut at `most` bytes), headers in small letters."""

    address: str
    status: int
    media_type: str
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


def fetch(
    address: str, *, most: int = MOST_BYTES, allow_private: bool = False, headers: Mapping[str, str] | None = None
) -> Fetched:
    """GET one page.

    Args:
        allow_private: also addresses of this machine and its network.
        headers: more of them, such as If-None-Match.

    Raises:
        CannotFetch: not http(s), not public, too many redirects, or no answer in time.
    """
    for _hop in range(REDIRECTS + 1):
        sent = {"Accept": "text/html,*/*;q=0.5", **(headers or {})}
        status, got, body = _ask("GET", address, None, most, sent, allow_private=allow_private)
        if status in {301, 302, 303, 307, 308} and got.get("location"):
            there = _joined(address, got["location"])
            if _parts(there)[:2] != _parts(address)[:2]:
                # A token is for the server that it was given for.
                headers = {name: value for name, value in (headers or {}).items() if name.lower() != "authorization"}
            address = there
            continue
        return Fetched(address, status, got.get("content-type", "").partition(";")[0].strip().lower(), body, got)
    raise CannotFetch(_("The address redirects too often."))


def post(
    address: str, body: bytes, *, most: int = MOST_BYTES, allow_private: bool = False, headers: Mapping[str, str]
) -> Fetched:
    """POST to an address that somebody has set up, under the same guards; a redirect is an answer, it is not followed.

    Raises:
        CannotFetch: not http(s), not public, or no answer in time.
    """
    status, got, answer = _ask("POST", address, body, most, headers, allow_private=allow_private)
    return Fetched(address, status, got.get("content-type", "").partition(";")[0].strip().lower(), answer, got)


def open_socket(
    address: str, *, allow_private: bool = False, port: int = 0, has_tls: bool | None = None
) -> socket.socket:
    """A connection to the checked address behind a name, for protocols other than HTTP; with TLS for wss and where asked.

    Raises:
        CannotFetch: the name is not known, not public, or does not answer.
    """
    parts = _parts(address)
    if not parts.hostname:
        raise CannotFetch(_("The address names no server."))
    secure = parts.scheme == "wss" if has_tls is None else has_tls
    try:
        number = port or parts.port or (443 if secure else 80)
    except ValueError as error:
        raise CannotFetch(_("The port of the address is not a port.")) from error
    ip = _public_address(parts.hostname, number, allow_private=allow_private)
    try:
        opened = socket.create_connection((ip, number), timeout=SECONDS)
        opened.settimeout(None if has_tls is None else SECONDS)
        # A WebSocket client wraps by itself.
        if secure and has_tls:
            return ssl.create_default_context().wrap_socket(opened, server_hostname=parts.hostname)
    except OSError as error:
        raise CannotFetch(_unexpected(parts.hostname, error)) from error
    return opened


def _parts(address: str) -> SplitResult:
    try:
        return urlsplit(address)
    except ValueError as error:
        raise CannotFetch(_("That is no address.")) from error


def _joined(address: str, location: str) -> str:
    try:
        return urljoin(address, location)
    except ValueError as error:
        raise CannotFetch(_("The address redirects to one that is none.")) from error


def _ask(
    method: str, address: str, body: bytes | None, most: int, headers: Mapping[str, str], *, allow_private: bool
) -> tuple[int, dict[str, str], bytes]:
    parts = _parts(address)
    try:
        port = parts.port or PORTS.get(parts.scheme, 0)
    except ValueError as error:
        raise CannotFetch(_("The port of the address is not a port.")) from error
    if parts.scheme not in PORTS or not parts.hostname or parts.username or parts.password:
        raise CannotFetch(_("Only plain http and https addresses are fetched."))
    if port not in PORTS.values() and not allow_private:
        raise CannotFetch(_("Only the usual web ports are fetched."))
    ip = _public_address(parts.hostname, port, allow_private=allow_private)
    # Letters beyond ASCII go out as browsers send them.
    path = quote((parts.path or "/") + (f"?{parts.query}" if parts.query else ""), safe=string.punctuation)
    try:
        return _send(method, parts.scheme, parts.hostname, ip, port, path, body, most, headers)
    except (OSError, http.client.HTTPException) as error:
        raise CannotFetch(_unexpected(parts.hostname, error)) from error


def _public_address(host: str, port: int, *, allow_private: bool) -> str:
    try:
        found = {str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError) as error:
        raise CannotFetch(_("%s is not known.") % host) from error
    if not allow_private and not all(_is_public(ip) for ip in found):
        raise CannotFetch(_("%s is not a public address.") % host)
    return sorted(found)[0]


def _is_public(ip: str) -> bool:
    address = ipaddress.ip_address(ip.partition("%")[0])
    mapped = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None)
    return address.is_global and not address.is_multicast and (mapped is None or mapped.is_global)


def _send(
    method: str, scheme: str, host: str, ip: str, port: int, path: str, body: bytes | None, most: int,
    headers: Mapping[str, str],
) -> tuple[int, dict[str, str], bytes]:  # fmt: skip
    connection = http.client.HTTPConnection(host, port, timeout=SECONDS)
    connection.sock = socket.create_connection((ip, port), timeout=SECONDS)
    try:
        if scheme == "https":
            connection.sock = ssl.create_default_context().wrap_socket(connection.sock, server_hostname=host)
        connection.request(method, path, body, {"User-Agent": "Askfirst", **headers})
        with _in_time(connection.sock):
            response = connection.getresponse()
            got = {name.lower(): value for name, value in response.getheaders()}
            return response.status, got, response.read(most)
    finally:
        connection.close()


@contextmanager
def _in_time(opened: socket.socket) -> Iterator[None]:
    """Hang up on a server that answers a little at a time for too long; each single wait is bounded by the socket itself.

    Raises:
        TimeoutError: it was.
    """
    late = threading.Event()

    def hang_up() -> None:
        late.set()
        with suppress(OSError):
            opened.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(SECONDS_IN_ALL, hang_up)
    timer.daemon = True
    timer.start()
    try:
        yield
    except Exception:
        if not late.is_set():
            raise
    finally:
        timer.cancel()
    if late.is_set():
        raise TimeoutError


def _unexpected(host: str, error: Exception) -> str:
    return _("%(host)s did not answer as expected (%(error)s).") % {"host": host, "error": type(error).__name__}
