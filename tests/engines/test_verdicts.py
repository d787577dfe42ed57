"""What may be done about a passage: quoted, attributed and licensed in the ways in which people write it down."""

import pytest

from askfirst.engines.originality import Shelf, check, verdicts

REFERENCES = {
    "norr": verdicts.Reference("The Studio Handbook", "Norrland Studios", "https://www.norrland.example/handbook"),
    "harbour": verdicts.Reference("Speaking online", "Port of Ostmouth", "https://ostmouth.example/speaking"),
    "open": verdicts.Reference("Posting with care", "Open Desk", "https://open-desk.example/care", "CC-BY-4.0"),
    "state": verdicts.Reference("Guidance for officials", "Cabinet of Lund", "https://lund.example/g", "OGL-UK-3.0"),
    "code": verdicts.Reference("Team handbook", "Kettle Software", "https://kettle.example/handbook", "MIT"),
    "agency": verdicts.Reference("Blogging guide", "Water agency", "", "US-government-work"),
    "zero": verdicts.Reference("Playbook", "Civic Lab", "https://civic-lab.example/playbook", "CC0-1.0"),
    "alike": verdicts.Reference("Team norms", "Wildgarden", "https://wildgarden.example/norms", "CC-BY-SA-4.0"),
    "trade": verdicts.Reference("Field notes", "Dune & Partner", "https://dune.example/notes", "CC-BY-NC-4.0"),
    "fixed": verdicts.Reference("Nine rules", "Ines Holt", "https://holt.example/nine", "CC-BY-ND-4.0"),
}
SHORT = {
    "norr": "A picture that travels cannot be called back, and nobody should find themselves on a stranger's screen by surprise",
    "harbour": "Whoever speaks about the harbour speaks as one voice of many, and says so before the first opinion is given",
    "open": "Read your post aloud to somebody who does not work here, and change every word at which they raise an eyebrow",
    "state": "An official who is unsure whether a remark is personal should treat it as public and ask before it is published",
    "code": "We would rather read ten honest complaints on the open net than discover one of them in a resignation letter",
    "agency": "Write about the work that is finished, name the people who did it, and leave the promises to the people who plan it",
    "zero": "Every photograph carries more than its subject, so look into the corners of the picture before you let it go",
    "alike": "Correct a mistake where it was made, in the words of a person, and leave the old text standing crossed out beside it",
    "trade": "A customer who shouts in public has usually whispered in private first, so look for the letter that nobody answered",
    "fixed": "Never answer in the evening what made you angry in the afternoon, for the net is patient and will wait for you",
}
LONG = (
    "The camera in your pocket does not know what is confidential. It takes the whiteboard behind the birthday cake, the badge on the "
    "jacket, the open drawing on the second screen and the number plate in the yard with the same cheerful indifference. Look at a picture "
    "the way a competitor would look at it, from the edges inwards, and only then at the faces for whose sake you have taken it."
)
FILLER = (
    "The lighthouse keeper wrote a letter every evening, although the boat came only once a week. He described the birds and counted ships. "
    "Bread needs four things and patience is the fifth. Two rivers meet below the town, one brown and one green, and for a mile they run side "
    "by side. The committee discussed the budget for the new playground, postponed it twice, and finally bought a second-hand slide. "
) * 2
BY = "“Posting with care” by Open Desk (https://open-desk.example/care), CC BY 4.0."

