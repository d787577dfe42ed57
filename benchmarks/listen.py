"""Matching posts against saved queries: `python -m benchmarks.listen`.

Posts per CPU second, beside one regular expression a query and, where it is installed (`pip install mokaccino`), beside that percolator.
"""

import gc
import itertools
import json
import re
import time
from collections import Counter
from pathlib import Path

from askfirst.engines import boolquery
from askfirst.engines.boolquery.tree import And, Loose, Near, Not, Or, Phrase, Prefix, Word
from askfirst.engines.triage import triage
from benchmarks.phones import resident
from tests.engines.slow_queries import Maker
from training import words as training

try:
    import mokaccino
except ImportError:
    mokaccino = None

RESULTS = Path(__file__).parent / "results"
POSTS, WARM = 6000, 1000


def expression(node: object) -> re.Pattern[str]:
    """What somebody without an index would write: one expression a query that answers it, with a look ahead for each part."""
    return re.compile(_ahead(node), re.IGNORECASE | re.DOTALL)


def _ahead(node: object) -> str:
    match node:
        case And(nodes):
            return "".join(map(_ahead, nodes))
        case Not(inner):
            return f"(?!{_ahead(inner)})"
        case Or(nodes) if not all(isinstance(part, Word | Phrase | Prefix) for part in nodes):
            return f"(?:{'|'.join(map(_ahead, nodes))})"
    return rf"(?=.*?\b(?:{_inside(node)})\b)"


def _inside(node: object) -> str:
    match node:
        case Word(text):
            return re.escape(text.split(":")[-1].lstrip("#"))
        case Phrase(words):
            return r"\W+".join(map(re.escape, words))
        case Prefix(text):
            return re.escape(text) + r"\w*"
        case Or(nodes):
            return "|".join(map(_inside, nodes))
        case Near(left, right, gap, is_ordered):
            between = rf"\W+(?:\w+\W+){{0,{gap}}}"
            sides = [_inside(left), _inside(right)]
            orders = [sides] if is_ordered else [sides, sides[::-1]]
            return "|".join(f"(?:{a}){between}(?:{b})" for a, b in orders)
        case Loose(words, gap):
            a, b = map(re.escape, words[:2])
            between = rf"\W+(?:\w+\W+){{0,{gap}}}"
            return f"{a}{between}{b}|{b}{between}{a}"
    raise AssertionError(node)


def beside_expressions(matcher: boolquery.Matcher, texts: list[str], posts: list[dict], tried: int) -> int:
    """How much longer one expression a query needs for a post, in eight turns with ours; `tried`: how many posts it is given in each."""
    patterns, ours, theirs = [expression(boolquery.parse(text).node) for text in texts], 0.0, 0.0
    step = len(posts) // 8
    for some in (posts[at : at + step] for at in range(0, 8 * step, step)):
        begun = time.process_time()
        for post in some:
            matcher.match(post)
        between = time.process_time()
        for post in some[:tried]:
            for pattern in patterns:
                pattern.match(post["text"])
        ours, theirs = ours + (between - begun) / step, theirs + (time.process_time() - between) / tried
    return round(theirs / ours)


def weakened(node: object) -> "mokaccino.Query":
    """The same query without its order and distances, which mokaccino does not know: all words of a phrase, anywhere. So it is asked for less."""
    query = mokaccino.Query
    match node:
        case And(nodes):
            return query.from_and([weakened(part) for part in nodes])
        case Or(nodes):
            return query.from_or([weakened(part) for part in nodes])
        case Not(inner):
            return query.from_not(weakened(inner))
        case Word(text):
            return query.from_kv("w", text)
        case Prefix(text):
            return query.from_kprefix("w", text)
        case Phrase(words) | Loose(words, _):
            return query.from_and([query.from_kv("w", own) for own in words])
        case Near(left, right):
            return query.from_and([weakened(left), weakened(right)])
    raise AssertionError(node)


def beside_mokaccino(matcher: boolquery.Matcher, texts: list[str], posts: list[dict]) -> dict[str, float]:
    """How much longer mokaccino needs for the same posts, in turns with ours; both begin with the text and split it in the same way."""
    made = mokaccino.Percolator()
    for text in texts:
        made.add_query(weakened(boolquery.parse(text).node))
    made, ours, theirs, found = made.optimized(), 0.0, 0.0, 0
    for some in (posts[at : at + 250] for at in range(0, len(posts), 250)):
        begun = time.process_time()
        for post in some:
            matcher.match(post)
        between = time.process_time()
        for post in some:
            document = mokaccino.Document()
            for word in boolquery.Post(post).words:
                document.add_value("w", word)
            found += len(made.percolate_list(document))
        ours, theirs = ours + between - begun, theirs + time.process_time() - between
    return {"times_mokaccino": round(theirs / ours, 1), "mokaccino_hits_a_post": round(found / len(posts), 2)}


def measure(number: int, maker: Maker, posts: list[dict]) -> dict[str, float]:
    texts = [maker.query() for _ in range(number)]
    counts = Counter(word for post in posts[:WARM] for word in boolquery.Post(post).words)
    before, begun = resident(), time.process_time()
    matcher = boolquery.Matcher(dict(counts))
    matcher.add_all((f"q{at}", text) for at, text in enumerate(texts))
    built = time.process_time() - begun
    gc.collect()
    gc.freeze()  # as a worker does once it has its queries
    for post in posts[:WARM]:
        matcher.match(post)
    begun = time.process_time()
    hits = sum(len(matcher.match(post)) for post in posts[WARM:])
    rate = (len(posts) - WARM) / (time.process_time() - begun)
    row = {
        "queries": number,
        "posts_a_second": round(rate),
        "start_s": round(built, 2),
        "kB_a_query": round(1024 * (resident() - before) / number, 2),
        "hits_a_post": round(hits / (len(posts) - WARM), 2),
    }
    stored = matcher.to_json()
    begun = time.process_time()
    boolquery.Matcher.from_json(stored)
    row["start_stored_s"] = round(time.process_time() - begun, 2)
    if number <= 10_000:
        row["times_one_re_a_query"] = beside_expressions(matcher, texts, posts[WARM:], 5 if number > 1000 else 40)
    if mokaccino and number <= 10_000:
        row |= beside_mokaccino(matcher, texts, posts[WARM : WARM + 2000])
    return row


def main() -> None:
    maker = Maker(1)
    posts = [maker.post(number) for number in range(POSTS)]
    rows = [measure(number, maker, posts) for number in (1000, 10_000, 100_000)]
    # Words that nobody writes are judged by their spelling, which costs more; so posts in words that people write.
    real = [
        {"text": f"{first} {second}"}
        for (_a, first), (_b, second) in itertools.pairwise(training.read("posts.*.txt"))
        if len(first + second) >= 60
    ]
    begun = time.process_time()
    for post in real:
        triage(post)
    used = time.process_time() - begun
    length = sum(len(post["text"]) for post in real) / len(real)
    rows.append({"triage_posts_a_second": round(len(real) / used), "characters_a_post": round(length)})
    for row in rows:
        print(", ".join(f"{name} {value}" for name, value in row.items()))
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "listen.json").write_text(json.dumps(rows, indent=1))


if __name__ == "__main__":
    main()
