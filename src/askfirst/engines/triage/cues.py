"""Signs in a post that speak for a kind, in English and German, each with a reason in words for people."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from askfirst.engines.marking import _
from askfirst.engines.triage.phrases import Openings
from askfirst.engines.triage.table import KINDS


@dataclass(frozen=True)
class Cue:
    """A sign in a post, looked for in small letters.

    Attributes:
        reason: in words for people.
        weights: what a hit says for each kind; at most `most` hits count.
        mood: 1 for a kind sign, -1 for a hard one.
        phrases: whole words; looked for only where the text has a word that one begins with.
        elsewhere: what does not begin with a word, and is always looked for.
    """

    reason: str
    weights: Mapping[str, float]
    most: int
    mood: int
    phrases: re.Pattern[str] | None
    elsewhere: re.Pattern[str] | None

    def hits(self, low: str, is_begun: bool) -> int:
        """How often the cue is in a text of small letters; `is_begun`: whether some word of it may begin a phrase."""
        found = len(self.phrases.findall(low)) if self.phrases and is_begun else 0
        if self.elsewhere:
            found += len(self.elsewhere.findall(low))
        return min(self.most, found)


def _cue(reason: str, phrases: str = "", elsewhere: str = "", most: int = 2, mood: int = 0, **weights: float) -> Cue:
    return Cue(
        reason, weights, most, mood, re.compile(rf"\b(?:{phrases})\b") if phrases else None, re.compile(elsewhere) if elsewhere else None
    )  # fmt: skip


CUES = (
    _cue(
        _("something leaked or was broken into"),
        r"leak(?:ed|ing)? (?:document|memo|mail|e-?mail|data|photo|list|price|plan|internal|customer|info"
        r"|video|slide|online)\w*|(?:document|memo|data|photo|list|plan|detail|slide|password|screenshot)s? "
        r"(?:has |have |was |were |got |been )*leak\w*|leaked|(?:data|security) (?:breach|leak|incident)"
        r"|hack(?:ed|ers?)|breach(?:ed)?|internal (?:memo|e-?mail|document|slides?|chat)s?|confidential|not "
        r"(?:yet )?announced|insider|source code|customer data|personal data|credentials|exposed|datenleck"
        r"|gehackt|hackerangriff|durchgesickert|geleakt|intern(?:e|es|er) (?:mail|dokument|memo)\w*"
        r"|vertraulich\w*|kundendaten",
        risk=3.2,
        mood=-1,
    ),
    _cue(
        _("somebody was hurt or in danger"),
        r"injur\w+|hospital\w*|burn(?:ed|t|s)? (?:me|my|him|her|hand|skin|down|through)|burns on|caught "
        r"fire|on fire|fire (?:broke|alarm|department|brigade)|smoke (?:came|coming|pouring)|explo(?:ded?|sion"
        r"|ding)|electr(?:ic|ical) shock|electrocut\w+|chok(?:ed|ing)|poison\w*|toxic|carcinogen\w*"
        r"|contaminat\w+|allergic reaction|food poisoning|salmonella|glass in|metal (?:piece|splinter)s? in"
        r"|died|dies|death|dead|killed|life[- ]threatening|collaps(?:ed|es)|snapped while|fell (?:from|off"
        r"|because)|broke my|cut my|nearly (?:fell|died|killed)|emergency|ambulance|unsafe|dangerous|danger"
        r"|hazard\w*|carbon monoxide|verletz\w+|krankenhaus|notarzt|brannte|brand(?:gefahr)?|feuer(?:wehr)?"
        r"|explodier\w+|vergift\w*|giftig\w*|gestorben|lebensgefahr\w*|gefährlich\w*|stromschlag|abgestürzt"
        r"|gerissen",
        risk=2.6,
        complaint=0.3,
        mood=-1,
    ),
    _cue(
        _("law, police or authorities"),
        r"lawsuit|sued?|suing|class action|lawyers?|attorney|court|police|prosecut\w+|investigat\w+"
        r"|regulator|authorit(?:y|ies)|ombudsman|trading standards|fined|fraud(?:ulent)?|tax evasion|bribe\w*"
        r"|corrupt\w*|illegal\w*|unlawful|money laundering|raid(?:ed)?|gdpr|antitrust|klage|verklag\w+|anwalt"
        r"|anzeige erstatt\w+|polizei|staatsanwalt\w*|ermitt\w+|behörde\w*|betrug|betrüg\w+"
        r"|steuerhinterzieh\w+|illegal\w*|razzia|bußgeld",
        risk=2.0,
        complaint=0.3,
        mood=-1,
    ),
    _cue(
        _("a call to act against us"),
        r"boycott\w*|cancel (?:them|this brand|this company)|stop buying|do not buy|don't buy (?:from"
        r"|anything)|scandal\w*|outrage\w*|shame on|disgrace\w*|cover(?:ed|ing)?[- ]?up|whistle-?blow\w*"
        r"|racis\w+|sexis\w+|discriminat\w+|harass\w+|sweatshop|child labou?r|slave labou?r|greenwash\w*"
        r"|protest(?:s|ers|ing)?|petition|expos[eé](?:d|s)?|going viral|trending|boykott\w*|skandal\w*"
        r"|vertusch\w+|rassis\w+|belästig\w+|kinderarbeit|ausbeut\w+|greenwashing|shitstorm|empör\w+",
        risk=2.2,
        mood=-1,
    ),
    _cue(
        _("a recall, an outage or a closing"),
        r"recall(?:ed|ing|s)?|accidents?|asking for (?:card|bank|password)\w*|outage|layoffs?|laid off"
        r"|(?:is|are|was) closing|shut(?:ting)? down|bankrupt\w*|insolven\w+|strike|walkout|resign(?:ed|s)"
        r"|fired (?:the|their)|fake (?:\w+ )?(?:account|shop|store|page|profile|site|website|ad|raffle)s?"
        r"|impersonat\w+|phishing|scam(?:mers?)?|counterfeit|deepfake|rückruf\w*|insolvenz|pleite|entlass\w+"
        r"|schließt|streik\w*|fake-?shop|fälschung\w*|phishing|identitätsdieb\w*",
        risk=1.9,
    ),
    _cue(
        _("something is broken"),
        r"br(?:oke|oken|eaks?|eaking)|(?:does(?:n't| not)|do(?:n't| not)|did(?:n't| not)|won't|isn't|not"
        r"|stopped|never) (?:even )?(?:work\w*|start\w*|open\w*|close\w*|load\w*|charge\w*|turn on|fit"
        r"|connect\w*|arrive\w*|come|came|shown?|deliver\w*)|defect\w*|faulty|damaged|ripped|torn|tore"
        r"|leak(?:s|y|ing)|cracked|crash(?:es|ed|ing)?|bug(?:gy|s)?|error|missing (?:a |the |two |one |part"
        r"|screw|item|piece)\w*|wrong (?:size|item|colour|color|order|one|address|product)|fell apart|came off"
        r"|falls? apart|dead on arrival|scratched|mouldy|rusty|worn out|kaputt\w*|defekt\w*|funktionier\w* "
        r"nicht|geht (?:gar |schon wieder |immer noch )?nicht|undicht|gerissen|abgebrochen|beschädigt\w*|fehlt"
        r"|falsche\w* (?:größe|artikel|farbe)|stürzt ab|fehler",
        complaint=1.7,
        mood=-1,
    ),
    _cue(
        _("somebody waits, or was let down"),
        r"still (?:waiting|no|not|haven't|hasn't|nothing)|(?:been )?waiting (?:for|since|on hold)?|on "
        r"hold|no (?:reply|response|answer|one (?:answers|replies|cares|picks up)|refund)|nobody (?:answers"
        r"|replies|cares|picks up)|never (?:again|heard|arrived|got|received|answered|coming back)|(?:days?"
        r"|weeks?|months?|hours?) (?:late|later|now|ago and|without)|delay\w*|late again|refund|money back"
        r"|charged (?:me )?(?:twice|again)|double charged|overcharged|cancel(?:led|ling)? my|customer "
        r"(?:service|support|care)|ignored?|ignoring|third time|second time|again and again|every (?:single "
        r")?time|how hard can|fix (?:this|it|your)|sort (?:this|it) out|warte (?:seit|immer)|seit (?:wochen"
        r"|tagen|monaten)|keine (?:antwort|reaktion|rückmeldung)|niemand (?:antwortet|meldet)|nie wieder|geld "
        r"zurück|erstattung|storniert|verspät\w+|zu spät|kundenservice|kundendienst|hotline|warteschleife"
        r"|schon wieder|immer noch (?:nicht|kein)",
        complaint=1.5,
        mood=-1,
    ),
    _cue(
        _("hard words"),
        r"worst|terrible|awful|horrible|appalling|disappoint\w+|rubbish|useless|garbage|trash|crap"
        r"|sh[i1]tty?|joke|pathetic|ridiculous (?:price|wait|service)|rip[- ]?off|overpriced|waste of"
        r"|unacceptable|annoy\w+|frustrat\w+|fed up|angry|furious|unhappy|not (?:happy|impressed|good enough"
        r"|worth|acceptable)|hate|sucks?|poor(?:ly)? (?:quality|service|made|designed)?|rude|unhelpful|lied"
        r"|lies|thanks for nothing|do better|downgrade|regret|avoid|went downhill|cheap(?:ly)? made"
        r"|schlecht\w*|schlimm\w*|furchtbar|enttäusch\w+|unverschämt\w*|frechheit|saftladen|abzocke|unmöglich"
        r"|nervt|ärger\w*|mies\w*|katastrophe|unfreundlich\w*|teuer erkauft|mangelhaft|nicht zufrieden"
        r"|frust\w*",
        elsewhere=r"[😡🤬👎😤😠🙄]",
        complaint=1.5,
        mood=-1,
    ),
    _cue(_("a question mark"), elsewhere=r"[?？](?=\s|$|[\"”)#@]|https?:)", most=1, question=1.3, complaint=0.1),
    _cue(
        _("asks for help or information"),
        elsewhere=r"(?:^|[.!?,:;\n] ?|@\w+[,:]? |\b(?:hi|hello|hey|hallo|moin|and|but|so|also)[,!]? )(?:how (?:do|can"
        r"|long|much|many|to|does|big|heavy|often)|where (?:can|do|is|are)|when (?:will|is|are|do|does)|which"
        r"|what(?:'s| is| are| size| time| do| does)|who (?:do|can|is)|can (?:i|you|we|someone|anyone|it)"
        r"|could (?:i|you|we)|do (?:you|they|i|we)|does (?:the|this|your|it|anyone|anybody)|did (?:you|anyone)"
        r"|is (?:there|it|the|this|your)|are (?:there|the|you|your|these)|will (?:you|the|it|there)|would "
        r"(?:the|it|you)|has (?:anyone|anybody)|have you|any(?:one|body) (?:know|know how|tried|else|here)"
        r"|should i|may i|wie (?:kann|lange|viel|groß|schwer|geht|bekomme|oft)|wo (?:kann|gibt|ist|finde"
        r"|bekomme)|wann (?:kommt|ist|gibt|öffnet)|welche\w*|was (?:ist|kostet|für)|kann (?:ich|man|jemand"
        r"|mir)|könnt ihr|habt ihr|gibt es|weiß jemand|ist (?:das|der|die|es)|sind (?:die|das)|passt|darf "
        r"(?:ich|man)|hat jemand)\b",
        question=1.3,
    ),
    _cue(
        _("looks for something"),
        r"(?:looking|searching) for (?:a|an|the|some|advice|recommendations)|need (?:help|advice|a new"
        r"|to know)|any (?:tips|advice|idea|ideas|recommendations|chance|plans|news|update)"
        r"|recommend(?:ation)?s? (?:for|on|me|please)|can (?:someone|anybody|anyone) (?:help|tell|recommend)"
        r"|please (?:help|advise|tell)|wondering|curious (?:if|whether)|not sure (?:if|whether|which)"
        r"|thinking (?:of|about) (?:buying|getting)|compatible|in stock|back in stock|available in"
        r"|ship(?:ping)? to|opening hours|warranty|which size|suche (?:ein|nach)|brauche (?:hilfe|rat)|frage "
        r"(?:an|zu|mich)|überlege|tipps?|empfehlung(?:en)? für|lieferbar|auf lager|öffnungszeiten|garantie"
        r"|passt das|kompatibel",
        question=1.0,
    ),
    _cue(
        _("warm words"),
        r"lov(?:e|ed|es|ing|ely)|great|amazing|awesome|brilliant|excellent|fantastic|perfect(?:ly)?"
        r"|wonderful|superb|outstanding|incredible|best|well done|good job|great job|kudos|bravo|hats off"
        r"|shout-?out|impress(?:ed|ive)|recommend|happy with|so happy|pleased|delighted|thrilled|beautiful"
        r"|gorgeous|stunning|flawless\w*|spot on|top[- ]notch|first[- ]class|five stars|5 stars|10/10"
        r"|life[- ]?saver|game[- ]?changer|exceeded|above and beyond|worth every|can't fault|favou?rites?"
        r"|legends?|quality|comfy|cosy|fan(?:s)? of|big fan|toll\w*|super|klasse|großartig\w*|begeister\w+"
        r"|perfekt\w*|liebe|wunderbar\w*|hervorragend\w*|spitze|genial\w*|empfehl\w+|zufrieden|beste[rsnm]?"
        r"|lob|hammer|mega|traumhaft\w*|daumen hoch",
        elsewhere=r"[😍❤👏🙌🥰💛💚💙🤩👍🔥⭐💯]",
        praise=1.25,
        mood=1,
        most=3,
    ),
    _cue(
        _("thanks"),
        r"thank(?:s| you)(?! for nothing)|thx|cheers|grateful|appreciate\w*|danke\w*|dankeschön|vielen dank|dankbar",
        elsewhere=r"🙏",
        praise=1.3,
        mood=1,
        most=1,
    ),
    _cue(
        _("quick and kind service"),
        r"(?:quick|fast|speedy|prompt|next[- ]day|super fast) (?:delivery|shipping|reply|response|service"
        r"|replacement)|(?:friendly|helpful|kind|lovely|patient) (?:staff|team|people|service|man|woman|lady"
        r"|guy|colleague|person)|replaced (?:it|them|the)|without (?:a |any )?(?:fuss|question)s?|free of "
        r"charge|no questions asked|repaired (?:it|my|for free)|schnelle\w* (?:lieferung|antwort|hilfe"
        r"|versand)|freundlich\w* (?:team|personal|mitarbeiter\w*|beratung|service)|problemlos\w*|kulant\w*"
        r"|kostenlos (?:ersetzt|repariert)",
        praise=1.6,
        mood=1,
    ),
    _cue(
        _("tells what happened"),
        r"yesterday|last (?:week|weekend|night|month|year|summer|winter|spring|autumn)|this (?:morning"
        r"|weekend)|years ago|when i was|back (?:when|in \d{4})|i remember|once upon|one day|day "
        r"(?:\d+|one|two|three)|for the first time|first time (?:we|i|ever)|finally made it|we (?:walked|hiked"
        r"|climbed|camped|took|went|drove|sat|met|spent|slept|cooked|set|started|crossed|found|got)|i "
        r"(?:walked|hiked|climbed|camped|took|went|drove|sat|met|spent|slept|cooked|started|crossed|inherited"
        r"|carried|wore|brought|bought (?:this|my|it))|my (?:grandfather|grandmother|grandpa|grandma|dad"
        r"|father|mum|mom|mother|daughter|son|kids|wife|husband|sister|brother)|our (?:trip|wedding|honeymoon"
        r"|journey|adventure|holiday|first)|has been (?:with me|everywhere)|been through|through (?:storm|rain"
        r"|snow|wind)|adventure|journey|memories|story|since (?:19|20)\d\d|still going strong|gestern"
        r"|letzte(?:n|s|r)? (?:woche|wochenende|nacht|jahr|sommer|winter)|vor \w+ jahren|damals|als ich|wir "
        r"(?:sind|waren|haben|wanderten|saßen)|ich (?:war|bin|habe) (?:mit|in|auf|gestern|am)|mein(?:e)? "
        r"(?:opa|oma|vater|mutter|tochter|sohn|frau|mann)|zum ersten mal|abenteuer|reise|geschichte|erinner\w+"
        r"|seit (?:19|20)\d\d",
        story=1.05,
        most=4,
    ),
    _cue(
        _("advertising or chance"),
        r"giveaway|win (?:a|one|your)|sweepstake|follow (?:and|us|me|back|for)|f4f|like and share"
        r"|promo(?:tion)? code|discount code|coupon|voucher code|buy now|shop now|click (?:here|the link"
        r"|link)|link in bio|limited (?:time|offer)|free (?:trial|shipping on)|best price|cheap(?:est)? "
        r"(?:price|deals?)|deals? of the|crypto|bitcoin|nft|forex|casino|betting|onlyfans|viagra|dm (?:me|us) "
        r"(?:for|to)|affiliate|sponsored|for sale|selling my|ebay|vinted|second[- ]hand|price (?:drop|alert)"
        r"|job alert|we(?:'re| are) hiring|now hiring|vacanc(?:y|ies)|apply now|stock (?:price|market)|shares "
        r"(?:rose|fell|up|down)|q[1-4] (?:results|earnings)|horoscope|gewinnspiel|gutschein\w*|rabatt\w*"
        r"|jetzt (?:kaufen|bestellen|sichern)|klick\w*|angebot des|zu verkaufen|verkaufe|stellenangebot|wir "
        r"suchen|aktie\w*|kurs(?:ziel)?",
        elsewhere=r"\$[a-z]{2,5}\b|\b% off\b",
        noise=2.0,
        most=3,
    ),
)
BEGUN = Openings([cue.phrases for cue in CUES])
NEGATED = re.compile(
    r"\b(?:not|never|no|nothing|isn't|wasn't|don't|hardly|nicht|kein\w*|nie|nichts)\s+(?:\w+\s+){0,2}?(?:love|great|amazing|good|best|happy|impressed|recommend|perfect|gut|toll|zufrieden|empfehl\w+|begeistert)\b",
    re.IGNORECASE,
)
UNNEGATED = re.compile(
    r"\b(?:never|not (?:once )?|no|nie|keine?|nicht)\s+(?:\w+\s+)?(?:broke|broken|leaked|disappoint\w*|failed"
    r"|let (?:me|us) down|problems?|issues?|complaints?|enttäuscht|kaputt|probleme?|undicht)\b",
    re.IGNORECASE,
)
_NEGATORS = frozenset(
    "not never no nothing isn't wasn't don't hardly nicht kein keine keinen keiner keinem keines nie nichts".split()
)
_FIRST_PERSON = frozenset(
    "i i'm i've i'd i'll my me we we've we're our us ich mein meine meinen meiner meinem mir mich wir uns unser unsere unseren unserer".split()
)


@dataclass
class Judged:
    """What the cues say: a sum a kind, reasons with their strength, how many cues were found, and how many signs are good and bad."""

    sums: dict[str, float] = field(default_factory=lambda: dict.fromkeys(KINDS, 0.0))
    reasons: list[tuple[float, str]] = field(default_factory=list)
    found: int = 0
    good: int = 0
    bad: int = 0

    def why(self) -> tuple[str, ...]:
        """Reasons in words, the strongest first."""
        return tuple(dict.fromkeys(reason for _strength, reason in sorted(self.reasons, key=lambda pair: -pair[0])))


def judge(text: str, words: Sequence[str], row: Mapping[str, Any] = {}) -> Judged:
    """Look for every cue in a post, and at its shape.

    Args:
        words: the post's words as table.words_of gives them.
        row: of which is_repost is looked at.
    """
    said = Judged()
    low = text.lower()
    is_negated = not _NEGATORS.isdisjoint(words)
    spared = len(UNNEGATED.findall(low)) if is_negated else 0
    turned = len(NEGATED.findall(low)) if is_negated else 0
    begun = BEGUN.of(low)
    for at, cue in enumerate(CUES):
        hits = cue.hits(low, bool(begun >> at & 1))
        if cue.mood < 0 and "complaint" in cue.weights and spared:
            hits = max(0, hits - spared)
        if cue.mood > 0 and turned:
            hits = max(0, hits - turned)
        if not hits:
            continue
        strength = hits**0.7
        said.found += 1
        said.good += hits * (cue.mood > 0)
        said.bad += hits * (cue.mood < 0)
        for kind, weight in cue.weights.items():
            said.sums[kind] += weight * strength
        said.reasons.append((max(cue.weights.values()) * strength, cue.reason))
    said.good += spared
    said.bad += turned
    said.sums["complaint"] += 2.6 * turned
    said.sums["praise"] -= 1.3 * turned
    said.sums["praise"] += 0.8 * spared
    _add_shape(text, words, row, said)
    # Kind words among hard ones are mostly irony.
    if said.sums["complaint"] > 1.4 and 0 < said.sums["praise"] < 2 * said.sums["complaint"]:
        said.sums["praise"] -= 5.0
    return said


def _add_shape(text: str, words: Sequence[str], row: Mapping[str, Any], said: Judged) -> None:
    marks = words.count("#")
    own = sum(len(word) > 1 and word[0].isalpha() for word in words) - marks
    if own < 4 or marks > max(5, own // 2):
        said.sums["noise"] += 1.5
        said.reasons.append((1.5, _("hardly any words of its own")))
    if row.get("is_repost") or text.startswith("RT @"):
        said.sums["noise"] += 0.6
    person = sum(word in _FIRST_PERSON for word in words)
    if person >= 3 and own > 24:
        said.sums["story"] += 0.9
        said.reasons.append((0.9, _("told at length in the first person")))
    if not person and not any(said.sums.values()):
        said.sums["noise"] += 1.0
        said.reasons.append((1.0, _("nobody speaks for themselves")))
