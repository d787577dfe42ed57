"""Documents as PDF, by ReportLab: paragraphs and tables on A4, in a font that comes with it."""

import io
from collections.abc import Sequence
from html import escape
from typing import Any

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate, Spacer

CONTENT_TYPE = "application/pdf"


def document(title: str, lines: Sequence[Any], *, is_wide: bool = False) -> bytes:
    """A4 pages from what the functions below give; `is_wide` turns the pages."""
    out = io.BytesIO()
    size = landscape(A4) if is_wide else A4
    SimpleDocTemplate(out, pagesize=size, title=title, margin=20 * mm, leftMargin=18 * mm, rightMargin=18 * mm).build(
        list(lines)
    )
    return out.getvalue()


def paragraph(words: str, size: float = 10.5, *, bold: bool = False, indent: float = 0, bullet: str = "") -> Any:
    """One paragraph; `size` in points, `indent` in millimetres."""
    return Paragraph(escape(words), _style(size, bold=bold, indent=indent), bulletText=bullet or None)


def space(millimetres: float = 4) -> Any:
    return Spacer(1, millimetres * mm)


def table(head: Sequence[str], rows: Sequence[Sequence[Any]], widths: Sequence[float], size: float = 7.5) -> Any:
    """A table over as many pages as it needs, its head on each; `widths` in millimetres."""
    body = [[paragraph(cell, size, bold=True) for cell in head]]
    body += [[paragraph(str(cell), size) for cell in row] for row in rows]
    return LongTable(
        body, colWidths=[width * mm for width in widths], repeatRows=1,
        style=[("LINEBELOW", (0, 0), (-1, -1), 0.3, colors.grey), ("VALIGN", (0, 0), (-1, -1), "TOP"),
               ("TOPPADDING", (0, 0), (-1, -1), 1), ("BOTTOMPADDING", (0, 0), (-1, -1), 0)],
    )  # fmt: skip


def _style(size: float, *, bold: bool = False, indent: float = 0) -> ParagraphStyle:
    # Bitstream Vera, which comes with ReportLab.
    if "Vera" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))
        pdfmetrics.registerFont(TTFont("VeraBd", "VeraBd.ttf"))
    return ParagraphStyle(
        f"s{size}{bold}{indent}", fontName="VeraBd" if bold else "Vera", fontSize=size, leading=size * 1.45,
        spaceAfter=min(2, size / 5) * mm, spaceBefore=3 * mm if bold and size > 8 else 0, leftIndent=indent * mm,
        bulletIndent=max(0, indent - 4) * mm,
    )  # fmt: skip
