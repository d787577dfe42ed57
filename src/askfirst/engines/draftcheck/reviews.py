"""Reviews of what one's own organisation sells, written or asked for as if by customers. English and German."""

from collections.abc import Iterator

from askfirst.engines.draftcheck.findings import Draft, Finding
from askfirst.engines.draftcheck.together import Together
from askfirst.engines.marking import _

NAME = "review"
_SIGNS = {
    "ours": r"our|ours|us|we|my (?:company|employer|team|shop)|colleagues?|unser\w*|uns|wir|mein\w* (?:firma|arbeitgeber|team)|kolleg\w+",
    "reviews": r"(?:left|leave|leaving|wrote|write|writing|posted|post|gave|give|giving|rate|rated|rating"
    r"|drop)\b[^.!?\n]{0,40}\b(?:reviews?|ratings?|stars?)|review(?:ed|ing)? (?:our|us)|to review|rate (?:our|us)"
    r"|(?:5|five) stars (?:on|from|for)|(?:bewertung(?:en)?|rezension(?:en)?|sterne)\b[^.!?\n]{0,30}\b(?:geschrieben|abgegeben"
    r"|schreib\w*|abgeb\w*|hinterlass\w*|geb\w*|gegeben)"
    r"|(?:schreib\w*|gib|gebt|geben|hinterlass\w*|gab)\b[^.!?\n]{0,40}\b(?:bewertung(?:en)?|rezension(?:en)?|sterne)|bewertet|bewerten",
    "poses": r"as a (?:\w+ )?(?:customer|guest|client|buyer)|verified (?:buyer|purchase)|als (?:\w+ )?(?:kund(?:e|in)|gast)",
    "stars": r"[⭐★]{3,}|(?:5|five)(?: stars| out of (?:5|five)|/5)|(?:5|fünf) (?:sterne|von (?:5|fünf))",
    "site": r"google|amazon|trip ?advisor|trustpilot|yelp|app store|play store|booking|facebook",
    "go on": r"(?:go (?:on|to)|auf|bei) (?:google|amazon|trip ?advisor|trustpilot|yelp|facebook|booking)\b[^.!?\n]{0,40}\b(?:nice"
    r"|good|say|write|vote|sterne|nettes|gutes)",
    "about work": r"glassdoor|kununu|indeed",
}
_LINES = (
    ("reviews", "ours", "no about work"),
    ("poses", "ours"),
    ("stars", "ours", "site"),
    ("go on", "ours"),
)
_TOLD = Together(_SIGNS, _LINES)
_HERE = Together(_SIGNS, (("reviews",), ("poses",), ("stars",)))


def find(draft: Draft) -> Iterator[Finding]:
    message = _("Staff and their families must not review as if they were customers. Say who you are, or leave it.")
    looked = _HERE if draft.place == "review" else _TOLD
    for start, end in looked.told(draft.text):
        yield Finding(start, end, NAME, message, topic="disclosure")
        return
