"""Mail addresses, also written so that machines should miss them."""

import re
from collections.abc import Iterator

from askfirst.engines.draftcheck.findings import Draft, Finding, near
from askfirst.engines.marking import _

NAME = "mail"
_PLAIN = re.compile(r"(?<![\w.+-])[\w.+%-]{1,64}[@＠](?:[\w-]{1,63}\.){1,8}[^\W\d_]{2,24}(?![\w@-])")
_VEILED = re.compile(
    r"(?<![\w.+-])[\w+%-]+(?:(?:\.|\s?[\[(]\s?(?:dot|punkt)\s?[\])]\s?)[\w+%-]+)*\s?[\[({]\s?(?:at|ät|@)\s?[\])}]\s?[\w-]+"
    r"(?:(?:\.|\s?[\[({]\s?(?:dot|punkt)\s?[\])}]\s?|\sdot\s|\spunkt\s)[\w-]+)*(?:\.|\s?[\[({]\s?(?:dot|punkt|\.)\s?[\])}]\s?|\sdot\s|\spunkt\s)[^\W\d_]{2,24}",
    re.IGNORECASE,
)
# eli AT halden DOT com; in small letters only where it is said that one may write.
_SPELT = re.compile(
    r"(?<![\w.+-])[\w+%-]{1,64}(?:(?:\.| dot | punkt )[\w+%-]{1,64})? (?:at|ät) [\w-]{1,63}"
    r"(?:(?:\.| dot | punkt )[\w-]{1,63}){0,3}?(?:\.| dot | punkt )[^\W\d_]{2,24}(?!\w)",
    re.IGNORECASE,
)
_WRITE = re.compile(r"\b(?:e-?mail\w*|mail\w*|write|reach|contact|schreib\w*|erreich\w*)\b")
_PUBLIC = re.compile(
    r"^(?:info|hello|hallo|hi|contact|kontakt|support|help|hilfe|service|sales|press|presse|media|jobs|careers|karriere|bewerbung|office|shop|team|events?|kundenservice|feedback|privacy|datenschutz)[@+]",
    re.IGNORECASE,
)
# What a browser without a connection looks for.
OFFLINE = (_PLAIN, _VEILED)


def find(draft: Draft) -> Iterator[Finding]:
    if "@" in draft.text or "＠" in draft.text:
        for found in _PLAIN.finditer(draft.text):
            if _is_handle(draft.text, found.start()):
                continue
            message = (
                _("A mail address of an office. Fine if it is meant for the public.")
                if _PUBLIC.match(found[0])
                else _("A mail address. Does its owner want it in public?")
            )
            yield Finding(found.start(), found.end(), NAME, message, mend="", topic="privacy")
    for start, end in _veiled(draft):
        message = _("A mail address, only thinly veiled. Does its owner want it in public?")
        yield Finding(start, end, NAME, message, mend="", topic="privacy")


def _veiled(draft: Draft) -> Iterator[tuple[int, int]]:
    if any(bracket in draft.text for bracket in "([{"):
        for found in _VEILED.finditer(draft.text):
            yield found.span()
    if " at " in draft.lowered or " ät " in draft.lowered:
        for found in _SPELT.finditer(draft.text):
            is_veiled = " AT " in found[0] and re.search(" (?:DOT|PUNKT) ", found[0]) and not found[0].isupper()
            is_spelt = re.search(" (?:dot|punkt) ", found[0]) or " AT " in found[0]
            if is_veiled or (is_spelt and near(draft, *found.span(), _WRITE, 40, 0)):
                yield found.span()


def _is_handle(text: str, start: int) -> bool:
    """Addresses of the fediverse look like @user@host."""
    return start > 0 and text[start - 1] == "@"
