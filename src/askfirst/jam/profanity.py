"""Words that nobody should have to read on a big screen. Matched whole, folded, with the usual digit-for-letter swaps."""

import re

from askfirst.engines import words

BLOCKED = frozenset(
    """arsehole asshole bastard bastards bitch bitches bollocks bullshit cunt cunts dickhead fuck fucked fucker fuckers
    fucking motherfucker piss pissed prick shit shits shitty slut sluts twat wanker wankers whore
    arsch arschloch fick ficken ficker fotze hurensohn hure huren kacke miststück scheisse scheiße scheiß scheiss
    schlampe wichser""".split()
)
BLOCKED_FOLDED = frozenset(words.folded(word) for word in BLOCKED)
SWAPS = str.maketrans("013457@$!", "oieastasi")
TOKEN = re.compile(r"[\w@$!]+")


def find(text: str) -> str:
    """The first blocked word as it was written, or an empty string."""
    for token in TOKEN.findall(words.normalised(text)):
        plain = words.folded(token.rstrip("!"))
        if plain in BLOCKED_FOLDED or plain.translate(SWAPS) in BLOCKED_FOLDED:
            return token
    return ""
