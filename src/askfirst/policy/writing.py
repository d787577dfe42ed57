"""Policies as files: Word, OpenDocument, PDF, HTML and Markdown, with their headings, lists, tables and emphasis."""

import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

from markdown_it.token import Token

from askfirst.base import markdown, pdf
from askfirst.base.later import later

docx, odfdo = later("docx"), later("odfdo")

# Between the margins of A4, in millimetres.
WIDTH = 170


class Run(NamedTuple):
    """Words that look alike."""

    words: str
    is_bold: bool = False
    is_italic: bool = False


@dataclass(frozen=True)
class Block:
    """A heading, item, quote, text or table. `level`: of a heading or of an item's list; `number`: of an item, 0 in a list of dots."""

    kind: str
    runs: list[Run] = field(default_factory=list)
    level: int = 0
    number: int = 0
    rows: list[list[str]] = field(default_factory=list)

    @property
    def words(self) -> str:
        return "".join(run.words for run in self.runs)


def write(form: str, title: str, text: str) -> bytes:
    """A policy as a file; `form` is one of FORMATS."""
    return FORMATS[form][1](title, text)


def blocks(text: str) -> Iterator[Block]:
    """The blocks of a Markdown text. Further paragraphs of an item are texts at its level."""
    lists: list[int | None] = []
    heading, quotes, is_first = "", 0, False
    rows: list[list[str]] = []
    for token in markdown.tokens(text):
        match token.type:
            case "ordered_list_open":
                lists.append(int(token.attrs.get("start", 1)) - 1)
            case "bullet_list_open":
                lists.append(None)
            case "ordered_list_close" | "bullet_list_close":
                lists.pop()
            case "list_item_open":
                is_first = True
                lists[-1] = lists[-1] if lists[-1] is None else lists[-1] + 1
            case "blockquote_open" | "blockquote_close":
                quotes += 1 if token.nesting > 0 else -1
            case "heading_open" | "heading_close":
                heading = token.tag if token.nesting > 0 else ""
            case "table_open" | "table_close":
                if token.nesting < 0:
                    yield Block("table", rows=rows)
                rows = []
            case "tr_open":
                rows.append([])
            case "inline" if rows:
                rows[-1].append("".join(run.words for run in _runs(token)))
            case "inline" | "fence" | "code_block":
                runs = _runs(token)
                if heading:
                    yield Block("heading", runs, level=int(heading[1]))
                elif lists and is_first:
                    is_first = False
                    yield Block("item", runs, level=len(lists), number=lists[-1] or 0)
                else:
                    yield Block("quote" if quotes else "text", runs, level=len(lists))


def _runs(token: Token) -> list[Run]:
    if not token.children:
        return [Run(token.content.rstrip("\n"))]
    found: list[Run] = []
    strong = emphasis = 0
    address = ""
    for child in token.children:
        words = ""
        if child.type in {"text", "code_inline"}:
            words = child.content
        elif child.type in {"softbreak", "hardbreak"}:
            words = " "
        elif child.type.startswith("strong_"):
            strong += child.nesting
        elif child.type.startswith("em_"):
            emphasis += child.nesting
        elif child.type == "link_open":
            address = str(child.attrs.get("href", ""))
        elif child.type == "link_close" and address not in {"", found[-1].words if found else ""}:
            words = f" ({address})"
        if words:
            found.append(Run(words, strong > 0, emphasis > 0))
    return found


def _write_docx(title: str, text: str) -> bytes:
    document = docx.Document()
    document.add_heading(title, 0)
    # Of the numbered list at each level.
    numbers: dict[int, int] = {}
    for block in blocks(text):
        if block.kind == "heading":
            document.add_heading(block.words, min(block.level, 9))
        elif block.kind == "table":
            _add_table(document, block.rows)
        else:
            deep = "" if block.level < 2 else f" {min(block.level, 3)}"
            style = {"item": f"List {'Number' if block.number else 'Bullet'}{deep}", "quote": "Quote"}.get(block.kind)
            paragraph = document.add_paragraph(style=style or (f"List Continue{deep}" if block.level else None))
            for run in block.runs:
                added = paragraph.add_run(run.words)
                added.bold, added.italic = run.is_bold or None, run.is_italic or None
            if block.number and (block.number == 1 or block.level not in numbers):
                numbers[block.level] = _new_numbers(document, style)
            if block.number:
                own = paragraph._p.get_or_add_pPr().get_or_add_numPr()
                own.get_or_add_numId().val, own.get_or_add_ilvl().val = numbers[block.level], 0
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _new_numbers(document: Any, style: str) -> int:
    """A numbering of this style's that begins at one again; Word goes on counting through a document otherwise."""
    kept = document.part.numbering_part.numbering_definitions._numbering
    own = document.styles[style].element.pPr.numPr.numId.val
    abstract = next(number.abstractNumId.val for number in kept.num_lst if number.numId == own)
    added = kept.add_num(abstract)
    added.add_lvlOverride(ilvl=0).add_startOverride(1)
    return int(added.numId)


