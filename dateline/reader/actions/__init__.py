"""The verbs of search: put pieces into the index, take them out, make the index again."""

from dateline.reader.actions.indexing import (
    NotFoundOut,
    index_piece,
    rebuild,
    renew_index,
    take_out,
)

__all__ = ["NotFoundOut", "index_piece", "rebuild", "renew_index", "take_out"]
