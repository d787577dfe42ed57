"""Is this text of one's own making: passages close to references, with what may be done about each."""

from askfirst.engines.originality.check import Passage, check, hints
from askfirst.engines.originality.shelf import Shelf
from askfirst.engines.originality.texts import Text, Vocabulary

__all__ = ["Passage", "Shelf", "Text", "Vocabulary", "check", "hints"]
