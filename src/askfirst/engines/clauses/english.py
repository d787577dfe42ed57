"""Policies in English."""

from askfirst.engines.clauses.wording import Limits, Wording
from askfirst.engines.clauses.wording import words as _p

ENGLISH = Wording(
    forbids=_p(
        r"\b(do not|don[’']t|never|must not|mustn[’']t|may not|cannot|can[’']t|shall not|should not|shouldn[’']t"
        r"|not (?:be )?(?:allowed|permitted|acceptable|tolerated)|prohibit\w*|forbid\w*|forbidden|refrain\w*|avoid\w*"
        r"|banned|off[- ]limits|no (?:employee|one|staff)(?: member)? (?:may|shall|should|is)"
        r"|decline to comment|say nothing|hang up"
        r"|is (?:strictly )?confidential|not to be|under no circumstances|in no case|at no time|not authori[sz]ed|unauthori[sz]ed"
        r"|(?:in|not )appropriate (?:to|for)|unacceptable|unprofessional|discouraged|not (?:okay|ok)|grounds for"
        r"|will be (?:dismissed|fired|terminated|disciplined)|(?:will|can|may) result in"
        r"|leads? to (?:disciplin|dismiss)|belongs? (?:inside|only)|keep\b[^.]{0,50}\b(?:to yourself|to themselves|private|secret|inside|off)"
        r"|stays? (?:in|inside|within|private)|(?:must|should|shall|is to|are to) (?:remain|stay|be kept"
        r"|be treated as) (?:\w+ )?(?:private|secret|internal|inside|confidential|neutral|silent)"
        r"|none of|no (?:posts?|photos?|photographs?|pictures?|comments?|videos?|filming|talk|talking|discussions?|mention"
        r"|criticism|political|personal)"
        r"|steer clear|keep away|stay away|stay out|(?:is|are) private and|not for (?:the )?(?:public|outside)"
        r"|at all costs|nobody (?:may|should|is (?:allowed|permitted))|(?:and|,) not (?:to|with)"
        r"|only [^.]{0,40} (?:may|are allowed to|is allowed to))\b"
    ),
    obliges=_p(
        r"\b(?:must|required?|requires|expected|have to|has to|obliged|shall|needs? to|demand|only|may|never|not|no|nobody"
        r"|nothing|nowhere|none|without"
        r"|before|always|grounds|cost|price|consequences|keep|stays?|belongs?|avoid|refrain|prohibited|banned|forbidden)\b"
    ),
    permits=_p(
        r"\b(nothing in (?:this|the|our)|(?:does|do|will|shall|can) not (?:stop|prevent|limit|restrict|prohibit|forbid"
        r"|keep|bar)\b|is not meant to|you (?:(?:may|can)\b(?! not)|are free to\b|are welcome to\b|are allowed to\b"
        r"|have the right to\b)|(?:is|are|remains?) (?:protected|allowed|permitted|welcome|your right)|(?:employees|staff"
        r"|everyone|everybody|colleagues|people) (?:may|can) (?!not|only|have to)|(?:is|are) yours\b"
        r"|your own (?:business|matter|decision)|none of our business|voluntar\w+|decide for (?:yourself|themselves)|(?:is"
        r"|are) up to you|free to|(?:have"
        r"|has) (?:a|the) right to|(?:(?:we|managers?|supervisors?|(?:the|our) (?:company|organi[sz]ation)) (?:do |does "
        r"|will |may |must |shall |can )?(?:never|not)"
        r"|(?:nobody|no one)(?: will| may| must| shall| can)?) (?:ever )?(?:ask|require|punish|be punished|force|demand|expect|check|look|monitor)"
        r"|no(?:body| one) (?:has|needs|is required|is asked)|need not|do not (?:need|have) (?:to|permission)"
        r"|(?:may|can)\b(?! not)[^.]{0,60}\bwithout (?:asking|permission)|retaliat)"
    ),
    narrows=_p(
        r"\b(such as|for example|for instance|e\.g\.|i\.e\.|namely|meaning|means|that is|because|so that|in order to"
        r"|unless|except|until|on behalf of|in (?:the company|our|its|the organi[sz]ation)(?:[’']s)? name|as (?:a |an "
        r"|our |the )?(?:official |company )?spokesperson|official (?:account|channel|statement)s?|defined by law"
        r"|as defined|unlawful\w*|against the law|embargo\w*|unannounced|unreleased|not yet (?:public|announced"
        r"|launched|released)|patients?|trade secrets?|source code|passwords?|personal data|customers?[’'] "
        r"|of customers|of guests|children|minors|insider|inside information|knowingly false|maliciously"
        r"|threats? of violence|discriminat\w+|harass\w*|our (?:account|channel|page)s?)\b|\([^)]{8,}\)|:\s*\S"
    ),
    rules={
        "negative_speech": Limits(
            _p(
                r"\b(negativ\w*|disparag\w*|critici[sz]\w*|critical (?:of|about|remarks?|comments?)|derogatory"
                r"|inappropriate\w*|offensive|complain\w*|complaints?|bad light|badly of|ill of|speak badly"
                r"|embarrass\w*|damag\w+ (?:the |our |to )?\w*|harm(?:s|ful)? (?:the |our "
                r"|to )?\w*(?: \w+)? ?(?:reputation|image|brand)|unfavou?rabl\w*|reflects? (?:poorly|badly)|disloyal\w*"
                r"|discredit\w*|put the company|undermin\w*|defam\w*|doubts? (?:on|about)|grievances?|dirty laundry|rant\w*|vent(?:ing)?"
                r"|bash\w*|trash\w*|belittl\w*|ridicul\w*|mock\w*|slander\w*|tarnish\w*|bad publicity|disrepute|unflattering|hostile|gossip\w*"
                r"|question\w* (?:the |our |its )?(?:decisions?|leadership|management|strategy)|make fun|run down|bad-?mouth\w*"
                r"|frustrat\w*|displeasure"
                r"|(?:comment|remark|opinion)s?\w* (?:on|about) (?:the |our |its )?(?:firm|company|organi[sz]ation|employer"
                r"|management|leadership|business)\b"
                r"|(?:firm|company|organi[sz]ation|employer)[’']s (?:performance|strategy|leadership|decisions|policies|practices))\b"
            ),
            unless=_p(
                r"knowingly false|know (?:it |them )?to be (?:false|untrue)|unlawful harass|defined by law|threats?\b"
                r"|customer (?:complaints?|complains)|a customer|customers? (?:who|complain)|answer a complaint"
                r"|answering complaints|about (?:a )?competitors?|competitors"
            ),
        ),
        "pay_and_conditions": Limits(
            _p(
                r"\b(salar(?:y|ies)|wages?|pay\b|payslips?|compensation|bonus(?:es)?|earnings|(?:what|how much) (?:you"
                r"|they|we|people) earn|working conditions|conditions of (?:work|employment)"
                r"|terms (?:and conditions )?of employment|working hours|hours of work|shifts?\b|schedules|benefits"
                r"|overtime|unions?\b|unioni[sz]\w*|works council|strikes?|collective|workplace (?:safety|issues"
                r"|matters)|internal disputes|discipline|disciplinary (?:matters|measures|actions|cases)"
                r"|personnel matters|staff(?:ing)?(?: (?:levels|matters|shortages))?|grievances?|terms of (?:your|their"
                r"|the)? ?(?:employment|contract)|layoffs?"
                r"|redundanc\w+|remuneration|pay rises?|raises|performance (?:reviews?|ratings?)|evaluations?|conditions at work|workloads?"
                r"|(?:online|chat|messag\w+) groups? (?:about|on|for)|petitions?|safety (?:issues|concerns|problems)|holiday entitlement|time off)\b"
            ),
            narrows=_p(
                r"records? (?:you|that you) (?:see|handle|process)|in (?:your|their) (?:job|work|role) (?:as"
                r"|in) (?:payroll|hr)|other people[’']s (?:records|files)|payroll (?:records|files|data)"
                r"|personnel files"
            ),
            unless=_p(
                r"we listen|said about (?:us|our)|result in|lead to|subject to|up to and including|pay (?:for|attention|per)|paid (?:posts|reviews"
                r"|partnership|promotion)|(?:write|post|publish|offer|take) \w* ?reviews? for pay|in exchange for pay"
                r"|union jack|during (?:your )?working hours"
            ),
        ),
        "confidential_undefined": Limits(
            _p(
                r"\b(?:all|any(?:thing)?|every(?:thing)?|company|internal|business|work[- ]related|non-?public"
                r"|sensitive|proprietary|confidential)\b[^.]{0,60}\b(?:information|matters?|affairs|business"
                r"|conversations?|documents|things)?\b[^.]{0,40}\bconfidential\b|\bconfidential (?:or proprietary "
                r"|and proprietary |company |business |and sensitive )*(?:information|matters?|material|data)\b"
                r"|\b(?:internal|company|non-?public|sensitive|proprietary) (?:information|matters|affairs|business|news|things"
                r"|topics|processes|knowledge)\b"
                r"|\b(?:everything|anything|all|what(?:ever)?)\b[^.]{0,40}\b(?:meetings?|at work|inside the|in the office"
                r"|behind closed doors|hear here|workplace)\b"
                r"|\b(?:details|information|facts|news) (?:about|of|on|regarding) (?:your|the|their|our) (?:job|work|team|employer"
                r"|workplace|company|department|employment)\b"
            ),
            unless=_p(
                r"confidential(?:ity)? (?:channel|line|helpline|contact|advice|reporting|report)|(?:is|are|stays?"
                r"|remains?|treated as|kept) confidential and (?:nobody|no one)|in confidence"
            ),
        ),
        "media_contact": Limits(
            _p(
                r"\b(media\b(?! (?:channels?|accounts?|team|posts?|policy|platforms?|activity|training))"
                r"|press\b(?! (?:release|office|team|room))|journalists?|reporters?|newspapers?|broadcasters?)\b"
            ),
            narrows=_p(
                r"on behalf of|in (?:the company|our|its|the organi[sz]ation)(?:[’']s)? name|as (?:if you were )?(?:a "
                r"|an |our |the )?(?:official |company )?spokes|for the (?:company|organi[sz]ation)|speak for us"
                r"|official|embargo\w*|unannounced|inside information|patients?"
            ),
            unless=_p(r"social media"),
        ),
        "civility": Limits(
            _p(
                r"\b(?:be|remain|stay|act|behave|keep (?:it|your (?:tone|posts?|messages?"
                r"|comments?)))\b[^.]{0,25}\b(?:respectful\w*|polite\w*|courteous\w*|professional\w*|positive\w*|civil"
                r"|friendly|constructive\w*|appropriate\w*|loyal)\b|\b(?:respectful|polite|courteous|positive"
                r"|appropriate|loyal)\b[^.]{0,20}\bat all times\b|\b(?:speak|talk|write|post"
                r"|comment)\w*\b[^.]{0,20}\b(?:positive(?:ly)?|favou?rabl\w+|only good|well of)\b"
                r"|\b(?:maintain|show|keep|express|project|convey|reflect|demonstrat)\w*\b[^.]{0,25}\b(?:positive|loyal\w*|respect"
                r"|courtesy|enthusias\w+)\b"
                r"|\b(?:loyalty|respect|courtesy|politeness) (?:is|are) (?:expected|required)"
            ),
            narrows=_p(
                r"such as|for example|defined by law|harass\w*|discriminat\w*|threat\w*|customers?|when you (?:speak"
                r"|post|answer|write) (?:for|on behalf)|official (?:account|channel)|we suggest|try to|it helps"
                r"|we encourage|advice"
            ),
            unless=_p(r"\b(?:can|may|could|might) be\b"),
        ),
        "logo_and_pictures": Limits(
            _p(
                r"\b(?:(?:our|the company(?:[’']s)?|company|the organi[sz]ation[’']s|its|corporate"
                r"|any)\s+(?:\w+\s+){0,2}(?:name|logos?|trade ?marks?|brand|uniforms?)|(?:name|logo) (?:or|and) (?:logo"
                r"|name)|uniforms?\b[^.]{0,40}\b(?:visible|seen|shown|appear|worn|posts?|pictures?|photos?)|(?:visible|seen"
                r"|shown)[^.]{0,30}\buniform|(?:tak\w+|post\w*|shar\w+|publish\w*|upload\w*)[^.]{0,30}\b(?:photo\w*|pictures?"
                r"|images"
                r"|videos?|recordings?|selfies)\b[^.]{0,40}\b(?:work(?:place)?|office|premises|job|site|colleagues"
                r"|uniform|events?)|(?:photograph\w*|photos?|pictures?|videos?|selfies?|film(?:ing)?"
                r"|recordings?)\b[^.]{0,50}\b(?:work(?:place)?|office|premises|job|site|building|plant|factory"
                r"|(?:shop|production|factory) ?floor|warehouse)|wear\w* (?:the |our |your )?uniform)\b"
            ),
            narrows=_p(
                r"we (?:look at|listen)|on behalf|official|commercial\w*|advertis\w*|sell\w*|merchandise|suggest\w*|imply|implies|impression"
                r"|endors\w*|because|unless|until|prototype\w*|patients?|customers?|guests?|children|minors|clean ?room"
                r"|badge|screens?|whiteboards?|without (?:their|the person[’']s|everyone[’']s) (?:consent|permission"
                r"|agreement|asking)|who (?:have|has) not agreed|such as|for example|in (?:the company|our|its"
                r"|the organi[sz]ation)(?:[’']s)? name"
            ),
        ),
        "prior_permission": Limits(
            _p(
                r"\b(?:(?:posts?|mentions?|comments?|tweets?|publications?|statements?|blogs?|content"
                r"|articles?)\b[^.]{0,60}\b(?:requires?|needs?|subject to|go(?:es)? through)\b"
                r"[^.]{0,25}\b(?:approv\w+|permission|consent|clearance|sign-?off|authori[sz]ation|review|marketing|communications)"
                r"|before (?:you )?(?:identify|tweet|post|publish|writ|blog|comment|shar|talk|mention)\w*\b[^.]{0,60}\b(?:check|clear it"
                r"|ask|consult|inform|talk|speak|run it)\b[^.]{0,20}"
                r"\b(?:manager|supervisor|boss|hr|legal|management|marketing|communications|department)"
                r"|(?:ask|obtain|get|seek|request|need|require\w*|have)\b[^.]{0,40}\b(?:permission|approval|consent"
                r"|authori[sz]ation|clearance|sign-?off)\b[^.]{0,50}\b(?:post\w*|publish\w*|writ\w+|blog\w*|tweet\w*"
                r"|shar\w+|comment\w*|mention\w*|discuss\w*|talk\w*|speak\w*|refer\w*|any\b)|(?:must|should|shall"
                r"|have to|need to|are to) be (?:approved|cleared|authori[sz]ed|reviewed|checked|signed off)[^.]{0,60}"
                r"|without (?:(?:prior|written|express|the|your manager[’']s|a manager[’']s|management"
                r"|explicit) )*(?:permission|approval|consent|authori[sz]ation|clearance))\b"
            ),
            narrows=_p(
                r"(?:photos?|pictures?|videos?|images?)\b(?! of work)|personally identif\w+|official|company (?:account"
                r"|channel|page|blog)s?|our (?:account|channel|page|blog|website)s?|on behalf|advert\w*"
                r"|in (?:our|its|the (?:company|organi[sz]ation|firm)(?:[’']s)?) name"
                r"|press release|embargo\w*|unannounced|campaign|customers?|patients?|guests?|colleagues?|children"
                r"|minors|people (?:in|shown)|person(?:s)? (?:in|shown)|the people|pictured|paid|sponsored"
                r"|corporate account|trade secret|source code|logo in|photographer|music|copyright\w*|some(?:one"
                r"|body) else[’']s|other people[’']s|others[’'] work"
            ),
            unless=_p(
                r"\b(?:do|does|need) not (?:need|have|require)|no (?:permission|approval) (?:is )?(?:needed|required)"
                r"|without (?:asking|needing)"
            ),
        ),
        "private_accounts": Limits(
            _p(
                r"\b(?:must|required to|have to|shall|are to|need to|expected to|obliged to"
                r"|asked to)\b[^.]{0,40}\b(?:accept|disclose|provide|give|hand over|share|list|register|report|declare"
                r"|reveal|submit)\b[^.]{0,60}\b(?:friend(?:ship)? requests?|follow(?:er)? requests?|passwords?"
                r"|log-?ins?|user ?names?|handles?|personal (?:social media )?(?:accounts?|profiles?)"
                r"|private (?:accounts?|profiles?|posts?)|personal pages?)\b|\b(?:friend|befriend|add|accept|follow|connect with) (?:your "
                r"|their )?(?:manager|supervisor|boss)\w*\b|\b(?:ask|request|demand|want|require"
                r"|entitled)\w*\b[^.]{0,25}\b(?:to (?:see|view|inspect|access)|access to|a look)\b"
                r"[^.]{0,40}\b(?:private|personal) (?:profiles?|accounts?|posts?|pages?|social media)\b|\b(?:set|make"
                r"|change)\b[^.]{0,30}\bprivate (?:accounts?"
                r"|profiles?)\b[^.]{0,20}\bpublic\b"
            ),
            narrows=_p(
                r"official (?:account|channel)s?|company (?:account|channel|page)s?|corporate account|you (?:run"
                r"|manage) for"
            ),
            unless=_p(
                r"\b(?:do|does|will|must|may|shall) not\b|\bnever\b|nobody|no one|not (?:required|obliged|asked"
                r"|expected)"
            ),
        ),
        "reporting_outside": Limits(
            _p(
                r"\b(?:only (?:be )?(?:report|rais|disclos|tak)\w*|(?:report|raise|disclose|take)\w*[^.]{0,50}\b(?:only"
                r"|exclusively|solely) (?:internally|to|with|through|inside|within)|(?:contact|report\w*|complain\w*"
                r"|disclos\w*|speak\w*|talk\w*|go(?:ing)?)\b[^.]{0,50}\b(?:authorit(?:y|ies)|regulators?|government"
                r"|agenc(?:y|ies)|police|ombuds\w*|inspectors?|labou?r board|outside (?:the company|the organi[sz]ation"
                r"|parties|bodies)|third parties|external(?:ly| bodies)|outside (?:agenc|authorit|bod|organi[sz]ation|help"
                r"|party)\w*|osha|eeoc|nlrb|the sec|hse|ofcom|unions?|lawyers?|courts?))\b"
                r"|\bto hr\b[^.]{0,30}\bnot\b[^.]{0,20}\boutside\b"
            ),
            narrows=_p(
                r"(?<!without )\bfirst,|you may also|at any time|nothing|customer data|personal data|passwords?|inside information"
                r"|trade secrets?|patients?|unannounced"
            ),
            unless=_p(r"attorney|protected"),
        ),
        "forced_advocacy": Limits(
            _p(
                r"\b(?:(?:every |each )?employees?|staff|you|everyone|everybody|all (?:employees|staff|of us)"
                r"|team members)\b[^.]{0,25}\b(?:must|(?:is|are) (?:required|expected|obliged) to|shall|has to|have to"
                r"|should(?: always)?)\b[^.]{0,25}\b(?:like|share|repost|retweet|promote|follow|post|recommend|defend"
                r"|support|advertise|amplify)\b[^.]{0,50}\b(?:company|our|corporate|us|organi[sz]ation|brand|employer"
                r"|posts?)\b"
            ),
            narrows=_p(
                r"as part of (?:your|their) (?:job|role)|in (?:your|the) role as|(?:communications|marketing) (?:team"
                r"|staff)"
            ),
            unless=_p(r"\b(?:if|before|do not|never|not|disclose|disclosure)\b"),
        ),
        "monitoring": Limits(
            _p(
                r"\b(?:monitor\w*|track\w*|watch(?:es|ed|ing)?|survey\w*|screen(?:ed|ing)?|review\w*|look (?:at|into|through)"
                r"|search\w*|inspect\w*|audit\w*|observ\w+|scan\w*"
                r"|check\w*)\b[^.]{0,50}\b(?:personal|private|employees?[’']?|staff|your"
                r"|their)\b[^.]{0,30}\b(?:accounts?|profiles?|posts?|pages?|social media|activity|online)\b"
                r"|\breserves? the right to monitor\b|\b(?:private|personal) (?:accounts?|profiles?|posts?"
                r"|pages?)\b[^.]{0,40}\b(?:monitored|checked|watched|reviewed|screened)\b"
            ),
            narrows=_p(
                r"official (?:account|channel)s?|company (?:account|channel|page)s?|our (?:own )?(?:account|channel"
                r"|page|brand)s?|mentions of (?:our|the) brand"
            ),
            unless=_p(r"\b(?:do|does|will|must|may|shall) not\b|\bnever\b|nobody|no one"),
        ),
        "off_duty": Limits(
            _p(
                r"\b(political\w*|politics|elections?|religio\w+|religion|activis\w+|protests?|demonstrations?|beliefs|lifestyle"
                r"|nightlife|dating|hobbies|controversial (?:topics?|issues?|subjects?)|campaign\w* for"
                r"|private li(?:fe|ves)|off[- ]duty|free time|spare time|alcohol|part(?:y|ies) (?:photos|pictures))\b"
            ),
            narrows=_p(
                r"on behalf|in (?:the company|our|its|the organi[sz]ation)(?:[’']s)? name|official (?:account"
                r"|channel)s?|(?:our|company) (?:account|channel|page)s?|harass\w*|discriminat\w*|hat(?:e|red)|because of (?:their"
                r"|somebody)|during working (?:time|hours)|as (?:a |our )?spokes"
                r"|hatch act|speak for us"
            ),
        ),
        "passive_threat": Limits(
            _p(
                r"\b(?:violations?|violat(?:es?|ing)|breach(?:es|ing)?|failure to \w+|fail(?:s|ing)? to (?:comply|follow|observe)"
                r"|non-?compliance|misuse|infring\w+|not following"
                r"|break(?:s|ing)? (?:this|these|the|our|any|a) (?:\w+ )?(?:polic\w+|rules?|guidelines?)"
                r"|disregard\w*)\b[^.]{0,80}\b(?:disciplin\w+|terminat\w+|dismiss\w+|fired|sacked|(?:lose"
                r"|cost)\w* (?:you )?(?:your|their) jobs?|sanctions?|consequences|legal action"
                r"|prosecut\w+)\b|\bup to and including (?:termination|dismissal)\b|\bwill not be tolerated\b"
            ),
            narrows=_p(
                r"appeal\w*|proportion\w*|hear(?:d|ing)|talk (?:to|with) you first|your side|depends on|how serious"
                r"|conversation|works council"
            ),
        ),
    },
    signs={
        "scope": _p(r"\b(?:applies to|covers|who this is for|scope|this policy is for)\b"),
        "roles": _p(
            r"\b(?:responsib\w+|owner|contact|ask (?:the|our)|who (?:speaks|decides)|roles?\b|runs? our accounts|(?:is"
            r"|are) run by|speaks for us)"
        ),
        "stances": _p(
            r"\b(?:voluntar\w+|ambassador|your choice|nobody (?:has|is asked) to (?:share|post)|not (?:required|obliged"
            r"|expected) to (?:share|post|like))"
        ),
        "disclosure": _p(
            r"\b(?:disclos\w+|say (?:in [\w ]+ )?that you work|make (?:it )?clear (?:that )?you work"
            r"|identify yourself as|#?ad\b|your connection|affiliation)"
        ),
        "reviews": _p(
            r"\breviews?\b.{0,80}\b(?:our|own|product|service|employer|company|star)|\b(?:fake|bought|paid) (?:reviews"
            r"|followers|likes)"
        ),
        "confidential": _p(
            r"\bconfidential\b.{0,200}\b(?:such as|for example|means|includes?|:)|\b(?:unannounced|trade secrets?"
            r"|customer data|embargo\w*)"
        ),
        "whistle_us": _p(
            r"\b(?:immun\w+|18 U\.?S\.?C\.?|tell\w*.{0,60}\b(?:government|lawyer|attorney)|defend trade secrets"
            r"|report\w*.{0,60}\b(?:government|attorney|SEC|agency|authorit))"
        ),
        "whistle": _p(
            r"\b(?:whistle-?blow\w*|reports? (?:of (?:wrongdoing|breaches|misconduct)|(?:are|is) protected)"
            r"|report it to|report\w* (?:wrongdoing|a breach|breaches|misconduct|concerns)|speak up)"
        ),
        "protected": _p(
            r"\b(?:pay|wages?|salar(?:y|ies)|working conditions|hours)\b.{0,120}\b(?:may|free|right|can|protected"
            r"|allowed)|\b(?:may|free to|right to|can)\b.{0,120}\b(?:pay|wages?|salar(?:y|ies)|working conditions"
            r"|union)"
        ),
        "off_duty": _p(
            r"\b(?:off[- ]duty|own time|free time|private life|outside work\w*|lawful (?:political|activit))"
        ),
        "private_accounts": _p(
            r"\b(?:never|not|nobody)\b.{0,60}\b(?:passwords?|log-?in|friend requests?|personal accounts?"
            r"|private accounts?|handles?)"
        ),
        "monitoring": _p(
            r"\b(?:monitor\w*|listen\w*|look at|watch|follow what)\b.{0,120}\b(?:brand|mentions?|private|personal"
            r"|employees?|accounts?)"
        ),
        "privacy": _p(
            r"\b(?:consent|permission of|ask (?:the )?(?:people|person|colleagues?|customers?)|privacy|personal data"
            r"|faces?)\b"
        ),
        "ai": _p(r"\b(?:AI|artificial intelligence|generated|deep ?fakes?|ChatGPT|language models?)\b"),
        "customers": _p(
            r"\b(?:customers?|clients?|guests?|complain\w*)\b.{0,150}\b(?:pass|forward|answer|reply|respond|point|tell"
            r"|hand|send)"
        ),
        "crisis": _p(r"\b(?:crisis|emergency|incident|breaking news|leak\w*|spokes\w+)\b"),
        "copyright": _p(
            r"\b(?:copyright|licen[cs]e|intellectual property|trade ?marks?|someone else[’']s|other people[’']s (?:work"
            r"|pictures|content)|credit)\b"
        ),
        "harassment": _p(r"\b(?:harass\w+|discriminat\w+|threat\w*|bull(?:y|ies|ying)|hate)\b"),
        "personal_accounts": _p(
            r"\byour accounts? (?:is|are|stays?) yours\b|\b(?:personal|private|own) (?:use of social|accounts?"
            r"|profiles?|social media|pages?|channels?)\b"
        ),
        "official_accounts": _p(
            r"\b(?:official|company|corporate|our) (?:[\w’'-]+ ){0,4}(?:accounts?|channels?|pages?)\b"
        ),
        "security": _p(
            r"\b(?:passwords?|phish\w*|impersonat\w*|scams?|two-factor|hacked|impostors?|security)\b|\bdata in our name"
        ),
        "mistakes": _p(r"\b(?:mistakes?|went wrong|correct(?:ion| it)?|delete|own up|apologi[sz]e)\b"),
        "consequences": _p(r"\b(?:consequences?|disciplin\w+|appeal\w*|sanctions?)\b"),
        "review": _p(
            r"\b(?:review(?:ed)?(?: date| again| every| on)|next review|revis\w+|updated? (?:every|each|once)"
            r"|every (?:\w+ )?(?:months|year)|version)\b"
        ),
    },
)  # fmt: skip
