"""Speech that the law protects: pay, conditions, unions, safety, reporting breaches. The coach says so and finds nothing else wrong with it.

Sources: NLRA s.7, Directive 2019/1937 (whistle-blowers), Directive 2023/970 art. 7(5) (pay), as listed in the policy part.
"""

import re

# What it is about …
_TOPIC = re.compile(
    r"\b(?:pay(?:check|slip|roll|day)?|paid|underpaid|wages?|salar(?:y|ies)|earn(?:s|ed|ing)?|per hour"
    r"|(?:euros?|pounds?|dollars?|bucks|quid|[€£$]? ?\d+(?:[.,]\d+)?) an hour"
    r"|hourly|tips?|bonus(?:es)?|raises?|pay rise|overtime|shifts?|rota|rosters?|schedul(?:e|es|ing)|(?:our|my"
    r"|their|working|long|extra|unpaid|fewer|more|cut) hours|hours (?:a|per) (?:day|week)|hour (?:weeks?"
    r"|days?)|breaks?|lunch break|annual leave|holiday pay|sick (?:pay|leave|days?)|"
    r"parental leave|maternity|pensions?|benefits|contracts?|zero[- ]hours?|layoffs?|laid off|redundan\w+"
    r"|fired|dismiss\w+|disciplin\w+|unions?|unioni[sz]\w+|shop steward|strik(?:e|es|ing)|picket|walkout"
    r"|works council|staff council|collective (?:agreement|bargaining|action)|organi[sz]ing|petition|"
    r"unsafe|safety|hazard\w*|danger\w*|injur\w+|accidents?|guards? (?:is|are|was|were|has|have|on)|fire "
    r"exit\w*|asbestos|mould|mold|ventilation|heating|hard hats?|protective|ppe|osha|hse|health and safety"
    r"|understaffed|short[- ]staffed|workload|burn(?:ed|t)? ?out|"
    r"harass\w+|discriminat\w+|bull(?:y|ied|ying)|racis\w+|sexis\w+|retaliat\w+|whistle-?blow\w+|reported "
    r"(?:it|this|them|him|her)|report(?:ing)? (?:it|this|them) to|labou?r (?:board|inspector\w*|rights?)"
    r"|works? conditions?|working conditions?|nlrb|acas|tribunal|tariff|minimum wage|living wage|gender pay"
    r"|pay gap|equal pay|"
    r"manage(?:ment|rs?)(?:'s)? (?:decision|never|does not|doesn't|ignores?|ignored|refus\w+|won't|treat\w*|cut\w*|keep\w*)|"
    r"löhne?|lohn\w*|gehält\w*|gehalt\w*|verdien\w+|stundenlohn|mindestlohn|überstunden|schicht\w*|dienstplan\w*|pausen?\w*"
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
    r"|wir zahlen (?:den schaden|das porto|die reparatur)|risk-?free|financial freedom|finanzielle freiheit)\b|#ad\b|#werbung\b"
)
_STRONG = re.compile(
    r"\b(?:unions?|unioni[sz]\w+|shop steward|picket|collective (?:agreement|bargaining|action)|works council"
    r"|osha|nlrb|whistle-?blow\w+|minimum wage|living wage|equal pay|gender pay|pay gap|working conditions"
    r"|labou?r (?:board|inspector\w*|rights?)|betriebsrat\w*|personalrat|gewerkschaft\w*|warnstreik\w*"
    r"|streik\w*|tarif(?:vertrag|runde|verhandlung|lohn|streit)\w*|mindestlohn|arbeitsbedingung\w*"
    r"|hinweisgeber\w*|gewerbeaufsicht|lohnlücke|no breaks?|without (?:a )?breaks?|keine pausen?|ohne "
    r"pausen?)\b"
)


def is_protected(text: str) -> bool:
    """Whether a text speaks, as somebody who works somewhere, about pay, conditions, unions, safety or breaches."""
    low = text.lower().replace("’", "'")
    if _SELLING.search(low):
        return False
    if _STRONG.search(low):
        return True
    return any(_TOPIC.search(part) and _WORK.search(part) for part in re.split(r"(?<=[.!?])\s+|\n+", low)) or bool(
        _TOPIC.search(low) and _WORK.search(low) and len(low) < 200
    )
