"""A newsroom of real articles, for corpus_site.py: reprints, pieces of our own, translations; fifteen languages.

Saved pages of the shared corpus are read as the intake reads them, kept with their snapshots, picked by the
desk's own verb and put out through the gate. Parallel news (sentence by sentence in twenty languages) are translations
of their English. Nothing of the corpus is copied into the project, and nothing here goes by a site or a document.
"""

import gzip
import io
import itertools
import json
import random
import zlib
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from PIL import Image

SETS = ("article-extraction-dataset", "article-extraction-benchmark", "trafilatura-eval")
PARALLEL = ("az", "hy", "ka", "fa", "ar", "ru", "tr", "he")
LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "ja", "ko", *PARALLEL[:-1])
# What photographs are not like: very tall, very wide, tiny.
SIZES = ((1600, 1000), (700, 2400), (3600, 500), (320, 240), (1200, 1200))
A_DAY = 25
EXCERPT_WORDS = 120


def pages(corpus: Path) -> Iterator[tuple[str, bytes]]:
    """Yield address and bytes of every saved page, of each set in turn."""
    yield from (
        one for row in itertools.zip_longest(*(_set(corpus, name) for name in SETS)) for one in row if one
    )


def _set(corpus: Path, name: str) -> Iterator[tuple[str, bytes]]:
    folder = corpus / "intake" / name
    truth = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    for key in sorted(truth, key=lambda key: zlib.crc32(key.encode())):
        told = truth[key]
        address = told.get("url") or key
        for file in (f"{key}.html.gz", f"{told.get('file')}.gz"):
            path = folder / "html" / file
            if len(file) < 200 and path.is_file() and address.startswith("http"):
                yield address, gzip.decompress(path.read_bytes())


def documents(corpus: Path) -> Iterator[tuple[str, dict[str, list[str]]]]:
    """Yield name and sentences by language of every document of parallel news."""
    for path in sorted((corpus / "intake" / "ntrex-news").glob("*.json")):
        yield path.stem, json.loads(path.read_text(encoding="utf-8"))["segments"]


