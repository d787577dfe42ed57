"""Speech that the law protects: pay, conditions, unions, safety, reporting breaches. The coach says so and finds nothing else wrong with it.

Sources: NLRA s.7, Directive 2019/1937 (whistle-blowers), Directive 2023/970 art. 7(5) (pay), as listed in the policy part.
"""

import re
from functools import cache
from pathlib import Path

import numpy as np

from askfirst.engines.draftcheck.findings import Standing
from askfirst.engines.draftcheck.signs import BUY
from askfirst.engines.wordtable import WordTable, words_of

# What it is about …
_TOPIC = re.compile(
    # Whoever pays a bill, or had an accident with the car, speaks of no work.
    r"\b(?:(?:pay|paid)(?![^.!?]{0,30}\b(?:bills?|invoices?|loans?|mortgage|contactless|premiums?)\b)"
    r"|pay(?:check|slip|roll|day)|underpaid|wages?|salar(?:y|ies)|earn(?:s|ed|ing)?|per hour"
    r"|(?:euros?|pounds?|dollars?|bucks|quid|[€£$]? ?\d+(?:[.,]\d+)?) an hour"
    r"|hourly|clock(?:ed|ing)? (?:in|out|off)|off the clock|tips?(?! (?:from|for|on|to|how)\b)"
    r"|bonus(?:es)?|raises?|pay rise|overtime|shifts?|rota|rosters?|schedul(?:e|es|ing)|(?:our|my"
    r"|their|working|long|extra|unpaid|fewer|more|cut) hours|hours (?:a|per) (?:day|week)|hour (?:weeks?"
    r"|days?)|breaks?|lunch break|annual leave|holiday pay|sick (?:pay|leave|days?)|"
    r"parental leave|maternity|pensions?|benefits|contracts?|zero[- ]hours?|layoffs?|laid off|redundan\w+"
    r"|fired|dismiss\w+|disciplin\w+|unions?|unioni[sz]\w+|shop steward|strik(?:e|es|ing)|picket|walkout"
    r"|works council|staff council|collective (?:agreement|bargaining|action)|organi[sz]ing|petition|"
    r"unsafe|safety|hazard\w*|danger\w*|injur\w+|accidents?(?![^.!?]{0,25}\b(?:cars?|insurance|claim)\b)|guards? (?:is|are|was|were|has|have|on)|fire "
    r"exit\w*|asbestos|mould|mold|ventilation|heating|hard hats?|protective|ppe|osha|hse|health and safety"
    r"|understaffed|short[- ]staffed|workload|burn(?:ed|t)? ?out|"
    r"harass\w+|discriminat\w+|bull(?:y|ied|ying)|racis\w+|sexis\w+|retaliat\w+|whistle-?blow\w+|reported "
    r"(?:it|this|them|him|her)|report(?:ing)? (?:it|this|them) to|labou?r (?:board|inspector\w*|rights?)"
    r"|works? conditions?|working conditions?|nlrb|acas|tribunal|tariff|minimum wage|living wage|gender pay"
    r"|pay gap|equal pay|"
    r"manage(?:ment|rs?)(?:'s)? (?:decision|never|does not|doesn't|ignores?|ignored|refus\w+|won't|treat\w*|cut\w*|keep\w*)|"
    r"löhne?|lohn\w*|gehält\w*|gehalt\w*|verdien\w+|stundenlohn|mindestlohn|überstunden|(?:aus|ein)?stempel\w*|schicht\w*|dienstplan\w*|pausen?\w*"
    r"|urlaub(?:stage|sgeld|santr\w+)?|krankengeld|krankmeld\w*|befristet\w*|verträge?|vertrag\w*|kündig\w+|entlass\w+|abmahn\w+"
    r"|betriebsrat\w*|personalrat|gewerkschaft\w*|streik\w*|warnstreik\w*|tarif\w*|"
    r"arbeitsbedingung\w*|arbeitszeit\w*|arbeitsschutz\w*|unsicher|gefährlich\w*|gefahr\w*|unfall\w*|unfälle|verletz\w+|notausgang\w*"
    r"|schutz(?:gitter|brille|kleidung|ausrüstung)\w*|schimmel|heizung|lüftung|personalmangel|unterbesetzt|überlast\w*|mobbing"
    r"|belästig\w+|diskriminier\w+|hinweisgeber\w*|whistleblower\w*|gewerbeaufsicht|berufsgenossenschaft|lohnlücke|bezahl\w+"
    r"|zuschläge?|nachtzuschl\w+|weihnachtsgeld|eltern(?:zeit|geld)|rente)\b"
)
# … and that it is about the writer's own work.
_WORK = re.compile(
    r"\b(?:we|our|us|my|i|i'm|i've|we're|we've|me|they|their|management|managers?|bosses|boss|employer|company"
    r"|colleagues?|co-?workers?|workers?|staff|employees?|team|crew|warehouse|factory|plant|shop ?floor|site"
    r"|line|department|at work|here|everyone|nobody|"
    r"wir|uns|unser\w*|ich|mein\w*|mir|mich|die leitung|leitung|geschäftsführung|chefs?|chefin|vorgesetzte\w*"
    r"|arbeitgeber\w*|firma|betrieb\w*|kolleg\w+|belegschaft|mitarbeit\w+|beschäftigte\w*|team|lager|werk"
    r"|halle|laden|abteilung|alle|niemand|man)\b"
)
# A sentence about goods, customers or one's leisure uses many of the same words.
_SELLING = re.compile(
    r"\b(?:buy|shop now|order now|sale|% off|per ?cent off|use (?:my |the )?code|(?:my|the) code|discount|free shipping"
    r"|new collection|new product|launch(?:ing"
    r"|ed)?|available now|pre-?order|giveaway|win a|link in bio|check out|customers? love|our (?:new|latest) "
    r"(?!shift|rota|schedule|contract|policy|manager|boss|pay|rule)\w+|recommend|five stars|5 stars|best \w+ "
    r"(?:ever|on the market)|"
    r"we(?:'re| are) hiring|join our team|apply (?:now|today)|open (?:position|role)s?|kaufen|jetzt bestellen"
    r"|rabatt|gutschein|neue kollektion|jetzt erhältlich|vorbestell\w+|gewinnspiel|wir suchen|bewirb dich"
    r"|bewerbt euch|stellenangebot|empfehle?n?|if it breaks|wenn (?:es|sie|er) kaputt\w*"
    r"|(?<!pension )(?:our|unser\w*) (?:funds?|savings plan|fonds|sparplan|etf)|invest (?:in|now)|% (?:a|per) year|prozent im jahr"
    r"|our (?:subscription|prices?|tickets?|customers?|tariff)|unsere? (?:preise?|kunden|abos?)|(?:pay|cover) (?:for )?(?:the"
    r"|your) (?:taxi|shipping|postage|damage|return|repair)|(?:schaden|porto|versand|reparatur)\b[^.!?]{0,20}\bzahlen wir"
    r"|wir zahlen (?:den schaden|das porto|die reparatur)|risk-?free|financial freedom|finanzielle freiheit|second (?:salary|income)"
    r"|price increases?|preiserhöhung(?:en)?|wir liefern|we deliver)\b|#ad\b|#werbung\b"
)
_STRONG = re.compile(
    r"\b(?:unions?|unioni[sz]\w+|shop steward|picket|collective (?:agreement|bargaining|action)|works council"
    r"|osha|nlrb|whistle-?blow\w+|minimum wage|living wage|equal (?:pay|work|money)|gender pay|pay gap|working conditions"
    r"|gleiche[rs]? (?:lohn|geld|arbeit)|labou?r (?:board|inspector\w*|rights?)|betriebsrat\w*|personalrat|gewerkschaft\w*|warnstreik\w*"
    r"|streik\w*|tarif(?:vertrag|runde|verhandlung|lohn|streit)\w*|mindestlohn|arbeitsbedingung\w*"
    r"|hinweisgeber\w*|gewerbeaufsicht|lohnlücke|no breaks?|without (?:a )?breaks?|keine pausen?|ohne "
    r"pausen?)\b"
)


