"""Policies from files: Word, PDF, OpenDocument, HTML, Markdown and plain text."""

import io
import re
import zipfile
from collections.abc import Callable

from django.utils.translation import gettext as _

from askfirst.base.later import later
from askfirst.base.texts import storable
from askfirst.policy.errors import CannotRead

mammoth, markdownify, odfdo, pypdfium2 = map(later, ["mammoth", "markdownify", "odfdo", "pypdfium2"])

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
    text = storable(text.replace("\r\n", "\n"))
    text = re.sub(r"[ \t]+\n", "\n", re.sub(r"\n{3,}", "\n\n", text)).strip()
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
    declared = re.search(rb"""<meta[^>]+charset=["']?([\w-]+)""", data[:4096], re.IGNORECASE)
    try:
        return _read_html_text(_read_text(data))
    except UnicodeDecodeError:
        if declared is None:
            raise
        return _read_html_text(data.decode(declared[1].decode(), "replace"))


def _read_html_text(html: str) -> str:
    html = re.sub(r"(?is)<(script|style|head|nav|footer|noscript)\b.*?</\1\s*>", " ", html)
    return str(markdownify.markdownify(html, heading_style="ATX", bullets="-", strip=["img"], table_infer_header=True))


def _read_text(data: bytes) -> str:
    """UTF-8, or UTF-16 where the file begins with its mark, as Notepad writes it."""
    return data.decode("utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig")


def _read_markdown(data: bytes) -> str:
    """Without the front matter in which site generators keep a page's title and addresses."""
    return re.sub(r"\A---[ \t]*\r?\n.*?\r?\n---[ \t]*\r?\n", "", _read_text(data), flags=re.DOTALL)


_READERS: dict[str, Callable[[bytes], str]] = {
    "docx": _read_docx, "doc": _read_docx, "odt": _read_odt, "pdf": _read_pdf, "html": _read_html, "htm": _read_html,
    "md": _read_markdown, "markdown": _read_markdown, "txt": _read_text,
}  # fmt: skip
