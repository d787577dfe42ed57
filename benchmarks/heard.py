"""From a post on the wire to a mention on disk: `python -m benchmarks.heard`.

A server in Jetstream's shape on loopback sends seeded posts at a steady rate; the site listens, matches and keeps; what another
connection to the database can read counts as seen. Ends by itself. Rows:

    sqlite      500 posts a second, one process
    replay      a day of three million posts at twenty times its speed, 10,000 queries, one process
    two         2,000 posts a second, PostgreSQL and Redis, two workers (with --database and --redis)
    share       10,000 queries, what waits in Redis worked off by one worker and by two (the same)
"""

import argparse
import json
import multiprocessing
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from benchmarks.live import RESULTS, free_port
from benchmarks.phones import quantile, write
from benchmarks.roster import drop, scratch
from tests.engines.slow_queries import Maker

A_DAY, SPEED = 3_000_000, 20
POOL = 4000
COLLECTION = "app.bsky.feed.post"


def pool() -> list[dict[str, Any]]:
    """Posts in the words that the queries are made of, so that about one in four is kept."""
    maker = Maker(1)
    maker.random.seed(2)
    return [maker.post(number) for number in range(POOL)]


def send(port: int, rate: float, seconds: float, told: Any) -> None:
    """A streaming server: once somebody has connected and said nothing for a second, posts at a steady rate."""
    from websockets.sync.server import serve

    posts = [(json.dumps(post["text"]), post["lang"]) for post in pool()]

    def serve_one(connection: Any) -> None:
        time.sleep(2)
        begun, number, total = time.time(), 0, int(rate * seconds)
        while number < total:
            due = min(int((time.time() - begun) * rate), total)
            for at in range(number, due):
                text, lang = posts[at % POOL]
                now = int(time.time() * 1e6)
                connection.send(
                    f'{{"did":"did:plc:a{at}","time_us":{now},"kind":"commit","commit":{{"rev":"r","operation":"create",'
                    f'"collection":"{COLLECTION}","rkey":"{now}","record":{{"text":{text},"langs":["{lang}"]}},"cid":"c"}}}}'
                )
            number = due
            time.sleep(0.005)
        told.put(number)
        for _ in connection:
            pass

    with serve(serve_one, "127.0.0.1", port) as server:
        server.serve_forever()


class Listening:
    """A site with saved queries, its server and its workers; everything is ended on the way out."""

    def __init__(self, folder: Path, queries: int, stream: int, **options: str) -> None:
        self.port = free_port()
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("ASKFIRST_", "DJANGO_"))}
        own = {
            "data": str(folder / "data"),
            "bind": f"127.0.0.1:{self.port}",
            "url": f"http://localhost:{self.port}",
            "listen_private": "yes",
        }
        self.environ = kept | {f"ASKFIRST_{name.upper()}": value for name, value in {**own, **options}.items()}
        self.folder = folder
        self.processes: list[subprocess.Popen[bytes]] = []
        self._run("init", "--email", "ada@example.org", "--name", "Ada")
        maker = Maker(1)
        (folder / "queries.txt").write_text("\n".join(maker.query() for _ in range(queries)))
        code = (
            "from askfirst.listen import actions; from askfirst.listen.models import Query;"
            f"lines = open({str(folder / 'queries.txt')!r}).read().splitlines();"
            "Query.objects.bulk_create([Query(name=f'q{n}', text=text) for n, text in enumerate(lines)], batch_size=500);"
            f"s = actions.add_source(by=None, kind='bluesky', name='Stream', address='ws://127.0.0.1:{stream}');"
            "actions.switch_source(s, by=None, is_on=True); print('|', s.pk)"
        )
        self.source = int(self._run("manage", "shell", "-c", code).rpartition("|")[2])

    def _run(self, *arguments: str) -> str:
        command = [sys.executable, "-m", "askfirst", *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True, env=self.environ).stdout

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, "-m", "askfirst", *arguments],
            env=self.environ,
            stdout=(self.folder / "log").open("ab"),
            stderr=subprocess.STDOUT,
        )
        self.processes.append(process)
        return process

    def serve(self) -> None:
        self.start("serve")
        for _ in range(150):
            try:
                urlopen(f"http://127.0.0.1:{self.port}/livez", timeout=1).close()
            except OSError:
                time.sleep(0.2)
            else:
                return
        raise SystemExit((self.folder / "log").read_text()[-2000:])

    def end(self) -> None:
        for process in self.processes:
            if process.poll() is None:
                process.terminate()
                process.wait()

    def cpu_seconds(self) -> float:
        """Of all processes that are running."""
        total = 0
        for process in self.processes:
            if process.poll() is None:
                fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
                total += int(fields[11]) + int(fields[12])
        return total / os.sysconf("SC_CLK_TCK")


@contextmanager
def listening(queries: int, rate: float, seconds: float, **options: str) -> Iterator[tuple[Listening, Any]]:
    stream = free_port()
    told: Any = multiprocessing.Queue()
    sender = multiprocessing.Process(target=send, args=(stream, rate, seconds, told), daemon=True)
    sender.start()
    with tempfile.TemporaryDirectory() as folder:
        site = Listening(Path(folder), queries, stream, **options)
        try:
            yield site, told
        finally:
            site.end()
            sender.terminate()
            sender.join()


