"""Policies in and out as files: Word, PDF, OpenDocument, HTML, Markdown and plain text."""

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any
from xml.sax.saxutils import escape

from django.utils.translation import gettext as _
from markdown_it import MarkdownIt

from askfirst.base import markdown, pdf
from askfirst.base.later import later
from askfirst.policy.errors import CannotRead

docx, mammoth, markdownify, odfdo, pypdfium2 = map(later, ["docx", "mammoth", "markdownify", "odfdo", "pypdfium2"])

MOST_BYTES = 20 * 1024 * 1024
MOST_UNPACKED = 200 * 1024 * 1024
MOST_PAGES = 500


def read(name: str, data: bytes) -> str:
    """The text of a file as Markdown.

    Raises:
        CannotRead: too large, of an unknown kind, damaged, locked with a password, or pictures only.
    """
    if len(data) > MOST_BYTES:
        raise CannotRead(_("The file is larger than 20 MB."))
    suffix = name.rpartition(".")[2].lower()
    reader = _READERS.get(suffix)
    if reader is None:
        raise CannotRead(
            _("Files of this kind cannot be read. Word (.docx), PDF, OpenDocument (.odt), HTML, Markdown and text can.")
        )
    try:
        text = reader(data)
    except CannotRead:
        raise
    except UnicodeDecodeError as error:
        raise CannotRead(_("The file is not UTF-8 text. Save it as UTF-8 and try again.")) from error
    except Exception as error:
        raise CannotRead(_("The file is damaged, or not what its name says.")) from error
    text = re.sub(r"[ \t]+\n", "\n", re.sub(r"\n{3,}", "\n\n", text.replace("\r\n", "\n"))).strip()
    if not text:
        raise CannotRead(_("There is no text in this file."))
    return text


def _read_docx(data: bytes) -> str:
    _unpackable(data)
    return _read_html_text(mammoth.convert_to_html(io.BytesIO(data)).value)


def _read_odt(data: bytes) -> str:
    _unpackable(data)
    return str(odfdo.Document(io.BytesIO(data)).to_markdown())


def _unpackable(data: bytes) -> None:
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise CannotRead(_("The file is locked with a password, or an old .doc. Save it as .docx without a password."))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > MOST_UNPACKED:
                raise CannotRead(_("The file grows to more than 200 MB when unpacked, so it is not read."))
            if any(entry.flag_bits & 1 for entry in packed.infolist()) or "manifest:encryption-data" in _manifest(
                packed
            ):
                raise CannotRead(_("The file is locked with a password. Save it without one."))
    except zipfile.BadZipFile as error:
        raise CannotRead(_("The file is damaged, or not what its name says.")) from error


def _manifest(packed: zipfile.ZipFile) -> str:
    name = "META-INF/manifest.xml"
    return packed.read(name).decode("utf-8", "replace") if name in packed.namelist() else ""


def _read_pdf(data: bytes) -> str:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise CannotRead(_("The file is locked with a password. Save it without one.")) from error
        raise CannotRead(_("The file is damaged, or not what its name says.")) from error
    with document:
        if len(document) > MOST_PAGES:
            raise CannotRead(_("The file has %d pages; at most 500 are read.") % len(document))
        pages = [page.get_textpage().get_text_bounded() for page in document]
    text = "\n\n".join(page.replace("\r\n", "\n").replace("\ufffe", "-") for page in pages)
    if len(re.sub(r"\s", "", text)) < 20 * len(pages) ** 0.5:
        raise CannotRead(_("This PDF holds pictures of pages and no text. Run it through text recognition first."))
    # Lines of a paragraph are joined again; a short line ends one.
    return re.sub(r"(?<=[a-zäöüß,;])\n(?=[a-zäöüß(])", " ", text)


def _read_html(data: bytes) -> str:
    return _read_html_text(data.decode("utf-8-sig"))


