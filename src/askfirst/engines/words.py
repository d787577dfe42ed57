"""Words of a text: normalised, split, and stripped of what says nothing; the one engine that others import."""

import re
import unicodedata
from functools import lru_cache

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")

# Greetings and lead-ins that people put before what they ask, in the languages we write in ourselves.
LEAD_INS = re.compile(
    r"^(?:(?:hi|hello|hey|dear|good (?:morning|afternoon|evening)|hallo|guten (?:tag|morgen)|moin|hola|bonjour)\b[^,.!?]{0,24}[,.!]+\s*)?"
    r"(?:(?:just )?(?:a )?(?:quick|short|small|kurze) (?:question|frage)\s*[:,.–-]\s*)?"
    r"(?:(?:i(?:'| a)?m (?:just )?wondering|i was wondering|i(?:'d| would) like to (?:know|ask)|i want(?:ed)? to (?:know|ask)"
    r"|(?:can|could|would) (?:you|someone|anybody|anyone) (?:please )?(?:tell|explain|clarify|let)(?: (?:me|us))?(?: know)?"
    r"|ich (?:würde|wollte|möchte) (?:gerne? )?(?:wissen|fragen)|mich würde interessieren)\b[,:]?\s*)?",
    re.IGNORECASE,
)

STOP_WORDS = frozenset(
    """a about all also am an and any are as at be been but by can could did do does for from had has have he her him his
    how i if in into is it its just like me my no not of on or our out she should so some than that the their them then
    there these they this to too up us was we were what when where which who why will with would you your
    aber alle als am an auch auf aus bei bin bis da das dass dein dem den der des die doch du ein eine einem einen einer
    er es für hat habe haben ich ihr im in ist ja kann man mein mich mit muss nach nicht noch nur ob oder sein sich sie
    sind so über um und uns unser vom von vor war was wenn wer wie wir wird wo zu zum zur""".split()
)


def normalised(text: str) -> str:
    """One line, composed characters, plain spaces and quotes."""
    return " ".join(unicodedata.normalize("NFC", text).replace("’", "'").split())


def without_lead_in(text: str) -> str:
    """The text without greeting and "I was wondering"; the text itself when nothing else would be left."""
    rest = LEAD_INS.sub("", text, count=1).strip()
    return rest if len(rest) >= 8 else text


@lru_cache(maxsize=50_000)
def folded(word: str) -> str:
    """Small letters without accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(c))


def content_words(text: str) -> list[str]:
    """The words that carry meaning, in order, as they are written."""
    return [word for word in WORD.findall(normalised(text)) if word.casefold() not in STOP_WORDS and len(word) > 1]


def shared_words(texts: list[str], most: int = 6) -> list[str]:
    """Content words that stand in at least half of the texts (and in two), the most shared first."""
    seen: dict[str, tuple[int, str]] = {}
    for text in texts:
        for stem, word in {_stem(word): word for word in content_words(text)}.items():
            count, first = seen.get(stem, (0, word))
            seen[stem] = (count + 1, first)
    least = max(2, (len(texts) + 1) // 2)
    shared = sorted((-count, word.lower()) for count, word in seen.values() if count >= least)
    return [word for _count, word in shared[:most]]


def _stem(word: str) -> str:
    """A rough stem, enough to see that "posts" and "posting" share something."""
    plain = folded(word)
    for ending in ("ings", "ing", "ies", "ed", "es", "s", "en", "e"):
        if plain.endswith(ending) and len(plain) - len(ending) >= 4:
            return plain[: -len(ending)]
    return plain
