"""A letter made of an edition as it stands now: its page, its wording, and what all readers share of it."""

import secrets
from datetime import date, datetime
from email.utils import parseaddr
from hashlib import sha256
from typing import Final

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.translation import gettext, override, pgettext

from dateline.articles.models import Picture
from dateline.editions import mime
from dateline.editions.addresses import editions_path
from dateline.editions.contents import EditionContents, EditionItem, ItemPicture, SlotContents
from dateline.editions.letter_page import (
    LAST_STEP,
    MOST_BYTES,
    LetterItem,
    LetterPage,
    LetterPart,
    LetterPicture,
    LetterWords,
    html_of,
    plain,
    shorter,
)
from dateline.editions.models import Edition, Issue, Wording
from dateline.editions.queries.contents import contents_of
from dateline.editions.queries.letters import letters_of
from dateline.editions.queries.readers import own_host
from dateline.lib.scripts import direction, in_digits_of
from dateline.lib.solar_hijri import MONTHS, solar_day
from dateline.lib.text import cut, one_line
from dateline.rights.actions.mailing import mail_is_set_up
from dateline.site.models import SiteLanguage
from dateline.site.queries import identity, languages

_DJANGOS_OWN: Final = "webmaster@localhost"
_RENDITION: Final = "width-800|bgcolor-ffffff|format-jpeg"
_SHOWN_WIDTH: Final = 560
_LONGEST_SUBJECT: Final = 120
_LONGEST_PREHEADER: Final = 140


class NoSender(ValueError):
    """Nobody is named from whom letters come."""


class NothingLeft(ValueError):
    """Of everything in the edition nothing may be read now."""


class NoMailYet(ValueError):
    """No mail is set up."""


def page_of(issue: Issue, *, now: datetime, nonce: str) -> LetterPage:
    """Return what an issue shows now. nonce: marks the places of a reader's own addresses."""
    with override(issue.letter.language):
        return _page(issue, contents_of(issue.edition, now=now), nonce)


def sheet_of(issue: Issue, *, now: datetime, nonce: str = "") -> tuple[mime.Sheet, LetterPage]:
    """Return the letter as it would be pressed now, and its page, no heavier than a letter may be. Raises NoSender."""
    nonce = nonce or secrets.token_hex(16)
    whole = page_of(issue, now=now, nonce=nonce)
    sheet = _sheet(issue, whole)
    for step in range(1, LAST_STEP + 1):
        if weight(sheet, now=now) <= MOST_BYTES:
            break
        sheet = _sheet(issue, shorter(whole, step=step))
    return sheet, whole


def weight_of(edition: Edition, *, now: datetime) -> int | None:
    """Return the bytes of the heaviest letter of an edition as it stands, with nothing left out; None without any."""
    issues = [Issue(letter=letter, edition=edition, released_at=now) for letter in letters_of(edition)]
    nonce = secrets.token_hex(16)
    try:
        sheets = [_sheet(issue, page_of(issue, now=now, nonce=nonce)) for issue in issues]
    except NoSender:
        return None
    return max((weight(sheet, now=now) for sheet in sheets), default=None)


def weight(sheet: mime.Sheet, *, now: datetime) -> int:
    """Return the bytes of a letter as it is sent."""
    link = f"{settings.DATELINE_URL}/-/letters/{mime.MANAGE}/{'x' * 43}/"
    own = mime.Own(to="x" * 60, message_id="x" * 60, stop=link, manage=link)
    return len(mime.letter_of(mime.press(sheet), own, now=now))


def word(issue: Issue, *, now: datetime) -> Wording:
    """Return the wording that goes out from now on: the one before where nothing changed, else a new one.

    Raises NothingLeft, NoSender.
    """
    nonce = secrets.token_hex(16)
    sheet, page = sheet_of(issue, now=now, nonce=nonce)
    if not page.parts and not page.said:
        raise NothingLeft(gettext("Nothing in the edition can be read now, so no letter goes out."))
    said = f"{sheet.subject}\n{sheet.html}\n{sheet.text}".replace(nonce, "")
    with transaction.atomic():
        wording, _made = Wording.objects.get_or_create(
            issue=issue,
            digest=sha256(said.encode()).hexdigest(),
            defaults={
                "subject": sheet.subject,
                "html": sheet.html,
                "text": sheet.text,
                "nonce": nonce,
                "pieces": " ".join(sorted(item.uid for item in page.items)),
                "made_at": now,
            },
        )
        Issue.objects.filter(pk=issue.pk).update(wording=wording)
    issue.wording = wording
    return wording


def sheet_of_wording(issue: Issue, wording: Wording) -> mime.Sheet:
    """Return a wording that was kept, ready to be pressed. Raises NoSender."""
    return _addressed(
        issue, subject=wording.subject, html=wording.html, text=wording.text, nonce=wording.nonce
    )


def sender_address() -> str:
    """Return the address from which letters come. Raises NoSender."""
    address: str = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    if address == _DJANGOS_OWN:
        address = identity().email
    if not address:
        raise NoSender(
            gettext(
                "No letter says from whom it comes: set DATELINE_MAIL_FROM, or the public e-mail of the site."
            )
        )
    return address


def need_mail() -> None:
    """Raise NoMailYet where no mail is set up."""
    if not mail_is_set_up():
        raise NoMailYet(gettext("No mail is set up (DATELINE_MAIL), so no letter can go out."))


def site_name(language: str) -> str:
    """Return what the site is called in a language."""
    publication = identity()
    return _words_of(language).name or publication.name


