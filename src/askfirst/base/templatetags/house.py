"""Template tags of the house: assets with a version, and icons."""

from datetime import datetime
from typing import Any

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from askfirst import __version__
from askfirst.base import markdown as base_markdown
from askfirst.base import queries
from askfirst.base.languages import own_name

register = template.Library()


@register.simple_tag
def asset(name: str) -> str:
    """Address of a file of ours; it changes with the version, so browsers may keep it."""
    return f"{static(name)}?v={__version__}"


register.simple_tag(queries.sender)


@register.simple_tag(takes_context=True)
def leads_to(context: Any, name: str, *also: str, but: str = "") -> SafeString:
    """The address of a link of the main navigation, marked where that part of the site is shown.

    Args:
        also: pages whose parts are reached from there and have no link of their own; `but`: one below them that has.
    """
    request, address = context.get("request"), reverse(name)
    path = request.path if request else ""
    is_here = path.startswith((address, *map(reverse, also))) and not (but and path.startswith(reverse(but)))
    return format_html('href="{}"{}', address, mark_safe(' aria-current="page"') if is_here else "")


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """One icon of base/icons.svg; without a label it is decoration and silent to screen readers."""
    address = asset("base/icons.svg")
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}#{}"/></svg>', label, address, name
        )
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>', address, name)


@register.filter
def markdown(text: str) -> SafeString:
    """Markdown shown as safe HTML."""
    return base_markdown.render(text or "")


@register.filter
def shortened(text: object, most: int) -> str:
    """At most so many characters, cut between words where one begins in the last third."""
    whole = str(text)
    if len(whole) <= most:
        return whole
    cut = whole[: most - 1]
    at = len(cut) if whole[most - 1].isspace() else cut.rfind(" ")
    return f"{cut[:at] if at > most * 2 // 3 else cut}".rstrip(" ,;:–-") + "…"


@register.filter
def short(number: float) -> str:
    """A number with two decimals at most, and no noughts behind them."""
    return number_format(round(number, 2))


@register.filter
def moment(at: datetime | None, form: str = "DATETIME_FORMAT") -> SafeString | str:
    """A moment by the site's clock, named on hovering; house.js says it by the reader's clock where that differs."""
    if at is None:
        return ""
    here = timezone.localtime(at)
    said = date_format(here, form)
    return format_html(
        '<time datetime="{}" title="{}">{}</time>', here.isoformat(timespec="minutes"), settings.TIME_ZONE, said
    )


@register.filter
def served(path: str) -> str:
    """A stored path (base.web.kept_path) where the site is served now."""
    return f"{settings.SITE_PATH}{path}"


@register.filter
def language_label(code: str) -> str:
    """What a language calls itself."""
    return own_name(code)
