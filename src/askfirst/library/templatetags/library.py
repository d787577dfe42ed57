"""Template filters of the library: words found are marked, list items become boxes to tick."""

import re
from collections.abc import Iterable

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from askfirst.base import markdown
from askfirst.engines import words

register = template.Library()


@register.filter
def marked(text: str, terms: Iterable[str]) -> SafeString:
    """The text with every word marked that begins like one of the terms."""
    stems = tuple({words.folded(term)[:6] for term in terms if len(term) > 1})
    if not stems:
        return conditional_escape(text)
    parts = re.split(r"(\w+)", text)
    return mark_safe(
        "".join(
            format_html("<mark>{}</mark>", part)
            if at % 2 and words.folded(part).startswith(stems)
            else conditional_escape(part)
            for at, part in enumerate(parts)
        )
    )


@register.filter
def checklist(text: str) -> SafeString:
    """Items (`- …`) as boxes to tick; what stands between them as Markdown."""
    blocks: list[SafeString] = []
    items: list[str] = []
    others: list[str] = []
    for line in [*text.splitlines(), ""]:
        found = re.match(r"\s*[-*] (?:\[[ x]\] )?(.+)", line)
        if found:
            if others:
                blocks.append(markdown.render("\n".join(others)))
                others = []
            items.append(found[1])
            continue
        if items:
            boxes = format_html_join(
                "", '<li><label><input type="checkbox"><span>{}</span></label></li>', ((item,) for item in items)
            )
            blocks.append(format_html("<ul>{}</ul>", boxes))
            items = []
        others.append(line)
    blocks.append(markdown.render("\n".join(others)))
    return mark_safe("".join(blocks))