# (reference, what stands where the passage is, class); {} is the passage
CASES = [
    # quoted, with a source
    ("norr", "The Studio Handbook puts it well: “{}.”", "quoted"),
    ("norr", 'Norrland Studios write: "{}".', "quoted"),
    ("norr", "Wie Norrland Studios schreiben: „{}“.", "quoted"),
    ("norr", "Selon Norrland Studios, « {} ».", "quoted"),
    ("norr", "Norrland Studios: »{}«", "quoted"),
    ("norr", "“{}” (norrland.example)", "quoted"),
    ("norr", "“{}” – [Norrland Studios](https://www.norrland.example/handbook)", "quoted"),
    ("norr", "> {}.\n>\n> – Norrland Studios", "quoted"),
    ("norr", "> “{}.”\n\nSource: https://www.norrland.example/handbook", "quoted"),
    ("norr", "> We like this rule: {}.\n\n(The Studio Handbook)", "quoted"),
    ("harbour", "‘{}’, says the Port of Ostmouth.", "quoted"),
    ("harbour", "The Port of Ostmouth asks its people to remember one thing (“{}”), and so do we.", "quoted"),
    ("trade", "“{}” (Dune & Partner, Field notes)", "quoted"),
    ("fixed", "As Ines Holt says, “{}.”", "quoted"),
    ("fixed", "“{}”[^1]\n\n[^1]: Ines Holt, Nine rules", "quoted"),
    ("trade", "<q>{}</q> – Dune & Partner", "quoted"),
    ("norr", "<blockquote>{}</blockquote> Norrland Studios", "quoted"),
    # quoted, without one
    ("norr", "Somebody said it well: “{}.”", "quotation_without_source"),
    ("norr", 'We like this: "{}".', "quotation_without_source"),
    ("norr", "Ein kluger Satz: „{}“.", "quotation_without_source"),
    ("harbour", "> {}.", "quotation_without_source"),
    ("harbour", "Remember: ‘{}.’", "quotation_without_source"),
    ("trade", "An old rule of the trade goes «{}».", "quotation_without_source"),
    ("fixed", "> “{}.”\n\nThat is all there is to say.", "quotation_without_source"),
    # quoted at length
    ("norr-long", "Norrland Studios write: “{}”", "quotation_too_long"),
    ("norr-long", "> {}\n\nNorrland Studios", "quotation_too_long"),
    ("norr-long", "„{}“ (The Studio Handbook)", "quotation_too_long"),
    ("norr-long", "> “{}”", "quotation_too_long"),
    # plain copies of what is reserved
    ("norr", "{}.", "rewrite"),
    ("norr", "- {}.", "rewrite"),
    ("norr", "{} (Norrland Studios).", "rewrite"),
    ("harbour", "As we always say, {}.", "rewrite"),
    ("harbour", "We “really” mean it: {}. That is “all”.", "rewrite"),
    ("harbour", "She said “yes”. {}. He said “no”.", "rewrite"),
    ("trade", "{}.", "rewrite"),
    ("trade", "{}. Source: Dune & Partner, CC BY-NC 4.0.", "rewrite"),
    ("fixed", "{}.", "rewrite"),
    ("norr-long", "{}", "rewrite"),
    ("norr-long", "{} (Norrland Studios)", "rewrite"),
    # free
    ("agency", "{}.", "free"),
    ("agency", "“{}”", "free"),
    ("agency", "> {}.", "free"),
    ("zero", "{}.", "free"),
    ("zero", "{} (Civic Lab).", "free"),
    ("zero", "- {}.", "free"),
    # under a licence, with its line
    ("open", "{}. " + BY, "licensed"),
    ("open", "{}.\n\n*Adapted from " + BY + "*", "licensed"),
    ("open", "{}. Text: Open Desk, https://creativecommons.org/licenses/by/4.0/", "licensed"),
    ("open", "{}. [Open Desk](https://open-desk.example/care), CC-BY-4.0", "licensed"),
    ("open", "{}.\n\n## Another clause\n\nOur own.\n\n## Sources\n\n- " + BY, "licensed"),
    ("open", "{}.\n\n## Noch eine Klausel\n\nUnsere eigene.\n\n**Quellen:** Open Desk, CC BY 4.0", "licensed"),
    ("state", "{}. Contains public sector information of the Cabinet of Lund, Open Government Licence v3.0.", "licensed"),
    ("code", "{}. From the Team handbook of Kettle Software, MIT License.", "licensed"),
    ("code", "- {}.\n\n### Credits\n\nKettle Software (MIT License)", "licensed"),
    # under a licence, without it
    ("open", "{}.", "line_missing"),
    ("open", "{}. Thanks to Open Desk!", "line_missing"),
    ("open", "{}. CC BY 4.0", "line_missing"),
    ("state", "{}.", "line_missing"),
    ("state", "{} (Cabinet of Lund).", "line_missing"),
    ("code", "{}.", "line_missing"),
    ("code", "As they say at Kettle Software: {}.", "line_missing"),
    # share-alike
    ("alike", "{}.", "share_alike"),
    ("alike", "{}. “Team norms” by Wildgarden, CC BY-SA 4.0.", "share_alike"),
    ("alike", "- {}.", "share_alike"),
    ("alike", "Wildgarden write: “{}.”", "quoted"),
    ("alike", "“{}.”", "quotation_without_source"),
    ("open", "Open Desk write: “{}.”", "quoted"),
    ("state", "> {}.\n\nCabinet of Lund", "quoted"),
]  # fmt: skip


def classified(name: str, around: str) -> str:
    key = name.removesuffix("-long")
    passage = LONG if name.endswith("-long") else SHORT[key]
    draft = f"{FILLER}\n\n{around.replace('{}', passage)}\n\n{FILLER}"
    shelf = Shelf()
    shelf.add([shelf.vocabulary.read(key, f"About us. {passage}. Thanks for cake, as every year.")])
    (found,) = check(shelf.vocabulary.read("draft", draft), shelf)
    return verdicts.verdict(draft, found, REFERENCES[key])


@pytest.mark.parametrize(("name", "around", "wanted"), CASES, ids=range(len(CASES)))
def test_passage_is_in_its_class(name, around, wanted):
    assert classified(name, around) == wanted
