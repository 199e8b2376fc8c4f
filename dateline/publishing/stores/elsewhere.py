"""Which store elsewhere this installation has, beside its own disk."""

import os
from collections.abc import Callable
from typing import Final

from dateline.publishing.stores.base import Store, StoreFailed
from dateline.publishing.stores.folder import folder_store
from dateline.publishing.stores.s3 import s3_store

STORES: Final[dict[str, Callable[[str], Store]]] = {"s3": s3_store, "file": folder_store}


def has_elsewhere() -> bool:
    """Does this installation bring its files to a store elsewhere?"""
    return os.environ.get("DATELINE_STORE", "").strip() not in {"", "disk"}


def elsewhere() -> Store | None:
    """Return the store that `DATELINE_STORE` names, None where the disk is all. Raises StoreFailed."""
    if not has_elsewhere():
        return None
    told = os.environ["DATELINE_STORE"].strip()
    name, _colon, _rest = told.partition(":")
    if name not in STORES:
        raise StoreFailed(
            f"DATELINE_STORE is “{told}”, and it is not known. Known are s3://BUCKET/PLACE, file:///FOLDER, disk."
        )
    return STORES[name](told)
