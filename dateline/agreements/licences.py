"""Open licences as terms: what each allows without asking, what it forbids, and what has to be kept.

Pure. Names are SPDX's. Source: the licences' own texts; Creative Commons' are read by their parts.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from dateline.agreements.terms import ANY_LANGUAGE, USES, Conditions, Terms

# In an open licence a picture is no part of the text: it has its own.
_ALL_BUT_PICTURES: Final = frozenset(USES) - {"picture"}
_CREATIVE_COMMONS: Final = re.compile(
    r"CC-BY(?P<nc>-NC)?(?P<nd>-ND)?(?P<sa>-SA)?-(?P<version>[1-4]\.[05])(?:-(?P<place>[A-Z]{2,3}))?"
)
_ADDRESS: Final = re.compile(
    r"creativecommons\.org/(?:(?:licenses/(?P<parts>by(?:-(?:nc|nd|sa))*)/(?P<version>[1-4]\.[05])(?:/(?P<place>[a-z]{2,3}))?)"
    r"|(?P<free>publicdomain/(?:zero|mark)/1\.0))(?=[/?#]|$)",
    re.IGNORECASE,
)


class UnknownLicence(ValueError):
    """An open licence that has no rules here; it needs a person's reading and an agreement of its own."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} is no open licence that is known here. Known are CC-BY with its parts and versions, and"
            f" {', '.join(sorted(_OTHERS))}. Write it down as an agreement with its uses instead."
        )


@dataclass(frozen=True)
class Licence:
    """What a licence says, apart from whom it is from."""

    name: str
    url: str
    forbids_derivatives: bool = False
    is_noncommercial: bool = False
    must_share_alike: bool = False
    needs_credit: bool = True


_OTHERS: Final[Mapping[str, Licence]] = MappingProxyType(
    {
        one.name: one
        for one in (
            Licence("CC0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/", needs_credit=False),
            Licence("PDM-1.0", "https://creativecommons.org/publicdomain/mark/1.0/", needs_credit=False),
            Licence(
                "OGL-UK-1.0", "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/1/"
            ),
            Licence(
                "OGL-UK-2.0", "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/2/"
            ),
            Licence(
                "OGL-UK-3.0", "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
            ),
            Licence("etalab-2.0", "https://github.com/etalab/licence-ouverte/blob/master/LO.md"),
            Licence("DL-DE-BY-2.0", "https://www.govdata.de/dl-de/by-2-0"),
            Licence("DL-DE-ZERO-2.0", "https://www.govdata.de/dl-de/zero-2-0", needs_credit=False),
            Licence("NLOD-2.0", "https://data.norge.no/nlod/en/2.0"),
        )
    }
)


def licence(name: str) -> Licence:
    """Return the licence of this SPDX name. Raises UnknownLicence."""
    if name in _OTHERS:
        return _OTHERS[name]
    parts = _CREATIVE_COMMONS.fullmatch(name)
    if parts is None or (parts["nd"] and parts["sa"]):
        raise UnknownLicence(name)
    path = "by" + "".join(f"-{part}" for part in ("nc", "nd", "sa") if parts[part])
    place = f"{parts['place'].lower()}/" if parts["place"] else ""
    return Licence(
        name,
        f"https://creativecommons.org/licenses/{path}/{parts['version']}/{place}",
        forbids_derivatives=bool(parts["nd"]),
        is_noncommercial=bool(parts["nc"]),
        must_share_alike=bool(parts["sa"]),
    )


def forbids_derivatives(name: str) -> bool:
    """Is it known that nothing may be made from a work under this licence, a translation included?"""
    try:
        return licence(name).forbids_derivatives
    except UnknownLicence:
        return False


def name_of_address(url: str) -> str:
    """Return the SPDX name of the licence that an address of Creative Commons stands for, else nothing."""
    found = _ADDRESS.search(url)
    if found is None:
        return ""
    if found["free"]:
        return "CC0-1.0" if "zero" in found["free"].lower() else "PDM-1.0"
    parts = found["parts"].lower().split("-")[1:]
    ordered = [part for part in ("nc", "nd", "sa") if part in parts]
    place = [found["place"].upper()] if found["place"] else []
    name = "-".join(["CC-BY", *(part.upper() for part in ordered), found["version"], *place])
    return name if _CREATIVE_COMMONS.fullmatch(name) and not {"nd", "sa"} <= set(parts) else ""


def terms_of(name: str, *, source: str, starts_on: date, credit_line: str = "") -> Terms:
    """Return what this licence grants anybody from that day. Raises UnknownLicence.

    No licence of these allows more by machine than by hand; one that is open does not take back what
    it gave because a crawler's rule says so, hence `may_by_machine`.
    """
    read = licence(name)
    return Terms(
        source=source,
        uses=_ALL_BUT_PICTURES - ({"translation"} if read.forbids_derivatives else frozenset()),
        languages=ANY_LANGUAGE,
        starts_on=starts_on,
        licence=name,
        may_by_machine=not read.forbids_derivatives,
        is_noncommercial=read.is_noncommercial,
        conditions=Conditions(
            credit_line=credit_line,
            may_show_original=True,
            must_share_alike=read.must_share_alike,
            licence_url=read.url,
        ),
    )
