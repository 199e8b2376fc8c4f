"""The room's work in the background."""

from django.utils import timezone

from dateline.articles.models import Article
from dateline.intake.models import Change
from dateline.people.models import User
from dateline.rights.models import Permission
from dateline.sources.models import Outlet
from dateline.translation.actions import draft_job
from dateline.translation.actions.heeding import heed_reservations, heed_revoked
from dateline.translation.actions.machine_calls import forget_answers
from dateline.translation.actions.memory_files import go_on_bringing
from dateline.translation.actions.memory_lists import NEWS_WORTH_MOVING, tend, write_anew
from dateline.translation.actions.purging import Where, purge
from dateline.translation.actions.remembering import fill_memory, stale_pairs
from dateline.translation.actions.source_changes import take_article, take_change
from dateline.translation.actions.suggesting import answer_suggestion
from dateline.translation.models import Job, MemoryImport, MemoryNews, MemoryPair, Suggestion
from dateline.work.actions import enqueue_by_name
from dateline.work.register import named_task
from dateline.work.schedule import every


@named_task("translation.draft", unique=("job_id",))
def draft(job_id: int) -> None:
    """Have machines draft what is empty in a job; one that was deleted meanwhile needs nothing."""
    job = Job.objects.filter(pk=job_id).first()
    if job is not None:
        draft_job(job=job, now=timezone.now())


@named_task("translation.bring_memory", unique=("import_id",))
def bring_memory(import_id: int) -> str:
    """Read what is left of a memory that somebody brought; return how much of it is new to us."""
    brought = MemoryImport.objects.filter(pk=import_id).first()
    if brought is None:
        return "gone"
    brought = go_on_bringing(brought=brought, now=timezone.now())
    return brought.trouble or f"{brought.added} units of {brought.done} entries"


@named_task("translation.tend_memory", unique=("pair_id",))
def tend_memory(pair_id: int) -> None:
    """Move what is new of a pair into its lists, and join those; written with other keys, they are made anew."""
    pair = MemoryPair.objects.filter(pk=pair_id).first()
    if pair is None:
        return
    if pair in stale_pairs():
        write_anew(pair)
    tend(pair)


@named_task("translation.take_change", unique=("change_id",))
def take_source_change(change_id: int) -> int:
    """Lay a change of an original beside its translations; return how many it touches."""
    change = Change.objects.select_related("after__original").filter(pk=change_id).first()
    return len(take_change(change=change, now=timezone.now())) if change is not None else 0


@named_task("translation.take_article", unique=("article_id",))
def take_own_change(article_id: int) -> int:
    """Lay one of our pieces, published anew, beside its versions in other languages; return how many it touches."""
    article = Article.objects.filter(pk=article_id, live=True).first()
    return len(take_article(article=article, now=timezone.now())) if article is not None else 0


@named_task("translation.heed_revoked", unique=("permission_id",))
def heed_revoked_permission(permission_id: int) -> int:
    """Let the memory forget what it learned under a permission that was revoked; return how much."""
    permission = Permission.objects.filter(pk=permission_id, state=Permission.State.REVOKED).first()
    return heed_revoked(permission=permission, by=None, now=timezone.now()) if permission is not None else 0


@named_task("translation.purge_memory")
def purge_much(
    *,
    outlet_id: int | None,
    licence: str,
    document: str,
    import_id: int | None,
    reason: str,
    by_id: int | None,
) -> int:
    """Let the memory forget what is too much for a page to wait for; return how many units."""
    where = Where(
        outlet=Outlet.objects.filter(pk=outlet_id).first() if outlet_id else None,
        licence=licence,
        document=document,
        brought_by=MemoryImport.objects.filter(pk=import_id).first() if import_id else None,
    )
    by = User.objects.filter(pk=by_id).first() if by_id else None
    return purge(where=where, reason=reason, by=by, now=timezone.now())


@every(seconds=24 * 3600, name="translation.heed_reservations")
def heed_all_reservations() -> int:
    """Let the memory forget what sources keep machines from reading; return how much."""
    return heed_reservations(now=timezone.now())


@every(seconds=600, name="translation.tend_memories")
def tend_memories() -> int:
    """Have the lists tended that need it, after what older versions left was filled; return how many pairs."""
    fill_memory()
    stale = {pair.pk for pair in stale_pairs()}
    waiting = {pair.pk for pair in MemoryPair.objects.all() if _has_much_news(pair)}
    for pair_id in sorted(stale | waiting):
        enqueue_by_name("translation.tend_memory", key=str(pair_id), pair_id=pair_id)
    return len(stale | waiting)


def _has_much_news(pair: MemoryPair) -> bool:
    return MemoryNews.objects.filter(pair=pair)[:NEWS_WORTH_MOVING].count() == NEWS_WORTH_MOVING


@every(seconds=24 * 3600, name="translation.forget_answers")
def forget_old_answers() -> int:
    """Delete what machines answered more than a month ago; return how many answers."""
    return forget_answers(now=timezone.now())


@named_task("translation.suggest", unique=("suggestion_id",))
def suggest(suggestion_id: int) -> None:
    """Ask a machine for one sentence; a question that is gone or answered needs nothing."""
    asked = Suggestion.objects.filter(pk=suggestion_id, answered_at=None).select_related("segment__job")
    if found := asked.first():
        answer_suggestion(suggestion=found, now=timezone.now())
