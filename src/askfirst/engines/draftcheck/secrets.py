"""Keys, tokens and passwords: anchored patterns, and words that announce one."""

import re
from collections.abc import Iterator

from askfirst.engines.draftcheck.findings import Draft, Finding
from askfirst.engines.marking import _

NAME = "secrets"
_END = r"(?![A-Za-z0-9_-])"
# Each begins with what its issuer puts in front, so that prose cannot look like it.
KEYS = re.compile(
    "|".join(
        f"(?:{own})"
        for own in (
            r"(?<![A-Za-z0-9])(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Za-z0-9])",
            r"\bgh[pousr]_[A-Za-z0-9]{30,255}",
            r"\bgithub_pat_[A-Za-z0-9_]{22,255}",
            r"\bglpat-[A-Za-z0-9_-]{18,}",
            r"\bxox[abeoprs]-[A-Za-z0-9-]{10,}",
            r"\bxapp-\d-[A-Za-z0-9-]{10,}",
            r"\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]+)?",
            r"-----BEGIN (?:[A-Z ]+ )?PRIVATE KEY(?: BLOCK)?-----",
            r"\bAIza[A-Za-z0-9_-]{30,}",
            r"\bya29\.[A-Za-z0-9_-]{20,}",
            r"\bGOCSPX-[A-Za-z0-9_-]{20,}",
            r"\b[rs]k_(?:live|test)_[A-Za-z0-9]{16,}",
            r"\bwhsec_[A-Za-z0-9+/=]{20,}",
            r"\bSG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}",
            r"\b(?:SK|AC)[0-9a-f]{32}" + _END,
            r"\bnpm_[A-Za-z0-9]{30,}",
            r"\bpypi-[A-Za-z0-9_-]{16,}",
            r"\bsk-(?:ant-|proj-|svcacct-|or-)?[A-Za-z0-9_-]{20,}",
            r"\bhf_[A-Za-z0-9]{30,}",
            r"\bdop_v1_[a-f0-9]{40,}",
            r"\bdckr_pat_[A-Za-z0-9_-]{20,}",
            r"\bshp(?:at|ca|pa|ss)_[A-Fa-f0-9]{28,}",
            r"\bsq0(?:atp|csp|idp)-[A-Za-z0-9_-]{20,}",
            r"\bEAAC[A-Za-z0-9]{20,}",
            r"\bkey-[0-9a-f]{32}" + _END,
            r"\b\d{8,10}:AA[A-Za-z0-9_-]{32,}",
            r"\blin_api_[A-Za-z0-9]{30,}",
            r"\bPMAK-[A-Za-z0-9-]{30,}",
            r"\bAccountKey=[A-Za-z0-9+/=]{40,}",
            r"\bhvs\.[A-Za-z0-9_-]{20,}",
            r"https://hooks\.slack\.com/services/[A-Za-z0-9/]+",
            r"https://(?:\w+\.)?discord(?:app)?\.com/api/webhooks/[\w/-]+",
            r"https://[\w.-]+\.webhook\.office\.com/\S+",
            r"\b[a-z][a-z0-9+.-]{1,20}://[^\s/:@]{1,64}:[^\s/:@]{3,64}@[\w.-]+",
            r"\b(?:session_?id|jsessionid|phpsessid|sid|auth_token|csrftoken)=[A-Za-z0-9_%-]{16,}",
            r"\bssh-(?:rsa|ed25519) AAAA[A-Za-z0-9+/=]{40,} \S+@\S+",
        )
    )
)
_WORD = (
    r"pass ?words?|passwd|pass ?phrase|pass ?code|pwd|pw|pin(?: code)?|api[ _-]?key|secret(?:[ _-]key)?"
    r"|(?:secret[ _-])?access[ _-]?(?:key|token)|auth[ _-]?token|token|client[ _-]?secret|"
    r"(?:door|alarm|gate|admin|printer|access|entry|security|safe|vault|master|unlock|keypad|lock) code|(?:safe|lock|vault) combination|"
    r"code (?:fürs|für das|vom|zum) (?:tor|haus|lager|alarm\w*|tür|keller)|wi-?fi(?: key| password| pw)?|login|credentials?|"
    r"passw(?:ort|örter)|kennwort|geheimzahl|türcode|zugangscode|alarmcode|wlan(?:-?(?:passwort|schlüssel|kennwort))?|schlüssel|zugangsdaten"
)
# Such as: the PIN is 1234, Passwort lautet x.
_SAID = re.compile(
    rf"(?:(?<![\w-])|(?<=_))(?:{_WORD})(?:\s+(?:for|to|of|on|from|für|fürs|vom|zum|zur|der|des|von|at|in|auf|im|am|an)(?:\s+[\w.'-]+){{1,4}}?)?"
    rf"(?P<link>\s*(?:=>|→|[:=])\s*|\s+(?:is(?: now| still)?|lautet|ist(?: jetzt| noch)?|was|war|remains|bleibt)(?:\s*:)?\s+)"
    rf"(?P<value>[\"'“‘„`]?[^\s\"'”’“`]{{3,80}}[\"'”’“`]?)",
    re.IGNORECASE,
)
_PAIR = re.compile(
    r"(?<![\w-])(?:login|user(?:name)?|benutzer|zugang|credentials?|zugangsdaten)(?:\s+(?:is|are|ist|lautet|lauten))?\s*[:=]?\s*[\w.@-]{2,40}\s*/\s*(?P<value>\S{4,60})",
    re.IGNORECASE,
)
_PLAIN_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_BARE = re.compile(rf"(?<![\w-])(?:{_WORD})\s+(?P<value>(?=\S*\d)(?=\S*[^\W\d_])[^\s\"'”’“`,;]{{5,60}})", re.IGNORECASE)
_CODE = re.compile(
    r"\b(?:(?:door|gate|alarm|entry|safe|lock|garage|tür|tor|alarm|zugangs)[ -]?(?:code|pin)|pass ?code)\s+"
    r"(?P<value>\d{3,8}[#*]?)(?!\d|\s?(?:times|years|people))",
    re.IGNORECASE,
)
_QUOTED = re.compile(rf"(?<![\w-])(?:{_WORD})\s*[\"“„‘'](?P<value>[^\"”“’'\n]{{4,40}})[\"”“’']", re.IGNORECASE)
_AS = re.compile(
    r"\b(?:use|type|enter|nimm|nutze)\s+[\"“„']?(?P<value>(?=\S*\d)(?=\S*[^\W\d_])\S{5,40})[\"”“']?\s+(?:as"
    r"|als)\s+(?:the |your |das |dein )?(?:password|passwort|pass ?code|pin|kennwort)",
    re.IGNORECASE,
)
_BACKUP = re.compile(
    r"\b(?:2fa|backup|recovery|one[- ]time|einmal|wiederherstellungs)[ -]?(?:backup )?codes?\s*(?:is|are|:|=|lautet|lauten)?\s+(?P<value>\d{3,8}(?:-\d{3,8})?)",
    re.IGNORECASE,
)
_HEX = re.compile(r"\bkey\s*[:=]\s*(?P<value>(?=\w*\d)(?=\w*[a-z])\w{16,})", re.IGNORECASE)
_NETWORK = re.compile(
    r"\b(?:network|wi-?fi|wlan|netz)\b[^.\n]{0,50}?\b(?:key|schlüssel)\s+(?:(?:is|ist|lautet)\s+)?(?P<value>(?=\S*\d)(?=\S*[^\W\d_])\S{5,40})",
    re.IGNORECASE,
)
_PHRASE = re.compile(
    r"\b(?:recovery|seed|backup|wiederherstellungs)[ -]?(?:phrase|words|phrase"
    r"|wörter)\s*[:=]\s*(?P<value>[^\W\d_]+(?:[ ,]+[^\W\d_]+){4,})",
    re.IGNORECASE,
)
_CHANGED = re.compile(
    rf"(?<![\w-])(?:{_WORD})(?:\s+[\w'’]+){{1,4}}\s*[:=]\s*(?P<value>(?=\S*\d)(?=\S*[^\W\d_])\S{{5,60}})", re.IGNORECASE
)
# Such as: user demo, pass Zeppelin!88; get in with admin / admin123; login details for the tablet: one / Spring2026.
_USER_AND = re.compile(
    r"\b(?:user(?:name)?|login|account|benutzer(?:name)?)\s*[:=]?\s*[\w.@-]{2,40},?\s+(?:and\s+|und\s+)?"
    r"(?:pass(?:word|wort)?|pwd?|kennwort)\s*[:=]?\s*(?P<value>(?=\S*[\d!$%&#@_-])\S{4,60})",
    re.IGNORECASE,
)
_WITH = re.compile(
    r"\b(?:get in|gets? you in|log(?:s|ged)? ?in|sign in|let you in|rein|anmelden|einloggen|login)\b[^.\n]{0,30}?\b(?:with|mit|using)\s+"
    r"[\"“']?[\w.@-]{2,40}[\"”']?\s*(?:/|and|und)\s*(?P<value>(?=\S*\d)\S{4,60})",
    re.IGNORECASE,
)
_DETAILS = re.compile(
    r"\b(?:login|log-in|access|zugang\w*|credentials?|anmelde\w*)(?: details| data)?(?:\s+(?:for|to|für|zum|zur)(?:\s+[\w'-]+){1,5})?\s*[:=]\s*"
    r"[\w.@-]{2,40}\s*/\s*(?P<value>\S{4,60})",
    re.IGNORECASE,
)
_SET_TO = re.compile(
    rf"(?<![\w-])(?:{_WORD})(?:\s+for(?:\s+[\w'-]+){{1,4}})?\s+(?:to|auf)\s+[\"“„']?(?P<value>(?=\S*\d)(?=\S*[^\W\d_])[^\s\"”“']{{5,60}})",
    re.IGNORECASE,
)
_PIN = re.compile(
    r"\b(?:PIN|(?:badge|card|gate|my|our|karten?|mein\w*)[ -]?(?:pin|geheimzahl))\b(?:[^.\n]{0,50}?\b(?:is|ist|lautet|was)\b[^.\n\d]{0,25}|\s*:?\s+)"
    r"(?P<value>(?!(?:19|20)\d\d\b)\d{4,8})\b(?!\s?(?:times|years|people|%|euro|pounds))"
)
_KNOWN_TO_ALL = re.compile(
    r"\b(?:root|admin|default|standard|master)[- ]?(?:password|passwor[dt]|pw|kennwort)\b[^.\n]{0,50}?\b(?:is|ist|lautet)\s+[\"“„']?"
    r"(?P<value>(?!(?:still|now|not|the|a|an|no|so|too|strong|weak|unknown|known|changed|required|missing|gone|safe|wrong|different"
    r"|never|always|kept|set|written|immer|noch|nicht|jetzt|bekannt|geändert|falsch|weg)\b)[^\W\d_]{4,20})(?=[\"”“',.!)\s]|$)",
    re.IGNORECASE,
)
_COMBINATION = re.compile(
    r"\b(?:combination|\w*kombination)\b[^.\n]{0,30}?(?P<value>\d{1,2}(?:[- ]\d{1,2}){2,3})\b", re.IGNORECASE
)
# As in a file of settings: DB_PASS="…", SMTP_PASSWORD=….
_VARIABLE = re.compile(
    r"\b[A-Z][A-Z0-9_]*(?:PASS|PASSWORD|PASSWD|PWD|SECRET|TOKEN|APIKEY|_KEY)[A-Z0-9_]*\s*[=:]\s*[\"']?(?P<value>[^\s\"'<>{}$*]{6,80})"
)
_OPENS_WITH = re.compile(
    r"\b(?:lock ?box|door|gate|safe|locker|keypad|padlock|shed|tür|tor|schloss|tresor|spind)\b[^.\n]{0,40}\b(?:opens?|unlocks?|öffnet|geht auf)\s+"
    r"(?:with|mit)\s+(?:the )?(?:code\s+)?(?P<value>\d{3,8})\b",
    re.IGNORECASE,
)
_SERIAL = re.compile(
    r"\b(?:recovery|licen[cs]e|activation|product|lizenz|aktivierungs|wiederherstellungs)[- ]?(?:key|code|schlüssel)\b[^.\n]{0,45}?"
    r"(?P<value>(?=[A-Z0-9-]*\d)[A-Z0-9]{4,8}(?:-[A-Z0-9]{3,8}){2,})",
    re.IGNORECASE,
)
_RECIPE = re.compile(
    r"\b(?:password|passwort|kennwort|pin)\s+(?:is|ist)\s+(?:always |immer )?(?P<value>(?:your|my|the|their|our|dein|mein|ihr|unser|der|die|das)\w*\s+"
    r"(?:[\w-]+\s+){0,4}?(?:plus|followed by|and then|und dann|\+)\s*\S{1,20})",
    re.IGNORECASE,
)
_PASSPHRASE = re.compile(
    r"\b(?:pass ?phrase|passwortsatz)\s+(?:is\s+|ist\s+|:\s*)?(?P<value>(?=[^.,;\n]*\d)[\w-]+(?:\s[\w-]+){1,4})",
    re.IGNORECASE,
)
_NOW = re.compile(
    r"\b(?:pass ?code|code|pin|override|master key|notfallcode)\b[^.\n\d]{0,50}?"
    r"(?:,\s*now|\bis now|\bis|\bto|,?\s*jetzt|:)\s+(?P<value>\d(?:[ -]?\d){3,7})\b"
    r"(?!\s?(?:times|years|people|points|steps|%|am|pm|uhr))",
    re.IGNORECASE,
)
_DEFAULT_PAIR = re.compile(
    r"\b(?:password|passwort|login|credentials?)\b[^.\n]{0,20}?(?P<value>[a-z]{3,12}:[A-Za-z0-9!_-]{3,20})\b"
)


