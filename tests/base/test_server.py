"""The web server's own protocol, spoken to over a real socket: it rests on private parts of uvicorn."""

import contextlib
import socket
import threading
import time

import pytest
import uvicorn

from askfirst.base import server

POLL = b"GET /known HTTP/1.1\r\nHost: localhost\r\n\r\n"


async def application(scope, receive, send):
    if scope["type"] == "lifespan":
        await receive()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await send({"type": "lifespan.shutdown.complete"})
        return
    body = await server.body_of(receive, 4096)
    has_socket = scope["extensions"]["askfirst.transport"].get_extra_info("socket") is not None
    await server.answer(send, 200, b"asked %s %s %d" % (scope["path"].encode(), body, has_socket))


@pytest.fixture
def connection():
    served = uvicorn.Server(server.config(application, "127.0.0.1", 0, 0))
    thread = threading.Thread(target=served.run)
    thread.start()
    while not served.started:
        time.sleep(0.01)
    port = served.servers[0].sockets[0].getsockname()[1]
    with socket.create_connection(("127.0.0.1", port)) as sock:
        sock.settimeout(5)
        yield sock
    served.should_exit = True
    thread.join()


@pytest.fixture
def known():
    server.unchanged.add(b"/known")
    yield
    server.unchanged.discard(b"/known")


def hear(sock, end):
    data = b""
    with contextlib.suppress(TimeoutError):
        while not data.endswith(end) and (more := sock.recv(65536)):
            data += more
    return data


def test_application_gets_the_socket_of_its_connection(connection):
    connection.sendall(POLL)

    assert hear(connection, b"asked /known  1").endswith(b"asked /known  1")


def test_known_address_is_answered_without_asking_the_application(connection, known):
    for _ in range(3):
        connection.sendall(POLL)
        assert hear(connection, b"\r\n\r\n") == server.UNCHANGED

    connection.sendall(POLL.replace(b"/known", b"/other"))
    assert hear(connection, b"asked /other  1").endswith(b"asked /other  1")


def test_body_that_looks_like_a_poll_stays_a_body(connection, known):
    connection.sendall(b"POST /form HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n" % len(POLL))
    time.sleep(0.1)
    connection.sendall(POLL)

    expected = b"asked /form " + POLL + b" 1"
    assert hear(connection, expected).endswith(expected)


def test_request_in_pieces_and_a_last_one_are_the_applications(connection, known):
    connection.sendall(POLL[:20])
    time.sleep(0.1)
    connection.sendall(POLL[20:])
    assert hear(connection, b"asked /known  1").endswith(b"asked /known  1")

    connection.sendall(POLL.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
    assert hear(connection, b"\0").endswith(b"asked /known  1")
