"""Backups that can be trusted: database, media, keys and own words in one archive with hashes; restored only after they agree."""

import errno
import hashlib
import io
import json
import os
import re
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from askfirst import __version__

MANIFEST = "manifest.json"
SQLITE, POSTGRES = "askfirst.sqlite3", "askfirst.pgdump"
# What of the data directory belongs to a backup, beside the database.
KEPT = ("secret-key", "media", "locale")
COPY = 1 << 20


class BackupError(Exception):
    """A backup that cannot be made, verified or restored; the message says why and what to do."""


def make(target: Path, *, data: Path, database: dict[str, Any], database_url: str) -> dict[str, Any]:
    """Write a backup to `target` while the site is in use. Returns its manifest.

    Raises:
        BackupError: the file exists, the disk is full, or the database cannot be copied.
    """
    if target.exists():
        raise BackupError(f"{target} exists already; name a new file.")
    part = target.with_name(target.name + ".part")
    try:
        with tempfile.TemporaryDirectory(dir=target.parent) as folder:
            copy = (
                _copy_sqlite(Path(database["NAME"]), Path(folder))
                if "sqlite" in database["ENGINE"]
                else _dump_postgres(database_url, Path(folder))
            )
            manifest: dict[str, Any] = {
                "askfirst": __version__, "made_at": datetime.now(UTC).isoformat(timespec="seconds"), "database": copy.name,
                "files": {}, "rows": _counts(copy) if copy.name == SQLITE else {},
            }  # fmt: skip
            # It holds the keys, so nobody else on the machine may read it.
            with open(part, "wb", opener=_for_us_alone) as file, tarfile.open(fileobj=file, mode="w") as archive:
                for path, name in [(copy, copy.name), *_kept(data)]:
                    try:
                        manifest["files"][name] = _add(archive, path, name)
                    except FileNotFoundError:
                        # Somebody took a picture out while the backup was made.
                        continue
                _add_text(archive, MANIFEST, json.dumps(manifest, indent=1))
        part.replace(target)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise BackupError(f"The backup cannot be written: {error}") from error
    return manifest


def verify(source: Path, folder: Path) -> dict[str, Any]:
    """Unpack a backup into an empty folder and hold it against its manifest. Returns the manifest.

    Raises:
        BackupError: it is no backup of ours, a file is missing, changed or too much, or the database is damaged.
    """
    try:
        with tarfile.open(source, "r") as archive:
            archive.extractall(folder, filter="data")
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        expected = manifest["files"]
    except (OSError, tarfile.TarError, ValueError, KeyError) as error:
        if isinstance(error, OSError) and error.errno == errno.ENOSPC:
            raise BackupError(f"{folder} has no room to unpack it. Set TMPDIR to a place that has.") from error
        raise BackupError(f"{source} is no backup of Askfirst, or it is damaged: {error}") from error
    found = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()} - {MANIFEST}
    for name in sorted(found ^ set(expected)):
        raise BackupError(
            f"{name} is {'missing' if name in expected else 'not in the manifest'}; the backup is not whole."
        )
    for name, own in expected.items():
        if _digest(folder / name) != own["sha256"]:
            raise BackupError(f"{name} has changed since the backup was made.")
    if manifest["database"] == SQLITE:
        _check_sqlite(folder / SQLITE, manifest["rows"])
    elif shutil.which("pg_restore"):
        # Reads all of it, and writes it nowhere.
        _run("pg_restore", f"--file={os.devnull}", str(folder / POSTGRES))
    return dict(manifest)


