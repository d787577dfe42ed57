"""Keys, tokens and passwords, and numbers that open something.

Keys are told by their own form (`keys`). All else takes two things: a word that announces a secret, and what looks like one
near it, in either order, with the few words between that people put there. What looks like one depends on the announcement:
beside "password" it mixes letters with digits or signs; beside a lock it is a number that nothing is counted with; after
"password:" it may be any word. What no rule knows is left to a second judge (`unannounced`).
"""

import re
from collections.abc import Iterator

from askfirst.engines.draftcheck import unannounced
from askfirst.engines.draftcheck.findings import Draft, Finding, folded, matches_at, touches
from askfirst.engines.draftcheck.keys import KEYS
from askfirst.engines.draftcheck.unlocking import (
    ACCOUNT,
    COMPOUND,
    DEVICE,
    DIGITS,
    ENDS,
    INSIDERS,
    KEY,
    LINKED,
    LOCK,
    MANY_DIGITS,
    MIXED,
    NO_UNIT,
    NOT_OF,
    NUMBER_NAME,
    ON,
    PASSWORD,
    SAID_OF_PASSWORDS,
    SIGNED,
    USER,
    in_any_case,
)
from askfirst.engines.marking import _

NAME = "secrets"
LOOKS_LIKE_ONE = _("This looks like a password or code. Take it out, and change it if it was shown.")


def _rule(pattern: str, *, any_case: bool = True) -> re.Pattern[str]:
    return re.compile(pattern, (re.IGNORECASE if any_case else 0) | re.MULTILINE)


