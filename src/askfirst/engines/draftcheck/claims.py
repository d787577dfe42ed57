"""Claims that the law watches closely: about health, money and the environment. English and German."""

from collections.abc import Iterator

from askfirst.engines.draftcheck.findings import Draft, Finding
from askfirst.engines.draftcheck.together import Together
from askfirst.engines.marking import _

NAME = "claim"
_AILMENT = (
    r"cancer|diabetes|depression|anxiety|covid|flu|colds?|(?:back |joint |knee |neck |period )?pains?|arthritis|acne|insomnia"
    r"|diseases?|infections?|sore throats?|migraines?|headaches?"
    r"|asthma|allerg(?:y|ies)|eczema|wrinkles|cellulite|hair loss|bacteria|virus(?:es)?|germs?|liver|stomach|nerves|knee trouble"
    r"|tooth decay|decay|ageing|aging|bones|joints|belly fat|blood pressure|inflammation|high blood pressure|cholesterol|stress"
    r"|burn-?out|snoring|hangovers?"
    r"|concussions?|injur(?:y|ies)|immune system|metabolism|fat|adhd|tinnitus"
    r"|krebs|depressionen?|angst|grippe|erkältung(?:en)?|(?:rücken|gelenk|knie|kopf|nacken|hals|bauch)?schmerzen|rheuma|akne"
    r"|schlaflosigkeit|krankheit(?:en)?|infektion(?:en)?|migräne"
    r"|allergien?|falten|cellulite|haarausfall|bakterien|viren|keime?n?|leber|magen|nerven|altern|neurodermitis|bauchfett|blutdruck"
    r"|knochen|gelenke|entzündung(?:en)?|bluthochdruck|cholesterin|immunsystem|stoffwechsel|fett|kater|schnarchen|verletzungen"
)
_SIGNS = {
    "ours": r"our|ours|we|this (?:\w+ )?(?:cream|tea|shake|serum|oil|drink|app|course|fund|plan|juice|powder|mattress|pillow"
    r"|supplement|product|balm|diet)|the new (?-i:[A-Z]?\w+)"
    r"|with (?:our|this)|it(?:['’]s)?|unser\w*|wir|dies\w* (?:\w+ )?(?:creme|tee|shake|serum|öl|drink|app|kurs|fonds|saft|pulver"
    r"|matratze|kissen|produkt|balsam|kur)|es",
    "product": r"our|ours|with our|(?:this|the) (?:cream|tea|shake|serum|oil|drink|juice|powder|mattress|pillow|supplement|product"
    r"|balm|bracelet|device|filter|insoles)|these (?:\w+ )?(?:vitamins|gummies|pills|drops|insoles|capsules|tablets)|(?:a|one|ein"
    r"|eine?n?) (?:\w+ )?(?:glass|spoonful|cup|tablet|capsule|glas|löffel|tasse|tablette|kapsel) (?:a|per|am|pro) (?:day|tag)"
    r"|(?:drink|take|eat) this|thanks to our|dank unser\w*|diese vitamine|dieses kissen|dieses armband|die einlagen|unser\w*"
    r"|diese\w* (?:creme|salbe|kur|matratze)|dieser (?:tee|saft|shake|balsam)|dieses (?:öl|pulver|produkt|serum|kissen)",
    "ailment": rf"(?:{_AILMENT})",
    "cures": r"beendet|lässt nach|(?:won[’']t|never) (?:catch|get)|lowers?|takes? away|melts?|calms?|clears?|reverses?|detox(?:es"
    r"|ify)?|ends?|no more|goodbye to|never again|drops?|vanish(?:ed|es)?|gone|protects? from|beruhigt|senkt|sinkt|vertreibt|stoppt?"
    r"|stoppen|schmelzen|kehrt|entgiftet|nie wieder|weg|"
    r"cure[sd]?|heal(?:s|ed)?|treat(?:s|ed)?|prevent(?:s|ed)?|reliev(?:e|es|ed)|eas(?:e|es|ed)|eliminat(?:e|es|ed)|kill(?:s|ed)?"
    r"|fight(?:s|ing)?|reduc(?:e|es|ed)|boost(?:s|ed)?|burn(?:s)?"
    r"|strengthen(?:s|ed)?|protect(?:s|ed)? (?:\w+ )?(?:from|against)|helps? (?:with|against)|gets? rid of"
    r"|keeps?(?=[^.!?]{0,30}\baway\b)|makes?(?=[^.!?]{0,30}\b(?:disappear|go away|vanish)\b)|works? against|stops?|against"
    r"|heilt?|geheilt|lindert?|beugt\b[^.!?]{0,30}\bvor|verhindert?|tötet|bekämpft?|stärkt|senkt|reduziert|verbrennt"
    r"|schützt? (?:\w+ )?vor|hilft (?:gegen|bei)|wirkt gegen|lässt(?=[^.!?]{0,40}\bverschwinden\b)|hält(?=[^.!?]{0,30}\bfern\b)|gegen",
    "number": r"\d[\d.,]* ?%|\d[\d.,]* ?prozent",
    "experts": r"(?:doctors?|dermatologists?|experts?|scientists|physios?|dentists?|nutritionists?) (?:recommend|agree|confirm"
    r"|swear by|trust)|recommended by (?:doctors|dermatologists|experts|dentists)"
    r"|(?:ärzte|ärztinnen|experten|hautärzte|zahnärzte|physios?) (?:empfehlen|bestätigen|schwören)|von (?:ärzten|experten) empfohlen",
    "my doctor": r"(?:my|her|his|your|mein\w*|ihr\w*) (?:doctor|physio|dentist|arzt|ärztin|zahnarzt)",
    "proven": r"proven by (?:experts|science|doctors)|laboratory tests show|(?:doctors|experts) are amazed"
    r"|alternative to (?:antidepressants|medicine|medication|pills)|alternative zu (?:antidepressiva|medikamenten|tabletten)"
    r"|no chemicals|ohne chemie|"
    r"(?:clinically|scientifically|medically|dermatologically) (?:proven|tested|shown)|(?:no|without) side effects|miracle (?:cure|product|cream)"
    r"|(?:klinisch|wissenschaftlich|medizinisch|dermatologisch) (?:bewiesen|getestet|erwiesen|belegt)|ohne nebenwirkungen|wundermittel",
    "slims": r"(?:lose|lost|drop(?:ped)?|shed) (?:up to )?(?:\w+|\d+) ?(?:kg|kilos?|pounds|lbs|stone|dress sizes?)|(?:\w+|\d+) ?(?:kg"
    r"|kilo) (?:abnehmen|abgenommen|verlieren|verloren|weniger)|(?:nimmst?|nehmt) (?:\w+|\d+) ?(?:kg|kilo) ab",
    "pure": r"(?:100 ?%|completely|totally|fully|entirely|purely) (?:natural|harmless|risk[- ]free|effective|sustainable|organic"
    r"|chemical[- ]free|non-?toxic|recyclable|recycled|plastic[- ]free)"
    r"|(?:100 ?%|100 prozent|völlig|komplett|rein) (?:natürlich|harmlos|unschädlich|risikofrei|wirksam|nachhaltig|bio|recycelbar"
    r"|plastikfrei)|chemical[- ]free|can['’]t harm",
    "sure": r"(?:100 ?%|completely|totally) safe|(?:völlig|komplett) sicher",
    "green": r"(?:doesn[’']t|does not|without|don[’']t|won[’']t) (?:\w+ )?(?:hurt|harm(?:ing)?|damag\w+"
    r"|pollut\w+)(?: to)? (?:the )?(?:ocean|sea|nature|planet|environment|forest|climate)|without (?:any )?emissions?|ohne (?:jede "
    r"|jegliche )?emission(?:en)?|protects? the (?:sea|ocean|forest|climate|planet)|(?:leaves?|hinterl\w+) (?:no|keinen) (?:footprint"
    r"|fußabdruck|trace)|(?:removes?|holt) co2|good for the (?:forest|sea|ocean)|(?:dem wald|der natur|dem klima) gut\w*|wald guttut"
    r"|(?:the )?greener|truly green|sustainable from|not a gram of waste|gives? nature back|der natur mehr zurück|(?:besser"
    r"|gut) fürs klima|better for the climate|dissolves in nature|in der natur ohne|saves? the world|planet thanks|harmless to nature|"
    r"(?:climate|carbon|co2|klima|co₂)[- ]?(?:neutral|positive|negative|free|positiv)\w*|(?:zero|net[- ]zero|no|null) (?:emissions?"
    r"|carbon|waste|footprint|emissionen)|emission[- ]free|emissionsfrei|eco-?friendly|environmentally friendly"
    r"|(?:fully |100 ?% )?(?:bio-?degradable|compostable)|(?:greenest|cleanest|most sustainable|most ethical)|(?:good|better|great"
    r"|kind) (?:for|to) (?:the|our) (?:planet|environment|climate|earth)|save(?:s)? the (?:planet|climate)"
    r"|umweltfreundlich\w*|klimafreundlich\w*|biologisch abbaubar\w*|kompostierbar\w*|(?:nachhaltigste|grünste|sauberste)\w*"
    r"|gut für (?:die umwelt|das klima|den planeten)|rettet (?:das klima|den planeten)",
    "earns": r"earn(?:s|ed|ing)?|return(?:s)?|yield(?:s)?|interest|profit(?:s)?|pays? (?:out )?|grow(?:s)? your money|rendite|zinsen"
    r"|verdien\w*|gewinn\w*|bringt",
    "fund": r"funds?|savings?(?: plan| account)?|invest\w*|portfolio|shares?|stocks?|crypto|bonds?|deposit|etf|fonds|sparplan|anlage"
    r"|aktien|depot|tagesgeld",
    "surely": r"safe|safely|guaranteed|risk[- ]free|no risk|without (?:any )?risk|can['’]?t lose|cannot lose|never lose|easy|easily"
    r"|sicher|garantiert\w*|risikofrei|ohne risiko|nie verlieren",
    "riches": r"(?:invest|save) with us|retire at|can only go up|everybody makes money|verdient jeder|take out (?:two|double)"
    r"|second (?:salary|income)|never pay tax|safest investment|sicherste (?:geld)?anlage|your money is (?:completely "
    r"|absolutely )?(?:secure|safe)|euer geld ist (?:völlig )?sicher|ohne (?:jedes |ganz )?risiko|no risk at all|"
    r"double your (?:money|savings)|become rich|get rich|guaranteed (?:returns?|profits?|results?|income)|financial freedom"
    r"|passive income|garantierte? (?:rendite|gewinne?|ergebnis\w*)|reich werden|geld verdoppeln|finanzielle freiheit"
    r"|passives einkommen",
    "sleeps": r"(?:sleep|feel|look|perform|concentrate) (?:better|younger|fitter) (?:after|in|within|from)|(?:schlaf"
    r"|fühl)\w* (?:dich )?(?:besser|jünger) (?:nach|in|ab)",
    "weather": r"bored\w*|fear of|homesick\w*|writer['’]s block|heartache|langeweile|heimweh|traffic|spam",
    "kills": r"kills?|tötet|boosts? your|stärkt (?:das|dein|euer)",
    "slims light": r"(?:lose|losing) weight (?:while|without|in your sleep)|nehmt ab, ohne|abnehmen (?:im schlaf|ohne)|while you sleep",
    # Said of nothing named, as on a label.
    "begins": r"(?-i:^|(?<=[.!?\n]) ?)(?:(?-i:Boosts|Relieves|Prevents|Heals|Cures|Reduces|Fights|Helps against|Stärkt|Lindert"
    r"|Heilt|Senkt|Hilft gegen|Beugt))",
}
_LINES = (
    ("proven",),
    ("riches",),
    ("green",),
    ("experts", "no my doctor"),
    ("pure",),
    ("sure", "product"),
    ("cures", "ailment", "ours", "no weather", "no my doctor"),
    ("cures", "ailment", "product", "no weather", "no my doctor"),
    ("cures", "ailment", "number"),
    ("kills", "ailment"),
    ("begins", "ailment", "no weather"),
    ("slims", "product"),
    ("slims light",),
    ("sleeps", "number"),
    ("earns", "number", "fund"),
    ("earns", "fund", "surely"),
    ("surely", "fund", "ours"),
)
_TOLD = Together(_SIGNS, _LINES)


def find(draft: Draft) -> Iterator[Finding]:
    message = _("A claim about health, money or the environment needs proof, and the law watches it closely.")
    for start, end in _TOLD.told(draft.text):
        yield Finding(start, end, NAME, message, topic="roles")
