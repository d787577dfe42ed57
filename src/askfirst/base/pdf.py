"""Documents as PDF, by ReportLab: paragraphs and tables on A4, in a font that comes with it."""

import io
from collections.abc import Sequence
from html import escape
from typing import Any

from django.http import HttpResponse

from askfirst.base.later import later

platypus, metrics = later("reportlab.platypus"), later("reportlab.pdfbase.pdfmetrics")
styles, fonts = later("reportlab.lib.styles"), later("reportlab.pdfbase.ttfonts")

mm = 72 / 25.4  # in points
A4 = (210 * mm, 297 * mm)
GREY = "#808080"
CONTENT_TYPE = "application/pdf"


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
    return platypus.Paragraph(escape(words), _style(size, bold=bold, indent=indent), bulletText=bullet or None)


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
    # Bitstream Vera, which comes with ReportLab.
    if "Vera" not in metrics.getRegisteredFontNames():
        metrics.registerFont(fonts.TTFont("Vera", "Vera.ttf"))
        metrics.registerFont(fonts.TTFont("VeraBd", "VeraBd.ttf"))
    return styles.ParagraphStyle(
        f"s{size}{bold}{indent}", fontName="VeraBd" if bold else "Vera", fontSize=size, leading=size * 1.45,
        spaceAfter=min(2, size / 5) * mm, spaceBefore=3 * mm if bold and size > 8 else 0, leftIndent=indent * mm,
        bulletIndent=max(0, indent - 4) * mm,
    )  # fmt: skip
