"""What later rooms may want to know about an article. Sent inside the transaction that changed it."""

from django.dispatch import Signal

# sender=Article, article=…: it is live now, or was live and has changed for readers.
went_out = Signal()
# sender=Article, article=…: readers must not see it any more.
went_down = Signal()
# sender=Article, pieces=[uid …], now=…: these went down or changed at one moment, and their transactions are over:
# show it as one change.
ended_together = Signal()
