"""A drill with backups: made while votes go on, held against the manifest, restored elsewhere, damaged ones refused."""

import os
import sqlite3
import tarfile
import threading
import time
from pathlib import Path

import pytest

from askfirst.base import backups
from tests.conftest import Site


def test_backup_made_in_use_is_restored_elsewhere_with_media_and_keys(empty_site, tmp_path):
    (Path(empty_site.environ["ASKFIRST_DATA"]) / "media").mkdir(exist_ok=True)
    (Path(empty_site.environ["ASKFIRST_DATA"]) / "media/a.webp").write_bytes(b"picture")
    database = Path(empty_site.environ["ASKFIRST_DATA"]) / "askfirst.sqlite3"
    stop = threading.Event()

    def write() -> None:
        connection = sqlite3.connect(database, timeout=20)
        while not stop.is_set():
            connection.execute("UPDATE people_person SET name = 'Ada ' || (abs(random()) % 1000)")
            connection.commit()
            time.sleep(0.002)
        connection.close()

    writer = threading.Thread(target=write, daemon=True)
    writer.start()
    printed = empty_site.run("backup", str(tmp_path / "b.tar"))
    stop.set()
    writer.join()

    assert "restore --verify" in printed
    assert "fits its manifest" in empty_site.run("restore", "--verify", str(tmp_path / "b.tar"))
    other = Site(tmp_path / "other")
    other.run("restore", str(tmp_path / "b.tar"))
    other.run("init", "--email", "nobody@example.org", "--name", "Nobody")
    other.start()
    other.stop()
    assert (tmp_path / "other/media/a.webp").read_bytes() == b"picture"
    assert (tmp_path / "other/secret-key").read_text() == (
        Path(empty_site.environ["ASKFIRST_DATA"]) / "secret-key"
    ).read_text()
    assert sqlite3.connect(tmp_path / "other/askfirst.sqlite3").execute(
        "SELECT email FROM people_person"
    ).fetchall() == [("ada@example.org",)]
    with pytest.raises(AssertionError, match="is not empty"):
        other.run("restore", str(tmp_path / "b.tar"))
    with pytest.raises(AssertionError, match="exists already"):
        empty_site.run("backup", str(tmp_path / "b.tar"))


@pytest.fixture
def archive(empty_site, tmp_path) -> Path:
    empty_site.run("backup", str(tmp_path / "b.tar"))
    return tmp_path / "b.tar"


def test_only_its_owner_may_read_a_backup_and_a_key_that_is_an_option_is_named(empty_site, tmp_path):
    printed = empty_site.run("backup", str(tmp_path / "b.tar"))
    empty_site.environ["ASKFIRST_SECRET_KEY"] = "k" * 50
    of_option = empty_site.run("backup", str(tmp_path / "c.tar"))

    assert (tmp_path / "b.tar").stat().st_mode & 0o077 == 0
    assert ("ASKFIRST_SECRET_KEY" in printed, "ASKFIRST_SECRET_KEY" in of_option) == (False, True)


def test_backup_is_restored_over_nothing_and_by_no_older_program(archive, tmp_path, monkeypatch):
    with_media = tmp_path / "with-media"
    (with_media / "media").mkdir(parents=True)
    with pytest.raises(backups.BackupError, match="is not empty"):
        backups.restore(archive, data=with_media, database_url="")

    monkeypatch.setattr(backups, "__version__", "0.0.1")
    with pytest.raises(backups.BackupError, match="that version, or a later one"):
        backups.restore(archive, data=tmp_path / "older", database_url="")


def test_changed_cut_and_foreign_files_are_refused(archive, tmp_path):
    folder = tmp_path / "x"
    folder.mkdir()
    with tarfile.open(archive) as packed:
        packed.extractall(folder, filter="data")
    (folder / "secret-key").write_text("another")
    with tarfile.open(tmp_path / "changed.tar", "w") as packed:
        for path in folder.iterdir():
            packed.add(path, path.name)
    (folder / "secret-key").unlink()
    with tarfile.open(tmp_path / "less.tar", "w") as packed:
        for path in folder.iterdir():
            packed.add(path, path.name)
    (tmp_path / "cut.tar").write_bytes(archive.read_bytes()[: archive.stat().st_size // 2])
    (tmp_path / "foreign.tar").write_bytes(os.urandom(2000))

    for name, words in (
        ("changed", "has changed"),
        ("less", "is missing"),
        ("cut", "damaged"),
        ("foreign", "no backup"),
    ):
        scratch = tmp_path / f"scratch-{name}"
        scratch.mkdir()
        with pytest.raises(backups.BackupError, match=words):
            backups.verify(tmp_path / f"{name}.tar", scratch)
