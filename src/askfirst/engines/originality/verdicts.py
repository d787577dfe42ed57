"""What may be done about a passage: is it quoted, attributed, free to use, or to be written anew?"""

import re
from dataclasses import dataclass

from askfirst.engines.licences import licence
from askfirst.engines.marking import _
from askfirst.engines.originality.check import Passage

QUOTED_WORDS = 50
QUOTED_SHARE = 0.1
NEAR = 400
_OPEN, _CLOSE = '"“„«‘»‹', '"”“»’«›'

# class: what it means for the writer
CLASSES = {
    "quoted": _("A short quotation with its source: fine as it is."),
    "quotation_without_source": _("It is quoted. Name the source beside it."),
    "quotation_too_long": _("It is quoted, but too long for a quotation. Shorten it or say it in your own words."),
    "free": _("The source is free to use: fine as it is."),
    "licensed": _("Used under its licence, with the line it asks for: fine as it is."),
    "line_missing": _("The licence allows it, with a line that names author, licence and source. Add the line."),
    "share_alike": _("The licence asks that your text carries the same licence. Say it in your own words instead."),
    "rewrite": _("The source allows no copying. Say it in your own words, quote briefly, or ask for permission."),
}
FINE = {"quoted", "free", "licensed"}


@dataclass(frozen=True)
class Reference:
    """Where a passage comes from, as far as a draft may name it."""

    title: str
    author: str = ""
    address: str = ""
    licence: str = "all-rights-reserved"


def verdict(draft: str, passage: Passage, reference: Reference) -> str:
    """One of CLASSES for a passage of the draft (its raw text)."""
    own = licence(reference.licence)
    if not own.needs_line and own.may_copy:
        return "free"
    quoted = _is_quoted(draft, passage)
    named = _is_named(draft, passage, reference)
    words = len(draft[passage.draft_start : passage.draft_end].split())
    if quoted and words <= QUOTED_WORDS and words <= max(12, QUOTED_SHARE * len(draft.split())):
        return "quoted" if named else "quotation_without_source"
    if own.may_copy and own.may_adapt and not own.is_share_alike:
        return "licensed" if named and _names_licence(draft, reference) else "line_missing"
    if own.may_copy and own.is_share_alike:
        return "share_alike"
    return "quotation_too_long" if quoted else "rewrite"


def _is_quoted(draft: str, passage: Passage) -> bool:
    """In quotation marks of any kind, or in a block quote of Markdown or HTML."""
    before = draft[max(0, passage.draft_start - 40) : passage.draft_start].rstrip()
    after = draft[passage.draft_end : passage.draft_end + 12].lstrip(" .,;:!?…")
    if before[-1:] and before[-1] in _OPEN and after[:1] and after[0] in _CLOSE:
        return True
    if _in_element(draft, passage):
        return True
    start = draft.rfind("\n", 0, passage.draft_start) + 1
    lines = draft[start : passage.draft_end].splitlines()
    if lines and all(line.lstrip().startswith(">") for line in lines if line.strip()):
        return True
    # A quotation may begin a little before the passage does.
    opening = max((before.rfind(mark) for mark in _OPEN), default=-1)
    closing = next(
        (at for at, sign in enumerate(draft[passage.draft_end : passage.draft_end + 40]) if sign in _CLOSE), -1
    )
    return (
        opening >= 0 and closing >= 0 and not any(mark in before[opening + 1 :] for mark in _CLOSE if mark not in _OPEN)
    )


def _in_element(draft: str, passage: Passage) -> bool:
    """In HTML's own elements for quotations."""
    opened = [found.group(1) for found in re.finditer(r"<(/?(?:q|blockquote))\b", draft[: passage.draft_start], re.I)]
    return bool(opened) and not opened[-1].startswith("/")


def _is_named(draft: str, passage: Passage, reference: Reference) -> bool:
    """The reference's address, site, author or title is in the same section."""
    start = max(draft.rfind("\n#", 0, passage.draft_start), passage.draft_start - NEAR, 0)
    heading = draft.find("\n#", passage.draft_end)
    end = min(heading if heading >= 0 else len(draft), passage.draft_end + NEAR)
    near = (draft[start : passage.draft_start] + draft[passage.draft_end : end]).casefold()
    everywhere = _sources_section(draft).casefold()
    host = reference.address.partition("://")[2].partition("/")[0].removeprefix("www.")
    names = [reference.address, host, reference.author, reference.title]
    return any(name and name.casefold() in place for name in names for place in (near, everywhere))


def _sources_section(draft: str) -> str:
    found = re.search(
        r"^#*\s*\**(sources?|references|attributions?|credits|quellen|nachweise?)\b.*", draft, re.I | re.M
    )
    return draft[found.start() :] if found else ""


def _names_licence(draft: str, reference: Reference) -> bool:
    own = licence(reference.licence)
    names = "|".join(re.escape(name) for name in (own.name, own.id, own.address) if name)
    return re.search(rf"(?<!\w)(?:{names})(?!\w)", draft, re.I) is not None
