"""Where somebody is or lives: coordinates, map links, home addresses, and “nobody is at home”."""

import re
from collections.abc import Iterator

from askfirst.engines.draftcheck.findings import Draft, Finding, _, near

NAME = "location"
_DECIMAL = re.compile(
    r"(?<![\w.,-])[-+]?(?:[0-8]?\d|90)\.\d{3,8}°?\s?[NS]?\s?[,;/ ]\s?[-+]?(?:1[0-7]\d|0?\d?\d|180)\.\d{3,8}°?\s?[EWO]?(?!\w|\.\d)"
)
_DEGREES = re.compile(
    r"\d{1,3}\s?°\s?\d{1,2}(?:\.\d+)?\s?['′’]\s?(?:\d{1,2}(?:\.\d+)?\s?(?:[\"″”]|'')\s?)?[NS][,;\s]+\d{1,3}\s?°\s?\d{1,2}(?:\.\d+)?\s?['′’]\s?(?:\d{1,2}(?:\.\d+)?\s?(?:[\"″”]|'')\s?)?[EWO]\b"
)
_MAP = re.compile(
    r"(?:https?://)?(?:maps\.app\.goo\.gl/\w+|goo\.gl/maps/\w+|(?:www\.)?google\.\w+(?:\.\w+)?/maps\S*(?:@|[?&]q(?:uery)?=)-?\d+\.\d+\S*|maps\.google\.\w+\S*[?&]q=-?\d+\.\d+\S*|maps\.apple\.com/\S*(?:ll|q|coordinate|address)=\S+"
    r"|(?:www\.)?openstreetmap\.org/\S*(?:mlat=|#map=)\S+|waze\.com/ul\S+|what3words\.com/\S+|w3w\.co/\S+)|\bgeo:-?\d+\.\d+,-?\d+\.\d+\S*|(?<![\w/])///\w+\.\w+\.\w+\b",
    re.IGNORECASE,
)
_PLUS_CODE = re.compile(r"(?<!\w)[23456789CFGHJMPQRVWX]{4,8}\+[23456789CFGHJMPQRVWX]{2,3}(?!\w)")
_STREET = re.compile(
    r"(?<![\w#])(?:(?:flat|apt\.?|apartment|unit)\s?\d{0,4}\w?,?\s)?\d{1,5}[a-zA-Z]?,? (?:(?:N|S|E|W|North|South"
    r"|East|West)\.? )?(?:[A-Z][\w'’.-]+ ){1,3}(?:Street|St|Road|Rd|Lane|Ln|Avenue|Ave|Drive|Dr|Close|Court|Ct"
    r"|Crescent|Terrace|Boulevard|Blvd|Way|Gardens|Grove|Place|Pl|Square|Mews|Row|Hill|Walk)\b\.?"
    r"|(?<!\w)[A-ZÄÖÜ][\wäöüß.-]*(?:(?:straße|strasse|str\.|weg|platz|gasse|allee|ring|damm|ufer|chaussee"
    r"|steig|stieg|hof)|(?:[ -](?:Straße|Strasse|Str\.|Weg|Platz|Gasse|Allee|Ring|Damm"
    r"|Ufer)))\s\d{1,4}\s?[a-z]?\b"
)
_HOME = re.compile(
    r"\b(?:liv(?:e|es|ing) (?:at|in|on)|lived at|my (?:home|house|place|flat|apartment|address)|home address"
    r"|(?:his|her|their|your) (?:home|house|place|flat|apartment|address)|at home|come (?:over )?to mine|come "
    r"(?:by|over|round)(?: to)?(?: ours| mine)?|we(?:'ve| have)? (?:just )?moved|new (?:home|house|flat|place"
    r"|address)|moved (?:in)?to|address(?: is| of|:)|'s (?:new |home )?(?:address|place|house|flat)|resid\w+"
    r"|stay(?:s|ing)? (?:at|with)|pick (?:me|him|her|us) up|housewarming|party at (?:mine|ours)|(?:round"
    r"|over) at mine|deliver (?:it|them)? ?to|"
    r"wohn\w*|zu hause|zuhause|daheim|adresse|privat\w*|umgezogen|eingezogen|einzug\w*|neue wohnung|bei mir"
    r"|bei uns zu|kommt (?:\w+ )?vorbei, |bei uns in der|meine? (?:haus|wohnung|bude|neue)|nach hause|ziehe?n?"
    r"|hol\w* (?:mich|uns|ihn|sie) ab)\b"
)
_OFFICE = re.compile(
    r"\b(?:shop|store|office|showroom|branch|museum|library|school|town hall|community|café|cafe|restaurant"
    r"|visit us|find us|open(?:ing)?|event|headquarters|hq|venue|station|exhibition|fair|laden|filiale|büro"
    r"|geschäft|öffnungszeiten|besucht uns|messe|veranstaltung|rathaus|schule|halle|standort)\b"
)
_AWAY = re.compile(
    r"(?:\b(?:house|flat|home|place|apartment)(?: is|'s| will be| stands| sits)? (?:now )?(?:empty"
    r"|unattended)\b|\bnobody(?: is|'s| will be)? (?:at )?home\b|\bno ?one(?: is|'s| will be)? (?:at )?home\b"
    r"|\bhome alone\b|\b(?:key|spare key) is under\b|\bkey (?:is )?under the (?:mat|pot|plant)\b"
    r"|\b(?:haus|wohnung) (?:steht|ist) (?:[\w.]+ ){0,5}leer\b|\bniemand (?:ist )?zu ?hause\b|\ballein(?:e)? zu ?hause\b|\bschlüssel liegt unter\b)"
)


def find(draft: Draft) -> Iterator[Finding]:
    here = _("An exact place. Who is there, and should everybody know?")
    for pattern in (_MAP, _DECIMAL, _DEGREES):
        for found in pattern.finditer(draft.text):
            yield Finding(found.start(), found.end(), NAME, here, topic="privacy")
    for found in _PLUS_CODE.finditer(draft.text):
        if any(c.isdigit() for c in found[0]) and not found[0].replace("+", "").isdigit():
            yield Finding(found.start(), found.end(), NAME, here, topic="privacy")
    for found in _STREET.finditer(draft.text):
        if near(draft, found.start(), found.end(), _HOME, 70, 50) and not near(
            draft, found.start(), found.end(), _OFFICE, 30, 30
        ):
            yield Finding(
                found.start(), found.end(), NAME, _("A home address. Does whoever lives there agree?"), topic="privacy"
            )
    for found in _AWAY.finditer(draft.lowered):
        yield Finding(
            found.start(),
            found.end(),
            NAME,
            _("This tells everybody that a home stands empty, or how to get in."),
            topic="privacy",
        )
