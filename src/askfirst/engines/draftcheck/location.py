"""Where somebody is or lives: coordinates, map links, home addresses, who is where and when, and “nobody is at home”."""

import re
from collections.abc import Iterator

from askfirst.engines.draftcheck import whereabouts
from askfirst.engines.draftcheck.findings import Draft, Finding, Standing, near, touches
from askfirst.engines.marking import _

NAME = "location"
_DECIMAL = re.compile(
    r"(?<![\w.,-])[-+]?(?:[0-8]?\d|90)\.\d{3,8}°?\s?[NS]?\s?[,;/ ]\s?[-+]?(?:1[0-7]\d|0?\d?\d|180)\.\d{3,8}°?\s?[EWO]?(?!\w|\.\d)"
)
_DEGREES = re.compile(
    r"\b[NS]\s?\d{1,2}\s?[°\s]\s?\d{1,2}(?:\.\d+)?\s?['′’]?\s?(?:\d{1,2}(?:\.\d+)?\s?[\"″”]?)?[,;/\s]{1,3}[EWO]\s?\d{1,3}\s?[°\s]\s?\d{1,2}(?:\.\d+)?(?!\w)"
    r"|\d{1,2}[.,]\d{3,8}\s?°\s?[NS][,;/\s]{1,3}\d{1,3}[.,]\d{3,8}\s?°\s?[EWO]\b"
    r"|\d{1,3}\s?°\s?\d{1,2}(?:\.\d+)?\s?['′’]\s?(?:\d{1,2}(?:\.\d+)?\s?(?:[\"″”]|'')\s?)?[NS][,;\s]+\d{1,3}\s?°\s?\d{1,2}(?:\.\d+)?\s?['′’]\s?(?:\d{1,2}(?:\.\d+)?\s?(?:[\"″”]|'')\s?)?[EWO]\b"
)
_MAP = re.compile(
    r"(?:https?://)?(?:maps\.app\.goo\.gl/\w+|goo\.gl/maps/\w+|(?:www\.)?google\.\w+(?:\.\w+)?/maps\S*(?:@|[?&]q(?:uery)?=)-?\d+\.\d+\S*|maps\.google\.\w+\S*[?&]q=-?\d+\.\d+\S*|maps\.apple\.com/\S*(?:ll|q|coordinate|address)=\S+"
    r"|(?:www\.)?openstreetmap\.org/\S*(?:mlat=|#map=)\S+|(?:www\.)?bing\.com/maps\S*cp=-?\d\S*|waze\.com/ul\S+|what3words\.com/\S+|w3w\.co/\S+)|\bgeo:-?\d+\.\d+,-?\d+\.\d+\S*|(?<![\w/])///\w+\.\w+\.\w+\b",
    re.IGNORECASE,
)
# What each of these holds; looked for first, because hardly any text does.
_OF_MAPS = re.compile(r"map|waze|///|what3words|w3w|geo:")
# Grid references: UTM and MGRS; the British one only where it is called so.
_GRID = re.compile(
    r"(?<!\w)(?:[1-9]|[1-5]\d|60) ?[C-HJ-NP-X] ?(?:\d{6}(?:\.\d+)?(?: ?m ?E)?[, ]{1,2}\d{7}|[A-HJ-NP-Z]{2} ?(?:\d{4} ?\d{4}|\d{5} ?\d{5}))(?!\w)"
    r"|(?<!\w)[Gg]rid (?:[Rr]ef(?:erence)?\.?:? )?(?:is )?[A-HJ-Z]{2} ?(?:\d{3} ?\d{3}|\d{4} ?\d{4}|\d{5} ?\d{5})(?!\w)"
)
_PLUS_CODE = re.compile(r"(?<!\w)[23456789CFGHJMPQRVWX]{4,8}\+[23456789CFGHJMPQRVWX]{2,3}(?!\w)")
_NORDIC = "gatan|vägen|gade|vej|veien|gaten"
_FRENCH_OF = r"(?:(?:de|du|des|la|le|les|l['’]|d['’])\s?){0,2}"
_STREET = re.compile(
    r"(?<![\w#])(?:(?:flat|apt\.?|apartment|unit)\s?\d{0,4}\w?,?\s)?\d{1,5}[a-zA-Z]?,? (?:(?:N|S|E|W|North|South"
    r"|East|West)\.? )?(?:(?:[A-Z][\w'’.-]+|\d{1,3}(?:st|nd|rd|th)) ){1,3}(?:Street|St|Road|Rd|Lane|Ln|Avenue|Ave|Drive|Dr|Close|Court|Ct"
    r"|Crescent|Terrace|Boulevard|Blvd|Way|Gardens|Grove|Place|Pl|Square|Mews|Row|Hill|Walk|Parade|Quay|Wharf"
    r"|Parkway|Pkwy|Highway|Hwy|Circle|Cir|Rise|View|Park|Green|Yard|Cottages?|Villas|Croft)\b\.?(?: (?:NW|NE|SW|SE)\b)?"
    r"|(?<![\w#])(?:[A-Z][\w'’-]+ ){1,2}(?:Street|Road|Lane|Avenue|Drive|Close|Way|Terrace) \d{1,4}[a-z]?\b"
    rf"|(?<!\w)[A-ZÅÄÖØ][a-zåäöøë-]+(?:gracht|straat|laan|plein|kade|singel|dijk|{_NORDIC}|gata)\s\d{{1,4}}\s?[a-z]?\b"
    rf"|(?<![\w#])\d{{1,4}}(?:\s?(?:bis|ter))?,? (?:rue|avenue|boulevard|chemin|impasse|quai|allée|place) {_FRENCH_OF}[A-ZÀ-Ý][\w'’-]+"
    rf"|(?<![\w#])\d{{1,4}}[a-z]? [A-ZÅÄÖØ][a-zåäöø]+(?:{_NORDIC})\b"
    r"|(?<!\w)(?:Am|An der|An den|Auf der|Auf dem|Im|In der|Zum|Zur|Unter den) (?:[A-ZÄÖÜ][\wäöüß-]+ ){1,2}\d{1,3}\s?[a-z]?(?!\w|[.:]\d| ?(?:uhr|Uhr|%|€))"
    rf"|(?<!\w)(?:Rue|Avenue|Boulevard|Chemin|Quai) {_FRENCH_OF}[A-ZÀ-Ý][\w'’-]+,? \d{{1,4}}\b"
    r"|(?<!\w)(?:Calle|C/|Avenida|Avda\.?|Plaza|Paseo|Via|Viale|Piazza|Corso) (?:(?:de|del|la|los|las|di|della|dei) ){0,2}[A-ZÀ-Ý][\w'’-]+(?: [A-ZÀ-Ý][\w'’-]+)?,? (?:n[ºo°.]{0,2} ?)?\d{1,4}\b"
    r"|(?<!\w)[A-ZÄÖÜ][\wäöüß.-]*(?:(?:straße|strasse|str\.|weg|platz|gasse|allee|ring|damm|ufer|chaussee"
    r"|steig|stieg|hof)|(?:[ -](?:Straße|Strasse|Str\.|Weg|Platz|Gasse|Allee|Ring|Damm"
    r"|Ufer)))\s\d{1,4}\s?[a-z]?\b"
)
_HOME = re.compile(
    r"\b(?:liv(?:e|es|ing) (?:at|in|on)|lived at|my (?:home|house|place|flat|apartment|address|porch|garden|doorstep|letterbox)|home address|is ours|bought it"
    r"|(?:his|her|their|your) (?:home|house|place|flat|apartment|address)|at home|come (?:over )?to mine|come "
    r"(?:by|over|round)(?: to)?(?: ours| mine)?|we(?:'ve| have)? (?:just )?moved|new (?:home|house|flat|place"
    r"|address)|moved (?:in)?to|address(?: is| of|:)|'s (?:new |home )?(?:address|place|house|flat)|resid\w+"
    r"|(?:my|our) \w+['’]?s?['’]? (?:place|house|flat|home)|(?:working|work) from|wfh|i(?:'m| am) (?:at|in|outside)|meet me|customers?|tenants?"
    r"|mrs?\.? [a-z]|ms\.? [a-z]|deliver(?:y|ing|ed)?|parcel|package|courier|safe house|unmarked|warehouse|boss(?:'s)? (?:house|home)|ceo"
    r"|kund\w+|klient\w*|patient\w*|mieter\w*|frau [a-zäöü]|herrn? [a-zäöü]|paket|liefer\w*|treffen wir uns|livr\w+|client\w*|j'habite|chez moi|domicile|vivo en|abito|casa"
    r"|bought|gekauft|unit|flat"
    r"|stay(?:s|ing)? (?:at|with)|pick (?:me|him|her|us) up|housewarming|party at (?:mine|ours)|(?:round"
    r"|over) at mine|parked (?:outside|at|behind|in front of|opposite)|at ours|round ours|overnight|lock-?up|data cent(?:re|er)|server room|the servers|servers?|"
    r"wohn\w*|zu hause|zuhause|daheim|adresse|privat\w*|umgezogen|eingezogen|einzug\w*|neue wohnung|bei mir"
    r"|bei uns zu|kommt (?:\w+ )?vorbei, |bei uns in der|meine? (?:haus|wohnung|bude|neue)|nach hause|ziehe?n?"
    r"|hol\w* (?:mich|uns|ihn|sie) ab)\b"
)
_OFFICE = re.compile(
    r"\b(?:shop|store|(?<!home )office|showroom|branch|museum|library|school|\w*shop|bakery|pub|gym|clinic|market|theatre|town hall|community|café|cafe|restaurant"
    r"|visit us|find us|registration|conference|opening|opens|open (?:day|house|evening|at|on|from|daily|until|till|again|every|now|mon|tue|wed|thu|fri|sat|sun)|event|headquarters|hq|venue|station|exhibition|fair|laden|filiale|büro"
    r"|geschäft|öffnungszeiten|besucht uns|messe|veranstaltung|rathaus|schule|halle|standort)\b"
)
# What is counted there is no house.
_NUMBERED = re.compile(
    r"\b(?:chapter|ticket|order|episode|level|page|part|season|no\.|gate|top|row|kapitel|folge|seite|teil)\s*$",
    re.IGNORECASE,
)
# Kinds of streets whose names are hardly anything else; "3 Best Place" needs more to be an address.
_SURE = re.compile(
    r"\b(?:Street|St|Road|Rd|Lane|Ln|Avenue|Ave|Boulevard|Blvd|Crescent|Terrace|Grove|Mews|Gardens|Parade|Quay|Wharf|Parkway|Pkwy)\b"
    rf"|(?:straße|strasse|str\.|weg|gasse|allee|chaussee|gracht|straat|laan|kade|singel|{_NORDIC}|gata)\s\d|^\d+\S* [A-ZÅÄÖØ]\w+(?:{_NORDIC})$"
    r"|^\d+\S* (?:rue|avenue|boulevard|chemin|impasse|quai)\b|^(?:Rue|Calle|Avenida|Paseo|Via|Viale|Corso)\b"
)
# What makes an address of a street: a postcode behind it, with a town.
_POSTCODE = re.compile(
    r"[^.!?\n]{0,40}?(?:\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b|\b[A-Z]{2} \d{5}(?:-\d{4})?\b|\b\d{4} ?[A-Z]{2}\b|\b\d{4,5} [A-ZÄÖÜÀ-Ý][a-zäöüßà-ÿ]{2,})"
)
_AWAY = re.compile(
    r"(?:\b(?:house|flat|home|place|apartment)(?: is|'s| will be| stands| sits)? (?:now )?(?:empty"
    r"|unattended)\b|\bnobody(?: is|'s| will be)? (?:at )?home\b|\bno ?one(?: is|'s| will be)? (?:at )?home\b"
    r"|\bhome alone\b|\b(?:key|spare key) is under\b|\bkey (?:is )?under the (?:mat|pot|plant)\b"
    r"|\b(?:haus|wohnung) (?:steht|ist) (?:[\w.]+ ){0,5}leer\b|\bniemand (?:ist )?zu ?hause\b|\ballein(?:e)? zu ?hause\b|\bschlüssel liegt unter\b"
    r"|\b(?:key|keys) (?:is|are|lies|hangs|lives|sits|stays)\b[^.!?\n]{0,20}\b(?:under|in|behind|on|inside|beneath) (?:the|a|our|my) (?:\w+ ){0,2}(?:pot|flower ?pot|mat"
    r"|brick|stone|plant|bird ?house|meter box|gutter|drain ?pipe|letter ?box|mail ?box|shed|bin|gnome|wheel arch)\b"
    r"|\b(?:leaves?|keeps?|left|hides?) (?:my|his|her|our|their|the|a) (?:spare )?keys? (?:with|at|under|behind|for us)\b"
    r"|\b(?:\w+)?schlüssel (?:liegt|hängt|ist|steckt|bleibt)\b[^.!?\n]{0,25}\b(?:unter|unterm|im|in|hinter|hinterm|auf)\b(?: \w+){0,2} (?:blumentopf|topf|matte|fußmatte|ziegel|stein"
    r"|vogelhaus|zählerkasten|regenrinne|briefkasten|schuppen|tonne|gartenzwerg|radkasten)\b)"
)
# A new home whose street is called like nothing else: Obstgarten 3b, 4 The Larches.
_NEW_HOME = re.compile(
    r"\b(?i:new (?:flat|house|home|place|address|garden)|moved (?:in)?to|(?:a|the) (?:flat|house) at last|neuer? (?:wohnung|adresse|bude|bleibe|garten)|(?:um|ein)?gezogen"
    r"|endlich eine wohnung|packing out at|unpack(?:ing)? at|(?:we|i) live at|wir wohnen|bought it|gekauft)\b[^.!?\n]{0,25}?(?:[:,!]|\b(?:is|ist|to|in|at|wir|nach)\b)\s"
    r"(?:(?:the|den|die|das|der|im|am)\s)?(?P<place>\d{1,4}[a-z]?,? [A-Z]\w+(?: [A-Z]\w+){0,2}|[A-ZÄÖÜ][\w-]+(?: [A-ZÄÖÜ][\w-]+){0,2} \d{1,3}\s?[a-z]?)(?![\w%€£:]|[.,]\d)"
)
# Latitude and longitude with their names before them.
_LABELLED = re.compile(
    r"\blat(?:itude)?[\"']?\s*[:=]?\s*[-+]?\d{1,2}\.\d{3,8}[°,;&]?\s*[\"']?(?:lon|lng|long|longitude)[\"']?\s*[:=]?\s*[-+]?\d{1,3}\.\d{3,8}",
    re.IGNORECASE,
)
OFFLINE = (_MAP, _DECIMAL, _DEGREES, _LABELLED, _GRID)


