"""The page about the set-up in a real browser: streams are tried on the way they really take, with and without a bad proxy."""

import threading
from collections.abc import Iterator
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest


@pytest.fixture
def holding_proxy(demo_site) -> Iterator[str]:
    """A proxy that reads an answer to its end before it passes it on, under an address of its own."""

    class Holding(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            behind = HTTPConnection("127.0.0.1", demo_site.port)
            headers = {**self.headers, "X-Forwarded-For": self.client_address[0], "Accept-Encoding": "identity"}
            behind.request("GET", self.path, headers=headers)
            answer = behind.getresponse()
            body = answer.read()
            self.send_response(answer.status)
            for name, value in answer.getheaders():
                if name.lower() not in {"transfer-encoding", "content-length", "connection"}:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_said: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Holding)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_streams_are_seen_to_come_through(signed_in, demo_site):
    page = signed_in("ada")

    page.goto(f"{demo_site.url}/plan/setup")

    page.get_by_text("They come through as they are sent.").wait_for()
    assert page.get_by_text("The installation").is_visible()


def test_proxy_that_holds_streams_back_and_is_not_counted_is_told(signed_in, holding_proxy):
    page = signed_in("ada")

    page.goto(f"{holding_proxy}/plan/setup")

    page.get_by_text("Something in front holds them back.").wait_for()
    assert page.get_by_text("You came by another address than ASKFIRST_URL.").is_visible()
    assert page.get_by_text("A proxy stands in front that is not counted").is_visible()