# Signs for the second judge, who weighs them together with the words.
_SIGNS = tuple(
    re.compile(rf"\b(?:{words})\b")
    for words in (
        # Those who decide over work.
        r"they|management|managers?|boss|bosses|supervisors?|floor manager|hr|human resources|the company|my company|"
        r"our company|the firm|my employer|employer|the board|upstairs|head office|the agency|facilities|foreman|"
        r"die leitung|leitung|geschäftsführung|chefs?|chefin|filialleiter\w*|meister|vorgesetzte\w*|personalabteilung|"
        r"arbeitgeber\w*|die firma|unsere firma|meine firma|der vorstand|vorstand|zentrale|verleih|oben|"
        r"sie (?=\w+(?:en|ten)\b)",
        # What they do to people.
        r"(?:told|makes?|made|making|expects?|wants?|"
        r"ask(?:s|ed)?|let|lets|forced?|forces) (?:us|me|people|everyone|everybody|women|parents|drivers)|"
        r"(?:refus\w+|ignor\w+|cut|cuts|took|takes|moved|charges?|dock\w*|tape[sd]?|punish\w*|fired|sacked|"
        r"suspended|promised|cancell?ed|changed|laughed|shrug\w*|track\w*|log|keeps?|sat on|sell\w*)|"
        r"will not|won't|do not|don't|never|said no|"
        r"(?:was|were|been|be|get|got) (?:told|moved|let go|fired|sacked|sent home|refused|passed over|written up|bullied|promised|made|laid off)|"
        r"we are told|(?:sollen|müssen|dürfen|mussten|sollten) wir|wir (?:sollen|müssen|dürfen|mussten|sollten|sollten)|"
        r"ich (?:soll|muss|sollte|musste)|gestrichen|gekürzt|abgelehnt|abgemahnt|versetzt|rausgeworfen|entlassen|"
        r"übergangen|weigert?|verboten|verlang\w+|abgeklebt|zieh\w*|behält|behalten|brüllt|angefasst|zuckt|verkaufen|"
        r"schließt|wurde\w*",
        # What is missing, broken or too much.
        r"no|not|nobody|nothing|never|without|only|still|again|late|unpaid|free of charge|broken|gone|missing|short|"
        r"cancell?ed|dropped|less|half|two thirds|too (?:few|little|slow|much|many)|tired|exhausted|ill|ten minutes|"
        r"in a row|every (?:single )?(?:day|morning|week|night)|for (?:a|the) (?:month|year|third|fourth)\w*|kein\w*|"
        r"nicht|nie|ohne|nur|noch immer|immer noch|wieder|zu spät|unbezahlt|kaputt|weg|fehl\w+|weniger|hälfte|"
        r"zu wenig\w*|müde|krank|am stück|jeden (?:tag|morgen|abend)|jede[sn]? (?:woche|nacht|minute)|"
        r"zum (?:dritten|vierten) mal",
        # Where and with whom one works.
        r"depot|warehouse|(?:shop|packing) floor|floor|site|hall|line|tills?|dock|loading bay|kitchen|ward|office|"
        r"canteen|break room|locker\w*|stairwell|gate|branch|store|plant|factory|booth|joinery|paint shop|cold store|"
        r"lab|cellar|night shift|shifts?|crew|team|colleagues?|co-?workers?|packers?|porters?|drivers?|cleaners?|"
        r"nurses?|carers?|temps?|interns?|apprentices?|staff|rota|contract|job|work|hours|halle|lager|werk|standort|"
        r"rampe|küche|station|spritzkabine|lackiererei|pausenraum|treppenhaus|labor|filiale|schicht\w*|spätschicht|"
        r"nachtschicht|dienst\w*|kolleg\w+|belegschaft|team|reinigungskräfte|fahrer\w*|pflege\w*|leiharbeit\w*|"
        r"praktikant\w*|arbeit\w*|stunden|vertrag|stapler|gabelstapler|maschine|kran|säge|büro",
        # Reporting, asking and acting together.
        r"report(?:ed|ing)|complain(?:ed|t|ts)|told (?:the|a|my)|took it to|taken to|filed|rang the|blew the whistle|"
        r"regulator|inspector\w*|inspectorate|authorit(?:y|ies)|ombudsman|agency|newspaper|reporter|press|the law|rep|"
        r"reps|election|vote[ds]?|voting|consultation|petition|sign(?:ed)?|letter|list of|walk(?:ed)? out|refused|"
        r"together|meet(?:ing)?|ask(?:ed|ing)? (?:for|the company|management)|who is with|who wants|come (?:and|along)|"
        r"council|stand (?:by|with)|solidarity|fight|demand\w*|we want|gemeldet|beschwer\w+|angezeigt|anzeige|behörde|"
        r"amt|aufsicht|prüfer\w*|zeitung|presse|gesetz|wählen|wahl|gewählt|rat|unterschr\w+|brief|gemeinsam|zusammen|"
        r"treffen|fordern|wir wollen|wer (?:kommt|will|macht|noch)|solidarität|wehren|eingetreten|verhandelt|geweigert",
        # Money for work.
        r"pay|paid|pays|wage\w*|payslip|raise|earn\w*|an hour|hourly|bonus|back pay|pension|tips|mileage|cent|severance|"
        r"sick pay|uniforms?|boots|per cent|percent|lohn\w*|gehalt\w*|verdien\w*|die stunde|zuschl\w+|bezahl\w*|"
        r"nachzahlung|prämie|bonus|boni|trinkgeld|rente|betriebsrente|abfindung|ausgleich|cent|geld",
        # Whoever is spoken to: customers, mostly.
        r"you|your|yours|ihr|euch|euer\w*|eure\w*|du|dich|dir|dein\w*",
        # Whoever speaks, for themselves or with others.
        r"we|us|our|i|my|me|wir|uns|unser\w*|ich|mein\w*|mir|mich",
    )
)
PATH = Path(__file__).parent / "protected.npz"
# The logarithms of the odds from which the table's word is taken, from which it may be so, and up to which rules do not count.
SURE, PERHAPS, HOPELESS = 0.0, -0.9, -2.4