def _read_html_text(html: str) -> str:
    html = re.sub(r"(?is)<(script|style|head|nav|footer|noscript)\b.*?</\1\s*>", " ", html)
    return str(markdownify.markdownify(html, heading_style="ATX", bullets="-", strip=["img"]))


def _read_text(data: bytes) -> str:
    return data.decode("utf-8-sig")


def _read_markdown(data: bytes) -> str:
    """Without the front matter in which site generators keep a page's title and addresses."""
    return re.sub(r"\A---[ \t]*\r?\n.*?\r?\n---[ \t]*\r?\n", "", _read_text(data), flags=re.DOTALL)


_READERS: dict[str, Callable[[bytes], str]] = {
    "docx": _read_docx, "doc": _read_docx, "odt": _read_odt, "pdf": _read_pdf, "html": _read_html, "htm": _read_html,
    "md": _read_markdown, "markdown": _read_markdown, "txt": _read_text,
}  # fmt: skip


def write(form: str, title: str, text: str) -> bytes:
    """A policy as a file; `form` is one of FORMATS."""
    return FORMATS[form][1](title, text)


def _blocks(text: str) -> list[tuple[str, int, str]]:
    """(heading, item, quote or text; level or number; words) of a Markdown text, for formats with paragraphs only."""
    found: list[tuple[str, int, str]] = []
    stack: list[str] = []
    for token in MarkdownIt("commonmark").parse(text):
        if token.type in {"bullet_list_open", "ordered_list_open", "blockquote_open"}:
            stack.append(token.type)
        elif token.type in {"bullet_list_close", "ordered_list_close", "blockquote_close"}:
            stack.pop()
        elif token.type == "heading_open":
            stack.append(token.tag)
        elif token.type == "heading_close":
            stack.pop()
        elif token.type in {"inline", "fence", "code_block"}:
            words = _plain(token)
            last = stack[-1] if stack else ""
            if last.startswith("h"):
                found.append(("heading", int(last[1]), words))
            elif last.endswith("list_open"):
                found.append(("item", len(stack), words))
            elif last == "blockquote_open":
                found.append(("quote", 0, words))
            else:
                found.append(("text", 0, words))
    return found


def _plain(token: Any) -> str:
    if not token.children:
        return str(token.content)
    words = []
    address = ""
    for child in token.children:
        if child.type in {"text", "code_inline"}:
            words.append(child.content)
        elif child.type in {"softbreak", "hardbreak"}:
            words.append(" ")
        elif child.type == "link_open":
            address = str(child.attrs.get("href", ""))
        elif child.type == "link_close" and address:
            words.append(f" ({address})")
    return "".join(words)


def _write_docx(title: str, text: str) -> bytes:
    document = docx.Document()
    document.add_heading(title, 0)
    for kind, level, words in _blocks(text):
        if kind == "heading":
            document.add_heading(words, min(level, 9))
        else:
            document.add_paragraph(words, {"item": "List Bullet", "quote": "Quote"}.get(kind))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _write_odt(title: str, text: str) -> bytes:
    document = odfdo.Document("text")
    document.body.clear()
    document.body.append(odfdo.Header(1, title))
    items: list[str] = []
    for kind, level, words in [*_blocks(text), ("end", 0, "")]:
        if kind == "item":
            items.append(words)
            continue
        if items:
            document.body.append(odfdo.List(items))
            items = []
        if kind == "heading":
            document.body.append(odfdo.Header(min(level, 6), words))
        elif kind != "end":
            document.body.append(odfdo.Paragraph(words))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _write_pdf(title: str, text: str) -> bytes:
    lines = [pdf.paragraph(title, 20, bold=True), pdf.space()]
    for kind, level, words in _blocks(text):
        if kind == "heading":
            lines.append(pdf.paragraph(words, 17 - 2 * min(level, 4), bold=True))
        elif kind == "item":
            lines.append(pdf.paragraph(words, indent=5 * level, bullet="•"))
        else:
            lines.append(pdf.paragraph(words, indent=6 if kind == "quote" else 0))
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
