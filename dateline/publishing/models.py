"""What has been baked, what each file shows, and what the gate let through; and the plain pages of the site."""

import json
from datetime import datetime
from typing import Any, Final, Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page

from dateline.articles.addresses import page_path
from dateline.articles.models import Section
from dateline.lib.records import hash_of

_OF_THE_CHAIN: Final = frozenset({"number", "previous", "key", "signature"})


class BakedFile(models.Model):
    """A file in the site's folder: address, recipe, whose it is, and what the server answers with it."""

    path = models.CharField(_("address"), max_length=700, unique=True)
    kind = models.CharField(_("kind"), max_length=20)
    # With the kind it says which recipe makes the file again, and from what.
    key = models.CharField(_("key"), max_length=100, blank=True)
    language = models.CharField(_("language"), max_length=20, blank=True)
    piece = models.UUIDField(_("article"), null=True, blank=True, db_index=True)
    status = models.PositiveSmallIntegerField(_("status"), default=200)
    # Whether search engines are told of it; see rules. The sitemap lists these.
    is_indexed = models.BooleanField(_("in the sitemap"), default=False)
    changed_at = models.DateTimeField(_("last change of the content"), null=True, blank=True)
    file = models.CharField(_("file"), max_length=700)
    sha256 = models.CharField(_("hash"), max_length=64)
    # A print of what stands around every page of its language: another one now, and it is due.
    sheet = models.CharField(max_length=16, blank=True, editable=False)
    # The day from which it tells days otherwise; None where it speaks of none.
    stale_on = models.DateField(null=True, blank=True, editable=False, db_index=True)
    baked_at = models.DateTimeField(_("baked"))
    why = models.CharField(_("why it was made"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("baked file")
        verbose_name_plural = _("baked files")
        ordering = ("path",)
        indexes = [
            models.Index(fields=["kind", "key"], name="baked_by_recipe"),
            models.Index(fields=["language", "sheet"], name="baked_on_sheet"),
            models.Index(fields=["is_indexed", "status", "kind", "path"], name="baked_for_sitemaps"),
        ]

    def __str__(self) -> str:
        return self.path


class Shown(models.Model):
    """A baked file shows an article, as its own page, a card or a line. What changes the article is due there.

    is_present: among the newest of the moment, on a page about something else: only a withdrawal is due there.
    """

    baked = models.ForeignKey(BakedFile, on_delete=models.CASCADE, related_name="shown", db_index=False)
    piece = models.UUIDField(_("article"), db_index=True)
    is_present = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("article on a page")
        verbose_name_plural = _("articles on pages")
        constraints = [models.UniqueConstraint(fields=["baked", "piece"], name="shown_once")]

    def __str__(self) -> str:
        return f"{self.baked_id}: {self.piece}"


class Tag(models.Model):
    """A word for something on which files rest: `section:3`. Each stands here once, files carry its number."""

    name = models.CharField(_("tag"), max_length=120, unique=True)

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")

    def __str__(self) -> str:
        return self.name


class Carried(models.Model):
    """A baked file rests on what a tag names. Who changes that raises the tag, and the file is due."""

    baked = models.ForeignKey(BakedFile, on_delete=models.CASCADE, related_name="carried", db_index=False)
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="carried")

    class Meta:
        verbose_name = _("tag on a file")
        verbose_name_plural = _("tags on files")
        constraints = [models.UniqueConstraint(fields=["baked", "tag"], name="carried_once")]

    def __str__(self) -> str:
        return f"{self.baked_id}: {self.tag_id}"


class Raised(models.Model):
    """A tag was raised, and what carries it has not been made again since: one row for each change.

    at: files made after it know of it, so that after a crash none is made twice.
    """

    tag = models.CharField(_("tag"), max_length=120, db_index=True)
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("raised tag")
        verbose_name_plural = _("raised tags")

    def __str__(self) -> str:
        return self.tag


class Due(models.Model):
    """Files to be made again, by their recipe's kind and key: each stands here once, however often it became due.

    rank: which come first. turn: another for each wish, so that one that comes while it is being made is not lost.
    trouble: why it could not be made when it was last tried.
    """

    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=100, blank=True)
    rank = models.PositiveSmallIntegerField(default=0)
    turn = models.UUIDField()
    why = models.CharField(_("why"), max_length=200, blank=True)
    trouble = models.TextField(_("why it could not be made"), blank=True)

    class Meta:
        verbose_name = _("page to be made again")
        verbose_name_plural = _("pages to be made again")
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="due_once")]
        indexes = [models.Index(fields=["rank", "id"], name="due_in_order")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Clearance(models.Model):
    """The baker asked the gate about this article, and it was cleared.

    Only what has one is on any page: an article that was made live past the gate has none.
    """

    piece = models.UUIDField(_("article"), unique=True)
    cleared_at = models.DateTimeField(_("cleared"))

    class Meta:
        verbose_name = _("clearance")
        verbose_name_plural = _("clearances")

    def __str__(self) -> str:
        return str(self.piece)


class PieceDue(models.Model):
    """An article changed, and what shows it has not been made again since: one row for each change.

    Many are made together. is_alone: something around it could not be made, so it keeps no other waiting.
    """

    piece = models.UUIDField(_("article"), db_index=True)
    is_alone = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("article to be made again")
        verbose_name_plural = _("articles to be made again")

    def __str__(self) -> str:
        return str(self.piece)


class Record(models.Model):
    """A link of the site's chain: what was published, changed or taken back. Written once."""

    number = models.PositiveBigIntegerField(_("number"), primary_key=True)
    piece = models.UUIDField(_("article"), db_index=True)
    event = models.CharField(_("what happened"), max_length=20)
    # The line as it was signed: the truth; the other columns only find it.
    line = models.TextField(_("record"))
    sha256 = models.CharField(_("hash"), max_length=64)
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("record")
        verbose_name_plural = _("records")
        ordering = ("number",)

    def __str__(self) -> str:
        return f"{self.number}: {self.event}"

    @classmethod
    def of(cls, line: str, *, piece: UUID, now: datetime) -> Self:
        """Return the row of a sealed line."""
        said = json.loads(line)
        return cls(
            number=said["number"], piece=piece, event=said["event"], line=line, sha256=hash_of(line), at=now
        )

    def body(self) -> dict[str, Any]:
        """Return what it says, its place in the chain and its signature left out."""
        said: dict[str, Any] = json.loads(self.line)
        return {name: value for name, value in said.items() if name not in _OF_THE_CHAIN}

    def says(self, body: dict[str, Any]) -> bool:
        """Does it say just this? When it was sealed is no part of that."""
        return {**self.body(), "at": ""} == {**body, "at": ""}


class PlainPage(Page):
    """Who we are, a policy, a landing page: words that stand on their own, one row a language."""

    body = RichTextField(
        _("text"), blank=True, features=["h2", "h3", "bold", "italic", "link", "ol", "ul", "hr"]
    )

    content_panels = [*Page.content_panels, FieldPanel("body")]
    preview_modes: list[Any] = []

    class Meta:
        verbose_name = _("plain page")
        verbose_name_plural = _("plain pages")

    @property
    def path_here(self) -> str:
        """The address at which readers find it."""
        return page_path(language=str(self.locale.language_code), slug=self.slug)

    def get_url_parts(self, request: Any = None) -> tuple[int, str, str] | None:
        """Return the address of the baked page, not one in Wagtail's own tree."""
        parts = super().get_url_parts(request)
        return (parts[0] if parts else 0, settings.DATELINE_URL, self.path_here)


class PurgeWish(models.Model):
    """An address that the cache in front of us still has as it was. The row goes when the cache has said yes."""

    path = models.CharField(_("address"), max_length=700, unique=True)
    asked_at = models.DateTimeField(_("changed"))
    tries = models.PositiveIntegerField(_("tries"), default=0)
    trouble = models.CharField(_("why it was not purged"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("address to be purged")
        verbose_name_plural = _("addresses to be purged")
        ordering = ("asked_at", "path")

    def __str__(self) -> str:
        return self.path


class Copy(models.Model):
    """A baked file as it stands in the store elsewhere, or has to be brought there.

    name: below the site's folder, or `media/…`. parts: what stands there, the suffix of each form and its print. rank:
    which come first. turn: another for each wish, so that one that comes while it is being brought is not lost.
    """

    name = models.CharField(_("file"), max_length=700, unique=True)
    parts = models.JSONField(default=dict)
    is_due = models.BooleanField(default=True)
    rank = models.PositiveSmallIntegerField(default=0)
    turn = models.UUIDField()
    asked_at = models.DateTimeField(_("changed"))
    tries = models.PositiveIntegerField(_("tries"), default=0)
    trouble = models.CharField(_("why it was not brought"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("file in the store elsewhere")
        verbose_name_plural = _("files in the store elsewhere")
        indexes = [models.Index(fields=["is_due", "rank", "id"], name="copies_in_order")]

    def __str__(self) -> str:
        return self.name


class HubPing(models.Model):
    """A hub that has not heard yet that a feed changed. The row goes when it has; a burst of changes is one row."""

    hub = models.URLField(_("hub"), max_length=300)
    path = models.CharField(_("feed"), max_length=700)
    asked_at = models.DateTimeField(_("changed"))
    tries = models.PositiveIntegerField(_("tries"), default=0)
    # When it is tried next; None where it was given up, until the feed changes again.
    next_at = models.DateTimeField(_("next try"), null=True, blank=True)
    trouble = models.CharField(_("why it was not told"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("hub to be told")
        verbose_name_plural = _("hubs to be told")
        ordering = ("asked_at", "hub", "path")
        constraints = [models.UniqueConstraint(fields=["hub", "path"], name="hub_told_once")]

    def __str__(self) -> str:
        return f"{self.hub}: {self.path}"


class FediverseAccount(models.Model):
    """One of our accounts that can be followed from elsewhere: the site in a language, or a section.

    The handle stays as it was made, whatever the section is called later: followers know it by that.
    """

    handle = models.CharField(_("handle"), max_length=80, unique=True)
    language = models.CharField(_("language"), max_length=20)
    section = models.OneToOneField(
        Section, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("section")
    )
    made_at = models.DateTimeField(_("made"))

    class Meta:
        verbose_name = _("account in the fediverse")
        verbose_name_plural = _("accounts in the fediverse")
        ordering = ("handle",)

    def __str__(self) -> str:
        return self.handle


class Correspondent(models.Model):
    """An account elsewhere that has written to us: where letters to it go, and by which key we know it."""

    uri = models.CharField(_("address"), max_length=700, unique=True)
    host = models.CharField(_("host"), max_length=255, db_index=True)
    inbox = models.CharField(_("inbox"), max_length=700)
    shared_inbox = models.CharField(_("shared inbox"), max_length=700, blank=True)
    key_id = models.CharField(_("key"), max_length=700)
    key_pem = models.TextField(_("public key"))
    seen_at = models.DateTimeField(_("last looked up"))

    class Meta:
        verbose_name = _("account elsewhere")
        verbose_name_plural = _("accounts elsewhere")

    def __str__(self) -> str:
        return self.uri


class Follower(models.Model):
    """An account elsewhere follows one of ours."""

    account = models.ForeignKey(FediverseAccount, on_delete=models.CASCADE, related_name="followers")
    correspondent = models.ForeignKey(Correspondent, on_delete=models.CASCADE, related_name="follows")
    since = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("follower")
        verbose_name_plural = _("followers")
        constraints = [models.UniqueConstraint(fields=["account", "correspondent"], name="follows_once")]

    def __str__(self) -> str:
        return f"{self.correspondent_id}: {self.account_id}"


class Outgoing(models.Model):
    """Something that we tell followers, once: its name is unique, whatever happens to the process that tells it."""

    uri = models.CharField(_("name"), max_length=800, unique=True)
    account = models.ForeignKey(FediverseAccount, on_delete=models.CASCADE, related_name="outgoing")
    kind = models.CharField(_("kind"), max_length=20)
    piece = models.UUIDField(_("article"), null=True, blank=True, db_index=True)
    body = models.TextField(_("letter"))
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("letter to followers")
        verbose_name_plural = _("letters to followers")

    def __str__(self) -> str:
        return self.uri


class Delivery(models.Model):
    """A letter on its way to one inbox.

    waiting ──▶ sending ──▶ sent
       ▲           ├──▶ refused, dropped (the inbox does not want it, or is gone)
       └─ silent ──┴──▶ unknown (who sent it died: what must not be told twice is not sent again)
    """

    class State(models.TextChoices):
        """Where it is."""

        WAITING = "waiting", _("waiting")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        REFUSED = "refused", _("refused")
        DROPPED = "dropped", _("dropped")
        UNKNOWN = "unknown", _("nobody knows")

    letter = models.ForeignKey(Outgoing, on_delete=models.CASCADE, related_name="deliveries")
    inbox = models.CharField(_("inbox"), max_length=700)
    host = models.CharField(_("host"), max_length=255)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.WAITING)
    tries = models.PositiveIntegerField(_("tries"), default=0)
    touched_at = models.DateTimeField(_("last change"))
    trouble = models.CharField(_("what went wrong"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = [models.UniqueConstraint(fields=["letter", "inbox"], name="delivered_once")]
        indexes = [models.Index(fields=["state", "host", "id"], name="deliveries_by_host")]

    def __str__(self) -> str:
        return f"{self.inbox}: {self.state}"


class InboxHost(models.Model):
    """How a server elsewhere has answered of late. silent_since: since when it has taken nothing."""

    host = models.CharField(_("host"), max_length=255, unique=True)
    failures = models.PositiveIntegerField(_("failures in a row"), default=0)
    retry_at = models.DateTimeField(_("next try"), null=True, blank=True)
    silent_since = models.DateTimeField(_("silent since"), null=True, blank=True)

    class Meta:
        verbose_name = _("server elsewhere")
        verbose_name_plural = _("servers elsewhere")

    def __str__(self) -> str:
        return self.host


class IncomingLetter(models.Model):
    """A letter from somebody whose key has to be looked up before it is believed. The row goes when that is done."""

    path = models.CharField(max_length=300)
    headers = models.JSONField()
    body = models.BinaryField()
    received_at = models.DateTimeField(_("received"))

    class Meta:
        verbose_name = _("letter to be checked")
        verbose_name_plural = _("letters to be checked")
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.path} {self.received_at}"