def _in_any_case(words: str) -> str:
    """Alternatives in small letters, with a capital and in capitals; the rest of a pattern then tells cases apart."""
    return "|".join(form for word in words.split("|") for form in (word, word[:1].upper() + word[1:], word.upper()))


# What announces a secret, and what looks like one beside it, whatever stands between them: letters with digits, or with
# signs that no word has inside; not a number with its unit, a product with its version, or capitals with a number.
_GUARDED = _in_any_case(
    "password|passwords|passcode|passphrase|passwd|passwort|kennwort|pw|pwd|login|sign-in|credentials|zugangsdaten|magic word|wifi|wi-fi"
    "|wlan|guest network|gästenetz|root|vpn|otp"
)
_MIXED = (
    r"(?![A-Z0-9.-]+(?![\w!#$%&*?+~^@-]))(?!\d+[.,:–-]?\d*[-–]?[A-Za-z]{1,12}\b)(?!(?:https?:|www\.)|\S+@\S+\.\w|[#@])"
    r"(?!(?:i[PO][a-zS]+|[Ww]indows|[Aa]ndroid|[Pp]ixel|[Gg]alaxy|[Ll]og4|[Ss]ha|[Uu]tf|[Ii]pv|[Hh]ttp|[Oo]auth|[Ww]eb|[Cc]ovid|[Pp]ython|[Oo]ffice)-?\d)"
    r"(?:(?=\S*\d)(?=\S*[^\W\d_])|(?=\w+[!#$%&*?+~^@]+\w))[^\s\"'“”‘’„()<>,;:/→]{6,60}"
)
_BESIDE = re.compile(rf"\b(?:{_GUARDED})\b[^.!?\n]{{0,45}}?(?<![\w@#/.&=-])(?P<value>{_MIXED})")
_BEFORE = re.compile(
    rf"(?<![\w@#/.&=-])(?P<value>{_MIXED})\s+(?:as|is|for|on|instead of|gets you into|ist|als|für|fürs|ins|statt)\b[^.!?\n]{{0,30}}?\b(?:{_GUARDED})\b"
)
# A number that opens something: the till unlocks with 4471, punch in 7719#, star 7 7 4 1 hash.
_OPENING = re.compile(
    r"\b(?:till|safe|alarm\w*|keypad|lock ?box|locker|padlock|combo|combination|door|gate|pin|pass ?code|override|code|otp|tür\w*|tor\w*|tresor|spind"
    r"|kasse|schlüsselkasten|geheimzahl|laptop|phone|tablet|host key)\b[^.!?\n\d]{0,40}?"
    r"(?:\b(?:with|is|in|are|to|enter|press|type|punch|mit|ist|lautet|auf)\b|[:=→,]|[’']s\b"
    r"|\boverride\b|\bpass ?code\b|\bhost key\b)\s*"
    r"(?P<value>\d(?:[ -]?\d){2,9}#?)(?=[.,;!?)#]|\s*$|\s+(?:and|und|then|dann|will|does|tut|today|now|heute|jetzt)\b)",
    re.IGNORECASE | re.MULTILINE,
)
_KEYED = re.compile(
    r"(?:\b(?:star|stern)\b|\*)\s*(?P<value>\d(?:[ -]?\d){2,7})\s*,?\s*(?:#|\b(?:hash|pound|raute)\b)", re.IGNORECASE
)
_GROUPED = re.compile(
    r"\b(?:till|safe|keypad|lock ?box|locker|padlock|combo|combination|tresor|spind|zahlenschloss)\b[^.!\n\d]{0,25}(?P<value>\d{1,2}(?:-\d{1,2}){2,4})\b",
    re.IGNORECASE,
)
_SAID_QUOTED = re.compile(
    r"\b(?:password|passcode|passwort|kennwort|wifi key)\b[^.!?\n]{0,20}?\b(?:is|ist|lautet|just)\s+[\"“„'](?P<value>[^\"”“'\n]{3,40})[\"”“']",
    re.IGNORECASE,
)
_PASS_IS = re.compile(r"\bpass(?:\s+is|\s*[:=→])\s*(?P<value>(?=\S*\d)(?=\S*[^\W\d_])\S{5,40})", re.IGNORECASE)
_COMMAND = re.compile(r"(?:\s-u|--user)\s+[\w.@-]{2,40}:(?P<value>[^\s:/]{4,60})")
_IN_CAPITALS = re.compile(
    r"\b[A-Z][A-Z0-9_]*(?:SECRET|TOKEN|PASSWORD|_KEY)[A-Z0-9_]*\s+(?P<value>(?=\S*\d)[A-Za-z0-9+/=_-]{16,})"
)
_SHELL = re.compile(
    r"\b(?:ssh|ssh’d|ssh'd|logged in|signed in)\b[^.\n]{0,25}?\b(?:with|as)\s+[\w.@-]{2,40}\s+(?:and|with)\s+(?P<value>(?=\S*[\d!#$%&*?@])\S{5,60})",
    re.IGNORECASE,
)
_BEARER = re.compile(r"\b[Bb]earer\s+(?P<value>(?=\S*\d)[A-Za-z0-9._~+/=-]{20,})")
_WALLET = re.compile(r"(?<!\w)(?P<value>0x[0-9a-fA-F]{64})(?!\w)")
_SENT = re.compile(
    r"\b(?:sms|text|login|sicherheits|entsperr|freischalt)[ -]?code\b[^.!?\n\d]{0,15}(?P<value>\d{4,8})\b",
    re.IGNORECASE,
)
_THE_KEY = re.compile(
    r"\b(?:network|netz|netzwerk|wifi|wi-fi|wlan)\b[^.!?\n]{0,50}\b(?:key|schlüssel|kennwort)\b[^\w\n]{1,4}"
    r"(?P<value>[\w-]{6,30})(?=['\"”’])",
    re.IGNORECASE,
)
_HOST = re.compile(
    r"\b[\w.-]+@(?:\d{1,3}(?:\.\d{1,3}){3}|[\w-]+(?:\.[\w-]+)+)[,;]?\s+(?:pass(?:word)?|pwd?)\b[:=]?\s*(?P<value>(?=\S*[\d!#$%&*?])\S{5,40})",
    re.IGNORECASE,
)
_TWICE = re.compile(r"(?<![\w/.-])(?P<value>([a-z]{4,12})/\2)(?![\w/.-])")
_AFTER_ADDRESS = re.compile(r"\b[\w.+-]+@[\w-]+\.[\w.-]+\s*(?://?|\|)\s*(?P<value>(?=\S*[\d!#$%&*?])\S{5,40})")
_USER_PLAIN = re.compile(
    r"\b(?:user(?:name)?|login|benutzer(?:name)?)\s*[:=]?\s*[\w.@-]{2,40},\s*(?:pass(?:word|wort)?|pwd?|kennwort)\s*[:=]?\s*"
    r"(?P<value>[\w!#$%&*?-]{3,40})(?=[.,;!?)]|\s*$)",
    re.IGNORECASE | re.MULTILINE,
)
_VERSION = re.compile(r"v?\d+(?:\.\d+){1,3}(?:-?(?:rc|beta|alpha)\d*)?", re.IGNORECASE)
_DIGITS_ONLY = re.compile(r"(?:pin|code|geheimzahl|zahl)")
# What these find needs no second look at the value.
_SAYS_SO = (
    _QUOTED, _AS, _BACKUP, _HEX, _NETWORK, _PHRASE, _USER_AND, _WITH, _DETAILS, _SET_TO, _PIN, _KNOWN_TO_ALL, _COMBINATION,
    _VARIABLE, _OPENS_WITH, _SERIAL, _RECIPE, _PASSPHRASE, _NOW, _DEFAULT_PAIR,
    _BEARER, _WALLET, _SENT, _THE_KEY, _HOST, _GROUPED, _SAID_QUOTED, _PASS_IS, _COMMAND, _IN_CAPITALS, _SHELL, _BESIDE, _BEFORE, _OPENING, _KEYED, _TWICE,
    _AFTER_ADDRESS, _USER_PLAIN,
)  # fmt: skip
OFFLINE = (KEYS, *_SAYS_SO)


