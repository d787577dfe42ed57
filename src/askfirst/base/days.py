"""Days that can be meant: further off lie slips of the hand, and nothing can be reckoned from them."""

from datetime import date

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
