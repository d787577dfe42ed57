"""What licences allow, as far as a program can say: copy, adapt, with a line, under the same licence, or only link."""

from dataclasses import dataclass

from askfirst.engines.marking import _

RESERVED = "all-rights-reserved"


@dataclass(frozen=True)
class Licence:
    """One licence.

    Attributes:
        id: SPDX identifier, or one of ours where SPDX has none.
        name: what people call it; the doors translate it.
        may_copy: the text may be kept and shown here.
        may_adapt: it may be changed.
        needs_line: only with a line that names author, licence and source.
        is_share_alike: what is made from it must carry the same licence.
        is_noncommercial: not for use by a company.
    """

    id: str
    name: str
    may_copy: bool = True
    may_adapt: bool = True
    needs_line: bool = True
    is_share_alike: bool = False
    is_noncommercial: bool = False
    address: str = ""


_TABLE = (
    Licence("public-domain", _("Public domain"), needs_line=False),
    Licence("US-government-work", _("Work of the US government (public domain in the US)"), needs_line=False),
    Licence("CC0-1.0", "CC0 1.0", needs_line=False, address="https://creativecommons.org/publicdomain/zero/1.0/"),
    Licence("CC-BY-4.0", "CC BY 4.0", address="https://creativecommons.org/licenses/by/4.0/"),
    Licence("CC-BY-3.0", "CC BY 3.0", address="https://creativecommons.org/licenses/by/3.0/"),
    Licence("CC-BY-3.0-NZ", "CC BY 3.0 NZ", address="https://creativecommons.org/licenses/by/3.0/nz/"),
    Licence("OGL-UK-3.0", "Open Government Licence v3.0", address="https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"),
    Licence("Apache-2.0", "Apache License 2.0", address="https://www.apache.org/licenses/LICENSE-2.0"),
    Licence("MIT", "MIT License", address="https://opensource.org/license/mit"),
    Licence("CC-BY-SA-4.0", "CC BY-SA 4.0", is_share_alike=True, address="https://creativecommons.org/licenses/by-sa/4.0/"),
    Licence("CC-BY-SA-3.0", "CC BY-SA 3.0", is_share_alike=True, address="https://creativecommons.org/licenses/by-sa/3.0/"),
    Licence("CC-BY-NC-4.0", "CC BY-NC 4.0", may_copy=False, may_adapt=False, is_noncommercial=True, address="https://creativecommons.org/licenses/by-nc/4.0/"),
    Licence("CC-BY-NC-SA-4.0", "CC BY-NC-SA 4.0", may_copy=False, may_adapt=False, is_noncommercial=True, is_share_alike=True, address="https://creativecommons.org/licenses/by-nc-sa/4.0/"),
    Licence("CC-BY-NC-SA-3.0", "CC BY-NC-SA 3.0", may_copy=False, may_adapt=False, is_noncommercial=True, is_share_alike=True, address="https://creativecommons.org/licenses/by-nc-sa/3.0/"),
    Licence("CC-BY-ND-4.0", "CC BY-ND 4.0", may_adapt=False, address="https://creativecommons.org/licenses/by-nd/4.0/"),
    Licence("CC-BY-NC-ND-4.0", "CC BY-NC-ND 4.0", may_copy=False, may_adapt=False, is_noncommercial=True, address="https://creativecommons.org/licenses/by-nc-nd/4.0/"),
    Licence("own", _("Our own work"), needs_line=False),
    Licence(RESERVED, _("All rights reserved"), may_copy=False, may_adapt=False),
)  # fmt: skip
LICENCES = {licence.id: licence for licence in _TABLE}


def licence(identifier: str) -> Licence:
    """The licence with this identifier; an unknown one counts as all rights reserved."""
    wanted = identifier.strip().casefold()
    return next((own for own in _TABLE if own.id.casefold() == wanted), LICENCES[RESERVED])


def line(title: str, author: str, address: str, identifier: str) -> str:
    """The line that goes with a copy, ready to paste."""
    own = licence(identifier)
    who = f" by {author}" if author else ""
    where = f" ({address})" if address else ""
    under = f"{own.name} ({own.address})" if own.address else own.name
    return f"“{title}”{who}{where}, {under}."
