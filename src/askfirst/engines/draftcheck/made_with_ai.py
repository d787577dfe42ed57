"""Pictures, voices, films and texts made with AI and not labelled. English and German."""

import re
from collections.abc import Iterator

from askfirst.engines.draftcheck.findings import Draft, Finding
from askfirst.engines.draftcheck.together import Together
from askfirst.engines.marking import _

NAME = "ai"
_SIGNS = {
    "tool": r"midjourney|dall[-·]?e\w*|stable diffusion|chat ?gpt|gpt-?\d\w*|copilot|gemini|firefly|sora|runway|elevenlabs|suno"
    r"|claude|grok|perplexity|(?:an? |the )?image generators?|bildgenerator\w*|an ai|eine ki|(?-i:AI|KI)",
    "made": r"made|make|makes|generate[ds]?|created?|draw|drew|drawn|paint(?:ed)?|wrote|written|write|design(?:ed)?|produced?"
    r"|rendered|composed|invented|came (?:straight )?out of|did (?:this|the|our)"
    r"|gemacht|erzeugt|erstellt|generiert|gezeichnet|gemalt|geschrieben|entworfen|komponiert|gebaut",
    "thing": r"pictures?|photos?|images?|videos?|films?|clips?|voices?|songs?|jingles?|posts?|texts?|posters?|logos?|mascots?"
    r"|avatars?|brochures?|ads?|captions?|illustrations?|greetings?|cards?|man|woman|people|gruß|grüße|mann|frau|menschen|family"
    r"|bild\w*|fotos?|videos?|film\w*|stimmen?|lied\w*"
    r"|beitr\w*|texte?n?|plakate?|logos?|maskottchen|broschüre|anzeigen?|familie\w*|it|this|that|das|es",
    "fake": r"deep ?fakes?|swapped (?:my|our|his|her|the) faces?|face[- ]?swaps?|(?:cloned?|faked?|imitated)\b[^.!?\n]{0,30}\bvoice"
    r"|voice clone|(?:stimme)\b[^.!?\n]{0,30}\b(?:geklont|nachgemacht|gefälscht)|ai[- ](?:image|picture|video|art|avatar|voice)s?"
    r"|ki-(?:bild|video|stimme|avatar)\w*",
}
_TOLD = Together(_SIGNS, (("fake",), ("tool", "made", "thing")))
_LABEL = re.compile(
    r"#(?:ai|ki|aigenerated|aiart|kigeneriert|madewithai|kibild)\b|\b(?:ai[- ]generated|(?:generated|created|made"
    r"|drawn)\b[^.!?\n]{0,40}\b(?:with|by) (?:an? )?ai"
    r"|ki-generiert\w*|mit ki (?:erstellt|gemacht|erzeugt))\b|[\[(](?:ai|ki)(?:[- ](?:picture|image|generated|bild))?[\])]",
    re.IGNORECASE,
)


def find(draft: Draft) -> Iterator[Finding]:
    if _LABEL.search(draft.text):
        return
    message = _("Made with AI? If it looks real, label it so that readers see it.")
    for start, end in _TOLD.told(draft.text):
        yield Finding(start, end, NAME, message, topic="ai")
        return