# Such as: the PIN is 1234, Passwort lautet x, token: 9d2f…; the value is looked at once more.
_ASSIGNED = _rule(
    rf"(?:(?<![\w-])|(?<=_))(?:{KEY})(?:\s+(?:for|to|of|on|from|für|fürs|vom|zum|zur|der|des|von|at|in|auf|im|am|an)(?:\s+[\w.'-]+){{1,4}}?)?"
    r"(?P<link>\s*(?:=>|→|[:=])\s*|\s+(?:is|lautet|ist|was|war|remains|bleibt)(?: now| still| jetzt| noch)?(?:\s*:)?\s+)"
    r"(?P<value>[\"'“‘„`]?[^\s\"'”’“`]{3,80}[\"'”’“`]?)"
)
_RULES = (
    # told her Sommer#2026!; our box still has hunter2 as its root password
    _rule(
        rf"\b(?:{in_any_case(f'{PASSWORD}|{ACCOUNT}')})\b{ON}{{0,45}}?(?<![\w@#/.&=-])(?P<value>{MIXED})",
        any_case=False,
    ),
    _rule(
        rf"(?<![\w@#/.&=-])(?P<value>{MIXED})\s+(?:as|is|for|on|instead of|gets you into|ist|als|für|fürs|ins|statt)\b"
        rf"[^.!?\n]{{0,30}}?\b(?:{in_any_case(f'{PASSWORD}|{ACCOUNT}')})\b",
        any_case=False,
    ),
    # network Cafe-Nord, key espresso4all!
    _rule(
        r"\b(?:network|netz\w*|wi-?fi|wlan|ssid)\b[^.!?\n]{0,50}\b(?:key|schlüssel)\b[^\w\n]{1,4}(?:(?:is|ist)\s+)?[\"'“„]?"
        r"(?P<value>(?=\S*[\d-])[\w!#$%&*?-]{6,40})"
    ),
    # pw toor; password: sunshine (one word, and then nothing)
    _rule(
        r"(?<![\w-])(?:pw|pwd|passwd)\s+(?P<value>(?!(?:is|ist|reset|for|für|and|und|manager|change)\b)[^\s,;]{3,40})"
    ),
    _rule(rf"(?<![\w-])(?:{PASSWORD})\s*[:=]\s*(?P<value>[^\s,;:]{{4,40}})(?=[.,;!)]?(?:\s*$|\s*\n))"),
    # password "river stones 5", password is "showroom"
    _rule(
        rf"(?<![\w-])(?:{PASSWORD}|code)(?:['’]s)?(?:\s+(?:is|ist|lautet|just|still|always|immer|noch|now|jetzt)){{0,3}}[\s:]{{1,3}}[\"“„‘'](?P<value>[^\"”“’'\n]{{3,40}})[\"”“’']"
    ),
    _rule(
        rf"[\"“„](?P<value>[^\s\"”“]{{4,40}})[\"”“]\s+(?:is|ist|as|als|works as)\b[^.!?\n]{{0,25}}\b(?:{PASSWORD})\b"
    ),
    # user demo, pass Zeppelin!88; login for the tablet: one / Spring2026; ubuntu and P@ssw0rd; default password, admin:admin
    _rule(
        rf"\b(?:user(?:name)?|login|account|benutzer(?:name)?|ssh)\b[^.\n]{{0,25}}?[\s:=]{USER},?\s+(?:and\s+"
        rf"|und\s+)?(?:pass(?:word|wort)?|pwd?|kennwort)\s*[:=]?\s*(?P<value>[^\s,;]{{3,60}})"
    ),
    _rule(
        rf"\b(?:log(?:s|ged)?[ -]?in|sign(?:ed)?[ -]?in|get in|lets? you in|ssh\W?d?|user(?:name)?|access|credentials?"
        rf"|zugang\w*|anmelde\w*|einloggen|rein)\b"
        rf"[^.\n]{{0,40}}?[\s:=]{USER}\s*(?:/|\band\b|\bund\b|\bwith\b|\bmit\b)\s*(?P<value>{SIGNED}[^\s/]{{4,60}})"
    ),
    _rule(
        r"\b(?:password|passwort|login|credentials?)\b[^.\n]{0,20}?(?P<value>[a-z]{3,12}:[A-Za-z0-9!_-]{3,20})\b",
        any_case=False,
    ),
    _rule(
        rf"\b{USER}@[\w-]+(?:\.[\w-]+)+[,;]?\s*(?://?|\||\bpass(?:word)?\b|\bpwd?\b)[:=]?\s*(?P<value>(?=\S*[\d!#$%&*?])[^\s]{{5,60}})"
    ),
    _rule(r"(?<![\w/.-])(?P<value>([a-z]{4,12})/\2)(?![\w/.-])", any_case=False),
    # sticky note reads "reservations / Alpen_21"
    _rule(
        rf"(?<![\w/]){USER}\s+/\s+(?P<value>(?=\S*[A-Za-z])(?:(?=\S*[a-z])(?=\S*[A-Z])(?=\S*\d\d)|(?=\S*[!#$%&*?+^_]\w"
        rf"|\w*\d[!?#$]))[^\s/\"'”’,;]{{6,40}})",
        any_case=False,
    ),
    _rule(r"\bpass(?:\s+(?:is|as)|\s*[:=→])\s*(?P<value>(?=\S*\d)\S{5,40})"),
    _rule(r"(?:\s-u|--user)\s+[\w.@-]{2,40}:(?P<value>[^\s:/]{4,60})"),
    # DB_PASS="…", set -x SECRET_KEY_BASE …
    _rule(
        r"\b[A-Z][A-Z0-9_]*(?:PASS|PASSWORD|PASSWD|PWD|SECRET|TOKEN|APIKEY|_KEY)[A-Z0-9_]*(?:\s*[=:]\s*"
        r"|\s+(?=\S*\d))[\"']?(?P<value>[^\s\"'<>{}$*]{6,80})",
        any_case=False,
    ),
    # recovery phrase: candle ocean tiger mango; passphrase is purple elephants dance slowly; always your name plus 24
    _rule(
        r"\b(?:recovery|seed|backup|wiederherstellungs)[ -]?(?:phrase|words|wörter)\s*[:=]?\s*(?P<value>[^\W\d_]+(?:[ ,]+[^\W\d_]+){4,})"
    ),
    _rule(
        r"\b(?:(?:pass|unlock|secret|code) ?phrase|passwortsatz|losung)\b[^.!?\n:]{0,35}?(?:\bis|\bist|\blautet|:)\s+"
        r"(?P<value>(?!(?:too|very|so|not|now|still|the|a|an|zu|sehr|nicht|jetzt|noch)\b)[\w-]+(?:\s(?!(?:to|and|the|of|is"
        r"|in|for|that|und|ist|zu)\b)[\w-]+){2,5})(?=[.,;!?]|\s*$)"
    ),
    _rule(
        r"\b(?:password|passwort|kennwort|pin)\s+(?:is|ist)\s+(?:always |immer )?(?P<value>(?:your|my|the|their|our|dein"
        r"|mein|ihr|unser|der|die|das)\w*\s+"
        r"(?:[\w'’-]+\s+){0,5}?(?:plus|followed by|and then|und dann|\+)\s*\S{1,20})"
    ),
    # root password is toor
    _rule(
        r"\b(?:root|admin|default|standard|master|demo)[- ]?(?:password|passwort|pw|kennwort)\b[^.\n]{0,50}?\b(?:is|ist|lautet)\s+[\"“„']?"
        r"(?P<value>(?!(?:still|now|not|the|a|an|no|so|too|strong|weak|unknown|known|changed|required|missing|gone|safe"
        r"|wrong|different|never|always|kept|set"
        r"|written|immer|noch|nicht|jetzt|bekannt|geändert|falsch|weg)\b)[^\W\d_]{4,20})(?=[\"”“',.!)\s]|$)"
    ),
    # password123 still works
    _rule(r"(?<![\w-])(?P<value>(?:password|passwort|letmein|qwertz?|admin)\d{1,4}[!?#]?)(?![\w-])"),
    # License key: XK4F-9JQ2-PL7T; recovery codes 8812-4410 and 9920-1173
    _rule(
        r"\b(?:recovery|licen[cs]e|activation|product|wpa|wi-?fi|wlan|network|lizenz|aktivierungs"
        r"|wiederherstellungs)[- ]?(?:key|code|schlüssel)\b[^.\n]{0,45}?"
        r"(?P<value>(?=[A-Z0-9-]*\d)[A-Z0-9]{4,8}(?:-[A-Z0-9]{3,8}){2,})"
    ),
    _rule(
        r"\b(?:2fa|backup|recovery|one[- ]time|einmal|wiederherstellungs)[ -]?(?:backup )?codes?\s*(?:is|are|was|war|:|="
        r"|lautet|lauten)?\s+(?P<value>\d{3,8}(?:[ -]\d{3,8})?)"
    ),
    # WLAN-Kennwort lautet kaffeepause; and the password is bluedoor
    _rule(rf"\b(?:{PASSWORD})\s+lautet\s+(?P<value>(?!(?:immer|noch|jetzt|wie|nicht|weiterhin)\b)[\w-]{{4,40}})"),
    _rule(
        r"\b(?:wi-?fi|wlan|\w*netz\w*|network|router|portal|server|laptop|printer|drucker|accounts?|user|login|admin|shop"
        r"|drive|folder|site|kiosk|for the \w+|für \w+)\b"
        rf"{ON}{{0,50}}?\b(?:password|passwort|kennwort|passcode)\s+(?:is"
        rf"|ist)\s+(?P<value>(?!{SAID_OF_PASSWORDS})[^\W\d_]{{5,30}})(?=[.,;!)]?(?:\s*$|\s+(?:and|und|lol|haha)\b"
        rf"|[.,;!)]\s))"
    ),
    # A number that opens something: the till unlocks with 4471; key safe by the door, code 1998; the PIN vom Diensthandy ist 7788
    _rule(
        rf"\b(?:(?:{LOCK}|{DEVICE})\b{LINKED}(?={MANY_DIGITS})|(?:{NUMBER_NAME})\b{LINKED})(?P<value>{DIGITS}){ENDS}"
    ),
    _rule(
        rf"\b(?:{LOCK})\b[^.!?\n\d]{{0,45}}?\b(?:{NUMBER_NAME})\b[\s:,]*(?:changed to |is |ist |lautet "
        rf"|jetzt )?(?P<value>{DIGITS})(?![\w%€£$°]|[.,:]\d|\s?(?:times|years|people|points|mal|jahre))"
    ),
    _rule(
        rf"\b(?:pin|pass ?code|geheimzahl|{COMPOUND}|(?:{LOCK}|sms|text|login|security|access|entry|unlock|admin|printer)[ -]?(?:code|pin))s?\b"
        rf"(?:[^.\n\d]{{0,50}}?\b(?:is|ist|lautet|was|now|jetzt|to)\b[^.\n\d]{{0,25}}"
        rf"|[\s:,]+)(?P<value>{DIGITS}){NO_UNIT}"
    ),
    # Door fob dead? type 90210 on the pad; die Schranke geht mit 2580 auf
    _rule(
        rf"\b(?:{LOCK}|{COMPOUND}|pin|pass ?code|geheimzahl)\b[^.!\n]{{0,45}}?(?<![\w.,:/-]){NOT_OF}(?P<value>{MANY_DIGITS}){ENDS}"
    ),
    _rule(rf"\b(?:type|punch|press|enter|key|tippt?|drückt?|wählt?)(?: in)?(?: the)?\s+(?P<value>{MANY_DIGITS}){ENDS}"),
    _rule(r"\b(?:room|site|building|roof|staff|server) access\s+(?P<value>\d(?:[ -]?\d){3,9}[#*]?)" + ENDS),
    _rule(
        rf"\b(?:{LOCK}|cabinet|kombination)\b[^.!\n]{{0,40}}?"
        r"(?P<value>(?:left|right|links|rechts) \d{1,2}(?:,? (?:then |dann )?(?:left|right|links|rechts) \d{1,2})+)"
    ),
    _rule(rf"\b(?:{LOCK})\b[^.!\n]{{0,30}}?(?P<value>\d{{1,2}}(?:,? (?:then|dann) \d{{1,2}}){{2,}})"),
    _rule(rf"(?:\b(?:star|stern)\b|\*)\s*(?P<value>{DIGITS})\s*,?\s*(?:#|\b(?:hash|pound|raute)\b)"),
    _rule(rf"\b(?:{LOCK}|kombination)\b[^.!\n\d]{{0,30}}(?P<value>\d{{1,2}}(?:[- ]\d{{1,2}}){{2,4}})\b(?![.,:]\d)"),
    # 40 left, 12 right, 33 left
    _rule(
        r"(?<![\w.,])(?P<value>\d{1,2} (?:left|right|links|rechts)(?:,? (?:then |dann )?\d{1,2} (?:left|right|links|rechts)){1,4})\b"
    ),
    # the staff entrance wants 5-8-0-8
    _rule(
        r"\b\w*(?:entrance|entry|door|gate|eingang|tür|tor|pforte|unlock|cupboard|cabinet|schrank|press|type|punch|wants|drücke?n?|tippe?n?|buzzer)\b[^.!?\n\d]{0,30}"
        r"(?<![\d-])(?P<value>\d(?:-\d){3,6}#?)(?![\d-])"
    ),
    # the code for the bike shed? 6610 works
    _rule(rf"\b\w{{0,10}}code\b[^?.!\n\d]{{0,40}}\?[^.!?\n\d]{{0,30}}(?P<value>{MANY_DIGITS}){NO_UNIT}"),
    # pickup code 903771; the two factor code keeps coming late, just got 482 913
    _rule(
        r"\b(?:pick[ -]?up|collection|participant|conference|host|dial[ -]?in|verification|confirmation|two[ -]?factor|2fa|security|sms"
        r"|supervisor|activation|entrance|building|lift|parking|pairing)[ -]?(?:codes?|pins?)\b[^.!?\n\d]{0,45}"
        rf"(?P<value>{MANY_DIGITS}){NO_UNIT}"
    ),
    # the boss's laptop opens with "Manchester1"
    _rule(
        r"\b(?:laptop|phone|tablet|pc|computer|mac|handy|rechner|account|konto|safe|tresor)\b[^.!?\n]{0,30}\b(?:opens?|unlocks?|starts?|geht|öffnet"
        r"|entsperrt)\b[^.!?\n\d]{0,12}\b(?:with|mit)\s+[\"“„'‘]?(?P<value>(?=\S*\d)[\w!#$%&*?+-]{5,30})"
    ),
    # a key safe (code C2580Y)
    _rule(
        rf"\b(?:{LOCK})\b[^.!?\n]{{0,20}}\bcode\b[\s:]*(?:is |ist )?(?P<value>(?=[a-z\d]*\d{{3}})(?=\d*[a-z])[a-z\d]{{4,8}})\b"
    ),
    # "What's the wifi?" It's coffee&cake2; my dog's name is my password. Good boy, Biscuit2014!
    _rule(
        rf"\b(?:{PASSWORD}|wi-?fi|wlan)\b[^.!?\n]{{0,15}}\?[^\n]{{0,45}}?\b(?:it['’]s|it is|es ist|is|ist|das ist)\s+"
        r"(?P<value>(?=\S*[\d!#$%&*?+]\w|\S*\w\d)[\w!#$%&*?+-]{6,40})"
    ),
    _rule(
        rf"\b(?:{PASSWORD})\b[^.!?\n]{{0,15}}[.!?]\s[^.!?\n\d]{{0,25}}(?<![\w-])(?P<value>[^\W\d_]{{4,20}}\d{{2,4}}[!?#$]?)(?![\w-])"
    ),
    # the answer to the security question is "Bluebell"
    _rule(
        r"\b(?:security|secret|recovery|sicherheits|geheim)[ -]?(?:question|frage)\b[^.!?\n]{0,60}?\b(?:is|ist|lautet|answer|antwort)\b:?\s+"
        r"(?:is |ist )?[\"“„'‘](?P<value>[^\"”“'’\n]{2,40})[\"”“'’]"
    ),
    # SAP user HK204, Initial01!; the guest laptop signs in as guest with Harbour99; the meeting key is 93!tulip
    _rule(
        rf"\b(?:user(?:name)?|benutzer(?:name)?)\b\s{USER},\s(?P<value>(?=\w*[A-Za-z])(?=\w*\d)[\w!#$%&*?+-]{{6,40}})"
    ),
    _rule(
        rf"\b(?:(?:signs?|logs?) in as|anmelden als|\w*(?:laptop|rechner|tablet|pc):)\s{USER}\s(?:with|and|mit|und)\s"
        r"(?P<value>(?=[\w!?#$]*[A-Za-z])(?=[\w!?#$]*\d)[\w!#$%&*?+-]{5,40})"
    ),
    _rule(
        r"\b(?:kennung|meeting key|losung)\s(?:lautet|ist|is)\s(?P<value>(?=\S*\d)(?=\S*[^\W\d_])[\w!#$%&*?+-]{5,40})"
    ),
    # the staging server accepts root:toor
    _rule(
        r"(?<![\w/:@.-])(?:root|admin|administrator|postgres|tomcat|guest|sysadmin):(?P<value>(?!/)[^\s:,;/]{4,40})(?![:/])"
    ),
    # the keypad on level 3 is now C1958X
    _rule(
        r"\b(?:(?:key)?pad|tastenfeld|zahlenfeld|türöffner)\b[^.!?\n]{0,40}\b(?:is|ist|wants|will|takes|nimmt)\b(?: now| jetzt)?\s+"
        r"(?P<value>(?=[a-z]*\d)(?=[\d]*[a-z])[a-z\d]{4,10})\b"
    ),
    # use code 730 114 to confirm if the bank calls; der Bestätigungscode der Bank war 730114
    _rule(
        r"\bcode\s(?P<value>\d{3} ?\d{3})\s(?:to|zum|um)\s[^.!?\n]{0,25}\b(?:confirm|verify|authori[sz]e|log ?in|sign in|approve|bestätigen|freigeben"
        r"|anmelden|einloggen)\b"
    ),
    _rule(
        rf"\b(?:bestätigungs|freigabe|einmal|verifizierungs)code\b[^.!?\n\d]{{0,30}}(?P<value>{MANY_DIGITS}){NO_UNIT}"
    ),
    # the answer to my security question is Rover, my mother's maiden name Blacksmith
    _rule(
        r"\b(?:[Aa]nswers? to|[Aa]ntwort(?:en)? auf)\b[^.!?\n]{0,20}"
        r"\b(?:(?:[Ss]ecurity|[Ss]ecret|[Rr]ecovery) questions?|(?:[Ss]icherheits|[Gg]eheim)fragen?)\b\s?"
        r"(?:is|are|was|ist|sind|lautet|lauten|:)\s+(?P<value>[\"“„'‘]?[A-ZÄÖÜ][^\W\d_]{2,30})",
        any_case=False,
    ),
    _rule(
        r"\b(?:[Mm]other['’]?s maiden name|[Mm]ädchenname (?:meiner|ihrer|seiner) [Mm]utter)\s(?:is|was|ist|war|lautet)\s(?P<value>[A-ZÄÖÜ][^\W\d_]{2,30})",
        any_case=False,
    ),
    # asks for a token, I always use 9f8e7d6c5b4a39281706
    _rule(
        rf"\b(?:token|secret|schlüssel|key)\b{ON}{{0,40}}?(?<![\w#@/.=&-])(?P<value>(?=[a-f]*\d)(?=\d*[a-f])[a-f\d]{{16,64}})\b"
    ),
    # the conference phone needs 4488 then hash; 7 2 9 1 on the lift panel
    _rule(
        r"(?<![\w.,:/-])(?P<value>\d(?: ?\d){2,9})\s*,?\s(?:then |and |dann |und )?(?:the )?(?:hash|pound|raute|star|stern)\b(?: key|taste)?"
    ),
    _rule(
        rf"(?<![\w.,:/-])(?P<value>\d(?:[ -]?\d){{3,9}})\s(?:on|into|at|am|auf|ins?) (?:the |dem |das )?(?:\w+ )?(?:{LOCK}|panel|pad|bedienfeld|tastenfeld)\b"
    ),
    # locked out of the stock room: it's 2468
    _rule(
        rf"\b(?:locked out|ausgesperrt)\b[^.!?\n\d]{{0,50}}\b(?:it['’]?s|it is|es ist|ist|with|mit)\s(?P<value>{MANY_DIGITS}){NO_UNIT}"
    ),
    # the verification word is "lighthouse"
    _rule(
        r"\b(?:verification|safe|magic|pass|code|security|kenn|losungs|prüf)[ -]?(?:word|wort)\b[^.!?\n]{0,20}\b(?:is|ist|lautet)\b:?\s"
        r"[\"“„'‘](?P<value>[^\"”“'’\n]{3,40})[\"”“'’]"
    ),
    # sign in to the kiosk as manager, 112233; it's gary@example.com and Snowdon85
    _rule(
        rf"\b(?:sign|log)(?:s|ged)? ?in\b[^.!?\n]{{0,30}}\bas\s{USER}(?:,| with| and| /)\s(?P<value>(?=\S*\d)[\w!?#$%&*+-]{{4,40}})"
    ),
    _rule(
        r"\b(?:shar(?:e|ing|ed)|login|log-in|account|sign[ -]?in|konto|zugang)\b[^.!?\n]{0,60}?\b[\w.+-]+@[\w-]+\.[\w.]*\w\s?(?:,|and|/|with|und|mit)\s"
        r"(?:the |pass(?:word)? |passwort )*(?P<value>(?=\S*\d)(?=\S*[^\W\d_])[\w!?#$%&*+-]{6,40})"
    ),
    # 2468 tippen
    _rule(rf"(?<![\w.,:/-])(?P<value>{MANY_DIGITS})\s+(?:ein)?(?:tippen|drücken|geben|wählen)\b"),
    # what only those who work here get: staff discount code STAFF40
    _rule(
        rf"\b(?:{in_any_case(INSIDERS)})\w*\b[^.!?\n]{{0,45}}?(?<![\w#@-])(?P<value>(?=[A-Z\d]*\d)[A-Z]{{3,}}[A-Z\d]{{2,}})(?![\w-])",
        any_case=False,
    ),
    _rule(
        r"\b(?:code|Code|CODE)\b:?\s(?:is |ist )?(?P<value>(?=[A-Z\d]*\d)[A-Z]{3,}[A-Z\d]{2,})\b[^.!?\n]{0,30}"
        r"\b(?:staff only|only for (?:staff|us)|nur für (?:Beschäftigte|uns|Mitarbeiter\w*))\b",
        any_case=False,
    ),
)
OFFLINE = (KEYS, *_RULES)
# As they are run: the pattern, whether it is looked for in small letters, and whether it begins with a lock.
_AT_LOCK = rf"\b(?:{LOCK})"
_RUN = tuple(
    (small or own, small is not None, small is not None and own.pattern.startswith(_AT_LOCK))
    for own in _RULES
    for small in (folded(own),)
)
_LOCKS = re.compile(rf"\b(?=(?:{LOCK}))")
_VERSION = re.compile(r"v?\d+(?:\.\d+){1,3}(?:-?(?:rc|beta|alpha)\d*)?", re.IGNORECASE)
_PLAIN_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_A_NUMBER = re.compile(r"pin|code|geheimzahl|zahl|combination")


