"""Sentences of a policy that a reasonable employee could read as forbidding what the law protects.

Each rule is a pair of patterns: what is restricted, and what makes the restriction narrow enough. The rules follow the
National Labor Relations Board's report OM 12-59 and Stericycle (372 NLRB No. 113), and European and British law on pay,
whistle-blowing and monitoring; each names its authority and date, because law moves.
"""

import re
from dataclasses import dataclass, field

FORBIDS = re.compile(
    r"\b(do not|don[’']t|never|must not|mustn[’']t|may not|cannot|can[’']t|shall not|should not"
    r"|shouldn[’']t|not (?:be )?(?:allowed|permitted|acceptable|tolerated)"
    r"|prohibit\w*|forbid\w*|forbidden|refrain\w*|avoid\w*|banned|off[- ]limits|no (?:employee|one"
    r"|staff)(?: member)? (?:may|shall|should|is)|is (?:strictly )?confidential|not to be)\b",
    re.I,
)
# The sentence says what people may do, or what the organisation binds itself to.
PERMITS = re.compile(
    r"\b(nothing in (?:this|the|our)|(?:does|do|will|shall|can) not (?:stop|prevent|limit|restrict"
    r"|prohibit|forbid|keep|bar)\b|is not meant to|you (?:(?:may|can)\b(?! not)|are free to\b"
    r"|are welcome to\b|are allowed to\b|have the right to\b)"
    r"|(?:is|are|remains?) (?:protected|allowed|permitted|welcome|your right)|free to|(?:have|has) (?:a"
    r"|the) right to|(?:we|managers?|nobody|no one|supervisors?) (?:do |does |will |may |must |shall |can )?(?:never"
    r"|not)? ?(?:ever )?(?:ask|require|punish|be punished|force|demand|expect|check|look|monitor)"
    r"|no(?:body| one) (?:has|needs|is required|is asked)|need not|do not (?:need|have) (?:to|permission)"
    r"|without (?:asking|permission)|retaliat)",
    re.I,
)
# What makes a rule narrow: a reason, an example, a definition, an exception.
NARROWS = re.compile(
    r"\b(such as|for example|for instance|e\.g\.|i\.e\.|namely|meaning|means|that is|because|so that"
    r"|in order to|unless|except|until|on behalf of|in (?:the company|our|its"
    r"|the organi[sz]ation)[’']s? name|as (?:a |an |our |the )?(?:official |company )?spokesperson"
    r"|official (?:account|channel|statement)s?|defined by law|as defined|unlawful\w*|against the law"
    r"|embargo\w*|unannounced|unreleased|not yet (?:public|announced|launched|released)|patients?"
    r"|trade secrets?|source code|passwords?|personal data|customers?[’'] |of customers|of guests|children"
    r"|minors|insider|inside information|knowingly false|maliciously|threats? of violence|discriminat\w+"
    r"|harass\w+)\b|\([^)]{8,}\)|:\s*\S",
    re.I,
)


@dataclass(frozen=True)
class Rule:
    """One kind of over-restriction."""

    id: str
    title: str
    pattern: re.Pattern[str]
    why: str
    idea: str
    authority: str
    as_of: str
    countries: frozenset[str] = field(default_factory=lambda: frozenset({"us", "uk", "eu"}))
    needs_forbidding: bool = True
    # Which narrowing counts; None: nothing makes this rule fine.
    narrows: re.Pattern[str] | None = NARROWS
    unless: re.Pattern[str] | None = None


def _p(text: str) -> re.Pattern[str]:
    return re.compile(text, re.I)


