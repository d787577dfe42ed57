"""A query from lists of words, for people who do not write booleans; what comes out can be read and changed by hand."""

from collections.abc import Iterable, Sequence

# Characters that mean something outside quotation marks.
SPECIAL = set('()"~:*?<>=/$')
OPERATORS = {"and", "or", "not", "near"}


def build(
    *,
    any_of: Sequence[str],
    all_of: Sequence[str] = (),
    none_of: Sequence[str] = (),
    languages: Sequence[str] = (),
    links_to: Sequence[str] = (),
) -> str:
    """The query that finds posts with one of `any_of`, all of `all_of` and none of `none_of`, each a word or a phrase.

    Args:
        languages: codes of two letters, one of which the post must be in; links_to: domains, to one of which it must lead.
            With links_to, `any_of` may be empty.

    Raises:
        ValueError: there is nothing to look for.
    """
    parts = [_one_of(_terms(any_of))] if _terms(any_of) else []
    parts += _terms(all_of)
    parts += [_one_of([f"link:{_plain(own)}" for own in links_to if _plain(own)])] if any(map(_plain, links_to)) else []
    if not parts:
        raise ValueError("Nothing to look for.")
    codes = [_plain(own).lower() for own in languages if _plain(own)]
    if codes:
        parts.append(_one_of([f"lang:{code}" for code in codes]))
    none = _terms(none_of)
    without = f" NOT {_one_of(none)}" if none else ""
    return " AND ".join(parts) + without


def _terms(words: Iterable[str]) -> list[str]:
    found = [_term(" ".join(word.split())) for word in words]
    return list(dict.fromkeys(own for own in found if own))


def _term(word: str) -> str:
    if word[:1] in {"#", "@"} and word[1:].replace("_", "").isalnum():
        return word
    plain = word.replace('"', " ").strip()
    if not any(c.isalnum() for c in plain):
        return ""
    needs_marks = " " in plain or plain.lower() in OPERATORS or bool(SPECIAL & set(plain)) or plain[0] in "-+#@"
    return f'"{plain}"' if needs_marks else plain


def _plain(word: str) -> str:
    return "".join(c for c in word.strip() if c.isalnum() or c in ".-")


def _one_of(terms: Sequence[str]) -> str:
    return terms[0] if len(terms) == 1 else f"({' OR '.join(terms)})"
