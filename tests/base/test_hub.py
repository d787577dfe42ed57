"""Streams: who gets what, and what happens to phones that do not read."""

import os
import socket
import sys
import time

import pytest

from askfirst.base.hub import MOST_WAITING, Hub, RemoteHub


def phone() -> tuple[socket.socket, int]:
    """A phone's end of a connection, and the descriptor that the hub owns."""
    theirs, ours = socket.socketpair()
    theirs.settimeout(5)
    return theirs, ours.detach()


def finish(hub: Hub) -> None:
    while hub.step():
        pass


def test_frame_reaches_everybody_on_the_channel_and_nobody_else():
    hub = Hub()
    phones = [phone() for _ in range(500)]
    for number, (_end, fd) in enumerate(phones):
        hub.attach(fd, number % 2, b"first;")

    hub.publish(0, b"news")
    finish(hub)

    assert phones[0][0].recv(100) == b"first;news"
    assert phones[1][0].recv(100) == b"first;"
    hub.close()


def test_step_writes_in_slices():
    hub = Hub()
    ends = [phone() for _ in range(30)]
    for _end, fd in ends:
        hub.attach(fd, 1, b"")
    hub.publish(1, b"x")

    assert hub.step(10) is True
    assert hub.step(10) is True
    finish(hub)

    assert {end.recv(10) for end, _fd in ends} == {b"x"}
    hub.close()


def test_phone_that_hangs_up_is_forgotten():
    hub = Hub()
    end, fd = phone()
    hub.attach(fd, 1, b"")

    end.close()
    hub.poll(1)

    assert hub.counts() == {}


def test_phone_that_does_not_read_is_cut_and_costs_little():
    hub = Hub()
    end, fd = phone()
    hub.attach(fd, 1, b"")
    for _ in range(200):
        hub.publish(1, b"x" * 8192)
        finish(hub)

    assert hub.counts() == {}
    assert MOST_WAITING <= 64 * 1024
    end.close()


def test_slow_phone_gets_everything_in_order_when_it_reads_again():
    hub = Hub()
    end, fd = phone()
    end.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    hub.attach(fd, 1, b"")
    sent = b""
    while hub._subscribers[fd].waiting is None:
        hub.publish(1, block := os.urandom(4096))
        finish(hub)
        sent += block

    received = b""
    while len(received) < len(sent):
        received += end.recv(65536)
        hub.poll(0)

    assert received == sent
    hub.close()


def test_keepalive_reaches_every_connection_within_its_time():
    hub = Hub()
    ends = [phone() for _ in range(40)]
    for _end, fd in ends:
        hub.attach(fd, 1, b"")

    for _ in range(60):
        hub.keep_alive(0.5)

    assert all(end.recv(100).startswith(b"event: alive\n") for end, _fd in ends)
    hub.close()


@pytest.mark.skipif(sys.platform != "linux", reason="hub processes need Linux")
def test_hub_process_does_the_same():
    hub = RemoteHub()
    end, fd = phone()

    hub.attach(fd, 7, b"first;")
    hub.publish(7, b"news")
    received = b""
    while len(received) < 10:
        received += end.recv(100)

    assert received == b"first;news"
    for _ in range(40):
        hub.poll()
        if hub.counts():
            break
        time.sleep(0.1)
    assert hub.counts() == {7: 1}
    end.close()
    hub.close()
