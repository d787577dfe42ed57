"""What a social media policy should cover, where, on whose authority; what shows that a draft covers it, by language."""

import re
from dataclasses import dataclass

from askfirst.engines.clauses.english import ENGLISH
from askfirst.engines.clauses.german import GERMAN
from askfirst.engines.marking import _

AS_OF = "2026-11-01"
EVERYWHERE = frozenset({"us", "uk", "eu"})


@dataclass(frozen=True)
class Topic:
    """One item of the coverage list.

    Attributes:
        title, why, examples: words for people; the doors translate them.
        authority: empty where good practice and not law asks for it.
    """

    id: str
    title: str
    why: str
    authority: str = ""
    as_of: str = AS_OF
    countries: frozenset[str] = EVERYWHERE
    examples: tuple[str, ...] = ()


WORDINGS = (ENGLISH, GERMAN)
US, UK, EU = frozenset({"us"}), frozenset({"uk"}), frozenset({"eu"})
TOPICS = (
    Topic("scope", _("Whom and what it covers"), _("People must know whether this is about them, and about which accounts."),
       examples=(_("This policy is for everybody who works for {organisation}, in every contract, and for what they post about their work."),)),
    Topic("roles", _("Who does what"), _("Somebody must answer for official accounts, for questions, and for this text."),
       examples=(_("Our accounts are run by the communications team. Whoever has a question asks there or in the next jam."),)),
    Topic("stances", _("Ambassador or not: each person's choice"), _("Nobody can be made an advocate; a free no keeps the yes worth something."),
       authority="GDPR Art. 7; WP29 Opinion 2/2017", as_of="2017-06-08",
       examples=(_("Sharing our posts is up to you. Whoever prefers just to know the rules is as welcome as an ambassador."),)),
    Topic("disclosure", _("Say that you work here"), _("Praise of one's own employer without saying so is hidden advertising."),
       authority="16 CFR 255.5; CAP Code 2.1; UCPD Annex I 11 and 22", as_of="2023-07-26",
       examples=(_("When you praise or recommend something of ours, say in the post itself that you work here."),)),
    Topic("reviews", _("No reviews of our own products"), _("Staff reviews without disclosure are banned outright and fined heavily."),
       authority="16 CFR 465; DMCC Act 2024 Sch. 20; UCPD Annex I 23b", as_of="2025-04-06",
       examples=(_("Do not review our products as if you were a customer, and never ask relatives to."),)),
    Topic("confidential", _("What is confidential, by examples"), _("People can keep a secret only when they know that it is one."),
       examples=(_("Confidential means: products we have not announced, customer data, source code, figures before they are published."),)),
    Topic("whistle_us", _("Notice of immunity for trade secrets"), _("Without the notice the organisation loses damages, and people fear to report."),
       authority="18 USC 1833(b)(3); SEC Rule 21F-17", as_of="2016-05-11", countries=US,
       examples=(_("You may tell a government agency or a lawyer in confidence about a suspected crime, trade secrets included; the law protects you."),)),
    Topic("whistle", _("Reporting wrongdoing stays open"), _("Reports of breaches are protected, inside and outside."),
       authority="Directive (EU) 2019/1937; Employment Rights Act 1996 s. 43B", as_of="2023-12-17", countries=UK | EU,
       examples=(_("Reports of wrongdoing, inside or to an authority, are protected. Our channel is {channel}."),)),
    Topic("protected", _("What you may say, in plain words"), _("A list of bans without what stays free reads as if all were banned."),
       authority="NLRA section 7; Directive (EU) 2023/970 Art. 7(5); Equality Act 2010 s. 77", as_of="2026-06-07",
       examples=(_("You may talk about your pay, your hours and how you are treated, with colleagues and in public."),)),
    Topic("off_duty", _("Your own time is your own"), _("Lawful politics and pastimes off duty are protected in several states."),
       authority="New York Labor Law 201-d; California Labor Code 1101", as_of="2024-01-01", countries=US,
       examples=(_("What you do and say lawfully in your own time, politics included, is yours."),)),
    Topic("private_accounts", _("We never ask for private accounts"), _("Passwords, handles and friend requests are off limits for employers."),
       authority="New York Labor Law 201-i and the laws of 26 other states", as_of="2024-03-12", countries=US,
       examples=(_("Nobody here will ask for your password, your handle, a friend request or a look at your account."),)),
    Topic("monitoring", _("What we look at, and what we do not"), _("Listening to the brand is fine; watching people is not, and silence breeds fear."),
       authority="ICO guidance on monitoring workers; GDPR Art. 88", as_of="2023-10-03", countries=UK | EU,
       examples=(_("We follow what is said about our brand. We do not follow what you post on your own accounts."),)),
    Topic("privacy", _("Other people's data and faces"), _("Customers and colleagues decide about their own pictures and data."),
       authority="GDPR Art. 6; UK GDPR", as_of="2018-05-25",
       examples=(_("Ask people before you post a picture of them. Never post customers' data, and never children."),)),
    Topic("ai", _("Made or changed with AI"), _("From August 2026 what looks real and is not must be labelled."),
       authority="AI Act Art. 4 and 50", as_of="2026-08-02",
       examples=(_("Label pictures, sound and video that AI made or changed and that look real. Check AI text before you post it."),)),
    Topic("customers", _("When a customer asks or complains"), _("The first answer often decides; people need to know where to pass it."),
       examples=(_("If a customer asks you something online, you may answer what you know, or pass it to {channel}."),)),
    Topic("crisis", _("In a crisis: who speaks"), _("In the first hour one voice and a quick leak route matter more than many good wishes."),
       examples=(_("In a crisis our spokesperson speaks. Do not guess; pass what you see to {channel}, day or night."),)),
    Topic("copyright", _("Other people's work"), _("Pictures and texts found online belong to somebody."),
       examples=(_("Use your own pictures, or ones whose licence allows it, and name the author."),)),
    Topic("harassment", _("Harassment, as the law defines it"), _("Limits set by taste forbid too much and too little."),
       examples=(_("Threats, and harassment because of who somebody is, as the law defines it, have no place here."),)),
    Topic("personal_accounts", _("Your own accounts"), _("People need to know that their account stays theirs, and whose opinion it shows."),
       examples=(_("Your accounts are yours. Write as yourself and not in our name."),)),
    Topic("official_accounts", _("Official accounts"), _("Whoever holds the password speaks for all; it must be known who."),
       examples=(_("Only people named by the communications team post from our accounts."),)),
    Topic("security", _("Impostors and scams"), _("A taken-over account or a false colleague does more harm than a clumsy post."),
       examples=(_("Somebody who asks you for data in our name may not be one of us. Call back before you answer."),)),
    Topic("mistakes", _("When something went wrong"), _("Whoever fears punishment hides the mistake until it is big."),
       examples=(_("Everybody makes mistakes. Say so, put it right, and tell us; telling has no consequence."),)),
    Topic("consequences", _("What follows, and how to appeal"), _("Fair means: proportionate, heard, and with a way to object."),
       examples=(_("Whatever follows fits what happened. You are heard first, and you may appeal to {person}."),)),
    Topic("review", _("When it is looked at again"), _("Networks and laws change faster than documents."),
       examples=(_("We look at this text every twelve months, starting from your questions."),)),
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
    flat = _flat(text)
    return {own.id for own in TOPICS if _shows(flat, own.id)}


def speaks_of(text: str, id: str) -> bool:
    """Whether the text speaks about this topic; much quicker than all of them."""
    return _shows(_flat(text), id)


def _flat(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def _shows(flat: str, id: str) -> bool:
    return any(wording.signs[id].search(flat) for wording in WORDINGS)
