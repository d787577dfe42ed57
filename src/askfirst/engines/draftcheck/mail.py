"""Mail addresses, also written so that machines should miss them."""

import re
from collections.abc import Iterator

from askfirst.engines.draftcheck.findings import Draft, Finding
from askfirst.engines.marking import _

NAME = "mail"
_PLAIN = re.compile(r"(?<![\w.+-])[\w.+%-]{1,64}@(?:[\w-]{1,63}\.){1,8}[^\W\d_]{2,24}(?![\w@-])")
_VEILED = re.compile(
    r"(?<![\w.+-])[\w+%-]+(?:(?:\.|\s?[\[(]\s?(?:dot|punkt)\s?[\])]\s?)[\w+%-]+)*\s?[\[({]\s?(?:at|ät|@)\s?[\])}]\s?[\w-]+"
    r"(?:(?:\.|\s?[\[({]\s?(?:dot|punkt)\s?[\])}]\s?|\sdot\s|\spunkt\s)[\w-]+)*(?:\.|\s?[\[({]\s?(?:dot|punkt|\.)\s?[\])}]\s?|\sdot\s|\spunkt\s)[^\W\d_]{2,24}",
    re.IGNORECASE,
)
_PUBLIC = re.compile(
    r"^(?:info|hello|hallo|hi|contact|kontakt|support|help|hilfe|service|sales|press|presse|media|jobs|careers|karriere|bewerbung|office|shop|team|events?|kundenservice|feedback|privacy|datenschutz)[@+]",
    re.IGNORECASE,
)
# What a browser without a connection looks for.
OFFLINE = (_PLAIN, _VEILED)


def find(draft: Draft) -> Iterator[Finding]:
    if "@" in draft.text:
        for found in _PLAIN.finditer(draft.text):
            if _is_handle(draft.text, found.start()):
                continue
            message = (
                _("A mail address of an office. Fine if it is meant for the public.")
                if _PUBLIC.match(found[0])
                else _("A mail address. Does its owner want it in public?")
            )
            yield Finding(found.start(), found.end(), NAME, message, topic="privacy")
    if "(" in draft.text or "[" in draft.text or "{" in draft.text:
        for found in _VEILED.finditer(draft.text):
            message = _("A mail address, only thinly veiled. Does its owner want it in public?")
            yield Finding(found.start(), found.end(), NAME, message, topic="privacy")


def _is_handle(text: str, start: int) -> bool:
    """Addresses of the fediverse look like @user@host."""
    return start > 0 and text[start - 1] == "@"
