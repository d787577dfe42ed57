"""Documents as PDF, by ReportLab: paragraphs and tables on A4, in Open Sans, which has the letters of all languages of Europe."""

import io
from collections.abc import Iterable, Sequence
from html import escape
from importlib.resources import files
from typing import Any

from django.http import HttpResponse

from askfirst.base.later import later

platypus, metrics = later("reportlab.platypus"), later("reportlab.pdfbase.pdfmetrics")
styles, fonts = later("reportlab.lib.styles"), later("reportlab.pdfbase.ttfonts")

mm = 72 / 25.4  # in points
A4 = (210 * mm, 297 * mm)
GREY = "#808080"
CONTENT_TYPE = "application/pdf"
FONT = "OpenSans-Regular"


def document(title: str, lines: Sequence[Any], *, is_wide: bool = False) -> bytes:
    """A4 pages from what the functions below give; `is_wide` turns the pages."""
    out = io.BytesIO()
    size = A4[::-1] if is_wide else A4
    platypus.SimpleDocTemplate(
        out, pagesize=size, title=title, margin=20 * mm, leftMargin=18 * mm, rightMargin=18 * mm
    ).build(list(lines))
    return out.getvalue()


def response(title: str, lines: Sequence[Any], *, name: str) -> HttpResponse:
    """A document to keep, called `name`.pdf."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.pdf"'}
    return HttpResponse(document(title, lines), content_type=CONTENT_TYPE, headers=headers)


def paragraph(words: str, size: float = 10.5, *, bold: bool = False, indent: float = 0, bullet: str = "") -> Any:
    """One paragraph; `size` in points, `indent` in millimetres."""
    return _paragraph(escape(words), size, bold=bold, indent=indent, bullet=bullet)


def rich(runs: Iterable[tuple[str, bool, bool]], size: float = 10.5, *, indent: float = 0, bullet: str = "") -> Any:
    """One paragraph of (words, bold, italic)."""
    marked = []
    for words, is_bold, is_italic in runs:
        said = escape(words)
        said = f"<b>{said}</b>" if is_bold else said
        marked.append(f"<i>{said}</i>" if is_italic else said)
    return _paragraph("".join(marked), size, indent=indent, bullet=bullet)


def _paragraph(markup: str, size: float, *, bold: bool = False, indent: float = 0, bullet: str = "") -> Any:
    return platypus.Paragraph(markup, _style(size, bold=bold, indent=indent), bulletText=bullet or None)


def space(millimetres: float = 4) -> Any:
    return platypus.Spacer(1, millimetres * mm)


def table(head: Sequence[str], rows: Sequence[Sequence[Any]], widths: Sequence[float], size: float = 7.5) -> Any:
    """A table over as many pages as it needs, its head on each; `widths` in millimetres."""
    body = [[paragraph(cell, size, bold=True) for cell in head]]
    body += [[paragraph(str(cell), size) for cell in row] for row in rows]
    return platypus.LongTable(
        body, colWidths=[width * mm for width in widths], repeatRows=1,
        style=[("LINEBELOW", (0, 0), (-1, -1), 0.3, GREY), ("VALIGN", (0, 0), (-1, -1), "TOP"),
               ("TOPPADDING", (0, 0), (-1, -1), 1), ("BOTTOMPADDING", (0, 0), (-1, -1), 0)],
    )  # fmt: skip


def _style(size: float, *, bold: bool = False, indent: float = 0) -> Any:
    if FONT not in metrics.getRegisteredFontNames():
        for face in ("Regular", "Bold", "Italic", "BoldItalic"):
            path = files("ttf_opensans").joinpath("ttf", f"OpenSans-{face}.ttf")
            metrics.registerFont(fonts.TTFont(f"OpenSans-{face}", str(path)))
        metrics.registerFontFamily(FONT, FONT, "OpenSans-Bold", "OpenSans-Italic", "OpenSans-BoldItalic")
    return styles.ParagraphStyle(
        f"s{size}{bold}{indent}", fontName="OpenSans-Bold" if bold else FONT, fontSize=size, leading=size * 1.45,
        spaceAfter=min(2, size / 5) * mm, spaceBefore=3 * mm if bold and size > 8 else 0, leftIndent=indent * mm,
        bulletIndent=max(0, indent - 5) * mm, bulletFontName=FONT, bulletFontSize=size,
    )  # fmt: skip
