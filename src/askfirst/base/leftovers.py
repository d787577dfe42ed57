"""Files that were kept for something that never came."""

import time
from collections.abc import Container
from pathlib import Path

KEPT_SECONDS = 24 * 3600


def drop(folder: Path, wanted: Container[str] = ()) -> int:
    """Delete the files of a folder that are not wanted by name and were not touched within the last day. Returns how many."""
    last = time.time() - KEPT_SECONDS
    files = [file for file in folder.iterdir() if file.name not in wanted and file.is_file()] if folder.is_dir() else []
    old = [file for file in files if file.stat().st_mtime < last]
    for file in old:
        file.unlink(missing_ok=True)
    return len(old)
