"""What announces a password, code or PIN, and what one looks like: the words and shapes that the rules of `secrets` are made of."""


def in_any_case(words: str) -> str:
    """Alternatives in small letters, with a capital and in capitals; the rest of a pattern then tells cases apart."""
    return "|".join(form for word in words.split("|") for form in (word, word[:1].upper() + word[1:], word.upper()))


# What announces a secret by itself: a value beside it needs only look like one.
PASSWORD = "password|passwords|passcode|pass code|passphrase|passwd|passwort|passwörter|kennwort|pw|pwd"
ACCOUNT = (
    "login|log-in|sign-in|credentials|zugangsdaten|zugang|magic word|wifi|wi-fi|wlan|guest network|gästenetz|root|vpn|otp"
    "|recovery code|recovery codes|backup code|backup codes|wiederherstellungscode|unlocks with|creds|access code"
)
# One word with "code" at its end; most of them let somebody in.
COMPOUND = r"(?!(?:post|bar|source|quell|promo|rabatt|aktions|gutschein)code)\w{2,}code"
# What needs an equals sign, a colon or "is" behind it, being said of other things too.
KEY = (
    r"pass ?words?|pass ?phrase|pass ?code|passwd|pwd|pw|pin(?: code)?|api[ _-]?(?:key|schlüssel)|secret(?:[ _-]key)?|(?:secret[ _-])?access[ _-]?(?:key|token)"
    rf"|auth[ _-]?token|token|client[ _-]?secret|wi-?fi(?: key| pw)?|login|credentials?|passw(?:ort|örter)|kennwort|geheimzahl|{COMPOUND}"
    r"|(?:door|alarm|gate|admin|printer|access|entry|security|safe|vault|master|unlock|keypad|lock) code|(?:safe|lock"
    r"|vault) combination|wlan(?:-?(?:passwort|schlüssel|kennwort))?|schlüssel|zugangsdaten"
)
# What a number opens, and what such a number is called.
LOCK = (
    r"(?:feuer|einbruch|haus)?alarm\w*|door|gate|till|safe|vault|lock ?box|key ?(?:safe|box)|locker|padlock|lock|keypad|combo|combination"
    r"|shed|garage|intercom|barrier"
    r"|(?:haus|hinter|vorder|keller|labor|lager|garagen|wohnungs|büro|eingangs)?tür(?:en)?|(?:haupt|hof|hinter|werks|garagen|einfahrts)?tor|schranke|tresor|spind|kasse|schlüssel(?:kasten"
    r"|box|tresor|safe)|(?:fahrrad|zahlen|vorhänge)?schloss"
)
DEVICE = r"laptop|phone|tablet|(?:dienst|firmen)?handy|rechner"
NUMBER_NAME = r"pass ?code|pin|code|override|otp|host key|geheimzahl|kombination|notfallcode|zahl"
# Letters with digits or signs inside; not a number with its unit, a product with its version, or capitals with a number.
MIXED = (
    r"(?![A-Z0-9.-]+(?![\w!#$%&*?+~^@-]))(?!\d+[.,:–-]?\d*[-–]?[A-Za-z]{1,12}\b)(?!(?:https?:|www\.)|\S+@\S+\.\w|[#@])"
    r"(?!(?:i[PO][a-zS]+|[Ww]indows|[Aa]ndroid|[Pp]ixel|[Gg]alaxy|[Ll]og4|[Ss]ha|[Uu]tf|[Ii]pv|[Hh]ttp|[Oo]auth|[Ww]eb"
    r"|[Cc]ovid|[Pp]ython|[Oo]ffice)-?\d)"
    r"(?:(?=\S*\d)(?=\S*[^\W\d_])|(?=\w+[!#$%&*?+~^@]+\w))[^\s\"'“”‘’„()<>,;:/→]{6,60}"
)
DIGITS = r"\d(?:[ -]?\d){2,9}[#*]?"
# Four digits and more, or fewer in groups, that are no year.
MANY_DIGITS = r"(?!(?:1[6-9]|20)\d\d\b)\d(?:[ -]?\d){3,9}[#*]?"
# On within a sentence.
ON = r"(?:[^.!?\n]|[.!?](?=\w))"
# Nothing is counted or timed with it: the sentence ends, pauses, or goes on with a word that does not name a unit.
ENDS = (
    r"(?=[.,;!?)#*]|\s*$|\s+(?:and|und|then|dann|will|does|tut|today|now|heute|jetzt|if|when|while|for|to|after|before"
    r"|until|but|or|because|so|at|on|in"
    r"|please|aus|auf|an|ein|rein|wenn|falls|für|bis|nach|bitte|oder|weil|works?|opens?|gets?|geht|klappt|scharf"
    r"|öffnen|entsperren|eingeben|drücken|wählen|tippen|lol|haha)\b)(?![.,:]\d)"
)
# What a password is said to be without being told.
SAID_OF_PASSWORDS = (
    r"(?:\w+(?:ed|ing|able|ible|ful|less|ous|ent|lich|ig|bar|los|sam|t)|strong|weak|secure|insecure|safe|unsafe|long"
    r"|short|wrong|right|gone|known|same|ready"
    r"|unique|simple|easy|hard|enough|everything|nothing|mandatory|optional|temporary|terrible|great|stupid|crazy"
    r"|private|secret|confidential|broken|yours"
    r"|never|always|still|again|sicher|unsicher|stark|schwach|lang|kurz|falsch|neu|alles|nichts|privat|geheim|anders"
    r"|immer|wieder|empty|leer|case|invalid"
    r"|personal|crucial|essential|vital|boring|useless|hilarious|awful|horrible|visible|public|online|there|here|below"
    r"|above|mine|ours|theirs|perfect|fine)\b"
)
YEAR = r"(?:1[6-9]|20)\d\d\b"
# Nothing is counted or timed with the number before it.
NO_UNIT = r"(?![\w%€£$°]|[.,:]\d|\s?(?:times|years|people|points|mal|jahre|steps|am\b|pm\b|uhr|characters|zeichen|lines|zeilen))"
LINKED = rf"[^.!?\n\d]{{0,40}}?(?:\b(?:with|is|are|to|enter|press|type|punch|mit|ist|lautet|auf)\b|\bin\b(?!\s*{YEAR})|[:=→,]|[’']s\b)\s*(?:the )?"
# What is counted or named by such a number is no lock.
NOT_OF = "".join(
    f"(?<!{word} )"
    for word in "room hall bus unit over than sold order ticket platform floor level page zimmer halle raum linie".split()
)
INSIDERS = "staff|employee|colleague|friends and family|family and friends|crew|mitarbeiter|beschäftigte|personal|freunde und familie|kollegen"
USER = r"[\w.@+-]{2,40}"
SIGNED = r"(?=\S*[\d!$%&#@*?_-])"