class CorpusPaper:
    """The newsroom. `make` fills it; `made` counts pieces by kind and language, `left_out` why some are not in it."""

    def __init__(self, corpus: Path, *, now: datetime) -> None:
        import cast

        self.corpus, self.now, self.draw = corpus, now, random.Random(5)
        cast.an_identity(languages=LANGUAGES, time_zone="Europe/Lisbon", accounts=True)
        self.by = cast.vera()
        self.sections = {
            code: [
                cast.a_section(f"{name} {code}", language=code) for name in ("World", "Economy", "Culture")
            ]
            for code in LANGUAGES
        }
        self.topics = {code: [cast.a_topic(f"Topic {code}", language=code)] for code in LANGUAGES}
        self.people = [cast.a_contributor(name) for name in ("Vera Lindholm", "Արամ Սարգսյան", "سارا نوری")]
        self.pictures = [self._picture(width, height) for width, height in SIZES]
        self.outlets: dict[str, Any] = {}
        self.made: dict[str, int] = defaultdict(int)
        self.left_out: dict[str, int] = defaultdict(int)

    def make(self, count: int) -> None:
        """Put out so many pieces: three in ten are translations, two of our own, a few excerpts, the rest reprints."""
        translations = self._translations(count * 3 // 10)
        foreign = self._foreign()
        while sum(self.made.values()) < count:
            one = next(translations, None) if sum(self.made.values()) % 10 in (2, 5, 8) else None
            one = one or next(foreign, None)
            if one is None:
                break
            self._put_out(one)

    def _picture(self, width: int, height: int) -> Any:
        import cast

        data = io.BytesIO()
        Image.linear_gradient("L").resize((width, height)).convert("RGB").save(data, "JPEG", quality=60)
        return cast.a_picture(f"Picture {width} by {height}", data=data.getvalue())

    def _outlet(self, address: str, language: str) -> Any:
        import cast

        host = urlsplit(address).netloc.removeprefix("www.")
        if host not in self.outlets:
            self.outlets[host] = cast.an_outlet(host[:60], home_url=f"https://{host}/", language=language)
            cast.an_agreement(
                self.outlets[host],
                may_show_original=len(self.outlets) % 3 == 0,
                max_words=EXCERPT_WORDS if len(self.outlets) % 7 == 0 else None,
            )
        return self.outlets[host]

    def _originals(self) -> Iterator[Any]:
        """Yield what the intake reads of the saved pages, kept with its snapshot."""
        from dataclasses import asdict

        from dateline.intake.actions.keeping import Brought, keep
        from dateline.intake.extract import NoArticle, extract
        from dateline.intake.reading import Beforehand, reading_of
        from dateline.intake.snapshots_evidence import brought
        from dateline.lib.floods import HostileMarkup
        from dateline.lib.urls import NotAWebAddress

        for address, page in pages(self.corpus):
            try:
                told = asdict(extract(page, url=address))
                reading = reading_of(told, url=address, final_url=address, before=Beforehand())
            except (NoArticle, HostileMarkup, NotAWebAddress) as error:
                self.left_out[type(error).__name__] += 1
                continue
            if reading.language.partition("-")[0] not in LANGUAGES:
                self.left_out[f"language {reading.language}"] += 1
                continue
            evidence = brought(page, name=address, came_at=self.now, content_type="text/html")
            yield keep(
                Brought(evidence=evidence, reading=reading),
                outlet=self._outlet(address, reading.language),
                now=self.now,
                store=None,
            )

    def _foreign(self) -> Iterator[Any]:
        """Yield drafts in the originals' own words: reprints, excerpts, and every fifth as if it were ours."""
        import cast

        from dateline.desk.actions.picking import AlreadyPicked, pick_as_excerpt, pick_as_reprint

        for number, original in enumerate(self._originals()):
            agreement = original.outlet.agreements.first()
            pick = pick_as_excerpt if agreement.max_words else pick_as_reprint
            try:
                article = pick(original=original, agreement=agreement, by=self.by, now=self.now)
            except (AlreadyPicked, ValueError) as error:
                self.left_out[f"{type(error).__name__} at picking"] += 1
                continue
            if number % 5 == 0:
                yield cast.an_exclusive(
                    language=article.locale.language_code,
                    headline=article.headline,
                    standfirst=article.standfirst,
                    body=json.dumps(article.body.get_prep_value()),
                    section=self.sections[article.locale.language_code][0],
                    authors=[self.draw.choice(self.people)],
                )
                continue
            yield article

    def _translations(self, most: int) -> Iterator[Any]:
        import cast

        told = (
            (name, segments, code)
            for name, segments in documents(self.corpus)
            for code in PARALLEL
            if code in LANGUAGES and code in segments
        )
        originals: dict[str, Any] = {}
        for name, segments, code in itertools.islice(told, most):
            headline, standfirst, *rest = segments["en"]
            if name not in originals:
                outlet = self._outlet(f"https://{name.split('.')[0]}.example/", "en")
                originals[name] = cast.an_original(
                    outlet, headline=headline, standfirst=standfirst, language="en",
                    url=f"{outlet.home_url}{name}",
                    body_html="".join(f"<p>{escape(one)}</p>" for one in rest), body_text="\n\n".join(rest),
                )  # fmt: skip
            headline, standfirst, *rest = segments[code]
            yield cast.a_translation(
                originals[name],
                language=code,
                headline=headline[:300],
                standfirst=standfirst,
                body=cast.a_body(*map(escape, rest)),
                section=self.sections[code][0],
                translators=[self.draw.choice(self.people)],
            )

    def _put_out(self, article: Any) -> None:
        """Dress the draft as a desk would, and publish it; what the gate refuses is counted."""
        import cast

        from dateline.articles.gate import NotCleared
        from dateline.articles.models import Article

        code, number = article.locale.language_code, sum(self.made.values())
        article.section = self.draw.choice(self.sections[code])
        article.topics = self.topics[code] if number % 3 == 0 else []
        if number % 3 == 0:
            article.hero = self.draw.choice(self.pictures)
            article.hero_alt = article.headline[:100]
        article.save()
        article.save_revision(user=self.by)
        try:
            cast.published(article, by=None, now=self.now)
        except NotCleared as error:
            self.left_out[f"NotCleared: {str(error)[:90]}"] += 1
            return
        at = self.now - timedelta(days=number // A_DAY, minutes=number % A_DAY * 9 + 5)
        rows = Article.objects.filter(pk=article.pk)
        rows.update(first_published_at=at, last_published_at=at, address_date=at.date())
        self.made[f"{article.kind} {code}"] += 1
