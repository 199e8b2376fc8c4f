"""What later rooms may want to know about an article. Sent inside the transaction that changed it."""

import uuid
from dataclasses import dataclass

from django.dispatch import Signal


@dataclass(frozen=True, kw_only=True)
class Going:
    """A piece that is to go: what its address will say. ground: as in Withdrawal.Ground; empty for its own time."""

    piece: uuid.UUID
    address: str
    title: str
    ground: str
    reason: str


# sender=Article, article=…: it is live now, or was live and has changed for readers.
went_out = Signal()
# sender=Article, article=…: readers must not see it any more.
went_down = Signal()
# sender=Article, going=[Going …], at=…: these will go at that moment, if nothing changes until then: make it ready.
ready_to_go = Signal()
# sender=Article, pieces=[uid …], now=…: their moment has come: show what was made ready. Receivers return the set of
# the pieces that readers do not find any more.
moment_came = Signal()
# sender=Article, pieces=[uid …], struck=[uid …], now=…: these went down or changed at one moment, and their
# transactions are over: show it as one change. Of `struck` nothing is shown already.
ended_together = Signal()
