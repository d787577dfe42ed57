"""Keys, tokens and passwords: anchored patterns, and words that announce one."""

import re
from collections.abc import Iterator

from askfirst.engines.draftcheck.findings import Draft, Finding, _

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
            r"\bssh-(?:rsa|ed25519) AAAA[A-Za-z0-9+/=]{40,} \S+@\S+",
        )
    )
)
_WORD = (
    r"pass ?words?|passwd|pass ?phrase|pass ?code|pwd|pw|pin(?: code)?|api[ _-]?key|secret(?:[ _-]key)?"
    r"|(?:secret[ _-])?access[ _-]?(?:key|token)|auth[ _-]?token|token|client[ _-]?secret|"
    r"door code|alarm code|gate code|code (?:fürs|für das|vom|zum) (?:tor|haus|lager|alarm\w*|tür|keller)|wi-?fi(?: key| password| pw)?|login|credentials?|"
    r"passw(?:ort|örter)|kennwort|geheimzahl|türcode|zugangscode|alarmcode|wlan(?:-?(?:passwort|schlüssel|kennwort))?|schlüssel|zugangsdaten"
)
# Such as: the PIN is 1234, Passwort lautet x.
_SAID = re.compile(
    rf"(?:(?<![\w-])|(?<=_))(?:{_WORD})(?:\s+(?:for|to|of|on|from|für|vom|zum|zur|der|des|von|at|in|auf|im)(?:\s+[\w.'-]+){{1,4}}?)?"
    rf"(?P<link>\s*(?:=>|[:=])\s*|\s+(?:is(?: now| still)?|lautet|ist(?: jetzt| noch)?|was|war|remains|bleibt)(?:\s*:)?\s+)"
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
    r"\b(?:door|gate|alarm|entry|safe|lock|garage|tür|tor|alarm|zugangs)[ -]?(?:code|pin)\s+(?P<value>\d{3,8}[#*]?)(?!\d|\s?(?:times|years|people))",
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
    r"\b(?:network|wi-?fi|wlan|netz)\b[^.\n]{0,40}?\b(?:key|schlüssel)\s+(?P<value>(?=\S*\d)(?=\S*[^\W\d_])\S{5,40})",
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
_DIGITS_ONLY = re.compile(r"(?:pin|code|geheimzahl|zahl)")


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
    for pattern in (_SAID, _PAIR, _BARE, _CODE, _QUOTED, _AS, _BACKUP, _HEX, _NETWORK, _PHRASE, _CHANGED):
        for found in pattern.finditer(draft.text):
            start, end = found.span("value")
            value = found["value"].rstrip(".,;:!?)")
            end = start + len(value)
            if any(start < last and first < end for first, last in taken):
                continue
            is_said = pattern in {_QUOTED, _AS, _BACKUP, _HEX, _NETWORK, _PHRASE}
            if is_said or _is_secret(
                found[0].lower(),
                value.strip("\"'“”‘’„`"),
                is_assigned=pattern is not _SAID or found["link"].strip() in {":", "=", "=>"},
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
