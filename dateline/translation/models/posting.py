"""Where the memory looks for what is alike: lists of units by key."""

from django.db import models

from dateline.translation.models.memory import MemoryPair


class MemoryPosting(models.Model):
    """The units that have a key, in one list of four bytes each (`memory.postings`).

    A key has a list for each `run` that wrote one, until they are joined under the first. `count` is how many it
    should hold: a key that is too common keeps its count and no list.
    """

    pair = models.ForeignKey(MemoryPair, on_delete=models.CASCADE, db_index=False, related_name="+")
    key = models.BigIntegerField()
    run = models.PositiveIntegerField()
    count = models.PositiveIntegerField()
    ids = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pair", "key", "run"], name="one_list_a_key_and_run"),
        ]


class MemoryNews(models.Model):
    """A key of a unit that is in no list yet: found at once, moved into the lists in the background."""

    pair = models.ForeignKey(MemoryPair, on_delete=models.CASCADE, db_index=False, related_name="+")
    key = models.BigIntegerField()
    unit = models.BigIntegerField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pair", "key", "unit"], name="one_news_a_key_and_unit"),
        ]
