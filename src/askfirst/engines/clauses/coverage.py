"""What a social media policy should cover, where, on whose authority: the list and what shows that a draft covers it."""

import re
from dataclasses import dataclass

AS_OF = "2026-11-01"
EVERYWHERE = frozenset({"us", "uk", "eu"})


@dataclass(frozen=True)
class Topic:
    """One item of the coverage list.

    Attributes:
        signs: patterns; a draft covers the topic when one of its sections matches `needs` of them.
        authority: empty where good practice and not law asks for it.
    """

    id: str
    title: str
    why: str
    signs: tuple[str, ...]
    needs: int = 1
    authority: str = ""
    as_of: str = AS_OF
    countries: frozenset[str] = EVERYWHERE
    examples: tuple[str, ...] = ()


def _t(id: str, title: str, why: str, *signs: str, **more) -> Topic:  # type: ignore[no-untyped-def]
    return Topic(id, title, why, signs, **more)


US, UK, EU = frozenset({"us"}), frozenset({"uk"}), frozenset({"eu"})
TOPICS = (
    _t("scope", "Whom and what it covers", "People must know whether this is about them, and about which accounts.",
       r"\b(?:applies to|covers|who this is for|scope|this policy is for)\b",
       examples=("This policy is for everybody who works for {organisation}, in every contract, and for what they post about their work.",)),
    _t("roles", "Who does what", "Somebody must answer for official accounts, for questions, and for this text.",
       r"\b(?:responsib\w+|owner|contact|ask (?:the|our)|who (?:speaks|decides)|roles?\b|runs? our accounts|speaks for us)",
       examples=("Our accounts are run by the communications team. Whoever has a question asks there or in the next jam.",)),
    _t("stances", "Ambassador or not: each person's choice", "Nobody can be made an advocate; a free no keeps the yes worth something.",
       r"\b(?:voluntar\w+|ambassador|your choice|nobody (?:has|is asked) to (?:share|post)|not (?:required"
           r"|obliged|expected) to (?:share|post|like))",
       authority="GDPR Art. 7; WP29 Opinion 2/2017", as_of="2017-06-08",
       examples=("Sharing our posts is up to you. Whoever prefers just to know the rules is as welcome as an ambassador.",)),
    _t("disclosure", "Say that you work here", "Praise of one's own employer without saying so is hidden advertising.",
       r"\b(?:disclos\w+|say that you work|make (?:it )?clear (?:that )?you work|identify yourself as|#?ad\b|your connection|affiliation)",
       authority="16 CFR 255.5; CAP Code 2.1; UCPD Annex I 11 and 22", as_of="2023-07-26",
       examples=("When you praise or recommend something of ours, say in the post itself that you work here.",)),
    _t("reviews", "No reviews of our own products", "Staff reviews without disclosure are banned outright and fined heavily.",
       r"\breviews?\b.{0,80}\b(?:our|own|product|service|employer|company|star)|\b(?:fake|bought|paid) (?:reviews|followers|likes)",
       authority="16 CFR 465; DMCC Act 2024 Sch. 20; UCPD Annex I 23b", as_of="2025-04-06",
       examples=("Do not review our products as if you were a customer, and never ask relatives to.",)),
    _t("confidential", "What is confidential, by examples", "People can keep a secret only when they know that it is one.",
       r"\bconfidential\b.{0,200}\b(?:such as|for example|means|includes?|:)|\b(?:unannounced|trade secrets?|customer data|embargo\w*)",
       examples=("Confidential means: products we have not announced, customer data, source code, figures before they are published.",)),
    _t("whistle_us", "Notice of immunity for trade secrets", "Without the notice the organisation loses damages, and people fear to report.",
       r"\b(?:immun\w+|18 U\.?S\.?C\.?|defend trade secrets|report\w*.{0,60}\b(?:government|attorney|SEC|agency|authorit))",
       authority="18 USC 1833(b)(3); SEC Rule 21F-17", as_of="2016-05-11", countries=US,
       examples=("You may tell a government agency or a lawyer in confidence about a suspected crime, trade secrets included; the law protects you.",)),
    _t("whistle", "Reporting wrongdoing stays open", "Reports of breaches are protected, inside and outside.",
       r"\b(?:whistle-?blow\w*|reports? (?:are|is) protected|report it to|report\w* (?:wrongdoing|a breach|breaches|misconduct|concerns)|speak up)",
       authority="Directive (EU) 2019/1937; Employment Rights Act 1996 s. 43B", as_of="2023-12-17", countries=UK | EU,
       examples=("Reports of wrongdoing, inside or to an authority, are protected. Our channel is {channel}.",)),
    _t("protected", "What you may say, in plain words", "A list of bans without what stays free reads as if all were banned.",
       r"\b(?:pay|wages?|salar(?:y|ies)|working conditions|hours)\b.{0,120}\b(?:may|free|right|can|protected"
           r"|allowed)|\b(?:may|free to|right to|can)\b.{0,120}\b(?:pay|wages?|salar(?:y|ies)|working conditions"
           r"|union)",
       authority="NLRA section 7; Directive (EU) 2023/970 Art. 7(5); Equality Act 2010 s. 77", as_of="2026-06-07",
       examples=("You may talk about your pay, your hours and how you are treated, with colleagues and in public.",)),
    _t("off_duty", "Your own time is your own", "Lawful politics and pastimes off duty are protected in several states.",
       r"\b(?:off[- ]duty|own time|free time|private life|outside work\w*|lawful (?:political|activit))",
       authority="New York Labor Law 201-d; California Labor Code 1101", as_of="2024-01-01", countries=US,
       examples=("What you do and say lawfully in your own time, politics included, is yours.",)),
    _t("private_accounts", "We never ask for private accounts", "Passwords, handles and friend requests are off limits for employers.",
       r"\b(?:never|not|nobody)\b.{0,60}\b(?:passwords?|log-?in|friend requests?|personal accounts?|private accounts?|handles?)",
       authority="New York Labor Law 201-i and the laws of 26 other states", as_of="2024-03-12", countries=US,
       examples=("Nobody here will ask for your password, your handle, a friend request or a look at your account.",)),
    _t("monitoring", "What we look at, and what we do not", "Listening to the brand is fine; watching people is not, and silence breeds fear.",
       r"\b(?:monitor\w*|listen\w*|look at|watch)\b.{0,120}\b(?:brand|mentions?|private|personal|employees?|accounts?)",
       authority="ICO guidance on monitoring workers; GDPR Art. 88", as_of="2023-10-03", countries=UK | EU,
       examples=("We follow what is said about our brand. We do not follow what you post on your own accounts.",)),
    _t("privacy", "Other people's data and faces", "Customers and colleagues decide about their own pictures and data.",
       r"\b(?:consent|permission of|ask (?:the )?(?:people|person|colleagues?|customers?)|privacy|personal data|faces?)\b",
       authority="GDPR Art. 6; UK GDPR", as_of="2018-05-25",
       examples=("Ask people before you post a picture of them. Never post customers' data, and never children.",)),
    _t("ai", "Made or changed with AI", "From August 2026 what looks real and is not must be labelled.",
       r"\b(?:AI|artificial intelligence|generated|deep ?fakes?|ChatGPT|language models?)\b",
       authority="AI Act Art. 4 and 50", as_of="2026-08-02",
       examples=("Label pictures, sound and video that AI made or changed and that look real. Check AI text before you post it.",)),
    _t("customers", "When a customer asks or complains", "The first answer often decides; people need to know where to pass it.",
       r"\b(?:customers?|clients?|guests?|complain\w*)\b.{0,150}\b(?:pass|forward|answer|reply|respond|point|tell|hand|send)",
       examples=("If a customer asks you something online, you may answer what you know, or pass it to {channel}.",)),
    _t("crisis", "In a crisis: who speaks", "In the first hour one voice and a quick leak route matter more than many good wishes.",
       r"\b(?:crisis|emergency|incident|breaking news|leak\w*|spokes\w+)\b",
       examples=("In a crisis our spokesperson speaks. Do not guess; pass what you see to {channel}, day or night.",)),
    _t("copyright", "Other people's work", "Pictures and texts found online belong to somebody.",
       r"\b(?:copyright|licen[cs]e|intellectual property|trade ?marks?|someone else[’']s"
           r"|other people[’']s (?:work|pictures|content)|credit)\b",
       examples=("Use your own pictures, or ones whose licence allows it, and name the author.",)),
    _t("harassment", "Harassment, as the law defines it", "Limits set by taste forbid too much and too little.",
       r"\b(?:harass\w+|discriminat\w+|threat\w*|bull(?:y|ies|ying)|hate)\b",
       examples=("Threats, and harassment because of who somebody is, as the law defines it, have no place here.",)),
    _t("personal_accounts", "Your own accounts", "People need to know that their account stays theirs, and whose opinion it shows.",
       r"\b(?:personal|private|own) (?:use of social|accounts?|profiles?|social media|pages?|channels?)\b",
       examples=("Your accounts are yours. Write as yourself and not in our name.",)),
    _t("official_accounts", "Official accounts", "Whoever holds the password speaks for all; it must be known who.",
       r"\b(?:official|company|corporate|our) (?:[\w’'-]+ ){0,4}(?:accounts?|channels?|pages?)\b",
       examples=("Only people named by the communications team post from our accounts.",)),
    _t("security", "Impostors and scams", "A taken-over account or a false colleague does more harm than a clumsy post.",
       r"\b(?:passwords?|phish\w*|impersonat\w*|scams?|two-factor|hacked|impostors?|security)\b",
       examples=("Somebody who asks you for data in our name may not be one of us. Call back before you answer.",)),
    _t("mistakes", "When something went wrong", "Whoever fears punishment hides the mistake until it is big.",
       r"\b(?:mistakes?|went wrong|correct(?:ion| it)?|delete|own up|apologi[sz]e)\b",
       examples=("Everybody makes mistakes. Say so, put it right, and tell us; telling has no consequence.",)),
    _t("consequences", "What follows, and how to appeal", "Fair means: proportionate, heard, and with a way to object.",
       r"\b(?:consequences?|disciplin\w+|appeal\w*|sanctions?)\b",
       examples=("Whatever follows fits what happened. You are heard first, and you may appeal to {person}.",)),
    _t("review", "When it is looked at again", "Networks and laws change faster than documents.",
       r"\b(?:review(?:ed)?(?: date| again| every| on)|next review|revis\w+|updated? (?:every|each|once)|every (?:\w+ )?(?:months|year)|version)\b",
       examples=("We look at this text every twelve months, starting from your questions.",)),
)  # fmt: skip


_BY_ID = {own.id: own for own in TOPICS}


def topic(id: str) -> Topic:
    """The topic with this id.

    Raises:
        KeyError: there is none.
    """
    return _BY_ID[id]


def topics_for(countries: set[str]) -> list[Topic]:
    """What applies in these countries."""
    return [own for own in TOPICS if own.countries & countries]


def covered(text: str) -> set[str]:
    """Topics that the text speaks about, found by their signs; a person decides whether that is enough."""
    flat = re.sub(r"\s+", " ", text)
    return {own.id for own in TOPICS if sum(bool(re.search(sign, flat, re.I)) for sign in own.signs) >= own.needs}
