"""Policies in German."""

from askfirst.engines.clauses.wording import Limits, Wording
from askfirst.engines.clauses.wording import words as _p

GERMAN = Wording(
    forbids=_p(
        r"\b(nicht|nie|niemals|nichts|nur|ausschließlich|unterbleiben|verst(?:ößt|oßen)|geschwiegen|kein\w*|verboten"
        r"|untersag\w*|unterlass\w*|unzulässig|unerlaubt|unerwünscht|vermeid\w*|tabu|hütet? (?:euch|dich)|verzichte\w*"
        r"|Stillschweigen|vertraulich zu behandeln|geheim zu halten|(?:sind|ist|gelten als) (?:streng |strikt |stets "
        r"|grundsätzlich )?(?:vertraulich|geheim)|bleib\w* (?:intern|unter uns)|abzulehnen|ausnahmslos)\b"
    ),
    obliges=_p(
        r"\b(?:muss|müssen|darf|dürfen|nicht|nie|niemals|niemand\w*|kein\w*|nur|verboten|untersagt|unterlassen|erwart\w*"
        r"|(?:ist|sind) zu|\w*bleib\w*|gehört"
        r"|ohne|bevor|stets|jederzeit|allein|folgen|kündigung)\b"
    ),
    permits=_p(
        r"^(?:(?!\b(?:nur|allein|ausschließlich)\b)[^;])*?\b(?:darfst|dürft|dürfen|darf|kannst"
        r"|könnt)\b(?![^.;]{0,80}\b(?:nicht|nie|niemals|kein\w*|nichts|nur)\b)|\b(nichts in (?:dieser|diesem|der"
        r"|unserer)|hindert (?:dich|euch|Sie|niemanden)|verbietet (?:dir|euch|Ihnen|niemandem)\b[^.]{0,40}\bnicht"
        r"|steh(?:t|en) (?:\w+ )?(?:immer |jederzeit |stets )?(?:offen|frei)|(?:ist|bleibt|sind|bleiben|bist"
        r"|seid) (?!nicht|nie|kein)(?:\w+ )?(?:geschützt|erlaubt|frei|freiwillig|willkommen|(?:gutes )?Recht)"
        r"|niemand (?:muss|braucht|soll|wird|ist verpflichtet|fragt|verlangt|prüft|schaut)|(?:muss|braucht"
        r"|wird) niemand|wir (?:\w+ )?(?:fragen|verlangen|fordern|beobachten|schauen|kontrollieren|überwachen|prüfen"
        r"|suchen|bestrafen|mischen)\b[^.;]{0,60}\b(?:nie|nicht|niemals|kein\w*)\b|geht uns nichts an"
        r"|ohne (?:uns )?(?:zu fragen|Erlaubnis|Folgen)|(?:kein\w*|ohne) (?:Folgen|Nachteile?)|(?:das|ein) Recht,"
        r"|braucht? (?:ihr|du|man|niemand)? ?keine)"
    ),
    narrows=_p(
        r"\b(z\. ?B\.|zum Beispiel|beispielsweise|etwa|insbesondere|nämlich|das heißt|d\. ?h\.|weil|damit|es sei denn"
        r"|außer|solange|bevor|im Namen|in unserem Namen|für (?:das Unternehmen|die Firma|uns) (?:spr\w+|zu sprechen)"
        r"|offiziell\w*|im Sinne|gesetzlich|rechtswidrig\w*|strafbar\w*|unveröffentlicht\w*|unangekündigt\w*"
        r"|noch nicht (?:veröffentlicht|angekündigt|bekannt)\w*|Embargo\w*|Sperrfrist\w*|Patient\w*"
        r"|Geschäftsgeheimnis\w*|Quellcode|Passw\w+|personenbezogen\w*|Kund(?:en|in)\w*|Gäste\w*|Kinder\w*"
        r"|Minderjährig\w*|Insider\w*|wissentlich|Drohung\w*|Diskriminierung\w*|diskriminier\w*|Belästigung\w*|AGG)\b"
        r"|\([^)]{8,}\)|:\s*\S"
    ),
    rules={
        "negative_speech": Limits(
            _p(
                r"\b(negativ\w*|abfällig\w*|abwertend\w*|herabwürdig\w*|herabsetz\w*|kriti(?:k|sier)\w*|kritisch\w*"
                r"|beschwer(?:en|t|st|de|den)?\b|schlecht\w* (?:Licht|reden|machen)|schlecht über|(?:Ansehen|Ruf"
                r"|Image) (?:abträglich|zuwider)|(?:Ansehen|Ruf|Image|Reputation|Marke)\b[^.]{0,40}\b(?:schad\w*"
                r"|schädig\w*|beschädig\w*|beeinträchtig\w*|gefährd\w*)|(?:schad\w*|schädig\w*"
                r"|beschädig\w*)[^.]{0,40}\b(?:Ansehen|Ruf|Image|Reputation|Marke)|rufschädig\w*|illoyal\w*"
                r"|unangemessen\w*|anstößig\w*|beleidig\w*|blamier\w*|verunglimpf\w*|schlechtmach\w*|läster\w*"
                r"|schimpf\w*|untergrab\w*|Nestbeschmutz\w*|nörgel\w*|herablassend\w*|despektierlich\w*|geringschätz\w*"
                r"|respektlos\w*|lächerlich\w*|bloßstell\w*|hetz\w*|diffamier\w*|verleumd\w*|unvorteilhaft\w*"
                r"|nachteilig\w*|(?:Firma|Unternehmen\w*|Betrieb\w*|Arbeitgeber\w*|Haus\w*)\b[^.]{0,30}\b(?:schad\w*"
                r"|schäd\w*)|(?:schad\w*|schäd\w*)[^.]{0,30}\b(?:Firma|Unternehmen\w*|Betrieb\w*|Arbeitgeber\w*"
                r"|Haus\w*))\b"
            ),
            unless=_p(
                r"wissentlich|von den\w* du weißt|falsche Tatsachen|im Sinne|strafbar|Kund(?:en|innen)|Mitbewerber"
                r"|Wettbewerb\w*|Konkurren\w*"
            ),
        ),
        "pay_and_conditions": Limits(
            _p(
                r"\b(Gehalt|Gehälter\w*|Gehalts\w*|Lohn|Löhne\w*|Lohn\w+|Vergütung\w*|Bezahlung|Verdienst\w*|verdien\w+"
                r"|Bon(?:us|i)|Prämien|Arbeitsbedingung\w*|Arbeitszeit\w*|Schicht\w*|Dienstpl\w+|Überstunden|Urlaub\w*"
                r"|Betriebsr[aä]t\w*|Personalr[aä]t\w*|Gewerkschaft\w*|Streiks?|Arbeitskampf\w*|Tarif\w*"
                r"|Arbeitssicherheit|interne\w* (?:Konflikt|Streit)\w*|Personalangelegenheit\w*|Personalabbau"
                r"|Entlassung\w*|Abmahnung\w*|Einkommen\w*|Entgelt\w*|Zulagen?|Arbeitsschutz\w*|Arbeitsklima"
                r"|Betriebsklima|Personalmangel|Überlastung\w*|Arbeitsbelastung|Unterbesetzung|Sicherheitsmängel\w*)\b"
            ),
            narrows=_p(
                r"Personalakten|anderer Leute|Lohnbuchhaltung|bei der Arbeit (?:siehst|einsiehst)"
                r"|als Teil deiner Aufgabe"
            ),
            unless=_p(
                r"kann (?:\w+ )?zu|bis hin zu|während der Arbeitszeit|ist Arbeitszeit|bezahlte (?:Beiträge|Bewertungen"
                r"|Werbung|Partnerschaft)|gegen Bezahlung"
            ),
        ),
        "confidential_undefined": Limits(
            _p(
                r"\b(vertraulich\w*|intern\w* (?:Informationen|Angelegenheiten|Daten|Vorgänge|Dinge|Themen)|(?:Firmen"
                r"|Betriebs|Unternehmens)(?:interna|informationen|daten|angelegenheiten)|Geschäftliches|Dienstliches"
                r"|Betriebliches|Interne[sn]?(?= (?:ist|sind|bleibt|darf|gehört|wird|nach))|alles Interne|Interna"
                r"|(?:betrieblich|geschäftlich|dienstlich|sensibl|sensitiv)\w* (?:Informationen|Angelegenheiten|Daten"
                r"|Vorgänge|Dinge|Themen)|Stillschweigen)\b"
            ),
            unless=_p(
                r"vertraulich\w* (?:Kanal|Stelle|Meldung|Beratung|Gespräch)|bleib\w* (?:deine|eure|die) \w+ vertraulich"
            ),
        ),
        "media_contact": Limits(
            _p(
                r"\b(Presse(?!stelle|mitteilung|abteilung|team)\w*|Medien(?!stelle|team|kompetenz)(?:vertreter\w*"
                r"|anfragen|kontakt\w*)?|Journalist\w*|Reporter\w*|Zeitung\w*|Rundfunk\w*|Fernseh\w*)\b"
            ),
            narrows=_p(
                r"im Namen|in unserem Namen|für (?:das Unternehmen|die Firma|uns) (?:spr\w+|zu sprechen)"
                r"|als Sprecher\w*|offiziell\w*|Embargo\w*|Sperrfrist\w*|unveröffentlicht\w*|Patient\w*|Insider\w*"
            ),
            unless=_p(r"soziale\w* (?:Medien|Netzwerke)"),
        ),
        "civility": Limits(
            _p(
                r"\b(?:verhalt\w*|verhält|bleib\w*|sei(?:d)?|sein|handel\w*|\w*[Tt]on|Umgang\w*|halte\w*|formulier\w*"
                r"|äußer\w*|auftreten|benehm\w*|benimm\w*)\b[^.]{0,60}\b(?:respektvoll\w*|höflich\w*|professionell\w*"
                r"|positiv\w*|freundlich\w*|sachlich\w*|konstruktiv\w*|angemessen\w*|loyal\w*|anständig\w*)\b"
                r"|\b(?:respektvoll|höflich|professionell|positiv|angemessen|loyal|anständig)\w*\b[^.]{0,40}\b(?:sein"
                r"|bleiben|formuliert|verhalten|auftreten|gehalten|Ton|Umgang|Sprache)\b"
            ),
            narrows=_p(
                r"z\. ?B\.|zum Beispiel|gesetzlich|im Sinne|belästig\w*|diskriminier\w*|Drohung\w*|Kund(?:en|in)\w*"
                r"|wenn du (?:für uns|im Namen)|offiziell\w*|wir (?:empfehlen|raten)|versuch\w*|hilft|Tipp|Rat\b"
            ),
        ),
        "logo_and_pictures": Limits(
            _p(
                r"\b(?:(?:unser\w*|das|dem|den|die|der|Firmen|Unternehmens)[- ]?(?:\w+ )?(?:Logo|Firmenlogo|Marke"
                r"|Markenzeichen|Namen?(?: (?:des|der|unserer) (?:Unternehmens|Firma|Arbeitgebers))|Firmennamen?"
                r"|Dienstkleidung|Arbeitskleidung|Uniform)s?\b|(?:Dienstkleidung|Arbeitskleidung|Uniform)\b|(?:Foto"
                r"|Bild|Video|Aufnahme|Selfie)\w*\b[^.]{0,40}\b(?:Arbeitsplatz\w*|Büro\w*|Betrieb\w*|Werk\w*"
                r"|Firmengelände\w*|Baustelle\w*|Kolleg\w*|Betriebsfeier\w*)|(?:gefilmt|fotografier\w*"
                r"|filmen)\b[^.]{0,40}\b(?:Arbeitsplatz\w*|Büro\w*|Betrieb\w*|Werk\w*)|(?:Arbeitsplatz|Büro|Betrieb"
                r"|Werk|Firmengelände|Gelände|Lager|Filiale)\w*\b[^.]{0,40}\b(?:gefilmt|fotografier\w*|filmen))"
            ),
            narrows=_p(
                r"als (?:ob|spräche|wäre)|im Namen|in unserem Namen|offiziell\w*|gewerblich\w*|werb\w*|verkauf\w*|Eindruck|anschein|sprächest"
                r"|weil|es sei denn|solange|bevor|Prototyp\w*|Patient\w*|Kund(?:en|in)\w*|Gäste\w*|Kinder\w*"
                r"|Minderjährig\w*|Reinraum\w*|Ausweis\w*|Bildschirm\w*|Whiteboard\w*|ohne (?:ihre|seine|deren"
                r"|die) (?:Einwilligung|Zustimmung|Erlaubnis)|z\. ?B\.|zum Beispiel|etwa"
            ),
        ),
        "prior_permission": Limits(
            _p(
                r"\b(?:Zustimmung|Genehmigung|Erlaubnis|Freigabe|Einwilligung|Einverständnis|Rücksprache|(?:das|dein"
                r"|ein) (?:Okay|OK))\b|\b(?:genehmig|freigegeben|freizugeben|freigeben|abgestimmt|abzustimmen"
                r"|abgesegnet)\w*\b"
            ),
            narrows=_p(
                r"(?:Foto|Bild|Video|Aufnahme)\w*|personenbezogen\w*|offiziell\w*|(?:unsere|Firmen"
                r"|Unternehmens)[- ]?(?:Konten|Konto|Kanäle|Kanälen|Kanal|Seite|Blog|Website)|im Namen|in unserem Namen"
                r"|Werbung|Anzeige\w*|Pressemitteilung\w*|Embargo\w*|Sperrfrist\w*|unveröffentlicht\w*|Kampagne\w*"
                r"|Kund(?:en|in)\w*|Patient\w*|Gäste\w*|Kolleg\w*|Kinder\w*|Minderjährig\w*|abgebildet\w*|Betroffen\w*"
                r"|Quellcode|Geschäftsgeheimnis\w*|Musik|Urheber\w*|fremde\w*"
            ),
            unless=_p(
                r"(?:kein\w*|ohne) (?:\w+ )?(?:Zustimmung|Genehmigung|Erlaubnis|Freigabe|Einwilligung)(?! (?:der|des"
                r"|deiner|Ihrer|eurer))"
            ),
        ),
        "private_accounts": Limits(
            _p(
                r"\b(?:müssen|musst|müsst|muss|verpflichtet|haben|hat|sind|ist|Verlangen"
                r"|Aufforderung)\b[^.]{0,90}\b(?:privat\w*|persönlich\w*|eigene\w*) (?:Profil\w*|Konto|Konten|Accounts?"
                r"|Seiten?|Zugangsdaten|Benutzernam\w*|Passw\w+)|\b(?:teil\w*|nenn\w*|gib|gebt|geben|meld\w*"
                r"|zeig\w*)\b[^.]{0,60}\b(?:deine|eure|Ihre|ihre)\w* (?:privat|persönlich)\w* (?:Profil\w*|Konto|Konten"
                r"|Accounts?|Zugangsdaten|Benutzernam\w*|Passw\w+)|\b(?:verpflichtet|müssen|musst|müsst"
                r"|muss)\b[^.]{0,60}\b(?:Kontakt|Freundschafts|Follower)anfragen?\b|\b(?:Zugangsdaten|Passw\w+"
                r"|Benutzernamen?)\b[^.]{0,60}\b(?:herauszugeben|offenzulegen|mitzuteilen|vorzulegen|zu nennen)"
            ),
            narrows=_p(r"offiziell\w*|Firmenk\w+|Unternehmensk\w+|für uns betreu\w*|dienstlich\w*"),
            unless=_p(r"\b(?:nie|nicht|niemals|niemand|kein\w*)\b"),
        ),
        "reporting_outside": Limits(
            _p(
                r"\b(?:(?:nur|ausschließlich|allein) (?:intern|innerhalb|an (?:die|den|deine|Ihre))\b|(?:wende\w*"
                r"|meld\w*|beschwer\w*|anzeig\w*|sprech\w*|sprich\w*|geh\w*|Kontakt)\b[^.]{0,50}\b(?:Behörde\w*"
                r"|\w*aufsicht\w*|\w*[aä]mt(?:er|ern)?|Polizei|Staatsanwalt\w*|Ombuds\w*|Dritte\w*|außerhalb|extern\w*"
                r"|nach außen))\b"
            ),
            narrows=_p(
                r"zuerst|zunächst|auch|jederzeit|nichts|Kundendaten|personenbezogen\w*|Passw\w+|Insider\w*"
                r"|Geschäftsgeheimnis\w*|Patient\w*"
            ),
            unless=_p(r"geschützt"),
        ),
        "forced_advocacy": Limits(
            _p(
                r"\b(?:müssen|muss|musst|müsst|verpflichtet|angehalten|haben|hat|soll(?:en|st|t)?|erwartet"
                r"|erwarten)\b[^.]{0,70}\b(?:teil(?:en|t)|lik(?:en|t)|folg(?:en|t)|weiter(?:zu)?(?:verbreite\w*"
                r"|leite\w*)|empfehlen|empfiehlt|bewerben|bewirbt|abonnier\w*|kommentier\w*|verteidig\w*"
                r"|unterstütz\w*)\b"
            ),
            narrows=_p(
                r"als Teil (?:deiner|ihrer|eurer) (?:Aufgabe|Arbeit|Stelle)|in (?:deiner|ihrer) Rolle|Redaktion"
                r"|Marketing\w*|Kommunikationsteam"
            ),
            unless=_p(
                r"\b(?:wenn|falls|bevor|nie|nicht|niemand|kein\w*|offenleg\w*|Passw\w+|mitteil\w*|Kundendaten)\b"
            ),
        ),
        "monitoring": Limits(
            _p(
                r"\b(?:überwach\w*|beobacht\w*|kontrollier\w*|(?:über)?prüf\w*|auswert\w*|durchsuch\w*|einseh\w*"
                r"|sieht sich|sehen uns|schau\w*)\b[^.]{0,60}\b(?:privat\w*|persönlich\w*|Beschäftigt\w*|Mitarbeite\w*"
                r"|eurer?|deine\w*)\b[^.]{0,40}\b(?:Profil\w*|Konto|Konten|Accounts?|Beiträge|Aktivität\w*"
                r"|Netzwerk\w*)\b|\b(?:privat\w*|persönlich\w*|Aktivität\w*|Beiträge)\b[^.]{0,80}\b(?:überwach\w*"
                r"|kontrollier\w*|beobacht\w*|(?:über)?geprüft|überprüft|ausgewertet|eingesehen|gesichtet|mitgelesen)\b"
            ),
            narrows=_p(
                r"unternehmensseite|firmenkont\w+|unsere\w* seiten?|offiziell\w*|Firmenk\w+|unsere\w* (?:eigene\w* )?(?:Kanäle\w*"
                r"|Konten|Seiten?|Marke)|Erwähnungen"
            ),
            unless=_p(r"\b(?:nie|nicht|niemals|niemand|kein\w*)\b"),
        ),
        "off_duty": Limits(
            _p(
                r"\b(politisch\w*|Politik|religi\w*|Religion\w*|Weltanschauung\w*|kontrovers\w*|Privatleben\w*"
                r"|Freizeit\w*|Feierabend\w*|Alkohol\w*|Partei\w*|Partyfotos?|Wahl(?:en|kampf)?|Demonstration\w*)\b"
            ),
            narrows=_p(
                r"im Namen|in unserem Namen|offiziell\w*|Firmenk\w+|unsere\w* (?:Kanäle\w*|Konten|Seiten?)"
                r"|während der Arbeitszeit|als Sprecher\w*|für (?:das Unternehmen|die Firma|uns) (?:spr\w+|zu sprechen)"
            ),
        ),
        "passive_threat": Limits(
            _p(
                r"\b(?:Verst(?:oß|öße|ößen)|Zuwiderhandlung\w*|Missachtung|Nichtbeachtung"
                r"|Zuwiderhandeln)\b[^.]{0,100}\b(?:Konsequenz\w*|Kündigung|Abmahnung|Sanktion\w*|Maßnahmen|geahndet"
                r"|verfolgt|Folgen|disziplinar\w*)\b|\bbis hin zur (?:\w+ )?Kündigung\b"
            ),
            narrows=_p(
                r"Widerspruch|widersprech\w*|verhältnismäßig|anhör\w*|angehört|gehört|Gespräch|wie schwer|Schwere"
                r"|Betriebsrat"
            ),
        ),
    },
    signs={
        "scope": _p(r"\b(?:gilt für|Geltungsbereich|richtet sich an|betrifft alle|gelten für)\b"),
        "roles": _p(
            r"\b(?:verantwortlich\w*|zuständig\w*|Verantwortung|Ansprechpartner\w*|Ansprechperson\w*|frag\w* (?:das|die"
            r"|unser\w*)|wer für uns spricht|betreut)\b"
        ),
        "stances": _p(
            r"\b(?:freiwillig\w*|Botschafter\w*|deine (?:Wahl|Entscheidung)|niemand muss (?:\w+ ){0,4}(?:teilen|posten)"
            r"|liegt (?:ganz )?bei dir)\b"
        ),
        "disclosure": _p(
            r"\b(?:offenleg\w*|legen? offen|kenntlich|dass (?:du|ihr|Sie|man) (?:bei uns|hier|für uns"
            r"|für das Unternehmen) arbeite\w*|als Beschäftigte\w* zu erkennen|Werbung kennzeichnen|#?Anzeige)\b"
        ),
        "reviews": _p(
            r"\b(?:Bewertung\w*|Rezension\w*|bewerte\w*)\b.{0,80}\b(?:unser\w*|eigene\w*|Produkt\w*|Leistung\w*"
            r"|Arbeitgeber\w*|Sterne?)|\b(?:gekaufte|gefälschte|falsche) (?:Bewertungen|Follower|Likes)"
        ),
        "confidential": _p(
            r"\bvertraulich\w*\b.{0,200}(?:\bzum Beispiel\b|\bz\. ?B\.|\betwa\b|\bheißt\b|\bsind\b|\bgehör\w*|:)"
            r"|\b(?:unveröffentlicht\w*|Geschäftsgeheimnis\w*|Kundendaten|Embargo\w*|Sperrfrist\w*)"
        ),
        "whistle_us": _p(r"\b(?:18 U\.?S\.?C\.?|Defend Trade Secrets|Straffreiheit|Immunität|Anwalt\w* vertraulich)"),
        "whistle": _p(
            r"\b(?:Hinweisgeb\w*|Hinweise auf (?:Missstände|Verstöße)|Missst[aä]nd\w*|HinSchG|Meldestelle\w*"
            r"|Meldekanal\w*)"
        ),
        "protected": _p(
            r"\b(?:Gehalt\w*|Gehälter\w*|Lohn|Löhne\w*|Arbeitsbedingung\w*|Arbeitszeit\w*)\b.{0,120}\b(?:darfst|dürft"
            r"|dürfen|frei|Recht|erlaubt|geschützt)|\b(?:darfst|dürft|dürfen|frei|Recht)\b.{0,120}\b(?:Gehalt\w*"
            r"|Gehälter\w*|Lohn|Löhne\w*|Arbeitsbedingung\w*|Gewerkschaft\w*)"
        ),
        "off_duty": _p(r"\b(?:Freizeit|Privatleben|Feierabend|außerhalb der Arbeit\w*)"),
        "private_accounts": _p(
            r"\b(?:nie|nicht|niemand|kein\w*)\b.{0,60}\b(?:Passw\w+|Zugangsdaten|Kontaktanfrage\w*|private\w* (?:Konto"
            r"|Konten|Profil\w*))"
        ),
        "monitoring": _p(
            r"\b(?:überwach\w*|beobacht\w*|schau\w*|verfolg\w*|hören)\b.{0,120}\b(?:Marke|Erwähnung\w*|privat\w*"
            r"|persönlich\w*|Beschäftigt\w*|Konto|Konten)"
        ),
        "privacy": _p(
            r"\b(?:Einwilligung|Zustimmung der|frag\w* (?:die|den) (?:Person\w*|Kolleg\w*|Kund\w*)|Datenschutz\w*|DSGVO"
            r"|personenbezogen\w*|Recht am eigenen Bild|Persönlichkeitsrecht\w*)"
        ),
        "ai": _p(r"\b(?:KI|künstliche\w* Intelligenz|Deepfakes?|ChatGPT|Sprachmodell\w*)\b"),
        "customers": _p(
            r"\b(?:Kund(?:e|en|in|innen)|Gäste|Beschwerde\w*)\b.{0,150}\b(?:antwort\w*|weiter\w*|leite\w*|reagier\w*"
            r"|verweis\w*|gib|gebt)"
        ),
        "crisis": _p(r"\b(?:Krise\w*|Notfall\w*|Ernstfall|Vorfall\w*|Sprecher\w*|Datenleck\w*)"),
        "copyright": _p(
            r"\b(?:Urheber\w*|Lizenz\w*|Markenrecht\w*|geistige\w* Eigentum|fremde\w* (?:Bild|Bilder|Werke?|Inhalte"
            r"|Texte))\b"
        ),
        "harassment": _p(
            r"\b(?:Belästig\w*|belästig\w*|diskriminier\w*|Diskriminierung\w*|Drohung\w*|droh\w+|Mobbing|mobb\w*"
            r"|Hass\w*|Hetze)\b"
        ),
        "personal_accounts": _p(
            r"\b(?:privat\w*|persönlich\w*|eigene\w*) (?:Konto|Konten|Profil\w*|Accounts?|Kanäle\w*|Seiten?|Nutzung)\b"
            r"|\bdein(?:e|em)? Kont(?:o|en)\b"
        ),
        "official_accounts": _p(
            r"\b(?:offiziell\w*|unsere\w*|Firmen|Unternehmens)[- ]?(?:\w+ ){0,3}(?:Konto|Konten|Accounts?|Kanäle\w*"
            r"|Kanal|Seiten?)\b|\bFirmenk(?:onto|onten|anal|anäle)"
        ),
        "security": _p(
            r"\b(?:Passw\w+|Phishing|Betrug\w*|Betrüger\w*|Identitätsdiebstahl|gehackt|Zwei-Faktor\w*|Hochstapler\w*"
            r"|gefälschte\w* (?:Profile?|Konten))"
        ),
        "mistakes": _p(r"\b(?:Fehler|schiefgegangen|schief|korrigier\w*|lösch\w*|entschuldig\w*|Versehen)\b"),
        "consequences": _p(r"\b(?:Konsequenz\w*|Folgen|Widerspruch|widersprech\w*|Sanktion\w*|Abmahnung\w*)\b"),
        "review": _p(
            r"\b(?:überprüf\w* (?:\w+ ){0,4}(?:jährlich|jedes|alle|regelmäßig)|(?:jedes|jährlich"
            r"|alle) (?:\w+ )?(?:Jahre?|Monate)|überarbeit\w*|Stand:|Version)"
        ),
    },
)  # fmt: skip