def find(draft: Draft) -> Iterator[Finding]:
    taken: list[tuple[int, int]] = []
    for found in KEYS.finditer(draft.text):
        taken.append(found.span())
        yield Finding(
            found.start(),
            found.end(),
            NAME,
            _("A key or token. Take it out, and have it replaced: it must count as known."),
            mend="",
        )
    for pattern in (_SAID, _PAIR, _BARE, _CODE, _CHANGED, *_SAYS_SO):
        for found in pattern.finditer(draft.text):
            start, end = found.span("value")
            value = found["value"].rstrip(".,;:!?)")
            end = start + len(value)
            if any(start < last and first < end for first, last in taken):
                continue
            if _VERSION.fullmatch(value):
                continue
            is_said = pattern in _SAYS_SO
            if is_said or _is_secret(
                found[0].lower(),
                value.strip("\"'“”‘’„`"),
                is_assigned=pattern is not _SAID or found["link"].strip() in {":", "=", "=>", "→"},
            ):
                taken.append((start, end))
                yield Finding(
                    start,
                    end,
                    NAME,
                    _("This looks like a password or code. Take it out, and change it if it was shown."),
                    mend="",
                )


def _is_secret(announced: str, value: str, *, is_assigned: bool) -> bool:
    """Words are prose ("the password is strong"); what mixes kinds of characters, or is a code after "PIN", is not."""
    if (
        len(value) < 3
        or value.startswith(("http", "@", "#", "<", "{", "*", "…", "xx", "XX", "["))
        or set(value) <= set("*•xX.-_")
    ):
        return False
    has_digit, has_letter = any(c.isdigit() for c in value), any(c.isalpha() for c in value)
    if not has_letter:
        return (
            has_digit
            and len(re.sub(r"\D", "", value)) in range(3, 13)
            and bool(_DIGITS_ONLY.search(announced) or is_assigned)
        )
    if has_digit or re.search(r"[!$%&?*+_^~@#|<>]", value[:-1]):
        return not re.fullmatch(r"\d{1,2}(?:st|nd|rd|th|h|am|pm|%)|\d+(?:min|mb|gb|kb|px|€|\$)", value.lower())
    if _PLAIN_WORD.fullmatch(value):
        # A word written in mixed case inside, such as sunFlower, or announced with a colon and not plain prose.
        return bool(re.search(r"[a-z][A-Z]", value)) and is_assigned
    return is_assigned and len(value) >= 8
