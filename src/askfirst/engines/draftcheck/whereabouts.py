"""Sentences that tell who is where, and when. English and German.

No word of such a sentence is private; what it says together is. Two judges, either of whom is enough. The first looks through
each sentence for signs of a few kinds (somebody alone, a place, until when; a habit and its hour; a child and its school), and
it counts where all the kinds of one line of `TELLING` are there. The second is a table of what each word says
(docs/decisions/0009), trained with the signs by training/whereabouts.py: it knows words that no sign has.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np

from askfirst.engines.draftcheck.findings import Span, touches
from askfirst.engines.draftcheck.together import SENTENCE, Together
from askfirst.engines.wordtable import WordTable, words_of

_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?|weekdays?|weekends?|(?:mon|diens|donners|frei|sams|sonn)tags?|mittwochs?|wochenende"
_CHILD = r"kids?|child(?:ren)?|sons?|daughters?|twins|girls?|boys?|little one|youngest|eldest|oldest|kinder?|sohn\w*|t[oö]chter\w*|kleinen?|große[nr]?"
_SCHOOL = (
    r"kita|kindergarten|nursery|pre-?school|school|schule|grundschule|gymnasium|hort|day ?care|creche|krippe|academy"
)
_LODGING = (
    r"hotel|motel|hostel|inn|resort|pension|airbnb|hospital|clinic|infirmary|hospice|krankenhaus|klinik\w*|marriott"
    r"|hilton|ibis|novotel|radisson"
)
_WORKPLACE = (
    r"depot|shop|store|offices?|station|warehouse|site|building|plant|reception|desk|kiosk|counter|bar|lab|yard|farm"
    r"|library|pharmacy|hotel|branch|clinic"
    r"|bakery|school|church|factory|studio|floor|laden|lager|büro|filiale|werkstatt|tankstelle|gebäude|werk|empfang"
    r"|praxis|halle|apotheke|bäckerei|werkhalle"
)
# What each kind of sign looks like; in any case unless it begins with (?-i:.
SIGNS = {
    "alone": r"(?:all |completely )?alone|on my own|by (?:my|her|him)self|nobody else|nobody but me|no one else|only ones? (?:here|in|left|on)"
    r"|(?:last|only) (?:ones?|two|three|four) (?:here|in|left|on|of us)|(?:just|only) us(?: two| three| four)?|zu (?:zweit|dritt)"
    r"|wir (?:zwei|drei) sind die letzten"
    r"|alleine?|niemand sonst|keiner sonst|als einzige[rn]?|letzter hier",
    "workplace": rf"(?:{_WORKPLACE})",
    "until": rf"until|till (?=\d|late|seven|eight|nine|ten|closing|morning|midnight|dawn|(?:{_DAY})\b)|tonight|all night"
    rf"|overnight|night shift|late (?:shift|again)|after closing|this weekend"
    r"|over (?:christmas|new year|easter|the holidays|the bank holiday)|(?:everybody|everyone) else (?:has |is )?(?:went|gone)|the others (?:are|have|went)"
    r"|über (?:weihnachten|silvester|ostern|die feiertage)|alle anderen sind|die anderen sind"
    r"|bis (?=\d|spät|früh|freitag|montag|morgen|mitternacht|\w+tag)|heute (?:nacht|abend)|nachts|nachtschicht|spätschicht|das ganze wochenende",
    "shift": r"night shift|nachtschicht",
    "habit": rf"(?:every|each|jede[nrs]?)\s+(?:single )?(?:other )?(?:morning|day|evening|night|afternoon|lunch|morgen|abend|tag"
    rf"|mittag|{_DAY})|daily|always|immer|as always|wie immer|on (?:{_DAY})"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)days|immer (?:montags|dienstags|mittwochs|donnerstags|freitags|samstags|sonntags)",
    "hour": r"\d{1,2}[:.]\d{2}(?:\s?(?:am|pm|uhr))?|\d{1,2}\s?(?:am|pm|o'clock|uhr|h)|(?:at|by|um|gegen|before|vor"
    r"|after) \d{1,2}(?![\d%,.]|\s?(?:km|people|euro|pounds|years))|half past \w+|halb \w+|sharp|at (?:dawn|noon"
    r"|midnight|six|seven|eight|nine|ten|five)",
    "moves": r"(?:i|we|my \w+|she|he)\b[^.!?\n]{0,25}\b(?:run(?! (?:a|an|our)\b)|jog|walk|cycle|ride|swim|train|hike|row|skate"
    r"|stretch|meditate|go)|(?:i'm|i am|we're|we are|find (?:me|us)|meet (?:me|us)) (?:always )?(?:at|in|on)"
    r"|(?:running|jogging|walking|cycling|swimming)"
    r"|(?:ich|wir|meine? \w+)\b[^.!?\n]{0,25}\b(?:laufe?n?|jogge?n?|gehe?n?|spaziere?n?|fahre?n?|radle?n?|schwimme?n?|trainiere?n?)"
    r"|(?:laufe|jogge|gehe|spaziere|fahre|radle|schwimme|trainiere)n? (?:ich|wir)|(?-i:Laufe|Jogge|Gehe|Spaziere|Radle|Schwimme|Trainiere)",
    "route": r"(?:past|along|through|around|round|down|by|over|durch|vorbei|entlang|rund um) |(?:the |in |im |am |vom "
    r"|zum )?\w*(?:park|woods?|forest|lake|river|bench|towpath|canal|reservoir|track|trail|loop"
    r"|pool|gym|playground|spielplatz|stadtwald|wald|see|kanal|promenade|schwimmbad|freibad|heath|common|beach|pier"
    r"|bridge|brücke)|(?:at|in|im|am|beim|from|von) (?:the |der |dem )?(?-i:[A-ZÄÖÜ])\w+|um (?:den|die|das) \w+",
    "my child": rf"(?:my|our|his|her|unser\w*|mein\w*|die|der)\s+(?:\w+ )?(?:{_CHILD})|(?:{_CHILD}|she|he|sie|er"
    rf"|(?-i:[A-Z][a-z]+))(?:'s|’s|s['’])? (?:now )?(?:starts?|started|goes|go|gehen|geht|kommt|attends?|besucht (?:jetzt |nun )?(?:die|das|den|eine?)|is at"
    rf"|are at|is in|joins)|(?:{_CHILD})(?:['’]s|s['’])?\s+(?:{_SCHOOL})",
    "named school": rf"(?-i:(?!(?:The|Our|My|His|Her|A|This|That|Which|New|Die|Das|Der|Unsere|Meine"
    rf"|Neue)\b)[A-ZÄÖÜ]\w+(?:['’]s)?) (?:Church of England |C of E |RC )?(?:primary|elementary|infants?|juniors?|high"
    rf"|secondary|montessori|{_SCHOOL})|(?-i:[A-ZÄÖÜ]\w+)-(?:{_SCHOOL})|(?:{_SCHOOL}) (?:is |ist |heißt |an der |am "
    rf"|in der )?(?-i:[A-ZÄÖÜ]\w{{2,}})"
    rf"|(?:geht|gehen|goes|attends?|besucht)\s+(?:in|to|auf|zur?)?\s*(?:die |der |den |das |the )?(?:{_SCHOOL})\s+\w{{3,}}",
    "brought": r"(?:abgegeben|gebracht|hingebracht|abgeliefert|dropped (?:\w+ )?(?:off )?(?:at|in))",
    "fetches": r"pick(?:s|ing)?(?:[- ]?up)?|collect(?:s|ing)?|fetch(?:es|ing)?|drop(?:s|ping)?[- ]?off|drop off|school run"
    r"|hole?n?|abhole?n|bringe?n?",
    "child": rf"(?:{_CHILD})",
    "relative": r"(?:mum|mom|dad|gran\w*|nan|mother|father|oma|opa|mutter|vater)(?:['’]?s)?",
    "care": r"(?:care|nursing|retirement)\s?-?(?:home|heim)|pflegeheim|seniorenheim|altenheim|hospice|hospiz|ward",
    "which": r"(?:is|ist|heißt|called|namens) (?:the |das |die )?(?-i:[A-ZÄÖÜ])\w+|(?:at|in|im) (?:the |der )?(?-i:[A-ZÄÖÜ])\w+"
    r"|\broom \d+|zimmer \d+",
    "lodging": rf"(?:{_LODGING})|(?:just )?checked in(?:to)?",
    "room": r"(?:room|suite|cabin|bungalow|ward|bed|zimmer|station|bett)\s?(?:no\.? ?|number |nr\.? ?)?\d{1,4}\w?",
    "checks in": r"(?:just )?checked in(?:to)? at (?:the )?(?-i:[A-Z])\w+|checked into (?:the )?(?:\w+ ){0,3}(?:hotel|motel|inn|resort"
    r"|lodge|hostel|hilton|marriott|ibis|novotel|radisson)",
    "flight": r"(?:fl(?:y|ies|ying)|flights?|flieg(?:e|t|en)|flug)\b[^.!?\n]{0,40}\b(?-i:[A-Z]{2,3}\s?\d{2,4})|(?:boarding"
    r"|an bord) (?-i:[A-Z]{2,3}\s?\d{2,4})|(?-i:[A-Z]{2}\s?\d{3,4})\b[^.!?\n]{0,30}\b(?:fl(?:y|ies|ying)|flights?"
    r"|landing|lands|boarding|flieg\w*|flug)",
    "seat": r"(?:seat|coach|carriage|wagen|platz|sitz)\s\d{1,3}[a-k]?|(?:seat|platz|sitz) \d{1,3}",
    "ride": r"(?:train|flight|plane|bus|ferry|zug|flieger|ice|eurostar|the \d{1,2}[:.]\d{2})|(?:to|nach) (?-i:[A-ZÄÖÜ])\w+",
    "soon": rf"tomorrow|tonight|next|on (?:{_DAY})|am (?:{_DAY})|morgen|heute|übermorgen|this (?:morning|afternoon|evening)",
    "nobody": r"nobody(?:['’]s| is| will be)?|no ?one(?:['’]s| is| will be)?|niemand|keiner|(?:whole|entire|all of the|all our"
    r"|ganze[rs]?|komplette[rs]?) (?:\w+ )?(?:team|leadership|board|management|office|crew|department|vorstand"
    r"|geschäftsführung|abteilung|belegschaft)",
    "at base": r"(?:at|in) (?:the )?(?:hq|office|headquarters|building|shop|warehouse|plant|site|house|depot)|im (?:büro|haus"
    r"|werk|lager|laden)|in der (?:firma|zentrale|filiale)",
    "while": rf"this week(?:end)?|until|till|today|tomorrow|tonight|all week|next week|over (?:christmas|easter|the holidays"
    rf"|the weekend)|diese woche|bis|heute|morgen|über (?:weihnachten|ostern|die feiertage|das wochenende)"
    rf"|on (?:{_DAY})|between (?:\w+ )?\w+ and|zwischen (?:den (?:jahren|feiertagen)|weihnachten)",
    "guarded": r"data cent(?:re|er)s?|server (?:room|farm)s?|(?:our|the|backup) servers|rechenzentrum|serverraum|safe house"
    r"|(?:women['’]s )?shelter|refuge|frauenhaus|cash (?:office|room)|strong ?room|tresorraum|unmarked (?:warehouse"
    r"|building)|bullion|geldlager|waffenschrank|(?:backup|master) tapes|sicherungsbänder"
    r"|vaccines?|impfstoffe?|our (?:samples|prototypes)|unsere (?:proben|prototypen)",
    "beside": r"(?:right |just |directly |direkt )?(?:behind|next to|opposite|above|below|beneath|across from|beside"
    r"|round the corner from|on the corner of|hinter|neben|gegenüber|über|unter|an der ecke)(?! (?:us|me|you|none|all"
    r"|the line|uns|mir|anderem)\b)|(?:second|third|fourth|first|ground) floor|\w+ stock",
    "cash run": r"cash (?:van|pick-?up|collection|transport)|geldtransport\w*|geldabholung|(?:takings|bargeld|einnahmen|wages)\b[^.!?\n]{0,30}"
    r"\b(?:picked up|collected|go|goes"
    r"|abgeholt|zur bank)",
    "a day": rf"(?:{_DAY}|daily|every \w+|täglich|jeden \w+)",
    "watch": r"set your (?:watch|clock)(?:es|s)? by|uhr (?:nach \w+ )?stellen",
    "lives": r"lives?|wohnt|wohne",
    "not home": r"(?:bin|sind|ist)\b[^.!?\n]{0,40}\bnicht (?:zu ?hause|daheim)|(?:haus|wohnung) (?:steht )?leer|leaving the (?:house|flat) empty"
    r"|(?:i|we)(?:['’]m|['’]re| am| are| will be|['’]ll be) not (?:at )?home (?:until|till|before|from|for)",
    "away": r"(?:i|we|they|the family|parents)(?:['’]m|['’]re| am| are| will be|['’]ll be) (?:all )?(?:away|abroad"
    r"|out of (?:town|the country))|(?:bin|sind)\b[^.!?\n]{0,25}\b(?:verreist|im urlaub|weg)",
    "leader": r"(?:our|my|the) (?:\w+ )?(?:ceo|cfo|coo|cto|md|boss|chair(?:man|woman|person)?|director|president|founder|owner)"
    r"|unsere?n? (?:chef\w*|geschäftsführer\w*|vorstand\w*|inhaber\w*|\w*leiter\w*|direktor\w*)|der (?:vorstand|inhaber|chef)",
    "stays": r"(?:is|are|['’]s|sits|stays|staying) (?:at|in|on) (?:the |a |an |\w+ \w+ at )?(?-i:[A-Z])\w+|(?:ist|sitzt|weilt)\b[^.!?\n]{0,25}\b"
    r"(?:in (?-i:[A-ZÄÖÜ])\w+|im (?:hotel|adlon|ritz|kempinski))",
    "now": r"this week(?:end)?|all week|until|till|right now|tonight|currently|diese woche|die ganze woche|bis|gerade|heute nacht",
    "this minute": r"right now|currently|just now|at the moment|(?:for|until) the next (?:hour|ten minutes)|gerade|im moment",
    "present": r"(?:i['’]m|i am|we['’]re|we are|sitting|standing|stuck|waiting|queuing|in the queue|in line|sitze|stehe|warte|bin|sind)"
    r" (?:\w+ ){0,3}(?:at|in|outside|by|im|am|beim|vor) (?:the |dem |der )?(?-i:[A-ZÄÖÜ])\w+",
    "trip": r"(?:off|flying|heading|leaving|away) (?:out |over |back )?(?:to|for|on) (?:the )?(?-i:[A-Z])\w+"
    r"|(?:geht(?:['’]?s| es)?|fliegen?|fahren?|fliege|fahre|ab)\b[^.!?\n]{0,30}\b(?:nach|in die|auf die|an die) (?-i:[A-ZÄÖÜ])\w+"
    r"|(?:für|auf) (?:zwei|drei|eine|zehn|\d+) (?:wochen?|tage) (?:nach|in die|auf die|an die) (?-i:[A-ZÄÖÜ])\w+",
    "for long": r"for (?:a|two|three|ten|\d+|our) (?:whole )?(?:weeks?|fortnight|days|months?|honeymoon)|(?:back|home again) (?:on|next|in|the)"
    rf"|(?:until|till) (?:the |(?:{_DAY}))|holiday|honeymoon|(?:zwei|drei|eine|zehn|\d+) (?:ganze )?(?:wochen?|tage)"
    r"|(?:zurück|wieder da) (?:erst )?(?:am|in|im)|urlaub|flitterwochen|with (?:the|my) (?:whole )?(?:family|kids)|mit der (?:ganzen )?familie",
    "home": r"(?:house|flat|home|cat|plants|post|deliver\w*|parcels?|pakete?|liefer\w*|letterbox"
    r"|neighbour\w*|haus|wohnung|katze|blumen|briefkasten|nachbar\w*)",
}
TELLING = (
    ("alone", "workplace", "until"),
    ("alone", "street"),
    ("alone", "shift"),
    ("alone", "habit", "hour"),
    ("child", "habit", "hour", "route"),
    ("habit", "hour", "moves", "route"),
    ("my child", "named school"),
    ("fetches", "child", "hour"),
    ("fetches", "named school", "hour"),
    ("brought", "named school"),
    ("relative", "care", "which"),
    ("lodging", "room"),
    ("checks in",),
    ("flight", "soon"),
    ("seat", "ride", "hour"),
    ("nobody", "at base", "while"),
    ("guarded", "beside"),
    ("lives", "beside"),
    ("not home",),
    ("away", "while", "home"),
    ("present", "this minute"),
    ("leader", "stays", "now"),
    ("trip", "for long", "soon"),
    ("cash run", "a day"),
    ("watch", "hour", "route"),
)
_TOLD = Together(SIGNS, TELLING)
# What is weighed beside the words: some of the signs above, and what the words of a place open to the public are.
_BESIDE = Together(
    {
        "public": r"visit (?:us|our)|find us|meet (?:us|the team)|come and see|doors open|open day|re-?opens?|closes? at|booth"
        r"|open(?:s|ed)? (?:at|on|daily|again|until|till|from|tomorrow|saturday|sunday|monday)|stand \d+|registration|welcome|free entry"
        r"|besucht (?:uns|unser\w*)|geöffnet|öffnet|öffnungszeiten|einlass|eintritt|willkommen|bucht|rabatt|prozent|sale|discount"
        r"|hat\b[^.!?\n]{0,40}\b(?:auf|offen)|(?:our|the|unser|unsere|der|die) (?:new |neuer? )?(?:shop|store|showroom|laden|filiale)|\d+ ?%"
        r"|(?:closing|opening) (?:times?|hours)|schließt|schließen|visited|besucht",
        "named street": r"(?-i:[A-Z])\w+ (?:street|road|lane|avenue|drive|close|court|hill|way|square|terrace|gardens?|crescent|row)"
        r"|(?-i:[A-ZÄÖÜ])\w*(?:straße|weg|gasse|allee|platz|ring|hof|ufer)",
        "named place": r"(?:at|in|on|near|from|to|bei|am|im|an der|in der|auf|nach) (?:the |der |dem |den )?(?-i:[A-ZÄÖÜ])\w+",
        "invites": r"everybody|everyone|free|entrance|join (?:in|us)|sign up|see you|come and|alle|frei|anmeldung|macht mit|kommt (?:zuhören|vorbei|rein)"
        r"|come (?:by|along)"
        r"|(?:places|spots|seats|tickets) left|for (?:customers|volunteers|visitors|school classes)"
        r"|(?:plätze|karten) frei|für (?:kund\w+|gäste|besuch\w*|schulklassen)",
        "own": r"i|i'm|we|we're|my|our|me|us|ich|wir|mein\w*|unser\w*|mich|uns",
        **{
            name: SIGNS[name]
            for name in (
                "habit",
                "until",
                "room",
                "away",
                "alone",
                "lives",
                "home",
                "guarded",
                "nobody",
                "while",
                "at base",
                "named school",
                "seat",
            )
        },
    },
    (),
)
_OF_PLACE = frozenset(
    "at in on behind opposite next near from by to outside inside above under below beside past along through into"
    " beim bei im am an auf hinter neben gegenüber vor aus zum zur nach über unter durch zu vom von".split()
)
# More words than these are a sign each: long sentences tell of other things.
_LONG = (15, 20, 28)
PATH = Path(__file__).parent / "whereabouts.npz"
# The logarithm of the odds from which the table's word is taken; chosen so that nineteen of twenty findings are right.
SURE = 0.6
# The same in what speaks about work and rights, or may.
SURE_BESIDE_RIGHTS = 1.5
# What the words alone say of nearly every sentence that the signs make sure of (98 in 100) is more; below it nobody looks for signs.
HOPELESS = -2.0
# Two sentences are looked at together where one of them comes as near as this.
NEARLY = -0.5


def told(text: str, streets: Iterable[Span]) -> Iterator[Span]:
    """Where the first judge finds it, as (start, end) from the first sign to the last.

    Args:
        streets: where addresses stand in the text.
    """
    return _TOLD.told(text, {"street": list(streets)})


def guessed(text: str, taken: Sequence[Span], *, may_be_protected: bool = False) -> Iterator[Span]:
    """Where the second judge finds it: sentences, or two of them together, as (start, end).

    Args:
        taken: what has been found; sentences that touch it are passed over.
        may_be_protected: the text speaks about work and rights, or may.
    """
    least = SURE_BESIDE_RIGHTS if may_be_protected else SURE
    sentences = [_trimmed(text, found.span()) for found in SENTENCE.finditer(text)]
    free = [own for own in sentences if own[0] < own[1] and not touches(*own, taken)]
    odds = [_odds(text[start:end]) for start, end in free]
    yield from (own for own, said in zip(free, odds, strict=True) if said > least)
    for (one, first), (two, second) in pairwise(zip(free, odds, strict=True)):
        if NEARLY < max(first, second) <= least and two[0] - one[1] < 5 and _odds(text[one[0] : two[1]]) > least:
            yield one[0], two[1]


def parts(text: str) -> list[list[str]]:
    """The words of a text: all of them, those that say where (behind a preposition of place), and the first ones, which say who."""
    return _parts(words_of(text))


def _parts(words: list[str]) -> list[list[str]]:
    where = [own for at, word in enumerate(words) if word in _OF_PLACE for own in words[at + 1 : at + 3]]
    return [words, where, words[:3]]


def signs(text: str) -> list[float]:
    """1 for each sign that is there, else 0, in the order in which the table weighs them; how long it is comes last."""
    return _signs(text, len(words_of(text)))


def _signs(text: str, length: int) -> list[float]:
    return _BESIDE.row(text) + [float(length > least) for least in _LONG]


def _odds(text: str) -> float:
    table, words = _table(), words_of(text)
    said = table.odds(_parts(words))
    if said < HOPELESS:
        return said
    return said + float(table.signs @ np.array(_signs(text, len(words)), np.float32))


def _trimmed(text: str, span: Span) -> Span:
    start, end = span
    words = text[start:end]
    return end - len(words.lstrip()), start + len(words.rstrip())


@cache
def _table() -> WordTable:
    return WordTable(PATH, ("all", "where", "who"))
