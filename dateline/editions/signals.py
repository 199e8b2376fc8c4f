"""What later rooms, and the letter, may want to know about an edition. Sent inside the transaction that changed it."""

from django.dispatch import Signal

# sender=Edition, edition=…, now=…: it is closed; readers may see it from now on.
edition_closed = Signal()
# sender=Edition, edition=…, now=…: a closed one changed for readers (a late change), or is open again.
edition_changed = Signal()
# sender=Article, article=…, now=…: readers may see the excerpt of one of its voices, or may not any more.
voices_changed = Signal()
