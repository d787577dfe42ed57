"""Which earlier questions is this one like: sentence vectors, and groups that form as questions arrive."""

from askfirst.engines.alike.groups import Index, Merge, Place, Settings, group_all
from askfirst.engines.alike.vectors import LANGUAGES, Encoder, Vector, has_english, has_shared, load_encoder

# Raised when the same questions would be grouped differently; stored with every grouping.
VERSION = "alike-2"

__all__ = [
    "LANGUAGES",
    "VERSION",
    "Encoder",
    "Index",
    "Merge",
    "Place",
    "Settings",
    "Vector",
    "group_all",
    "has_english",
    "has_shared",
    "load_encoder",
]