def find(draft: Draft) -> Iterator[Finding]:
    here = _("An exact place. Who is there, and should everybody know?")
    for pattern in OFFLINE:
        if pattern is _MAP and not _OF_MAPS.search(draft.lowered):
            continue
        for found in pattern.finditer(draft.text):
            yield Finding(found.start(), found.end(), NAME, here, mend="", topic="privacy")
    streets = list(_STREET.finditer(draft.text))
    # Who speaks about their work says where and when it was; that is not asked about.
    told = (
        []
        if draft.standing is Standing.YES
        else list(whereabouts.told(draft.text, [found.span() for found in streets]))
    )
    who = _("This tells who is where, and when. Should everybody know?")
    for own in told:
        yield Finding(*own, NAME, who, topic="privacy")
    for own in whereabouts.guessed(draft.text, told, may_be_protected=draft.standing is not Standing.NO):
        if not (_STREET.search(draft.text, *own) and _OFFICE.search(draft.lowered, *own)):
            yield Finding(*own, NAME, who, topic="privacy", is_guess=True)
    for found in _PLUS_CODE.finditer(draft.text):
        if any(c.isdigit() for c in found[0]) and not found[0].replace("+", "").isdigit():
            yield Finding(found.start(), found.end(), NAME, here, mend="", topic="privacy")
    homes = [found.span() for found in streets if _is_home(draft, found)]
    homes += [
        found.span("place") for found in _NEW_HOME.finditer(draft.text) if not touches(*found.span("place"), homes)
    ]
    for start, end in homes:
        yield Finding(start, end, NAME, _("A home address. Does whoever lives there agree?"), topic="privacy")
    for found in _AWAY.finditer(draft.lowered):
        yield Finding(
            found.start(),
            found.end(),
            NAME,
            _("This tells everybody that a home stands empty, or how to get in."),
            topic="privacy",
        )


def _is_home(draft: Draft, street: re.Match[str]) -> bool:
    """Whether a street with a number is where somebody lives, or may be: not a shop, and not a chapter."""
    start, end = street.span()
    if _NUMBERED.search(draft.text, max(0, start - 12), start) or near(draft, start, end, _OFFICE, 60, 40):
        return False
    is_address = _SURE.search(street[0]) or _POSTCODE.match(draft.text, end, end + 60)
    return bool(is_address) or near(draft, start, end, _HOME, 70, 50)
