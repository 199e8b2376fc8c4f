"""Pieces that readers see."""

import cast

from dateline.publishing.actions.making import ask_gate


def listed(article):
    """Return an article that is published, and let through by the gate."""
    piece = cast.published(article)
    ask_gate(piece=piece.uid, now=cast.NOW)
    return piece
