"""Files between being uploaded and being imported: in the data folder, gone after a day."""

import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings

from askfirst.base import leftovers


def keep(upload: Any) -> str:
    """Keep an uploaded file and return its name."""
    _folder().mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=_folder(), suffix=".upload", delete=False) as file:
        for part in upload.chunks():
            file.write(part)
    return Path(file.name).name


def path(name: str) -> Path:
    """Where a kept file lies; a name is never a way to another folder."""
    return _folder() / Path(name).name


def drop(name: str) -> None:
    path(name).unlink(missing_ok=True)


def tidy() -> int:
    """Forget what somebody looked at and never imported. Returns how many."""
    return leftovers.drop(_folder())


def _folder() -> Path:
    return Path(settings.DATA) / "uploads"