def reader(site: Listening) -> Callable[[int], list[tuple[int, str]]]:
    """Mentions after an id, as (id, foreign id), by a connection of its own."""
    address = site.environ.get("ASKFIRST_DATABASE_URL", "")
    if address:
        import psycopg

        other = psycopg.connect(address, autocommit=True)
        return lambda last: other.execute(
            "SELECT id, foreign_id FROM listen_mention WHERE id > %s ORDER BY id", [last]
        ).fetchall()
    own = sqlite3.connect(f"{site.environ['ASKFIRST_DATA']}/askfirst.sqlite3")
    return lambda last: own.execute(
        "SELECT id, foreign_id FROM listen_mention WHERE id > ? ORDER BY id", [last]
    ).fetchall()


def follow(site: Listening, told: Any, seconds: float) -> dict[str, Any]:
    """How late mentions are seen, and whether all are there, once each."""
    read = reader(site)
    late: list[float] = []
    last, sent, quiet = 0, 0, time.time() + seconds + 60
    before = begun = 0.0
    while time.time() < quiet:
        rows = read(last)
        now = time.time()
        if rows and not before:
            before, begun = site.cpu_seconds(), now
        for key, foreign in rows:
            last = max(last, key)
            late.append(now - int(foreign.rpartition("/")[2]) / 1e6)
        if not sent and not told.empty():
            sent = told.get()
            used, took = site.cpu_seconds() - before, now - begun
            quiet = now + 8
        time.sleep(0.01)
    if not sent:
        raise SystemExit(
            "The posts were not taken as quickly as they were sent.\n" + (site.folder / "log").read_text()[-2000:]
        )
    # With several workers a lower id may be seen after a higher one; what counts is what is there in the end.
    there = [foreign for _key, foreign in read(0)]
    from askfirst.engines import boolquery

    matcher = boolquery.Matcher()
    matcher.add_all((str(n), text) for n, text in enumerate((site.folder / "queries.txt").read_text().splitlines()))
    # The stream's posts have text and language only.
    hits = [
        bool(matcher.match({"id": 1, "text": post["text"], "lang": post["lang"], "source": "bluesky"}))
        for post in pool()
    ]
    expected = sum(hits[at % POOL] for at in range(sent))
    return {
        "posts": sent, "mentions": len(set(there)), "expected": expected, "twice": len(there) - len(set(there)), "p50 ms": round(1000 * quantile(late, 0.5)),
        "p99 ms": round(1000 * quantile(late, 0.99)), "last ms": round(1000 * max(late[-50:])), "% of a core": round(100 * used / took),
    }  # fmt: skip


def streamed(queries: int, rate: float, seconds: float, workers: int = 0, **options: str) -> dict[str, Any]:
    with listening(queries, rate, seconds, **options) as (site, told):
        for _ in range(workers):
            site.start("listen", "work")
        site.serve()
        return {"queries": queries, "posts a second": round(rate), **follow(site, told, seconds)}


def shared(database: str, redis_url: str) -> list[dict[str, Any]]:
    """What waits in Redis, worked off by one worker and by two."""
    import redis

    rows = []
    client = redis.Redis.from_url(redis_url)
    posts = pool()
    for workers in (1, 2):
        client.flushdb()
        with listening(10_000, 1, 0, database_url=scratch(database), redis_url=redis_url) as (site, _told):
            # Ids differ from batch to batch, words do not: each post is matched, judged and, if a query finds it, kept.
            for batch in range(200):
                rows_ = [{**posts[(batch * 200 + at) % POOL], "id": f"{batch}-{at}"} for at in range(200)]
                client.xadd("askfirst:heard", {"batch": json.dumps({"source": site.source, "rows": rows_, "gone": []})})
            for _ in range(workers):
                site.start("listen", "work")
            marks: dict[int, float] = {}
            while (left := client.xlen("askfirst:heard")) > 0:
                for share in (180, 20):
                    if left <= share and share not in marks:
                        marks[share] = time.monotonic()
                time.sleep(0.002)
            rate = 160 * 200 / (marks[20] - marks[180])
            rows.append({"workers": workers, "queries": 10_000, "posts a second": round(rate)})
    client.flushdb()
    rows[1]["times one"] = round(rows[1]["posts a second"] / rows[0]["posts a second"], 2)
    return rows


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--database", help="a PostgreSQL server, for the rows that need it")
    parser.add_argument("--redis", default="redis://127.0.0.1:6379/8")
    args = parser.parse_args()
    named: dict[str, Any] = {}

    def note(name: str, row: dict[str, Any]) -> None:
        named[name] = row
        print(f"{name:10}", ", ".join(f"{key} {value}" for key, value in row.items()), flush=True)

    note("sqlite", streamed(1000, 500, args.seconds))
    note("replay", streamed(10_000, A_DAY * SPEED / 86_400, args.seconds))
    if args.database:
        try:
            both = {"database_url": scratch(args.database), "redis_url": args.redis}
            note("two", streamed(1000, 2000, args.seconds, workers=2, **both))
            for row in shared(args.database, args.redis):
                note(f"share {row['workers']}", row)
        finally:
            drop(args.database)
    write(RESULTS / "heard.json", [{"row": name, **row} for name, row in named.items()])


if __name__ == "__main__":
    main()
