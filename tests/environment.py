"""Where the tests live: a data directory of their own, and the database that TEST_DATABASE_URL names (else SQLite).

Loaded as a plugin (see pyproject.toml) so that it comes before the settings are read.
"""

import os
import shutil
import tempfile
from pathlib import Path

import hypothesis  # noqa: F401 - loaded late, CPython 3.11 trips over its size in the summary
import pytest

DATA = Path(tempfile.mkdtemp(prefix="askfirst-tests-"))
for name in [name for name in os.environ if name.startswith("ASKFIRST_")]:
    del os.environ[name]
os.environ["ASKFIRST_DATA"] = str(DATA)
os.environ["ASKFIRST_SECRET_KEY"] = "a key for tests only"
os.environ["ASKFIRST_DATABASE_URL"] = os.environ.get("TEST_DATABASE_URL", "")
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "browser" in item.keywords and CHROMIUM is None:
            item.add_marker(pytest.mark.skip(reason="no chromium on this machine"))


def pytest_report_header() -> str:
    database = "PostgreSQL" if os.environ.get("TEST_DATABASE_URL") else "SQLite (set TEST_DATABASE_URL for PostgreSQL)"
    browser = "chromium" if CHROMIUM else "none: browser tests are skipped (Debian: apt install chromium)"
    return f"database: {database}; browser: {browser}"


def pytest_unconfigure() -> None:
    shutil.rmtree(DATA, ignore_errors=True)
