"""Markdown as people write it, shown as HTML that holds nothing but text, lists, tables, links and emphasis."""

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

_TAGS = {
    "p", "br", "hr", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "em", "strong", "code", "pre", "blockquote", "a",
    "table", "thead", "tbody", "tr", "th", "td", "s",
}  # fmt: skip
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
_PARSER = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable(["table", "strikethrough"])


def tokens(text: str) -> list[Token]:
    """What a Markdown text is made of, in the order in which it is read."""
    return _PARSER.parse(text)


def render(text: str) -> SafeString:
    """HTML of a Markdown text; raw HTML in it is shown as text, links lead only to http, https and mailto."""
    html = _PARSER.render(text)
    # First-level headings belong to the page.
    html = html.replace("<h1>", "<h2>").replace("</h1>", "</h2>")
    clean = nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
    )
    return mark_safe(clean)