def _add_table(document: Any, rows: list[list[str]]) -> None:
    table = document.add_table(rows=0, cols=max(map(len, rows)), style="Table Grid")
    for row in rows:
        for cell, words in zip(table.add_row().cells, row, strict=False):
            cell.text = words


_LEVELS = "".join(
    f'<text:list-level-style-number text:level="{level}" style:num-suffix="." style:num-format="1">'
    f'<style:list-level-properties text:space-before="{0.6 * level}cm" text:min-label-width="0.6cm"/>'
    "</text:list-level-style-number>"
    for level in range(1, 11)
)
_NUMBERS = f'<text:list-style style:name="Numbers">{_LEVELS}</text:list-style>'


def _write_odt(title: str, text: str) -> bytes:
    document = odfdo.Document("text")
    document.body.clear()
    document.insert_style(odfdo.Element.from_tag(_NUMBERS), automatic=True)
    for name, looks in (("Bold", {"bold": True}), ("Italic", {"italic": True})):
        document.insert_style(odfdo.Style("text", name=name, area="text", **looks), automatic=True)
    document.body.append(odfdo.Header(1, title))
    # The lists that are open, the innermost last, each with whether it is numbered.
    lists: list[tuple[Any, bool]] = []
    for block in blocks(text):
        del lists[block.level if block.kind != "heading" else 0 :]
        if block.kind == "heading":
            document.body.append(odfdo.Header(min(block.level, 6), block.words))
        elif block.kind == "table":
            table = odfdo.Table(f"Table{len(document.body.children)}")
            for row in block.rows:
                table.append(odfdo.Row())
                table.set_row_values(table.height - 1, row)
            document.body.append(table)
        elif block.kind == "item":
            is_numbered = block.number > 0
            if len(lists) == block.level and (block.number == 1 or lists[-1][1] != is_numbered):
                lists.pop()
            while len(lists) < block.level:
                made = odfdo.List(style="Numbers" if is_numbered else None)
                (lists[-1][0].children[-1] if lists else document.body).append(made)
                lists.append((made, is_numbered))
            entry = odfdo.ListItem()
            entry.append(_odt_paragraph(block.runs))
            lists[-1][0].append(entry)
        else:
            (lists[-1][0].children[-1] if lists else document.body).append(_odt_paragraph(block.runs))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _odt_paragraph(runs: Iterable[Run]) -> Any:
    paragraph = odfdo.Paragraph()
    for run in runs:
        if run.is_bold or run.is_italic:
            paragraph.append(odfdo.Span(run.words, style="Bold" if run.is_bold else "Italic"))
        else:
            paragraph.append_plain_text(run.words)
    return paragraph


def _write_pdf(title: str, text: str) -> bytes:
    lines = [pdf.paragraph(title, 20, bold=True), pdf.space()]
    for block in blocks(text):
        if block.kind == "heading":
            lines.append(pdf.paragraph(block.words, 17 - 2 * min(block.level, 4), bold=True))
        elif block.kind == "table":
            head, *rows = block.rows
            widest = max(map(len, block.rows))
            rows = [row + [""] * (widest - len(row)) for row in rows]
            lines.append(pdf.table(head, rows, [WIDTH / widest] * widest, 9))
        elif block.kind == "item":
            lines.append(
                pdf.rich(block.runs, indent=6 * block.level, bullet=f"{block.number}." if block.number else "•")
            )
        else:
            lines.append(pdf.rich(block.runs, indent=6 * (block.level or block.kind == "quote")))
    return pdf.document(title, lines)


def _write_html(title: str, text: str) -> bytes:
    head = f'<!doctype html><html><head><meta charset="utf-8"><title>{escape(title)}</title></head>'
    return f"{head}<body><h1>{escape(title)}</h1>{markdown.render(text)}</body></html>".encode()


FORMATS: dict[str, tuple[str, Callable[[str, str], bytes]]] = {
    "md": ("text/markdown; charset=utf-8", lambda title, text: text.encode()),
    "html": ("text/html; charset=utf-8", _write_html),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", _write_docx),
    "odt": ("application/vnd.oasis.opendocument.text", _write_odt),
    "pdf": ("application/pdf", _write_pdf),
}
