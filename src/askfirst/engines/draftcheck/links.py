"""Links that carry their own key, and links that lead inside."""

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

from askfirst.engines.draftcheck.findings import Draft, Finding
from askfirst.engines.marking import _

NAME = "link"
_LINK = re.compile(r"\b(?:https?://|www\.)[^\s<>\"“”]+", re.IGNORECASE)
_KEYS = re.compile(
    r"^(?:access_?token|auth(?:_?token|key|_?key)?|token|id_token|refresh_token|api_?key|apikey|secret|password|passwd|pwd|pw|sig|signature|x-amz-signature|x-amz-credential|x-goog-signature|session(?:id)?|sid|jwt|code|otp|invite|resourcekey|tkn|hash)$",
    re.IGNORECASE,
)
_INSIDE = re.compile(
    r"(?:^|\.)(?:intranet|internal|intern|corp|lan|local|localhost|home|test|staging|stage|dev|vpn|sharepoint|jira|confluence|wiki|gitlab|jenkins|grafana|kibana)(?:\.|$)|^(?:10|127)\.\d+\.\d+\.\d+$|^192\.168\.\d+\.\d+$|^172\.(?:1[6-9]|2\d|3[01])\.\d+\.\d+$"
)
_SHARED = re.compile(
    r"docs\.google\.com/(?:document|spreadsheets|presentation|forms)/d/|drive\.google\.com/(?:file|drive)/|1drv\.ms/|dropbox\.com/(?:s|scl)/|wetransfer\.com/downloads/|sharepoint\.com/:|notion\.so/[\w-]*[0-9a-f]{32}|miro\.com/app/board/|figma\.com/(?:file|design)/"
)


def find(draft: Draft) -> Iterator[Finding]:
    for found in _LINK.finditer(draft.text):
        address = found[0].rstrip(".,;:!?)’'")
        end = found.start() + len(address)
        try:
            parts = urlsplit(address if "://" in address else f"https://{address}")
            values = parse_qsl(parts.query) + parse_qsl(parts.fragment)
            host = (parts.hostname or "").lower()
        except ValueError:
            continue
        if any(_KEYS.match(name) and len(value) >= 6 for name, value in values):
            plain = address.split("?")[0].split("#")[0]
            yield Finding(
                found.start(),
                end,
                NAME,
                _("The link carries a key: whoever reads it may be let in. Use the plain address."),
                mend=plain,
            )
        elif parts.password:
            # The secret in it says more.
            continue
        elif _INSIDE.search(host):
            yield Finding(
                found.start(),
                end,
                NAME,
                _("This link leads inside the organisation; outsiders cannot open it, but learn that it is there."),
                topic="confidential",
            )
        elif _SHARED.search(address):
            yield Finding(
                found.start(),
                end,
                NAME,
                _("A shared document: check who may open it before you post its address."),
                topic="confidential",
            )
