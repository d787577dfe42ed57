"""What a post promises for the organisation: prices, days, service. English and German."""

from collections.abc import Iterator

from askfirst.engines.draftcheck.findings import Draft, Finding
from askfirst.engines.draftcheck.together import Together
from askfirst.engines.marking import _

NAME = "promise"
_MONTH = (
    r"january|february|march|april|may|june|july|august|september|october|november|december|januar|februar|märz|mai|juni"
    r"|juli|oktober|dezember"
)
_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch"
_PRODUCT = (
    r"products?|replacements?|catalogues?|katalog|ersatz\w*|models?|versions?|updates?|first (?:\w+ )?(?:months?|weeks?)"
    r"|ersten (?:\w+ )?(?:monate|wochen)|beta|generation|edition|flavou?rs?|line|jerseys?|drivers?|menu|course|terminal|sorten?"
    r"|treiber|trikots?|karte|kurs"
    r"|apps?|collections?|range|shops?|stores?|branch|caf[eé]|site|service|(?<!out of )orders?"
    r"|parcels?|deliver(?:y|ies)|refunds?|bug|feature|membership|subscription|tickets?|sizes?|colou?rs?"
    r"|produkte?|modelle?|version|kollektion|laden|läden|filiale|bestellung(?:en)?|lieferung(?:en)?|paket|erstattung|fehler"
    r"|funktion|abo|größen?|farben?"
)
_SIGNS = {
    "ours": r"our|ours|us|we|we['’](?:ll|re|ve)|my (?:company|employer|team)|unser\w*|wir|uns|mein\w* (?:firma|arbeitgeber)",
    "we": r"we|we['’](?:ll|re)|our (?:team|company|shop|store|boss)|wir|unser (?:team|laden|unternehmen|chef)|unsere (?:firma|chefin)",
    "i": r"i(?:['’]ll| will| can| promise)|ich (?:kann|werde|sorge|besorge|verspreche)",
    "you get": r"(?:you|everyone|everybody|anyone(?: who \w+)?|anybody|all|they|members|whoever [\w ]{3,30}?)(?:['’]ll| will"
    r"| can)? (?:\w+ ){0,3}?(?:get|have|receive|gets|save|pay)"
    r"|your (?:money|refund|order|parcel|discount|replacement)|(?:bekommt|kriegt|spart) ihr|(?:ihr|sie|alle|jeder|du) (?:bekomm\w*"
    r"|erhalt\w*|krieg\w*|spar\w*|zahl\w*)"
    r"|(?:euer|dein|ihr) (?:geld|paket|rabatt|ersatz)|eure bestellung|who (?:orders?|buys?)|wer (?:heute|jetzt|bis \w+) (?:bestellt|kauft)",
    "price": r"(?:fares?|fees?|rates|premiums?)(?! of interest)|(?:fahr|eintritts|ticket)preise?|gebühren|prices?|costs?|reduced"
    r"|a (?:third|quarter|fifth) (?:off|less)|for the price of|tariff|reduziert|um ein (?:drittel|viertel)|cheaper|dearer"
    r"|more expensive|discounts?|sale|half[- ]price|half the price|\d+ ?(?:%|percent|per cent) (?:off|less|cheaper|more)"
    r"|bogof|buy one|two for one|preise?|kostet|kosten|billiger|günstiger|teurer|rabatte?|ausverkauf|zum halben preis"
    r"|\d+ ?(?:%|prozent) (?:weniger|günstiger|billiger|teurer|rabatt|nachlass)",
    "offer": r"half off|die hälfte (?:rabatt|billiger)|half[- ]price|half the price|(?:is|are|it's) on us|costs? (?:you )?nothing"
    r"|(?:eat|get in|in|travel|ride|park) (?:for (?:free|nothing)|free)|(?:months?|weeks?) (?:free|for free)|for the price of one"
    r"|(?:second|third) (?:one )?(?:is )?(?:free|on us)|voucher|staff discount|discount code|save a (?:quarter|third|half)|kost(?:et"
    r"|en) (?:euch |dich )?nichts|geschenkt|(?:essen|fahren|parken)\b[^.!?]{0,20}\bumsonst|mitarbeiterrabatt|spart (?:ein|die)\w* \w+"
    r"|mit (?:meinem|dem) code|"
    r"\d+ ?(?:%|percent|per cent) (?:off|less|cheaper)|(?:big|summer|winter|spring|autumn|closing) sale|price match"
    r"|zum halben preis|\d+ ?(?:%|prozent) (?:rabatt|nachlass|weniger|günstiger)|(?:sommer|winter)?schlussverkauf",
    "when": rf"(?:on|by|at the end of|from|until|till|before|after|starting|since|this|next|in|am|ab|bis|vor|im|nächste\w*|diese\w*|kommende\w*) "
    rf"(?:the )?(?:(?:early|late|mid|anfang|ende|mitte) ?)?(?:\d{{1,2}}(?:st|nd|rd|th|\.)?(?: (?:of )?(?:{_MONTH}))?|{_MONTH}|{_DAY}|week|month"
    rf"|year|spring|summer|autumn|fall|winter|christmas|easter|tomorrow|today|now|the end of|weekend|noon|new year|neujahr|woche|monat|jahr|frühling"
    rf"|frühjahr|sommer|herbst|winter|weihnachten|ostern|morgen|heute|wochenende)|tomorrow|tonight|soon|(?:with)?in (?:\w+ )?(?:days?"
    rf"|weeks?|months?|hours?)"
    rf"|(?:takes|in|innerhalb von) (?:\w+ )?(?:days?|weeks?|tagen?|wochen)|next time|morgen|übermorgen|bald|in (?:\w+ )?(?:tagen"
    rf"|wochen)|before christmas|vor weihnachten",
    "launches": r"hits? (?:the )?(?:shelves|stores?|shops?)|lands? in|starts? (?:in|on|next)|is coming|coming (?:this|next|in|on)"
    r"|follows? (?:in|on|next)|going live|gets? (?:the|a|an|its)|will (?:be ready|arrive|come|have|get)|begins? (?:in|on)|come in"
    r"|reopens?|(?:gibt|kommt|kommen|folgt|bekommt|läuft|startet|beginnt|macht|werden)|im regal|"
    r"launch(?:es|ing|ed)?|releas(?:es|ing|ed)|comes? out|coming out|is out|out (?:on|in|next|this)|go(?:es)? live|drops?|unveil(?:s"
    r"|ing)?|back in stock"
    r"|in stock|available(?: again)?|on sale|ships?|shipping|lieferbar|verfügbar|erscheint|kommt (?:im|am|ab|nächste\w*"
    r"|bald)(?! mein)|(?:kommt|ist) (?:\w+ )?heraus|auf den markt|zu kaufen",
    "opens": r"(?:opens|(?:will|to|re) ?open|reopens|opening|closes|closing|moves?|öffnet|eröffnet|schließt|zieht um)",
    "place": r"(?:new|our|the|second|unser\w*|der|die|neue\w*) (?:\w+ ){0,2}?(?:shop|store|branch|caf[eé]|showroom|factory|warehouse"
    r"|restaurant|hotel|bakery|practice|studio|library|laden|filiale|werk|café|bäckerei|praxis)",
    "product": rf"(?:{_PRODUCT})|the (?:new|next|red|blue|green|black|white|small|large|big|winter|summer|spring|autumn|missing"
    rf"|old) (?:one|ones|\w+)|(?:der|die|das|den) (?:neue|nächste|fehlende|alte)[nrs]? \w+|die (?:winter|sommer)\w+|(?-i:[A-Z]\w+ \d+)"
    rf"|the \w+ (?-i:[A-Z0-9]\w*)",
    "does": r"(?:repair|fix|replace|refund|exchange|deliver|ship|match|beat|pay|offer|sell|stop (?:using|selling|making)|switch to"
    r"|hire|expand|open|launch"
    r"|bring (?:it|them) back|have (?:it|them|the)|reparier\w*|ersetz\w*|erstatt\w*|tausch\w*|liefer\w*|umtausch\w*|zahl\w*|biet\w*"
    r"|verkauf\w*|verzicht\w*)",
    "we will": r"we['’]ll|we (?:will|are going to|won['’]t)|our (?:team|shop|company) will|wir werden",
    "within": r"(?:with)?in (?:under |less than |at most |nur )?(?:\w+ )?(?:an? )?(?:minutes?|hours?|days?|minuten?|stunden?|tagen?)"
    r"|(?:\w+ )?(?:days?|hours?) at (?:the )?most",
    "serves": r"deliver|answer|reply|repair|ship|come|respond|refund|liefern?|antworten?|reparier\w*|kommen|the repair takes|die reparatur dauert",
    "if": r"if|in case|whatever|however|wenn|falls|egal wie|(?-i:Passt|Gefällt)",
    "pays": r"(?:we|wir) (?:will |['’]ll )?(?:pay|cover|bear|zahlen|übernehmen)|we['’]ll pay|(?:is|are) on us|zahlen wir|send it back"
    r"|schickt (?:es|sie|ihn) zurück",
    "never": r"(?:we|you)(?:['’]ll| will) never|nobody will (?:have to )?pay|no price increases?|won['’]t (?:raise|charge|change"
    r"|increase)|price will not (?:change|rise)|keine preiserhöhung|(?:wir|ihr) (?:werdet|werden)\b[^.!?]{0,20}\bnie",
    "same": r"(?:stays?|remains?|bleib\w*) (?:\w+ ){0,3}?(?:the same|unchanged|gleich|stabil|until|bis)",
    "we open": r"we(?:[’']ll| will)? (?:re)?open (?:our|a|the)|wir (?:er)?öffnen|we(?:[’']re| are) (?:re)?opening",
    "faster": r"will be|gets?|are going to be|(?:twice|three times) as (?:fast|long|good|many)|doppelt so \w+|läuft|laufen",
    "won": r"won|win|got|gewonnen|gewinn\w*|bet|quiz|wette",
    "moves": r"go(?:es)? up|going up|drops?|rises?|falls?|raises?|cuts?|cutting|increases?|reduces?|stays?|steigen?|steigt|senken"
    r"|sinkt|erhöhen|bleibt|wird|werden",
    "will": r"will|won['’]t|['’]ll|going to|are to|werden|wird",
    "fixed": r"(?:be|is|are|gets?) (?:fixed|back|sorted|solved|repaired|replaced|ready|there|shipped|delivered|refunded|available)"
    r"|(?:behoben|gelöst|fertig|wieder da|repariert)",
    "free": r"for free|free of charge|at no (?:extra )?cost|for nothing|free (?:shipping|delivery|returns|repairs?|replacements?)"
    r"|kostenlos|umsonst|gratis|versandkostenfrei",
    "forever": r"for ?ever|for life|lifetime|life-?long|always|never|no questions asked|no matter what|für immer|lebenslang\w*|immer"
    r"|nie(?:mals)?|ohne wenn und aber|egal was",
    "vow": r"guarantee[ds]?|warranty|money[- ]back|i promise|we promise|promised|you have my word|garantier\w*|garantie|versprochen"
    r"|geld[- ]zurück\w*|wir versprechen",
    "back": r"money back|refund(?:ed)?|your money|geld zurück|erstattung|erstattet",
    "data": r"(?:share|sell|pass on|give away|weitergeben|verkaufen|teilen)\b[^.!?\n]{0,20}\b(?:data|details|address(?:es)?|daten"
    r"|adressen?)|(?:data|daten) (?:\w+ )?(?:weiter|safe|sicher)",
    "hurry": r"(?:sign up|join|order|book|buy) (?:now|today|before)|jetzt (?:anmelden|bestellen|buchen)|be quick|hurry|last chance"
    r"|don['’]t (?:buy|wait|miss)|wait (?:until|till)|beeil\w*|letzte chance|wartet (?:noch )?bis|kauft (?:noch )?nicht",
    "leisure": r"film|movie|album|song|book|novel|episode|season(?! ticket)|series|concert|festival|school|kita|exam|match|league"
    r"|train|flight|baby|birthday|petrol|fuel|rent|mortgage"
    r"|schule|konzert|festival|film|buch|roman|folge|staffel|serie|zug|flug|geburtstag|benzin|miete|spiel|they say|apparently|angeblich|sagt man",
    "mine": r"my (?:son|daughter|kids?|sister|brother|mum|mom|dad|mother|father|wife|husband|train|flight|phone|landlord|rent|doctor"
    r"|cat|dog|parcel|boss)"
    r"|mein\w* (?:sohn|tochter|kinder|schwester|bruder|mutter|vater|frau|mann|zug|flug|handy|vermieter|miete|arzt|ärztin|katze|hund|paket)",
    "moved": r"(?:walk|know|understand|give up|learn|see|eat|be the same|remember|forget|miss|love|thank|vergessen|vermissen|lieben|danken)",
    "wieder": r"again|back|wieder|endlich|finally",
    "who orders": r"(?:everyone|everybody|all|anyone) who (?:orders?|buys?|signs? up)|(?:(?<!out of )orders? (?:placed )?"
    r"|bestellungen )(?:today|now|by|before|until|bis)"
    r"|wer (?:\w+ ){0,2}?(?:bestellt|kauft|bucht)",
    "delivery": r"(?:delivery|shipping|lieferung|versand) (?:takes|is|comes|dauert|kommt)|(?:delivers?|ships?|liefern?) (?:within|in)",
}  # fmt: skip
_LINES = (
    ("within", "serves", "no mine"),
    ("if", "pays", "no mine"),
    ("never", "no moved", "no mine", "no leisure"),
    ("price", "moves", "when", "no mine", "no leisure"),
    ("price", "moves", "we", "no mine", "no leisure"),
    ("offer", "i"),
    ("offer", "hurry"),
    ("offer", "ours", "no won"),
    ("free", "you get", "no mine", "no won"),
    ("price", "same", "no mine", "no leisure"),
    ("launches", "we open", "no mine"),
    ("we open", "when"),
    ("ours", "faster", "when", "no mine", "no leisure"),
    ("offer", "product"),
    ("offer", "you get"),
    ("vow", "no mine", "no leisure"),
    ("data", "ours"),
    ("free", "ours", "does", "no mine"),
    ("you get", "back", "no mine"),
    ("you get", "price", "i"),
    ("you get", "offer"),
    ("you get", "when", "product", "no mine", "no leisure"),
    ("you get", "when", "launches", "no mine", "no leisure"),
    ("forever", "does", "we", "no moved"),
    ("forever", "free", "we"),
    ("forever", "price", "we", "will"),
    ("we will", "does", "no moved", "no leisure"),
    ("we", "does", "price", "no mine"),
    ("i", "price", "you get"),
    ("price", "ours", "when", "no mine", "no leisure"),
    ("price", "when", "hurry"),
    ("price", "when", "will", "no mine", "no leisure"),
    ("price", "product", "when", "no mine", "no leisure"),
    ("offer", "when", "no mine", "no leisure"),
    ("launches", "ours", "when", "no mine", "no leisure"),
    ("launches", "product", "when", "no mine", "no leisure"),
    ("place", "opens", "when", "no mine", "no leisure"),
    ("fixed", "product", "when", "no mine", "no leisure"),
    ("fixed", "launches", "when", "no mine", "no leisure"),
    ("wieder", "launches", "when", "no mine", "no leisure"),
    ("who orders", "when"),
    ("delivery", "when", "no mine"),
)
_TOLD = Together(_SIGNS, _LINES)


def find(draft: Draft) -> Iterator[Finding]:
    message = _("A promise of a price, a date or a service. Is it announced, and yours to make?")
    for start, end in _TOLD.told(draft.text):
        yield Finding(start, end, NAME, message, topic="roles")
