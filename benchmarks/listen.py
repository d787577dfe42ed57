"""Matching posts against saved queries: `python -m benchmarks.listen`: posts per CPU second beside one regular expression a query."""

import json
import re
import time
from collections import Counter
from pathlib import Path

from askfirst.engines import boolquery
from askfirst.engines.boolquery.language import And, Not, Or, Phrase, Prefix, Word
from askfirst.engines.triage import triage
from tests.engines.slow_queries import Maker

RESULTS = Path(__file__).parent / "results"
POSTS, WARM = 6000, 1000


def resident() -> int:
    """Kilobytes of this process."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4


def expression(node: object) -> re.Pattern[str]:
    """What somebody without an index would try: one expression with the words of the query, all of which is more than it must do."""
    words: list[str] = []

    def walk(part: object) -> None:
        if isinstance(part, Word):
            words.append(re.escape(part.text.split(":")[-1]))
        elif isinstance(part, Phrase):
            words.append(r"\W+".join(map(re.escape, part.words)))
        elif isinstance(part, Prefix):
            words.append(re.escape(part.text) + r"\w*")
        elif isinstance(part, And | Or):
            for own in part.nodes:
                walk(own)
        elif not isinstance(part, Not) and hasattr(part, "left"):
            walk(part.left)
            walk(part.right)

    walk(node)
    return re.compile(r"\b(?:" + "|".join(words or ["x"]) + r")\b", re.IGNORECASE)


def measure(number: int, maker: Maker, posts: list[dict]) -> dict[str, float]:
    texts = [maker.query() for _ in range(number)]
    counts = Counter(word for post in posts[:WARM] for word in boolquery.Post(post).words)
    before, begun = resident(), time.process_time()
    matcher = boolquery.Matcher(dict(counts))
    for at, text in enumerate(texts):
        matcher.add(f"q{at}", text)
    built = time.process_time() - begun
    for post in posts[:WARM]:
        matcher.match(post)
    begun = time.process_time()
    hits = sum(len(matcher.match(post)) for post in posts[WARM:])
    rate = (len(posts) - WARM) / (time.process_time() - begun)
    row = {
        "queries": number,
        "posts_a_second": round(rate),
        "start_s": round(built, 2),
        "kB_a_query": round((resident() - before) / number, 2),
        "hits_a_post": round(hits / (len(posts) - WARM), 2),
    }
    if number <= 10_000:
        patterns = [expression(boolquery.parse(text).node) for text in texts]
        some = [post["text"] for post in posts[WARM : WARM + (60 if number > 1000 else 300)]]
        begun = time.process_time()
        for text in some:
            for pattern in patterns:
                pattern.search(text)
        row["times_one_re_a_query"] = round(rate * (time.process_time() - begun) / len(some))
    return row


def main() -> None:
    maker = Maker(1)
    posts = [maker.post(number) for number in range(POSTS)]
    rows = [measure(number, maker, posts) for number in (1000, 10_000, 100_000)]
    begun = time.process_time()
    for post in posts[:3000]:
        triage(post)
    rows.append({"triage_posts_a_second": round(3000 / (time.process_time() - begun))})
    for row in rows:
        print(", ".join(f"{name} {value}" for name, value in row.items()))
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "listen.json").write_text(json.dumps(rows, indent=1))


if __name__ == "__main__":
    main()
