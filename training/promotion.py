"""Train the second judge of whether a draft promotes something: `python -m training.promotion`.

From drafts of our own (drafts.*.txt: promo|text, other|text; facts.*.txt), and, counting less, posts about something else (posts.*.txt
without praise, which sounds like promotion, and noise; whereabouts.*.txt; rights.*.txt). Words and the signs
of engines/draftcheck/signs.py are learnt together.
"""

from askfirst.engines.draftcheck import promotion
from askfirst.engines.draftcheck.signs import signs
from askfirst.engines.languages import language_of
from training.words import read, tell_apart, texts

OTHERS = {"question", "complaint", "story", "risk"}


def main() -> None:
    drafts = [(kind == "promo", text) for pattern in ("drafts.*.txt", "facts.*.txt") for kind, text in read(pattern)]
    others = [text for kind, text in read("posts.*.txt") if kind in OTHERS]
    others += [text for pattern in ("whereabouts.*.txt", "rights.*.txt") for _kind, text in read(pattern)]
    scores, right = tell_apart(promotion.PATH, texts(drafts, others, lambda text: signs(text, language_of(text)).row()))

    said, right = scores[: len(drafts)] > promotion.SURE, right[: len(drafts)]
    print(f"{len(drafts)} drafts and {len(others)} posts; on the drafts by cross-validation", end=" ")
    print(f"precision {right[said].mean():.2f}, recall {said[right].mean():.2f}")


if __name__ == "__main__":
    main()
