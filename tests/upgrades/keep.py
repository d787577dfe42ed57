"""Keep the sample organisation as this version has it: `python -m tests.upgrades.keep`, once at each release, before the version changes.

Writes tests/upgrades/VERSION.sqlite3.xz, with empty vectors, which would be most of the file.
"""

import lzma
import os
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

from askfirst import __version__

HERE = Path(__file__).parent
# Seals in the file are read with this key, which is nobody's.
KEY = "a key for tests only"
DATABASE = "askfirst.sqlite3"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        environ = os.environ | {"ASKFIRST_DATA": folder, "ASKFIRST_SECRET_KEY": KEY, "ASKFIRST_DATABASE_URL": ""}
        who = ("--organisation", "Halden Outdoor", "--email", "root@halden.example", "--name", "Root")
        for arguments in (("init", *who), ("demo",)):
            subprocess.run([sys.executable, "-m", "askfirst", *arguments], env=environ, check=True, capture_output=True)
        size = pack(Path(folder) / DATABASE, HERE / f"{__version__}.sqlite3.xz")
        sys.stdout.write(f"{__version__}: {size // 1024} kB\n")


def pack(database: Path, kept: Path) -> int:
    """Write a database small. Returns the size in bytes."""
    with sqlite3.connect(database) as connection:
        connection.execute("UPDATE jam_contribution SET vector = zeroblob(length(vector))")
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.execute("VACUUM")
    connection.close()
    return kept.write_bytes(lzma.compress(database.read_bytes(), preset=9 | lzma.PRESET_EXTREME))


if __name__ == "__main__":
    main()