def _sheet(issue: Issue, page: LetterPage) -> mime.Sheet:
    html = html_of(render_to_string("emails/letter.mjml", {"page": page}))
    return _addressed(
        issue, subject=page.subject, html=html, text=plain(page), nonce=page.stop.split("//")[1].split(".")[0]
    )


def _addressed(issue: Issue, *, subject: str, html: str, text: str, nonce: str) -> mime.Sheet:
    letter = issue.letter
    name = site_name(letter.language)
    return mime.Sheet(
        subject=one_line(subject),
        sender_name=one_line(letter.sender_name or name),
        sender=sender_address(),
        list_name=cut(one_line(f"{name}: {letter.shown_name}"), 60),
        list_id=f"{letter.kind}.{letter.language.lower()}.{own_host()}",
        archive=settings.DATELINE_URL + (issue.edition.path or editions_path(language=letter.language)),
        language=letter.language,
        html=html,
        text=text,
        nonce=nonce,
        reply_to=identity().email,
    )


def _page(issue: Issue, contents: EditionContents, nonce: str) -> LetterPage:
    letter, name = issue.letter, site_name(issue.letter.language)
    told = _told(issue)
    items = [item.headline for item in contents.items]
    title = issue.subject if issue.corrects_id else contents.title or (items[0] if items else name)
    subject = issue.subject or f"{name}: {title}"
    return LetterPage(
        language=contents.language,
        direction=contents.direction,
        subject=cut(one_line(subject), _LONGEST_SUBJECT),
        preheader=cut(one_line(" · ".join([*told, *contents.foreword[:1], *items[:4]])), _LONGEST_PREHEADER),
        site_name=name,
        home=f"{settings.DATELINE_URL}/{contents.language}/",
        title=one_line(title),
        line=_line(contents),
        said=told,
        foreword=() if issue.corrects_id else contents.foreword,
        parts=() if issue.corrects_id else tuple(_part(slot, contents) for slot in contents.slots),
        late=() if issue.corrects_id else tuple(f"{note.kind_name}: {note.said}" for note in contents.late),
        archive=settings.DATELINE_URL + (contents.path or editions_path(language=contents.language)),
        stop=mime.slot(nonce, mime.STOP),
        manage=mime.slot(nonce, mime.MANAGE),
        words=_standing_words(name, letter.shown_name),
        footer=tuple(line for line in (one_line(line) for line in letter.footer.splitlines()) if line),
    )


def _day(day: date, language: str) -> str:
    """Return the day as the pages of the site write it."""
    if language.split("-", maxsplit=1)[0] == "fa":
        solar = solar_day(day)
        return in_digits_of(language, f"{solar.day} {MONTHS[solar.month - 1]} {solar.year}")
    return in_digits_of(language, date_format(day, "j F Y" if language.startswith("en") else "DATE_FORMAT"))


def _told(issue: Issue) -> tuple[str, ...]:
    return tuple(part.strip() for part in issue.said.split("\n\n") if part.strip())


def _line(contents: EditionContents) -> str:
    day = _day(contents.date, contents.language)
    number = in_digits_of(contents.language, gettext("No. %d") % contents.number) if contents.number else ""
    return " · ".join(filter(None, [number, day]))


def _part(slot: SlotContents, contents: EditionContents) -> LetterPart:
    return LetterPart(name=slot.name, items=tuple(_item(item, contents) for item in slot.items))


def _item(item: EditionItem, contents: EditionContents) -> LetterItem:
    is_first = bool(contents.items) and item.uid == contents.items[0].uid
    return LetterItem(
        uid=str(item.uid),
        headline=one_line(item.headline),
        href=f"{settings.DATELINE_URL}{item.path}",
        label=" · ".join(filter(None, [item.kind_name, one_line(item.outlet), item.section])),
        credit=one_line(item.credit),
        standfirst=one_line(item.standfirst),
        kicker=one_line(item.kicker),
        byline=one_line(_byline(item)),
        note=one_line(item.note),
        language=item.language,
        direction=direction(item.language),
        picture=_picture(item.picture) if is_first and item.picture else None,
    )


def _byline(item: EditionItem) -> str:
    authors = pgettext("between names", ", ").join(item.authors)
    if not item.translators:
        return authors
    told = gettext("translated by %s") % pgettext("between names", ", ").join(item.translators)
    return " · ".join(filter(None, [authors, told]))


def _picture(held: ItemPicture) -> LetterPicture | None:
    """Return the picture in the size that the site shows already; None where its file cannot be read."""
    picture = Picture.objects.filter(pk=held.number).first()
    try:
        made = picture.get_rendition(_RENDITION) if picture else None
    except (OSError, SyntaxError, ValueError):
        return None
    if made is None:
        return None
    height = round(made.height * _SHOWN_WIDTH / max(1, made.width))
    return LetterPicture(
        src=f"{settings.DATELINE_URL}{made.url}",
        alt=one_line(held.alt),
        width=_SHOWN_WIDTH,
        height=height,
        credit=one_line(held.credit),
    )


def _standing_words(site: str, letter: str) -> LetterWords:
    return LetterWords(
        read_on_site=gettext("Read this edition on our site"),
        why=gettext("You get “%(letter)s” of %(site)s because you asked for it.")
        % {"letter": letter, "site": site},
        change=gettext("Change the language or the hour, or pause"),
        stop=gettext("Stop this letter"),
        corrections=gettext("Put right"),
        more=gettext("There is more in this edition on our site"),
        picture=gettext("Picture:"),
    )


def _words_of(language: str) -> SiteLanguage:
    publication = identity()
    return next((row for row in languages(publication) if row.code == language), SiteLanguage(code=language))
