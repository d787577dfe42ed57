"""The house keeps its own rules: layers, documentation, templates, translations, migrations."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import click
import polib
import pytest
from django.core.management import call_command
from django.utils.translation.template import templatize

from askfirst import cli as cli_module
from askfirst import options

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "askfirst"
TEMPLATES = sorted(SOURCE.glob("*/templates/**/*.html"))
MODULES = [path for path in SOURCE.glob("**/*.py") if "migrations" not in path.parts]


def commands():
    cli_module._add_parts()
    found = {}
    for name, command in cli_module.cli.commands.items():
        found[name] = command
        if isinstance(command, click.Group):
            found.update({f"{name} {sub}": own for sub, own in command.commands.items()})
    return found


def test_layers_hold():
    done = subprocess.run(
        [sys.executable, "-c", "import importlinter.cli as c, sys; sys.exit(c.lint_imports(no_cache=True))"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stdout


@pytest.mark.django_db
def test_migrations_are_complete():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_every_option_is_documented():
    text = (ROOT / "docs/reference/options.md").read_text()

    assert [option.variable for option in options.OPTIONS if f"`{option.variable}`" not in text] == []


def test_every_command_has_help_and_is_documented():
    text = (ROOT / "docs/reference/commands.md").read_text()

    assert [name for name, command in commands().items() if not command.help] == []
    assert [name for name in commands() if f"askfirst {name}" not in text] == []


def test_reference_pages_are_up_to_date():
    done = subprocess.run(
        [sys.executable, "docs/generate.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_template_has_nothing_inline_and_nothing_from_elsewhere(path):
    text = path.read_text()

    assert not re.search(r"<script(?![^>]*\bsrc=)[^>]*>", text)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|hx-on|javascript:", text)
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//", text)


@pytest.mark.parametrize(
    "path",
    [path for path in TEMPLATES if path.name.startswith("_") and path.parent.name in {"jam", "people", "library"}],
    ids=lambda path: path.name,
)
def test_fragment_documents_its_parameters(path):
    assert "{% comment %}" in path.read_text().splitlines()[0]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_module_opens_with_a_sentence(path):
    text = path.read_text()

    assert not text.strip() or ast.get_docstring(ast.parse(text))


def test_views_do_not_reach_past_access_and_queries():
    answers = re.compile(r"^def \w+\(request: Any.*\) -> \w*Response", re.MULTILINE)
    doors = [path for path in MODULES if path.name == "stream.py" or answers.search(path.read_text())]

    assert [path.name for path in doors if ".objects" in path.read_text()] == []


def test_german_is_complete():
    catalogue = polib.pofile(str(SOURCE / "locale/de/LC_MESSAGES/django.po"))

    assert [entry.msgid for entry in catalogue if not entry.obsolete and (not entry.translated() or entry.fuzzy)] == []


def test_no_message_is_missing_from_the_catalogue():
    known = {entry.msgid for entry in polib.pofile(str(SOURCE / "locale/de/LC_MESSAGES/django.po"))}
    used = set()
    for path in TEMPLATES:
        # Django turns templates into gettext calls, blocktranslate included.
        calls = re.findall(r"""(?<!p)gettext\((u'(?:[^'\\]|\\.)*'|u"(?:[^"\\]|\\.)*")""", templatize(path.read_text()))
        used |= {ast.literal_eval(call) for call in calls}
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text())):
            if (
                isinstance(node, ast.Call)
                and getattr(node.func, "id", "") in {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy"}
                and isinstance(node.args[0], ast.Constant)
            ):
                used.add(node.args[0].value)

    assert sorted(used - known) == []


def test_what_is_wrong_is_said_in_the_readers_language():
    """Mistakes that engines and fetches find are marked for translation, their values apart from their words."""
    told = {"Problem", "PhotoError", "SourceError", "CannotFetch", "QueryError"}
    bare = [
        f"{path.relative_to(SOURCE)}:{node.lineno}"
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and getattr(node.func, "attr", getattr(node.func, "id", "")) in told
        and any(
            isinstance(own, ast.JoinedStr)
            or (isinstance(own, ast.Constant) and isinstance(own.value, str) and " " in own.value)
            for own in node.args
        )
    ]

    assert bare == []


def test_compiled_catalogue_is_up_to_date():
    po = SOURCE / "locale/de/LC_MESSAGES/django.po"
    compiled = polib.mofile(str(po.with_suffix(".mo")))

    assert {e.msgid: e.msgstr for e in compiled if e.msgstr} == {
        e.msgid: e.msgstr for e in polib.pofile(str(po)).translated_entries() if e.msgstr
    }


def test_no_path_of_a_machine_and_no_registry_address_is_in_the_repository():
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    suspicious = re.compile(r"index-url|files\.pythonhosted|/root/|/home/[a-z]+/")
    own = str(Path(__file__).relative_to(ROOT))

    found = [
        name
        for name in tracked
        if name != own and (ROOT / name).is_file() and suspicious.search((ROOT / name).read_text(errors="ignore"))
    ]

    assert [name for name in found if name != "Makefile"] == []


def test_each_row_of_the_security_assessment_names_a_test_that_is_there():
    rows = re.findall(
        r"`(tests/[\w/]+\.py)(?:::(test_\w+))?` \|$", (ROOT / "docs/reference/asvs.md").read_text(), re.MULTILINE
    )

    assert len(rows) > 40
    assert [row for row in rows if f"def {row[1] or 'test_'}" not in (ROOT / row[0]).read_text()] == []


def test_inventory_names_every_primitive_that_the_source_uses():
    names = {
        "hmac": "HMAC",
        "sha256": "SHA-256",
        "blake2b": "BLAKE2b",
        "Fernet": "Fernet",
        "HKDF": "HKDF",
        "Ed25519": "Ed25519",
    }
    source = "\n".join(path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.py"))
    imported = set(re.findall(r"\bhashlib\.(\w+)|from hashlib import (\w+)|\b(hmac|Fernet|HKDF)\b", source))
    used = {name for found in imported for name in found if name}

    assert used - names.keys() == set()
    inventory = (ROOT / "SECURITY.md").read_text(encoding="utf-8").partition("## Cryptography")[2]
    assert [names[own] for own in used if names[own] not in inventory] == []