def is_protected(text: str) -> bool:
    """Whether a text speaks, as somebody who works somewhere, about pay, conditions, unions, safety or breaches."""
    return standing(text) is Standing.YES


def standing(text: str) -> Standing:
    """What two judges say: rules over a topic and whose work it is, and a table of what each word says (docs/decisions/0009),
    trained with more signs by training/rights.py. Either is enough for yes, but where a topic has other meanings the table may
    overrule (*the night shift won the cup*); it alone may say perhaps.
    """
    low = text.lower().replace("’", "'")
    if _SELLING.search(low):
        return Standing.NO
    if _STRONG.search(low):
        return Standing.YES
    table = _table()
    odds = table.scores(words_of(text))[0] + float(table.signs @ np.array(signs(text), np.float32))
    if odds > HOPELESS and _by_rules(low):
        return Standing.YES
    if odds <= PERHAPS or BUY.search(text.replace("’", "'")):
        return Standing.NO
    return Standing.YES if odds > SURE else Standing.PERHAPS


def _by_rules(low: str) -> bool:
    return any(_TOPIC.search(part) and _WORK.search(part) for part in re.split(r"(?<=[.!?])\s+|\n+", low)) or bool(
        _TOPIC.search(low) and _WORK.search(low) and len(low) < 200
    )


def signs(text: str) -> list[float]:
    """1 for each sign that is there, else 0, in the order in which the table weighs them."""
    low = text.lower().replace("’", "'")
    return [float(bool(pattern.search(low))) for pattern in (_TOPIC, _WORK, _SELLING, _STRONG, *_SIGNS)]


@cache
def _table() -> WordTable:
    return WordTable(PATH, ("rights",))
