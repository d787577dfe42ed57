"""Signs in a post that something sold is promoted: words of praise and offer, goods, brands; and signs against it.

Own word lists in English and German, grown batch by batch on posts of our own (docs/why/coach.md).
"""

import re
from dataclasses import dataclass

from askfirst.engines.draftcheck.findings import Span

VEILED = re.compile(
    r"(?:^|\W)#(?:sp|spon|collab|partner|ambassador|\w+ambassador|brandambassador|\w+partner|thanks\w*|gifted"
    r"|proudemployee2|iwork|kooperation|botschafter(?:in)?|\w+botschafter(?:in)?|kollab)\b|\b(?:views|opinions"
    r"|thoughts) (?:are )?(?:my|mine) own\b|\b(?:views|opinions) (?:are )?mine\b|\bmeine (?:eigene )?meinung\b"
    r"|\b(?:see|siehe|in) (?:my )?(?:bio|profile?)\b(?=[^.!?]{0,30}\b(?:employ|work|job|disclos|arbeit))"
    r"|\b(?:employ\w*|work|job|arbeitgeber|disclosure)\b[^.!?]{0,20}\b(?:in (?:my )?(?:bio|profil))",
    re.IGNORECASE,
)
# Goods and services; words that are as often something else (book, club, plan, team) are left out.
_THING = (
    r"(?:wardrobes?|candles?|cheddar|cheeses?|towels?|bars?|lanterns?|torch(?:es)?|energy|mango|juices?|crisps"
    r"|cookies|granola|cereals?|pasta|sauces?|salsa|hummus|tofu|burgers?|pizzas?|ice cream|yoghurts?|milk"
    r"|butter|jam jars?|honey|spices?|bread|pastr(?:y|ies)|cakes?|muffins?|teas?|coffees?|espresso machine"
    r"|beans|roasts?|ales?|lager|stout|ciders?|rum|tonic|seltzer|cocktails?|"
    r"perfumes?|shampoos?|conditioner|deodorant|mascara|lip balm|hand cream|face mask|razors?|wipes|nappies"
    r"|diapers|strollers?|prams?|car seat|cot|high chair|lunch box(?:es)?|bottles?|flasks?|mugs?|cups?|pans?"
    r"|knives|toaster|blenders?|mixers?|fridges?|ovens?|hobs?|freezers?|dishwashers?|washing machines?|tumble "
    r"dryers?|irons?|heaters?|fans?|lamps?|bulbs?|curtains?|rugs?|sofas?|couch(?:es)?|mattress(?:es)?|pillows?"
    r"|duvets?|shelves|chairs?|bookcases?|paints?|"
    r"drills?|saws?|mowers?|hammers?|toolkits?|tool kits?|gloves|boots|shoes|sandals|slippers|trainers"
    r"|sneakers|socks|jeans|trousers|dresses|skirts?|shirts?|hoodies?|jumpers?|sweaters?|coats?|parkas?"
    r"|jackets|hats?|scarves|belts?|watches|rings?|earrings|necklaces?|glasses|sunglasses|bags?|backpacks?"
    r"|suitcases?|wallets?|umbrellas?|"
    r"phones?|smartphones?|tablets?|laptops?|monitors?|keyboards?|mice|headsets?|earbuds?|speakers?|soundbars?"
    r"|tvs?|cameras?|drones?|consoles?|printers?|routers?|chargers?|power banks?|cables?|vpn|apps?|software"
    r"|platforms?|plugins?|tools?|suites?|dashboards?|crm|erp|chatbots?|services?|subscriptions?|loans?"
    r"|insurances?|banks?|tariffs?|broadband|energy|electricity|courses?|hotels?|hostels?|spas?|cruises?"
    r"|flights?|airlines?|scooters?|bikes?|e-bikes?|vans?|tyres?|travel kits?|sets?|bands?|air fryer|antivirus"
    r"|armchair|audiobooks?|barista|basket|bench|binoculars|biscuits?|blanket"
    r"|boiler|bottles?|bracelet|broadband|browser|bread maker|brush|burrito|cabin|candles?|card reader|carpet"
    r"|catalogue|catalog|cereal|charger|cheese|cider|cleaner|cloak|console|cooker|cookies|cooler|cosmetics"
    r"|cushion|cutlery|detergent|dishwasher|dress|dresses|drone|dryer|duvet|e-?reader|earphones|energy bars?"
    r"|engine|face cream|fleece|foundation|freezer|fridge|furniture|garments?|gift cards?|gin|glasses|gloves"
    r"|goggles|granola|grill|guitar|hair dryer|hammock|handbag|harness|heater|helmet|hoodie|hotel|ice cream"
    r"|insurance|interface|iron|jeans|jewellery|jumper|keyboard|knife|knives|leggings|lawnmower|lipstick|loan"
    r"|lotion|lunch boxes|massager|menu|merch|microwave|mobile plan|monitor|mortgage|mower|mouse|muesli"
    r"|necklace|noodles|notebook|oil|ointment|package|paint|pasta|perfume|pen|pens|planner|plugin|polo|poncho"
    r"|pot|pots|pram|projector|protein|radiator|razor|ring|robot|rope|router|rug|sauce|sausages?|saw|scanner"
    r"|sealant|seat|service|shades|shaver|shelf|shelves|shorts|skis?|skirt|slippers|smoothie|snowboard|solar "
    r"panels?|spa|spray|streaming service|stroller|suitcase|sunglasses|surfboard|sweater|switch|syrup|tariff"
    r"|television|theme|thermos|thermostat|tights|tiles|tires|toaster|toolbox|tracker|trousers|tumbler|tv"
    r"|tyres|umbrella|vape|vitamins?|vodka|wallet|washing machine|watch|webcam|wetsuit|whisky|windows?|wipes"
    r"|wok|workstation|shoe|laptop|app|apps|bag|bags|beer|e?-?bikes?|blend|boots?|bread|brew|broadband"
    r"|burgers?|camera|chair|chairs|charger|coat|coffee|collection|cream|crm|drill|earbuds|espresso|fan"
    r"|flavou?rs?|gear|hat|headphones|headset|hydration|jackets?|juice|kettle|kits?|lamp|lamps|laptop|maker"
    r"|mattress|meal kits?|moisturi[sz]er|mugs?|night serum|oat milk|oven|pan|parka|phone|pizza|printer"
    r"|product|products|rucksacks?|salad|sandals|scooter|serum|shampoo|shirt|shirts|shoes?|skincare|sleeping "
    r"bag|smartwatch|snacks?|sneakers?|soap|socks|soda|sofa|software|speakers?|stoves?|subscription|sunscreen"
    r"|tablet|tea|tents?|toothbrush|toothpaste|toys?|trainers|trailrunners?|turbines?|vacuum|vest|wine"
    r"|yogh?urt|backpacks?|blender|pillows?|chocolate|platform)"
)
# German compounds end in what they are: Regenjacke, Stirnlampe. Words that end other words (bringe, probiere, Preis) stand alone or are left out.
_THING_DE = (
    r"(?:\w{0,20}(?:jacken?|zelte?n?|rucksack|rucksäcken?|schuhe?n?|stiefeln?|sandalen?|socken?|hosen?|mantel"
    r"|mäntel|mützen?|schals?|pullover|hoodies?"
    r"|kleider|brillen?|taschen?|koffern?|lampen?|laternen?|kerzen?|stühlen?|stuhl|sessel|sofas?|matratzen?|regale?|möbeln?|teppiche?|kocher|grills?"
    r"|pfannen?|messern?|mixer|toaster|kühlschrank|maschinen?|trockner|staubsauger|bohrer|werkzeuge?n?|akkus?|batterien?|fahrräder|fahrrad|bikes?"
    r"|reifen|kinderwagen|kaffees?|bohnen|limonaden?|drinks?|schokoladen?|müslis?|riegeln?|joghurts?|käse|suppen?|saucen?|soßen?|nudeln|pizzas?"
    r"|honig|marmeladen?|gewürze?|cremes?|salben?|seifen?|shampoos?|parfüms?|bürsten?|zahnpasta|masken?|hörern?|lautsprecher|handys?|smartphones?"
    r"|tablets?|laptops?|monitore?|kameras?|drohnen?|druckern?|apps?|software|plattform(?:en)?|tarife?n?"
    r"|versicherung(?:en)?|depots?|ferienwohnung(?:en)?"
    r"|restaurants?|cafés?|kollektion(?:en)?|produkte?n?|sortiment|edition|katalog)"
    r"|biere?|weine?|tee|gin|säfte?n?|saft|brote?|döner|burger|kuchen|torten?|kekse?|deo|tools?|abos?|kredite?"
    r"|konto|kurse?|hotels?|pension|strom|schlafs[aä]ck\w*)"
)
# What an organisation has that is new without being for sale.
_NOT_SOLD = (
    r"(?:router|crm|intranet|onboarding|mailbox|freelancers?|colleagues?|team|teams|teammates?|members?|interns?|apprentices?|trainees?|starters?|manager|boss|ceo|head"
    r"|director|family|families|hires?|recruits?|office|offices|building|hall|kitchen|canteen|desk|desks|dog|cat|home|house|flat|baby|neighbou?rs?|job|jobs|role|roles|rules?|polic(?:y|ies)|rota|schedule|shift|contract|leave|parental|holiday|blog|post|article|report|paper|study|newsletter|podcast|episode|website|page|logo|values|mission|works|staff|council|volunteers?|training|workshop|meeting|jam|course|children|kids|school|garden|coach|chair(?:man|woman|person)|mayor|government|friends?|"
    r"freien?|gäste-wlan|kolleg\w*|team|mitglied\w*|auszubildende\w*|azubis?|praktikant\w*|chef\w*|büro\w*|halle|küche|kantine|hund"
    r"|katze|wohnung|haus|baby|nachbar\w*|stelle\w*|regeln?|richtlinie\w*|dienstplan|schicht\w*|vertrag|urlaub\w*|blog\w*|beitrag|artikel|bericht|seite|webseite|betriebsrat|schulung\w*|treffen)"
)
_OWN = re.compile(
    rf"\bour (?:brand[- ]?new |(?:very )?own |new(?:est)? |latest |award-winning |amazing |incredible "
    rf"|beautiful |best(?:-selling)? |wonderful |fantastic |upcoming |first )+(?!{_NOT_SOLD}\b)(?:[\w-]+ "
    rf")?(?!{_NOT_SOLD}\b)[\w-]{{3,}}|\bour (?!{_NOT_SOLD}\b)(?:[\w-]+ )?(?!{_NOT_SOLD}\b){_THING}\b"
    rf"|\bour (?:[\w-]+ )?(?:[a-z]{{3,}}est|newest|latest|summer|winter|spring|autumn|festive|limited) "
    rf"(?:[\w-]+ )?{_THING}\b|\bwe(?:'ve| have)? (?:just )?(?:launch(?:ed)?|releas(?:ed?|ing)|unveil(?:ed)?"
    rf"|drop(?:ped)?)\b(?! (?:him|her|them|it|off|by)\b)(?! (?:a |the |our )?(?:new )?{_NOT_SOLD})|\bwe(?:'ve| have)? (?:just )?built (?:the|a) "
    rf"(?:\w+ ){{0,3}}{_THING}\b"
    rf"|\baus (?:der|unserer) neuen (?:kollektion|serie|linie)\b|\bunser\w* (?:(?:aller)?neu\w*|best\w*|eigen\w*|toll\w*|schön\w*|beliebt\w*) "
    rf"(?!{_NOT_SOLD}\b)(?:[\w-]+ )?[\w-]{{3,}}|\bunser\w* (?:\w+ )?{_THING_DE}\b|\bwir haben (?:\w+ "
    rf"){{0,6}}(?:herausgebracht|gelauncht|vorgestellt|auf den markt)\b",
    re.IGNORECASE,
)
_SUPERLATIVE = (
    r"(?:light|warm|fast|strong|quiet|small|smart|comfi|comfort|soft|tough|fresh|clean|safe|cosi|sharp|bright|slick"
    r"|great|fine|nice|pretti|tasti|healthi|cheap|simpl|easi|cool|thin|dri|sturdi|silent|clever)(?:i?est)"
    r"|most (?:efficient|beautiful|comfortable|reliable|advanced|innovative|powerful|durable|delicious|sustainable|versatile)"
)
_PRAISE = re.compile(
    rf"\b(?:{_SUPERLATIVE})\b|"
    r"\b(?:love(?:d|s)?|loving|ador(?:e|ing)|obsessed|recommend\w*|best|amazing|awesome|unbeatable"
    r"|game[- ]?changer|must[- ]have|(?:can't|cannot|can not) (?:live|imagine|stop|wait|get over|recommend)"
    r"|swear by|favou?rites?|fantastic|incredible|incredibly|brilliant|perfect|stunning|gorgeous|superb"
    r"|outstanding|excellent|life[- ]?chang\w+|blown away|hands down|nothing (?:beats|compares)|nobody "
    r"(?:makes|does|builds)|no one (?:makes|does|builds)|worth every|10/10|five stars|5 stars|so good|how good"
    r"|so comfy|top[- ]notch|won't regret|never (?:been|slept|had|tasted|felt|looked) (?:so|better|anything)"
    r"|(?:look|feel|sleep|taste)s? (?:so much )?better|better than (?:any|all|the)|impressed|genius|delicious"
    r"|tasty|kept me (?:dry|warm)|a (?:joy|dream)|like a (?:dream|charm|bear|baby)|the one to beat|hooked"
    r"|changed (?:my|the way)|miracle|magic|ridiculous(?:ly)?|outdid|(?:won|wins) (?:the|an?) [\w ]{0,20}award"
    r"|super (?:fast|light|warm|comfy)|zero fees|great price|proud|in love|pure joy|joy|sav(?:es|ed|ing) (?:me"
    r"|us|you)|happy with|thrilled|excited|ten out of ten|\d+ out of \d+|to die for|says thanks|rides? like"
    r"|outlasts?|finally here|smarter|doesn't (?:sting|leak|squeak|crash)|wow|such a (?:good|great|nice"
    r"|lovely)|really (?:good|great|nice|works)|does what it says|highly|loving this|a lifesaver|life ?saver"
    r"|just works|win(?:s|ner)|chef's kiss|next level|on point|delight(?:ed|ful)?|beautiful(?:ly)?|crystal "
    r"clear|love at first)\b|"
    r"\b(?:liebe|traum|wie auf wolken|testsieg\w*|klare empfehlung|begeister\w*|empfehl\w*|beste[rsnm]?"
    r"|großartig\w*|genial\w*|unschlagbar\w*|fantastisch\w*|perfekt\w*|lecker\w*|hammer|mega|überzeug\w*"
    r"|traumhaft\w*|spitze|klasse|wunderbar\w*|nie wieder ohne|ein muss|unglaublich\w*|hervorragend\w*"
    r"|tolle?[rsnm]?|super|top|wahnsinn|absolute empfehlung|fan|hin und weg|verliebt|lieblings\w+|ich liebe|lieben|(?:fünf|5) sterne"
    r"|hat (?:mir )?mein\w* \w+ gerettet|endlich ein\w*|kein\w* ander\w+|mit abstand|schwöre auf|nie wieder her|ewig|schmeck(?:t|en)|lohnt sich"
    r"|jeden cent wert|geheimtipp|so (?:weich|leicht|warm|leise|schnell|gut|bequem|satt)|besten|schönste\w*|leiseste\w*|günstigste\w*|einzige\w*"
    r"|gemütlich\w*|himmlisch\w*|köstlich\w*|glänz\w+|gewonnen|silber geholt|stolz auf unser\w*|leichteste\w*"
    r"|wärmste\w*|schnellste\w*|nichts (?:besseres|geht über)|niemand "
    r"(?:baut|macht))\b|[⭐★😍🤩🔥]{1,}",
    re.IGNORECASE,
)
BUY = re.compile(
    r"\b(?:buy (?:it|one|them|two|this|yours|now|here)|go (?:buy|get)|order (?:now|yours|here|today|it|one)"
    r"|get (?:yours|one|it now|the new)|if you (?:run|hike|camp|cook|travel|commute|cycle)[^.!?]{0,12} get the"
    r"|grab (?:one|yours|it)|use (?:my )?code|promo code|with (?:my )?code|discount|\d+ ?% off|off with"
    r"|links? (?:in (?:my )?bio|below|in comments)|check (?:it|them|this) out|check out the new|available "
    r"(?:now|today|in all|in stores)|pre-?order|download (?:it|the|now)|try it free|free trial|try (?:it|one"
    r"|them|the new)\b(?= ?[.!,]| free| today| now| and| when| blend| \w+[.!])|shop (?:now|the)|swipe up|in "
    r"stores|treat yourself|do yourself a favou?r|don't miss|everyone (?:should|needs to) (?:try|buy|get|have)"
    r"|you (?:need|should|have to|must) (?:to )?(?:try|buy|get|taste|own|see it)|book now|book (?:yours|a"
    r"|your)|if you (?:only )?buy|worth every|give (?:it|them|this) a (?:go|try)|run,? don't walk|update "
    r"(?:today|now)|on sale|come (?:and|to) (?:taste|try|see|visit)|order your|with my link|my (?:affiliate "
    r"|referral )?link|months? free|available from|you (?:will )?want (?:this|one|it)|use [A-Z0-9]{4,}|at "
    r"checkout|limited (?:edition|offer|time)|sign up (?:and|now|today|here|free)|while stocks last|back in stock|last chance|hurry|stock up"
    r"|claim your|join the waitlist|get \d+|only \d+ left|save \d+|"
    r"kauft|kaufen|kauf dir|bestellt|(?:schnell|gleich|einfach|online) bestellen|jetzt (?:\w+ )?(?:bestellen|buchen"
    r"|erhältlich|im|testen|sichern|zugreifen|anmelden)|hol(?:t|en)? (?:euch|dir|sie|ihn|es)"
    r"|sicher(?:t euch| dir)|greift zu|schlagt zu|schnapp(?:t euch| dir)|seid schnell|nur (?:heute|bis|noch"
    r"|dieses wochenende|für kurze zeit)|solange der vorrat"
    r"|im angebot|im sale|black friday|reduziert|günstiger|zum halben preis|zum preis von|bis zu \d+ ?(?:%|prozent)|\d+ ?(?:%|prozent)"
    r"|mit (?:dem|meinem|unserem) code|spart (?:ihr|man|euch)|nachlass|rabatt\w*|gutschein\w*|gratis|kostenlos|testet|probiert?|hört (?:\w+ )?rein"
    r"|(?:unbedingt|mal) (?:an)?(?:schauen|sehen|hören|probieren|testen)|schaut (?:\w+ )?(?:rein|vorbei)|abonniert"
    r"|ladet (?:sie|die|euch)|bucht(?! \d)|verlosen"
    r"|link (?:in (?:der )?bio|im profil|unten)|vorbestell\w+|limitiert\w*|überzeugt euch|nicht bereuen|(?:geht"
    r"|kommt) (?:\w+ ){0,2}(?:hin|vorbei|in den laden)"
    r"|ab (?:heute|morgen|sofort|freitag|montag|samstag) (?:im|in|bei|erhältlich|zu haben|online|lieferbar)"
    r"|solltet? (?:sich|euch|ihr|man)|müsst ihr|meldet euch"
    r"|neu im (?:shop|laden|regal|sortiment)|versandkostenfrei)\b",
    re.IGNORECASE,
)
_BRAND = re.compile(
    r"(?<![.!?:\n] )(?<![.!?:\n])(?<!^)\b[A-ZÄÖÜ][a-zäöüß]+[A-Z]?\w*(?:'s)?(?: [A-Z0-9][\w-]*){0,3}"
    r"|\b[A-Z][a-z]+[A-Z]\w+|\b[A-Z][\w-]+ [A-Z0-9][\w-]*\b|@\w{2,}|\b[A-Z]{3,}[a-z]*\b|®|™"
    r"|\b[A-Z][a-z]{3,}(?= (?:is|makes|has|just) )"
)
# German writes every noun with a capital, so a brand is what somebody makes, a name with a number, or capitals inside.
_BRAND_DE = re.compile(
    r"\b(?:von|bei|der|die|das|mein\w*|dem|den)(?: neue[nrms]?)? [A-ZÄÖÜ][\w-]+(?= [A-ZÄÖÜ])|\b(?:von|bei) "
    r"[A-ZÄÖÜ][\w-]+|\b[A-ZÄÖÜ]\w+ \d+\b|\b[A-Z][a-z]+[A-Z]\w+|@\w{2,}|®|™|\b(?:mein\w*|neue[nrms]?) "
    r"[A-ZÄÖÜ]\w+ [A-ZÄÖÜ]\w+"
)
_THINGS = re.compile(rf"\b{_THING}\b", re.IGNORECASE)
_THINGS_DE = re.compile(rf"\b(?:{_THING}|{_THING_DE})\b", re.IGNORECASE)
WE_MAKE = re.compile(
    r"\bwe (?:make|build|sell|brew|bake|sew|design|produce|craft)\b|\b(?:brand new )?from us\b|\bwir (?:bauen"
    r"|machen|nähen|backen|brauen|verkaufen)\b",
    re.IGNORECASE,
)
# A brand with what it makes: by inner capitals, a mark, a possessive, a place in front of goods, or a number behind it.
_STRONG_BRAND = re.compile(
    rf"(?<![#\"“„@\w])[A-Z][a-z]+[A-Z]\w+|(?<![\w.])@\w{{3,}}|®|™|\b[A-Z]\w+ (?:&|×) [A-Z]\w+|\b[A-Z]\w{{2,}}(?:'s"
    rf"|s') (?:new |[a-z-]+ ){{0,2}}{_THING}\b"
    rf"|(?<=[a-z,] )(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?\b|I\b)(?:[A-Z][\w&]*[a-z] "
    rf"){{1,3}}(?:[a-z-]+ ){{0,2}}{_THING}\b|^(?:The |My |This |Our |New )(?:[A-Z][\w&]*[a-z] "
    rf"){{1,3}}(?:[a-z-]+ ){{0,2}}{_THING}\b"
    rf"|\b{_THING} (?:by|from) [A-Z]\w+|(?<=[a-z] )[A-Z][a-z]{{2,}} (?:\d{{1,4}}|[A-Z]\d+)\b(?! (?:January|May"
    rf"|people|km|years))|\b(?:Hotel|Spa|Café|Cafe|Restaurant|Bistro) [A-Z]\w+"
)
# In German every noun begins with a capital, but only brands have one inside.
_CAPITAL_INSIDE = re.compile(r"(?<![#\"“„@\w])[A-ZÄÖÜ][a-zäöüß]+[A-Z]\w+|®|™")
_QUESTION = re.compile(r"\?")
# Words that end in capitals inside without being brands.
_NO_BRAND = re.compile(
    r"\b(?:iPhone|YouTube|LinkedIn|TikTok|WhatsApp|PowerPoint|JavaScript|GitHub|McDonald|McKenzie|MacDonald|DIY|PhD|GmbH|eBay)\b"
)
_USAGE = re.compile(
    r"\b(?:nothing (?:wakes|works|comes|tastes|feels|cleans)|no (?:smell|holes|leaks|stress|fuss|mess|hassle"
    r"|waste|sugar)|is happy|(?:will|eyes|skin|feet|back|hair|wallet)[\w ]{0,8} thank|meet (?:the|our) new"
    r"|you (?:really )?need (?:a|an|this)|you (?:will|'ll) (?:love|feel|leave|never|not)|instantly|free until"
    r"|from our (?:lab|kitchen|workshop|studio|oven)|everyone (?:in|at) [\w ]{2,30} (?:now )?(?:wears|uses"
    r"|drinks|has)|ever (?:heard|seen|worn|had|tried|tasted|used|owned)|guess (?:who|what)|where have you been"
    r"|every (?:morning|day|single)|sav(?:es|ed) (?:me|us|you)|took (?:me|mine|us|my)|lets? (?:you|me|us)"
    r"|does it all|fits? (?:like|perfectly)|still looks? (?:like )?new|sorted with|switch(?:ed|ing)? (?:to|our"
    r"|my|from)|can't (?:stop|go back)|the only [\w -]{2,20} (?:i|we) (?:trust|use|need|buy)|(?:haven't|have "
    r"you) tried|then i (?:met|found|discovered)|tells you everything|smells? like|tastes? like|feels? like"
    r"|without (?:charging|a single)|not a single|no more|hello to our|from us|on their (?:site|shop)|pick "
    r"(?:some|one|it) up|see for yourself|come (?:feel|see|taste|try)|forget it|so smooth|quality|yummy"
    r"|finally|fight over|makes? better|rides? like|works? like|sleeps? like|\d+ (?:lumens|hours|minutes|days"
    r"|weeks|litres|grams|kg)|less than|half the (?:price|time|weight)|worth it|all i need|game on|upgrade\w*"
    r"|\w+er (?:and|than) \w+|(?:is|are|so much|way) (?:cheap|cream|clean|fast|light|smooth|quiet|soft|warm"
    r"|bright|strong|small|thin|smart|easi)er)\b|\bin a can\b"
    r"|\b(?:nie (?:mehr|wieder)|dank (?:der|dem|unser\w*)|seit ich|hält (?:dicht|warm|ein leben)|macht (?:satt"
    r"|das in|alles)|passt (?:wie|perfekt)|riecht"
    r"|(?:läuft|rollt|fährt|schläft)(?: \w+)? wie|gerettet|wer (?:\w+ ){1,5}(?:sucht|braucht)|ihr (?:braucht|sucht)"
    r"|für alle, die|wer \w+(?: \w+){0,4} will|genau richtig|jede[rs]? \w+ sollte"
    r"|zahle ich|spare ich|stellt euch vor|umgestiegen|gewechselt zu|wie auf|in zwei klicks|von allein|werdet ihr|wartet auf euch|für euch)\b",
    re.IGNORECASE,
)
# Says nothing about strangers' goods, but enough beside the name of one's own.
WARM = re.compile(
    r"[!❤♥👍👏🙌]|\b(?:insane|unreal|thanks?|thank you|worth \w+ing|better than|besser|changed \w+ for me|sale|rest of us|danke"
    r"|again|beats?|adores?|smooth\w*|nice\w*|good|great|well|works?|never|always|anything|anyone|nobody|nothing|medal"
    r"|prize|award|dry|warm|light|fast|strong|soft|quiet|fresh|easy|cheap|safe|\w+ (?:percent|per cent)"
    r"|wieder|gut\w*|schön\w*|nie|immer|niemand|nichts|trocken|warm|leicht\w*|schnell\w*|preis\w*|prozent)\b"
    r"|(?:[€£$] ?\d|\d ?(?:[€£$%]|euros?\b|pounds?\b|dollars?\b))",
    re.IGNORECASE,
)
# Said of one's own without selling it: questions, recalls, the shift, the news desk.
_NOTICE = re.compile(
    r"^(?:is|are|does|do|did|can|could|has|have|which|who|where|when|what|how|ist|sind|hat|kann|wer|wo|wann|was|wie|welche\w*)\b[^.!]*\?"
    r"|\b(?:recall\w*|repairs?|spare parts?|manual|warranty|returns?|takes back|canteen|shift|union|strike|works council|applied"
    r"|interview|vacanc(?:y|ies)|press release|reports?|figures|annual|moving|bus|rückruf\w*|reparatur\w*|ersatzteil\w*|anleitung"
    r"|garantie|kantine|schicht\w*|gewerkschaft|streik\w*|betriebsrat|beworben|pressemitteilung|umzug|zieht um)\b",
    re.IGNORECASE,
)
_COMPLAINS = re.compile(
    r"\b(?:broken?|broke|burn(?:ed|t|ing)|lost|stolen|late|delayed|cancelled|closed|wrong|worst|terrible|awful|missing|stuck"
    r"|died|dead|down again|refund|complain\w*|disappoint\w*|hate|sell(?:ing)? my|for sale|anyone (?:want|else"
    r"|know)|does anybody|can anybody|can somebody|who else|arrived|declined|scam|fake|holes?|came off|fell "
    r"apart|sold out|annoy\w*|ripped|torn|leak(?:s|ed|ing)?|kaputt|gerissen|undicht|ausverkauft|ärger\w*"
    r"|verloren|enttäusch\w*)\b",
    re.IGNORECASE,
)
_EVENTS = re.compile(
    r"\b(?:concert|gig|rocket|match|game against|league|cup final|united|city fc|fc|election|museum|exhibition"
    r"|festival|book|novel|film|movie|series|episode|podcast|album|song|play|theatre|church|school|university"
    r"|hospital|library|park|beach|river|lake|mountain|station|council|mayor|parliament)\b|\b(?:konzert|spiel"
    r"|buch|film|serie|museum|schule|fluss|berg|bahnhof)\b",
    re.IGNORECASE,
)
RECOMMENDS = re.compile(r"\b(?:recommend|swear by|everyone should|nobody makes)\b|\bempfehle\b", re.IGNORECASE)
# Something of a brand: Nordbrew's cold brew, a bank called Kestrel.
OF_BRAND = re.compile(
    rf"\b[A-Z]\w{{2,}}'s (?:new |[a-z]+ )?{_THING}\b|\b(?:bank|provider|hotel|airline|brand|shop|broadband|insurance)\b"
)
_NOT_A_BRAND = frozenset(
    "I I'm I've I'd I'll Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March "
    "April May June July August September October November December Christmas Easter English German Germany "
    "Europe London Berlin Paris UK US USA EU TV OK DIY Dad Mum Mom Grandma God CEO HR IT AI PDF FAQ NHS BBC "
    "Netflix Spotify YouTube Instagram LinkedIn Twitter Facebook TikTok Google Maps Python Excel".split()
)
# Things that stand at work and are not sold.
WORKPLACE = re.compile(
    r"\b(?:office|canteen|kitchen|break room|coffee machine|meeting room|desks?|car park|büro\w*|kantine|teeküche|kaffeemaschine|parkplatz)\b",
    re.IGNORECASE,
)
_LEISURE = re.compile(
    r"\bin town\b|"
    r"\b(?:movie|film|book|novel|episode|concert|album|song|match|game last|holiday|vacation|weekend|birthday"
    r"|wedding|grandm\w+|mum's|mom's|sunset|beach|hike|trail|museum|exhibition|podcast|recipe|team (?:day"
    r"|lunch|outing)|colleagues?|thank you|thanks to|congrat\w*|keynote|conference talk|rained|dog|cat|kids?"
    r"|daughter|son|"
    r"buch|roman|konzert|folge|urlaub|wochenende|geburtstag|hochzeit|oma|rezept|wanderung|strand|ausstellung"
    r"|danke|glückwunsch|hund|katze|kinder|tochter|sohn|film|serie gestern)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Signs:
    """Where the first of each sign stands; None where there is none."""

    own: Span | None
    praise: Span | None
    buy: Span | None
    brand: Span | None
    thing: Span | None
    strong: Span | None
    usage: Span | None
    complains: Span | None
    leisure: Span | None
    notice: Span | None
    events: Span | None
    asks: Span | None

    def row(self) -> list[float]:
        """1 for each that is there, in their order: what training/promotion.py learns from."""
        return [float(own is not None) for own in vars(self).values()]


def signs(text: str, language: str) -> Signs:
    """Look for all of them; apostrophes are straight ones."""
    text = text.replace("’", "'")
    brand = _brand(text, _BRAND_DE if language == "de" else _BRAND)
    things = _THINGS_DE if language == "de" else _THINGS
    plain = _NO_BRAND.sub(lambda found: found[0].lower(), text)
    return Signs(
        own=_first(_OWN, text),
        praise=_first(_PRAISE, text),
        buy=_first(BUY, text),
        brand=brand,
        thing=next((found.span() for found in things.finditer(text) if found.span() != brand), None),
        strong=_first(_STRONG_BRAND, plain) if language != "de" else _first(_CAPITAL_INSIDE, plain),
        usage=_first(_USAGE, text),
        complains=_first(_COMPLAINS, text),
        leisure=_first(_LEISURE, text),
        notice=_first(_NOTICE, text),
        events=_first(_EVENTS, text),
        asks=_first(_QUESTION, text),
    )


def _first(pattern: re.Pattern[str], text: str) -> Span | None:
    found = pattern.search(text)
    return found.span() if found else None


def _brand(text: str, pattern: re.Pattern[str]) -> Span | None:
    for found in pattern.finditer(text):
        if not all(word in _NOT_A_BRAND for word in found[0].split()):
            return found.span()
    return None