NLRA = "NLRA sections 7 and 8(a)(1); Stericycle, 372 NLRB No. 113; NLRB report OM 12-59"
RULES = (
    Rule(
        "negative_speech", "Forbids criticism",
        _p(r"\b(negativ\w*|disparag\w*|critici[sz]\w*|critical (?:of|about|remarks?|comments?)|derogatory"
            r"|inappropriate\w*|offensive|complain\w*|complaints?|bad light|badly of|ill of|speak badly"
            r"|embarrass\w*|damag\w+ (?:the |our |to )?\w*|harm(?:s|ful)? (?:the |our "
            r"|to )?\w*(?: \w+)? ?(?:reputation|image|brand)|unfavou?rabl\w*|reflects? (?:poorly|badly)"
            r"|disloyal\w*|discredit\w*|put the company|undermin\w*|defam\w*)\b"),
        "Employees may criticise their employer, together or for others, in public too.",
        "Say what is really meant, with examples: threats, unlawful harassment, statements somebody knows to be false.",
        NLRA, "2023-08-02", unless=_p(r"knowingly false|know (?:it |them )?to be (?:false|untrue)|unlawful harass|defined by law|threats?\b"
            r"|customer (?:complaints?|complains)|a customer|customers? (?:who|complain)|answer a complaint"
            r"|answering complaints|about (?:a )?competitors?|competitors"),
    ),
    Rule(
        "pay_and_conditions", "Forbids talk about pay or conditions",
        _p(r"\b(salar(?:y|ies)|wages?|pay\b|payslips?|compensation|bonus(?:es)?|earnings|(?:what|how much) (?:you"
            r"|they|we|people) earn|working conditions|conditions of (?:work|employment)"
            r"|terms (?:and conditions )?of employment|working hours|hours of work|shifts?\b|schedules|benefits"
            r"|overtime|unions?\b|unioni[sz]\w*|works council|strikes?|collective|workplace (?:safety|issues"
            r"|matters)|internal disputes|discipline|disciplinary (?:matters|measures|actions|cases)"
            r"|personnel matters|staff(?:ing)? (?:levels|matters)|grievances?)\b"),
        "Pay, hours, safety, discipline and unions are what protected speech is about.",
        "Leave it out. If other people's payroll records are meant, say so: records you see in your job stay confidential.",
        f"{NLRA}; Directive (EU) 2023/970 Art. 7(5); Equality Act 2010 s. 77", "2026-06-07",
        narrows=_p(r"records? (?:you|that you) (?:see|handle|process)|in (?:your|their) (?:job|work|role) (?:as"
            r"|in) (?:payroll|hr)|other people[’']s (?:records|files)|payroll (?:records|files|data)"
            r"|personnel files"),
        unless=_p(r"result in|lead to|subject to|up to and including|pay (?:for|attention|per)|paid (?:posts|reviews"
            r"|partnership|promotion)|(?:write|post|publish|offer|take) \w* ?reviews? for pay|in exchange for pay"
            r"|union jack|during (?:your )?working hours"),
    ),
    Rule(
        "confidential_undefined", "“Confidential” without saying what",
        _p(r"\b(?:all|any(?:thing)?|every(?:thing)?|company|internal|business|work[- ]related|non-?public"
            r"|sensitive|proprietary|confidential)\b[^.]{0,60}\b(?:information|matters?|affairs|business"
            r"|conversations?|documents|things)?\b[^.]{0,40}\bconfidential\b|\bconfidential (?:or proprietary "
            r"|and proprietary |company |business |and sensitive )*(?:information|matters?|material|data)\b"
            r"|\b(?:internal|company|non-?public|sensitive|proprietary) (?:information|matters|affairs|business)\b"),
        "Nobody can tell what is meant, so it reads as pay, conditions and wrongdoing too.",
        "Define it by examples: unannounced products, customer data, source code, figures before they are published.",
        f"{NLRA}; 18 USC 1833(b); SEC Rule 21F-17", "2023-08-02",
        unless=_p(r"confidential(?:ity)? (?:channel|line|helpline|contact|advice|reporting|report)|(?:is|are|stays?"
            r"|remains?|treated as|kept) confidential and (?:nobody|no one)|in confidence"),
    ),
    Rule(
        "media_contact", "Forbids talking to the press",
        _p(r"\b(media\b(?! (?:channels?|accounts?|team|posts?|policy|platforms?|activity|training))"
            r"|press\b(?! (?:release|office|team|room))|journalists?|reporters?|newspapers?|broadcasters?)\b"),
        "Employees may speak to journalists about their work and its conditions, for themselves.",
        "Only the organisation's voice needs guarding: who speaks on its behalf, and where to pass enquiries meant for it.",
        NLRA, "2023-08-02",
        narrows=_p(r"on behalf of|in (?:the company|our|its|the organi[sz]ation)[’']s? name|as (?:if you were )?(?:a |an "
            r"|our |the )?(?:official |company )?spokes|for the (?:company|organi[sz]ation)|speak for us|official"
            r"|embargo\w*|unannounced|inside information|patients?"),
        unless=_p(r"social media"),
    ),
    Rule(
        "civility", "Demands respect or a positive tone at large",
        _p(r"\b(?:be|remain|stay|act|behave|keep (?:it|your (?:tone|posts?|messages?"
            r"|comments?)))\b[^.]{0,25}\b(?:respectful\w*|polite\w*|courteous\w*|professional\w*|positive\w*|civil"
            r"|friendly|constructive\w*|appropriate\w*|loyal)\b|\b(?:respectful|polite|courteous|positive"
            r"|appropriate|loyal)\b[^.]{0,20}\bat all times\b"),
        "Unqualified, it reads as a ban on angry talk about conditions, which is protected.",
        "Name what the law forbids: threats, harassment because of who somebody is, incitement. As advice, “we suggest” will do.",
        NLRA, "2023-08-02", needs_forbidding=False,
        unless=_p(r"\b(?:can|may|could|might) be\b"),
        narrows=_p(r"such as|for example|defined by law|harass\w*|discriminat\w*|threat\w*|customers?|when you (?:speak"
            r"|post|answer|write) (?:for|on behalf)|official (?:account|channel)|we suggest|try to|it helps"
            r"|we encourage|advice"),
    ),
    Rule(
        "logo_and_pictures", "Forbids name, logo or pictures at large",
        _p(r"\b(?:(?:our|the company(?:[’']s)?|company|the organi[sz]ation[’']s|its|corporate"
            r"|any)\s+(?:\w+\s+){0,2}(?:name|logos?|trade ?marks?|brand|uniforms?)|(?:name|logo) (?:or"
            r"|and) (?:logo|name)|(?:tak\w+|post\w*|shar\w+|publish\w*|upload\w*)[^.]{0,30}\b(?:photo\w*|pictures?"
            r"|images|videos?|recordings?|selfies)\b[^.]{0,40}\b(?:work(?:place)?|office|premises|job|site"
            r"|colleagues|uniform|events?)|(?:photograph\w*|film(?:ing)?"
            r"|recordings?)\b[^.]{0,30}\b(?:work(?:place)?|office|premises|job|site)|wear\w* (?:the |our "
            r"|your )?uniform)\b"),
        "Pictures of work, uniform and logo are part of speaking about working conditions.",
        "Keep the reason: customers' faces without consent, machines under patent, or a logo that suggests official word.",
        NLRA, "2023-08-02",
        narrows=_p(r"on behalf|official|commercial\w*|advertis\w*|sell\w*|merchandise|suggest\w*|imply|implies|impression"
            r"|endors\w*|because|unless|until|prototype\w*|patients?|customers?|guests?|children|minors"
            r"|clean ?room|badge|screens?|whiteboards?|without (?:their|the person[’']s|everyone[’']s) (?:consent"
            r"|permission|agreement|asking)|who (?:have|has) not agreed|such as|for example|in (?:the company|our"
            r"|its|the organi[sz]ation)[’']s? name"),
    ),
    Rule(
        "prior_permission", "Asks permission before posting about work",
        _p(r"\b(?:(?:ask|obtain|get|seek|request|need|require\w*|have)\b[^.]{0,40}\b(?:permission|approval"
            r"|consent|authori[sz]ation|clearance|sign-?off)\b[^.]{0,50}\b(?:post\w*|publish\w*|writ\w+|blog\w*"
            r"|tweet\w*|shar\w+|comment\w*|mention\w*|discuss\w*|talk\w*|speak\w*|refer\w*|any\b)|(?:must|should"
            r"|shall|have to|need to|are to) be (?:approved|cleared|authori[sz]ed|reviewed|checked"
            r"|signed off)[^.]{0,60}|without (?:(?:prior|written|express|the|your manager[’']s|a manager[’']s"
            r"|management|explicit) )*(?:permission|approval|consent|authori[sz]ation|clearance))\b"),
        "A rule that all talk about work needs leave bars protected talk.",
        "Ask for approval only where the organisation speaks: its accounts, its logo in advertising, embargoed launches.",
        NLRA, "2023-08-02", needs_forbidding=False,
        narrows=_p(r"(?:photos?|pictures?|videos?|images?)\b(?! of work)|personally identif\w+|official"
            r"|company (?:account|channel|page|blog)s?|our (?:account|channel|page|blog|website)s?"
            r"|on behalf|in our name|advert\w*|press release|embargo\w*|unannounced|campaign|customers?|patients?"
            r"|guests?|colleagues?|children|minors|people (?:in|shown)|person(?:s)? (?:in|shown)|the people"
            r"|pictured|paid|sponsored|corporate account|trade secret|source code|logo in|photographer|music"
            r"|copyright\w*|some(?:one|body) else[’']s|other people[’']s|others[’'] work"),
        unless=_p(r"\b(?:do|does|need) not (?:need|have|require)|no (?:permission|approval) (?:is )?(?:needed|required)"
            r"|without (?:asking|needing)"),
    ),
    Rule(
        "private_accounts", "Reaches into private accounts",
        _p(r"\b(?:must|required to|have to|shall|are to|need to|expected to|obliged to"
            r"|asked to)\b[^.]{0,40}\b(?:accept|disclose|provide|give|hand over|share|list|register|report|declare"
            r"|reveal|submit)\b[^.]{0,60}\b(?:friend(?:ship)? requests?|follow(?:er)? requests?|passwords?"
            r"|log-?ins?|user ?names?|handles?|personal (?:social media )?(?:accounts?|profiles?)"
            r"|private (?:accounts?|profiles?|posts?)|personal pages?)\b|\b(?:friend|follow|connect with) (?:your "
            r"|their )?(?:manager|supervisor|boss)\w*\b|\b(?:set|make|change)\b[^.]{0,30}\bprivate (?:accounts?"
            r"|profiles?)\b[^.]{0,20}\bpublic\b"),
        "No employer may ask for passwords, handles, friend requests or a look into private accounts.",
        "Leave it out. Where people post for the organisation, that account is the organisation's.",
        "27 US states, such as New York Labor Law 201-i; GDPR Art. 6; ICO guidance on monitoring workers", "2024-03-12",
        needs_forbidding=False,
        narrows=_p(r"official (?:account|channel)s?|company (?:account|channel|page)s?|corporate account|you (?:run|manage) for"),
        unless=_p(r"\b(?:do|does|will|must|may|shall) not\b|\bnever\b|nobody|no one|not (?:required|obliged|asked|expected)"),
    ),
    Rule(
        "reporting_outside", "Bars reports to authorities",
        _p(r"\b(?:only (?:be )?(?:report|rais|disclos|tak)\w*|(?:report|raise|disclose"
            r"|take)\w*[^.]{0,50}\b(?:only|exclusively|solely) (?:internally|to|with|through|inside|within)"
            r"|(?:contact|report\w*|complain\w*|disclos\w*|speak\w*|talk\w*"
            r"|go(?:ing)?)\b[^.]{0,50}\b(?:authorit(?:y|ies)|regulators?|government|agenc(?:y|ies)|police"
            r"|ombuds\w*|inspectors?|labou?r board|outside (?:the company|the organi[sz]ation|parties|bodies)"
            r"|third parties|external(?:ly| bodies)))\b"),
        "Reports of wrongdoing to authorities, and sometimes to the public, are protected.",
        "Offer the internal channel first, and say that the outside ones stay open.",
        "Directive (EU) 2019/1937 Art. 15, 19, 24; 18 USC 1833(b); SEC Rule 21F-17; Employment Rights Act 1996 s. 43J", "2023-12-17",
        narrows=_p(r"first|you may also|at any time|nothing|customer data|personal data|passwords?|inside information"
            r"|trade secrets?|patients?|unannounced"),
        unless=_p(r"attorney|protected"),
    ),
    Rule(
        "forced_advocacy", "Makes everybody an ambassador",
        _p(r"\b(?:employees?|staff|you|everyone|everybody|all (?:employees|staff|of us)"
            r"|team members)\b[^.]{0,25}\b(?:must|(?:is|are) (?:required|expected|obliged) to|shall|has to|have to"
            r"|should always)\b[^.]{0,25}\b(?:like|share|repost|retweet|promote|follow|post|recommend|defend"
            r"|support|advertise|amplify)\b[^.]{0,50}\b(?:company|our|corporate|us|organi[sz]ation|brand|employer"
            r"|posts?)\b"),
        "Sharing is for those who want to; a duty is a working condition, and undisclosed it is hidden advertising.",
        "Invite people, and say that saying no has no consequence.",
        "16 CFR 255.5; GDPR Art. 7; WP29 Opinion 2/2017", "2023-07-26", needs_forbidding=False,
        narrows=_p(r"as part of (?:your|their) (?:job|role)|in (?:your|the) role as|(?:communications|marketing) (?:team"
            r"|staff)"),
        unless=_p(r"\b(?:if|before|do not|never|not|disclose|disclosure)\b"),
    ),
    Rule(
        "monitoring", "Watches private accounts",
        _p(r"\b(?:monitor\w*|track\w*|watch(?:es|ed|ing)?|survey\w*|screen(?:ed|ing)?"
            r"|check\w*)\b[^.]{0,50}\b(?:personal|private|employees?[’']?|staff|your"
            r"|their)\b[^.]{0,30}\b(?:accounts?|profiles?|posts?|pages?|social media|activity|online)\b"
            r"|\breserves? the right to monitor\b|\b(?:private|personal) (?:accounts?|profiles?|posts?"
            r"|pages?)\b[^.]{0,40}\b(?:monitored|checked|watched|reviewed|screened)\b"),
        "What is public is not therefore free to be watched; monitoring needs a purpose, a basis, notice and the least intrusive way.",
        "Say what is looked at and why, and that private accounts are not.",
        "GDPR Art. 6 and 88; WP29 Opinion 2/2017; ICO guidance 3 Oct 2023; BetrVG 87(1) no. 6", "2023-10-03", needs_forbidding=False,
        narrows=_p(r"official (?:account|channel)s?|company (?:account|channel|page)s?|our (?:own )?(?:account|channel"
            r"|page|brand)s?|mentions of (?:our|the) brand"),
        unless=_p(r"\b(?:do|does|will|must|may|shall) not\b|\bnever\b|nobody|no one"),
    ),
    Rule(
        "off_duty", "Forbids lawful things off duty",
        _p(r"\b(political|politics|religio\w+|religion|controversial (?:topics?|issues?|subjects?)"
            r"|campaign\w* for|private li(?:fe|ves)|off[- ]duty|free time|spare time|alcohol|part(?:y"
            r"|ies) (?:photos|pictures))\b"),
        "Lawful politics and pastimes off duty are protected in many places, and nobody's business in the others.",
        "Ask only that people do not speak in the organisation's name.",
        "New York Labor Law 201-d; California Labor Code 1101; Colorado C.R.S. 24-34-402.5; ECHR Art. 10", "2024-01-01",
        narrows=_p(r"on behalf|in (?:the company|our|its|the organi[sz]ation)[’']s? name|official (?:account|channel)s?"
            r"|company (?:account|channel|page)s?|during working (?:time|hours)|as (?:a |our )?spokes|hatch act"
            r"|speak for us"),
    ),
    Rule(
        "passive_threat", "Threatens without saying for what",
        _p(r"\b(?:violations?|breach(?:es)?|failure to comply|non-?compliance|misuse"
            r"|disregard)\b[^.]{0,80}\b(?:disciplin\w+|terminat\w+|dismiss\w+|sanctions?|consequences|legal action"
            r"|prosecut\w+)\b|\bup to and including (?:termination|dismissal)\b|\bwill not be tolerated\b"),
        "A threat without measure or appeal makes people silent instead of careful.",
        "Say who decides, that the response fits the deed, and how to appeal.",
        "NLRB report OM 12-59; Acas code of practice on disciplinary procedures", "2015-03-11", needs_forbidding=False,
        narrows=_p(r"appeal\w*|proportion\w*|hear(?:d|ing)|talk (?:to|with) you first|your side|depends on|how serious"
            r"|conversation|works council"),
    ),
)  # fmt: skip
