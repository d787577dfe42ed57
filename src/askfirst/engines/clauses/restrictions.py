"""Sentences of a policy that a reasonable employee could read as forbidding what the law protects.

Each rule is recognised in a language by what is restricted, and by what makes the restriction narrow enough (english.py, german.py). The
rules follow the National Labor Relations Board's report OM 12-59 and Stericycle (372 NLRB No. 113), and European and British law on pay,
whistle-blowing and monitoring; each names its authority and date, because law moves.
"""

from dataclasses import dataclass, field

from askfirst.engines.marking import _


@dataclass(frozen=True)
class Rule:
    """One kind of over-restriction; its words are for people, and the doors translate them."""

    id: str
    title: str
    why: str
    idea: str
    authority: str
    as_of: str
    countries: frozenset[str] = field(default_factory=lambda: frozenset({"us", "uk", "eu"}))
    needs_forbidding: bool = True


NLRA = "NLRA sections 7 and 8(a)(1); Stericycle, 372 NLRB No. 113; NLRB report OM 12-59"
RULES = (
    Rule(
        "negative_speech", _("Forbids criticism"),
        _("Employees may criticise their employer, together or for others, in public too."),
        _("Say what is really meant, with examples: threats, unlawful harassment, statements somebody knows to be false."),
        NLRA, "2023-08-02",
    ),
    Rule(
        "pay_and_conditions", _("Forbids talk about pay or conditions"),
        _("Pay, hours, safety, discipline and unions are what protected speech is about."),
        _("Leave it out. If other people's payroll records are meant, say so: records you see in your job stay confidential."),
        f"{NLRA}; Directive (EU) 2023/970 Art. 7(5); Equality Act 2010 s. 77", "2026-06-07",
    ),
    Rule(
        "confidential_undefined", _("“Confidential” without saying what"),
        _("Nobody can tell what is meant, so it reads as pay, conditions and wrongdoing too."),
        _("Define it by examples: unannounced products, customer data, source code, figures before they are published."),
        f"{NLRA}; 18 USC 1833(b); SEC Rule 21F-17", "2023-08-02",
    ),
    Rule(
        "media_contact", _("Forbids talking to the press"),
        _("Employees may speak to journalists about their work and its conditions, for themselves."),
        _("Only the organisation's voice needs guarding: who speaks on its behalf, and where to pass enquiries meant for it."),
        NLRA, "2023-08-02",
    ),
    Rule(
        "civility", _("Demands respect or a positive tone at large"),
        _("Unqualified, it reads as a ban on angry talk about conditions, which is protected."),
        _("Name what the law forbids: threats, harassment because of who somebody is, incitement. As advice, “we suggest” will do."),
        NLRA, "2023-08-02", needs_forbidding=False,
    ),
    Rule(
        "logo_and_pictures", _("Forbids name, logo or pictures at large"),
        _("Pictures of work, uniform and logo are part of speaking about working conditions."),
        _("Keep the reason: customers' faces without consent, machines under patent, or a logo that suggests official word."),
        NLRA, "2023-08-02",
    ),
    Rule(
        "prior_permission", _("Asks permission before posting about work"),
        _("A rule that all talk about work needs leave bars protected talk."),
        _("Ask for approval only where the organisation speaks: its accounts, its logo in advertising, embargoed launches."),
        NLRA, "2023-08-02", needs_forbidding=False,
    ),
    Rule(
        "private_accounts", _("Reaches into private accounts"),
        _("No employer may ask for passwords, handles, friend requests or a look into private accounts."),
        _("Leave it out. Where people post for the organisation, that account is the organisation's."),
        "27 US states, such as New York Labor Law 201-i; GDPR Art. 6; ICO guidance on monitoring workers", "2024-03-12", needs_forbidding=False,
    ),
    Rule(
        "reporting_outside", _("Bars reports to authorities"),
        _("Reports of wrongdoing to authorities, and sometimes to the public, are protected."),
        _("Offer the internal channel first, and say that the outside ones stay open."),
        "Directive (EU) 2019/1937 Art. 15, 19, 24; 18 USC 1833(b); SEC Rule 21F-17; Employment Rights Act 1996 s. 43J", "2023-12-17",
    ),
    Rule(
        "forced_advocacy", _("Makes everybody an ambassador"),
        _("Sharing is for those who want to; a duty is a working condition, and undisclosed it is hidden advertising."),
        _("Invite people, and say that saying no has no consequence."),
        "16 CFR 255.5; GDPR Art. 7; WP29 Opinion 2/2017", "2023-07-26", needs_forbidding=False,
    ),
    Rule(
        "monitoring", _("Watches private accounts"),
        _("What is public is not therefore free to be watched; monitoring needs a purpose, a basis, notice and the least intrusive way."),
        _("Say what is looked at and why, and that private accounts are not."),
        "GDPR Art. 6 and 88; WP29 Opinion 2/2017; ICO guidance 3 Oct 2023; BetrVG 87(1) no. 6", "2023-10-03", needs_forbidding=False,
    ),
    Rule(
        "off_duty", _("Forbids lawful things off duty"),
        _("Lawful politics and pastimes off duty are protected in many places, and nobody's business in the others."),
        _("Ask only that people do not speak in the organisation's name."),
        "New York Labor Law 201-d; California Labor Code 1101; Colorado C.R.S. 24-34-402.5; ECHR Art. 10", "2024-01-01",
    ),
    Rule(
        "passive_threat", _("Threatens without saying for what"),
        _("A threat without measure or appeal makes people silent instead of careful."),
        _("Say who decides, that the response fits the deed, and how to appeal."),
        "NLRB report OM 12-59; Acas code of practice on disciplinary procedures", "2015-03-11", needs_forbidding=False,
    ),
)  # fmt: skip