def find(draft: Draft) -> Iterator[Finding]:
    taken: list[tuple[int, int]] = []
    for found in KEYS.finditer(draft.text):
        taken.append(found.span())
        yield Finding(
            *found.span(),
            NAME,
            _("A key or token. Take it out, and have it replaced: it must count as known."),
            mend="",
        )
    locks = [found.start() for found in _LOCKS.finditer(draft.lowered)]
    for pattern, in_small, at_lock in ((_ASSIGNED, False, False), *_RUN):
        text = draft.lowered if in_small else draft.text
        for found in matches_at(pattern, text, locks) if at_lock else pattern.finditer(text):
            start = found.start("value")
            value = draft.text[start : found.end("value")].rstrip(".,;:!?)")
            end = start + len(value)
            if touches(start, end, taken) or _VERSION.fullmatch(value):
                continue
            if pattern is _ASSIGNED and not _is_secret(found):
                continue
            taken.append((start, end))
            yield Finding(start, end, NAME, LOOKS_LIKE_ONE, mend="")
    for start, end in unannounced.guessed(draft.text, taken):
        yield Finding(start, end, NAME, LOOKS_LIKE_ONE, mend="", is_guess=True)


def _is_secret(found: re.Match[str]) -> bool:
    """Words are prose ("the password is strong"); what mixes kinds of characters, or is a number after "PIN", is not."""
    value = found["value"].rstrip(".,;:!?)").strip("\"'“”‘’„`")
    is_assigned = found["link"].strip() in {":", "=", "=>", "→"}
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
            and bool(_A_NUMBER.search(found[0].lower()) or is_assigned)
        )
    if has_digit or re.search(r"[!$%&?*+_^~@#|<>]", value[:-1]):
        return not re.fullmatch(r"\d{1,2}(?:st|nd|rd|th|h|am|pm|%)|\d+(?:min|mb|gb|kb|px|€|\$)", value.lower())
    if _PLAIN_WORD.fullmatch(value):
        # A word written in mixed case inside, such as sunFlower, or announced with a colon and not plain prose.
        return bool(re.search(r"[a-z][A-Z]", value)) and is_assigned
    return is_assigned and len(value) >= 8
