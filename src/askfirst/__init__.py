"""Askfirst: train every employee for social media, starting from their own questions."""

__version__ = "0.1.0"
