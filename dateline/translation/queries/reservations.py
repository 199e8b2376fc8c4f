"""What the source says against machines, and whether somebody agreed to them all the same."""

from dateline.articles.queries import reserved_from_machines
from dateline.translation.models import Job


def reserved_for(job: Job) -> frozenset[str]:
    """Return the signals that keep machines and the memory from a source; none where its permission allows them.

    Our own pieces are reserved from nobody; one that was made from an original is reserved as that is.
    """
    original = job.original or (job.source_article and job.source_article.original)
    if original is None:
        return frozenset()
    signals = reserved_from_machines(original)
    held = job.article.permission
    if held is not None and any(terms.may_by_machine for terms in held.grants()):
        return frozenset()
    return signals
