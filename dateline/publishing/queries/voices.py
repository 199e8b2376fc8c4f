"""The voices of a press review, each as far as its right goes at this moment."""

from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dateline.agreements.terms import Wish
from dateline.articles.kinds import Kind, MachineHelp
from dateline.articles.models import Article
from dateline.editions.excerpts import counted_words
from dateline.editions.models import Voice
from dateline.editions.queries.voices import Standing, standings
from dateline.lib.countries import country_name
from dateline.lib.scripts import primary
from dateline.lib.text import one_line
from dateline.publishing.pages_voices import VoiceView
from dateline.publishing.queries.press import Press
from dateline.publishing.queries.tongues import name_here
from dateline.rights.queries import answer_for_quotation


def voices_of(press: Press, article: Article) -> tuple[VoiceView, ...]:
    """Return what readers see of each voice, in order; nothing for a piece of another kind."""
    if article.kind != Kind.PRESS_REVIEW:
        return ()
    return tuple(_view(press, article, one) for one in standings(article, now=press.now))


def voices_markup(press: Press, article: Article) -> str:
    """Return the voices of a review as plain markup, for feeds; empty for a piece of another kind."""
    return format_html_join("\n", "{}", ((_markup(one),) for one in voices_of(press, article)))


def _markup(one: VoiceView) -> str:
    where = " · ".join(filter(None, [one.outlet, one.country, one.language_name]))
    said = (
        format_html('<blockquote cite="{}"><p>{}</p></blockquote>', one.href, one.excerpt)
        if one.excerpt
        else format_html("<p>{}</p>", _("The excerpt is not shown any more: the right to it has ended."))
    )
    link = format_html('<a href="{}" hreflang="{}">{}</a>', one.href, one.language, _("Read the original"))
    more = "".join(f" · {words}" for words in (one.credit, one.machine) if words)
    return format_html("<h2>{}</h2><p>{}</p>{}<p>{}{}</p>", one.headline, where, said, link, more)


def _view(press: Press, article: Article, one: Standing) -> VoiceView:
    voice = one.voice
    original, outlet = voice.original, voice.original.outlet
    held = voice.permission
    return VoiceView(
        headline=voice.headline,
        outlet=outlet.shown_name,
        outlet_language="" if outlet.name_here else outlet.language,
        country=country_name(outlet.country, get_language() or article.language) if outlet.country else "",
        language=original.language,
        language_name=name_here(original.language),
        href=original.url,
        excerpt=voice.excerpt if one.may_be_shown else "",
        original=voice.source_text if one.may_be_shown and _may_show_original(press, article, voice) else "",
        title=one_line(original.headline),
        credit=held.credit_line if held and one.may_be_shown else "",
        machine=str(MachineHelp(voice.machine_help).label)
        if one.may_be_shown and voice.machine_help != MachineHelp.NONE
        else "",
        is_taken_off=not one.may_be_shown,
    )


def _may_show_original(press: Press, article: Article, voice: Voice) -> bool:
    """Beside its translation: where its outlet lets us, or so little that anybody may quote it."""
    language = voice.original.language
    if primary(language) == primary(article.language):
        return False
    agreement = voice.permission.agreement if voice.permission else None
    if agreement is not None and agreement.may_show_original:
        return True
    words = counted_words(voice.source_text, language=language)
    wish = Wish(use="excerpt", language=language, on=press.local(press.now).date(), words=words)
    return answer_for_quotation(wish).is_yes
