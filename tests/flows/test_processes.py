"""One jam over four serving processes: everybody sees the same, a killed process loses nothing, a rolling restart no vote."""

import http.client
import re
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import Site, redis_here
from tests.flows.test_live_door import Phone, next_frame, opened

NODES = 4
POSTGRES = "postgres://postgres@127.0.0.1:5432"


def is_postgres_here() -> bool:
    with closing(socket.socket()) as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", 5432)) == 0


@pytest.fixture(scope="module")
def made_once(tmp_path_factory) -> Iterator[Path]:
    """The data directory that `askfirst init` leaves beside the PostgreSQL database askfirst_made, to be copied."""
    psycopg = pytest.importorskip("psycopg")
    if not is_postgres_here():
        pytest.skip("PostgreSQL is not running here.")
    data = tmp_path_factory.mktemp("made") / "data"
    with psycopg.connect(f"{POSTGRES}/postgres", autocommit=True) as own:
        for name in ("askfirst_nodes", "askfirst_made"):
            own.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        own.execute("CREATE DATABASE askfirst_made")
        Site(data, database_url=f"{POSTGRES}/askfirst_made").init()
        yield data
        own.execute("DROP DATABASE askfirst_made WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgres", "postgres and redis"], scope="module")
def nodes(request, tmp_path_factory) -> Iterator[list[Site]]:
    """Four processes over one database; the first also runs the background tasks. Every test leaves all four running."""
    options = {"redis_url": redis_here(8)} if "redis" in request.param else {}
    data = tmp_path_factory.mktemp("nodes") / "data"
    if "postgres" in request.param:
        shutil.copytree(request.getfixturevalue("made_once"), data)
        psycopg = pytest.importorskip("psycopg")
        own = psycopg.connect(f"{POSTGRES}/postgres", autocommit=True)
        own.execute("CREATE DATABASE askfirst_nodes TEMPLATE askfirst_made")
        options["database_url"] = f"{POSTGRES}/askfirst_nodes"
    made = [Site(data, **options) for _node in range(NODES)]
    if "postgres" not in request.param:
        made[0].init()
    made[0].start()
    with ThreadPoolExecutor() as starting:
        list(starting.map(lambda node: node.start("--no-worker"), made[1:]))
    yield made
    for node in made:
        node.stop()
    if "postgres" in request.param:
        own.execute("DROP DATABASE askfirst_nodes WITH (FORCE)")
        own.close()


@pytest.fixture
def jam(nodes) -> str:
    return opened(nodes[0])


def board(node: Site, code: str) -> dict[str, int]:
    """Votes by group as this node shows them to somebody who comes anew."""
    _identity, frame = next_frame(Phone(node, code).stream("x"))
    return {group: int(re.search(r'data-votes="(\d+)"', card)[1]) for group, card in frame["cards"].items()}


def test_vote_at_one_node_is_seen_at_all_others_at_once(nodes, jam):
    phones = [Phone(node, jam) for node in nodes]
    streams = [phone.stream(phone.since) for phone in phones]
    for stream in streams:
        next_frame(stream)
    waits = []
    for number, phone in enumerate(phones):
        assert phone.vote(phone.groups[0])[0] == 200
        begun = time.monotonic()
        frames = [next_frame(stream)[1] for stream in streams]
        waits.append(time.monotonic() - begun)
        assert [frame["votes"] for frame in frames] == [{str(phone.groups[0]): number + 1}] * NODES

    # A tick is a quarter of a second; the rest is room for a busy machine.
    assert sorted(waits)[len(waits) // 2] < 1.5
    for stream in streams:
        stream.close()


def vote_somewhere(nodes: list[Site], code: str, number: int, kept: list[int], stopped: threading.Event) -> None:
    """Vote again and again as new people, at whichever node answers; notes what was confirmed."""
    while not stopped.is_set():
        node = nodes[number % len(nodes)]
        number += 1
        try:
            phone = Phone(node, code)
            group = phone.groups[number % len(phone.groups)]
            status, _said = phone.vote(group)
            if status == 200:
                kept.append(group)
        except (OSError, http.client.HTTPException, TypeError):
            # That node is away: a browser comes back to another.
            time.sleep(0.05)


def test_killed_node_and_rolling_restart_lose_no_confirmed_vote(nodes, jam):
    kept: list[list[int]] = [[] for _voter in range(4)]
    stopped = threading.Event()
    voters = [
        threading.Thread(target=vote_somewhere, args=(nodes, jam, number, kept[number], stopped)) for number in range(4)
    ]
    for voter in voters:
        voter.start()
    try:
        time.sleep(1)
        nodes[1].kill()
        nodes[1].start("--no-worker")
        for node in nodes[2:]:
            node.stop()
            node.start("--no-worker")
    finally:
        stopped.set()
        for voter in voters:
            voter.join(timeout=30)

    confirmed = [group for own in kept for group in own]
    time.sleep(0.6)
    boards = [board(node, jam) for node in nodes]
    assert len(confirmed) > 20
    assert boards == [boards[0]] * NODES
    # What was on disk when its node died before saying so counts, too; what was confirmed is never missing.
    for group in set(confirmed):
        assert boards[0][str(group)] >= confirmed.count(group)
    assert sum(boards[0].values()) - len(confirmed) <= 4