def restore(source: Path, *, data: Path, database_url: str) -> dict[str, Any]:
    """Put a backup into an empty data directory (and, for PostgreSQL, an empty database). Returns the manifest.

    Raises:
        BackupError: as verify; or something is there already.
    """
    if any((data / name).exists() for name in (SQLITE, *KEPT)):
        raise BackupError(f"{data} is not empty. Restore into a new directory (ASKFIRST_DATA) and look at it first.")
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(dir=data) as name:
        folder = Path(name)
        manifest = verify(source, folder)
        if _number(manifest["askfirst"]) > _number(__version__):
            raise BackupError(
                f"This backup was made by Askfirst {manifest['askfirst']}, and this is {__version__}. Install that version, or a later one."
            )
        if (manifest["database"] == POSTGRES) != bool(database_url):
            kind = (
                "PostgreSQL (set ASKFIRST_DATABASE_URL)"
                if manifest["database"] == POSTGRES
                else "SQLite (unset ASKFIRST_DATABASE_URL)"
            )
            raise BackupError(f"This backup is of {kind}.")
        if manifest["database"] == POSTGRES:
            _restore_postgres(folder / POSTGRES, database_url)
        else:
            (folder / SQLITE).replace(data / SQLITE)
        for own in KEPT:
            if (folder / own).exists():
                shutil.move(str(folder / own), str(data / own))
    if (data / "secret-key").exists():
        (data / "secret-key").chmod(0o600)
    return manifest


def _kept(data: Path) -> Iterator[tuple[Path, str]]:
    for name in KEPT:
        place = data / name
        if place.is_file():
            yield place, name
        elif place.is_dir():
            for path in sorted(place.rglob("*")):
                if path.is_file() and not path.name.endswith(".part"):
                    yield path, str(path.relative_to(data))


def _copy_sqlite(source: Path, folder: Path) -> Path:
    copy = folder / SQLITE
    before, after = sqlite3.connect(source), sqlite3.connect(copy)
    try:
        before.backup(after)
        after.execute("PRAGMA journal_mode=DELETE")
    finally:
        before.close()
        after.close()
    return copy


def _check_sqlite(path: Path, rows: dict[str, int]) -> None:
    connection = sqlite3.connect(path)
    try:
        found = connection.execute("PRAGMA quick_check").fetchone()[0]
    except sqlite3.DatabaseError as error:
        found = str(error)
    finally:
        connection.close()
    if found != "ok":
        raise BackupError(f"The database is damaged: {found}")
    if _counts(path) != rows:
        raise BackupError("The database does not hold as many rows as the manifest says.")


def _counts(path: Path) -> dict[str, int]:
    connection = sqlite3.connect(path)
    try:
        tables = [
            row[0]
            for row in connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
            )
        ]
        return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables}  # noqa: S608 - names from the database itself
    finally:
        connection.close()


def _dump_postgres(url: str, folder: Path) -> Path:
    copy = folder / POSTGRES
    _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={copy}", f"--dbname={_plain(url)}")
    return copy


def _restore_postgres(path: Path, url: str) -> None:
    _run(
        "pg_restore",
        "--no-owner",
        "--no-privileges",
        "--exit-on-error",
        "--single-transaction",
        f"--dbname={_plain(url)}",
        str(path),
    )


def _plain(url: str) -> str:
    parts = urlsplit(url)
    return parts._replace(scheme="postgresql").geturl()


def _run(*command: str) -> None:
    if not shutil.which(command[0]):
        raise BackupError(
            f"{command[0]} is not installed; it comes with PostgreSQL's client (Debian: postgresql-client)."
        )
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BackupError(f"{command[0]} failed: {done.stderr.strip()[:500]}")


def _number(version: str) -> tuple[int, ...]:
    """A version such as 1.2.0.dev3 as numbers to compare: 1, 2, 0."""
    found = re.match(r"\d+(?:\.\d+)*", str(version))
    return tuple(map(int, found[0].split("."))) if found else ()


def _digest(path: Path) -> str:
    found = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(COPY):
            found.update(chunk)
    return found.hexdigest()


class _Hashed:
    """A file that is read once, for the archive and for its hash."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        chunk = self._file.read(size)
        self.digest.update(chunk)
        return chunk


def _add(archive: tarfile.TarFile, path: Path, name: str) -> dict[str, Any]:
    """Write a file into the archive; what the manifest says of it is of the very bytes that were written."""
    with path.open("rb") as file:
        entry, read = archive.gettarinfo(arcname=name, fileobj=file), _Hashed(file)
        archive.addfile(entry, read)  # type: ignore[arg-type]
    return {"bytes": entry.size, "sha256": read.digest.hexdigest()}


def _for_us_alone(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _add_text(archive: tarfile.TarFile, name: str, text: str) -> None:
    data = text.encode()
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(data), 0o600
    archive.addfile(entry, io.BytesIO(data))
