"""Under which licence others may republish a piece of ours: never more than whoever we have it from allows.

kind                    licence
exclusive               the owner's choice; a statement is its issuer's word and stays with them
translation             only of an original under an open licence: the owner's choice, made as strict as the
                        original's licence asks; where that asks for the same licence, that one
reprint, excerpt, …     none: the words are somebody else's, or too many people's
"""

from dateline.agreements.licences import Licence, UnknownLicence, licence


def licence_for(kind: str, *, chosen: str, source: str = "", is_statement: bool = False) -> Licence | None:
    """Return the licence of a piece, None where others have to ask. source: that of its original, SPDX."""
    ours = known(chosen)
    if ours is None or is_statement:
        return None
    if kind == "exclusive":
        return ours
    theirs = known(source)
    if kind != "translation" or theirs is None or theirs.forbids_derivatives:
        return None
    is_too_free = theirs.is_noncommercial and not ours.is_noncommercial
    return theirs if theirs.must_share_alike or is_too_free else ours


def picture_licence(ground: str, name: str) -> Licence | None:
    """Return the licence under which a picture may go along: only where its own permission names an open one."""
    return known(name) if ground in {"own", "licence"} else None


def known(name: str) -> Licence | None:
    """Return the open licence of that name, None where it is none that has rules here."""
    try:
        return licence(name)
    except UnknownLicence:
        return None
