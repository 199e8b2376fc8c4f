"""A day's paper made by hand: every kind of page as its view model, in three languages.

What is foreign to a page stands in its own language, as it would in print.
"""

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from dateline.articles.blocks import BodyBlock
from dateline.publishing.pages import (
    ArticlePage,
    Block,
    Card,
    Frame,
    GonePage,
    Head,
    HomePage,
    Link,
    ListPage,
    Name,
    Pager,
    PictureView,
    PlainPage,
    Provenance,
    Source,
    Statement,
)
from dateline.publishing.pages_beside import Elsewhere, Pair, Side, SideBySidePage
from dateline.publishing.pages_lists import ArchivePage, DayPage, Month, OutletPage

ZONE = ZoneInfo("Europe/Lisbon")
TODAY = date(2026, 11, 23)
THIS_MORNING = datetime(2026, 11, 23, 7, 10, tzinfo=ZONE)
LAST_WEEK = datetime(2026, 11, 16, 18, 5, tzinfo=ZONE)
LAST_YEAR = datetime(2025, 3, 21, 9, 0, tzinfo=ZONE)
LANGUAGES = ("en", "fr", "fa")
DIRECTION = {"en": "ltr", "fr": "ltr", "fa": "rtl"}

SITE = {"en": "The Velmora Digest", "fr": "La Revue de Velmora", "fa": "گزیدهٔ ولمورا"}
TAGLINE = {
    "en": "What the world’s press says about one coast, and what we found out ourselves",
    "fr": "Ce que la presse écrit d’une côte, et ce que nous y avons vu nous-mêmes",
    "fa": "آنچه مطبوعات از یک کرانه می‌نویسند و آنچه خود دیده‌ایم",
}
BLURB = {
    "en": "A small press digest about Velmora: our own reporting, translations, and reprints. Each piece says where it came from.",
    "fr": "Une petite revue de presse consacrée à Velmora : enquêtes, traductions et reprises. Chaque texte dit d’où il vient.",
    "fa": "گزیده‌ای کوچک از مطبوعات دربارهٔ ولمورا: گزارش، ترجمه و بازنشر. هر مطلب می‌گوید از کجا آمده است.",
}
KINDS = {
    "en": {"exclusive": "Exclusive", "translation": "Translation", "reprint": "Reprint"},
    "fr": {"exclusive": "Exclusif", "translation": "Traduction", "reprint": "Reprise"},
    "fa": {"exclusive": "اختصاصی", "translation": "ترجمه", "reprint": "بازنشر"},
}
FROM = {"en": "French", "fr": "persan", "fa": "فرانسوی"}
SECTIONS = {
    "en": ("News", "Opinion", "Culture", "Interview", "Diaspora"),
    "fr": ("Actualité", "Opinion", "Culture", "Entretien", "Diaspora"),
    "fa": ("خبر", "دیدگاه", "فرهنگ", "گفت‌وگو", "مهاجران"),
}
WITHIN_NEWS = {
    "en": ("Economy", "Energy", "Climate and ecology", "Transport"),
    "fr": ("Économie", "Énergie", "Climat et écologie", "Transports"),
    "fa": ("اقتصاد", "انرژی", "اقلیم و محیط زیست", "حمل‌ونقل"),
}
HEADLINES = {
    "en": (
        "The night ferry comes home",
        "The captain who kept the keys",
        "What a crossing costs, berth by berth",
        "A ferry is a promise with a timetable",
        "Snow arrives late, and all at once",
        "Counting cranes by ear",
    ),
    "fr": (
        "Le bac de nuit rentre au port",
        "Le capitaine qui avait gardé les clés",
        "Ce que coûte une traversée, couchette par couchette",
        "Un bac est une promesse avec des horaires",
        "La neige arrive tard, et d’un seul coup",
        "Compter les grues à l’oreille",
    ),
    "fa": (
        "کشتی شب به خانه بازگشت",
        "ناخدایی که کلیدها را نگه داشت",
        "هزینهٔ یک سفر، تخت به تخت",
        "کشتی یعنی وعده‌ای با برنامهٔ حرکت",
        "برف دیر رسید و یکباره",
        "شمردن درناها با گوش",
    ),
}
STANDFIRST = {
    "en": "Eleven winters after the last crossing, the boat between Ansel and Port Halden is carrying bread, mail and commuters again. Two towns that had learned to live without each other are learning to queue.",
    "fr": "Onze hivers après la dernière traversée, le bateau entre Ansel et Port-Halden transporte de nouveau du pain, du courrier et des voyageurs.",
    "fa": "یازده زمستان پس از آخرین سفر، کشتی میان آنسل و بندر هالدن دوباره نان و نامه و مسافر می‌برد. دو شهری که آموخته بودند بی یکدیگر زندگی کنند، اکنون صف بستن را می‌آموزند.",
}
BODY = {
    "en": [
        "At ten minutes to midnight the loudspeaker on Quay Four clears its throat, as it has not done for eleven winters, and a woman’s voice reads the names of two towns in the order in which the boat will touch them.",
        "The <i>Halcyon</i> is not a beautiful ship. She is broad, white and slightly too tall, and she spent the years of her absence moving lorries across a lake in <a href='https://lake.example/'>another country</a>.",
        "A bay that became a wall",
        "You do not notice a wall made of water. You only notice that certain people have stopped coming.",
        "The original says <i lang='fr'>la règle de minuit</i>, a set phrase on this coast.",
    ],
    "fr": [
        "À minuit moins dix, le haut-parleur du quai quatre s’éclaircit la voix, ce qu’il n’avait pas fait depuis onze hivers, et une femme lit les noms de deux villes dans l’ordre où le bateau les touchera.",
        "L’<i>Halcyon</i> n’est pas un beau navire. Large, blanc et un peu trop haut, il a passé ses années d’absence à porter des camions sur un lac d’<a href='https://lake.example/'>un autre pays</a>.",
        "Une baie devenue un mur",
        "On ne remarque pas un mur fait d’eau. On remarque seulement que certains ne viennent plus.",
        "L’original dit <i lang='fa' dir='rtl'>قانون نیمه‌شب</i>, une formule figée sur cette côte.",
    ],
    "fa": [
        "ده دقیقه به نیمه‌شب، بلندگوی اسکلهٔ چهار پس از یازده زمستان سکوت، صدایش را صاف می‌کند و زنی نام دو شهر را به ترتیبی می‌خواند که کشتی به آن‌ها می‌رسد.",
        "«هالسیون» کشتی زیبایی نیست. پهن و سفید و کمی بیش از اندازه بلند است و سال‌های غیبتش را به جابه‌جایی کامیون‌ها در دریاچه‌ای در <a href='https://lake.example/'>کشوری دیگر</a> گذرانده است.",
        "خلیجی که دیوار شد",
        "آدم دیواری را که از آب ساخته شده نمی‌بیند؛ فقط می‌بیند که بعضی‌ها دیگر نمی‌آیند.",
        "در اصل آمده است <i lang='fr' dir='ltr'>la règle de minuit</i>، عبارتی ثابت در این کرانه.",
    ],
}
TABLE = "<table><caption>2026</caption><thead><tr><th scope='col'>Quay</th><th scope='col'>00:00</th></tr></thead><tbody><tr><td>Ansel</td><td>304</td></tr></tbody></table>"


def picture(name="harbour", *, alt="A white car ferry crossing a calm bay at sunset"):
    """Return a picture in two formats and two sizes, as a baked page has it."""
    sources = tuple(
        Source(src=f"/media/{name}-{width}.{ending}", width=width, mime=f"image/{mime}")
        for ending, mime in (("webp", "webp"), ("jpg", "jpeg"))
        for width in (480, 800)
    )
    return PictureView(
        src=f"/media/{name}-800.jpg",
        width=800,
        height=450,
        alt=alt,
        caption="The Halcyon leaves Quay Four.",
        credit="Drawing: The Velmora Digest",
        absolute=f"https://digest.example/media/{name}-800.jpg",
        sources=sources,
    )


def frame(language, *, current=""):
    """Return what stands around the pages of one language."""
    news, *others = SECTIONS[language]
    within = tuple(
        Link(name, f"/{language}/section/{number}/") for number, name in enumerate(WITHIN_NEWS[language])
    )
    sections = (
        Link(news, f"/{language}/section/news/", children=within, is_current=current == "news"),
        *(Link(name, f"/{language}/section/s{number}/") for number, name in enumerate(others)),
    )
    return Frame(
        site_name=SITE[language],
        tagline=TAGLINE[language],
        blurb=BLURB[language],
        email="editor@digest.example",
        founded_year=2021,
        year=2026,
        today=TODAY,
        language=language,
        direction=DIRECTION[language],
        home=f"/{language}/",
        languages=(
            Link("English", "/en/", language="en", direction="ltr", is_current=language == "en"),
            Link("Français", "/fr/", language="fr", direction="ltr", is_current=language == "fr"),
            Link("فارسی", "/fa/", language="fa", direction="rtl", is_current=language == "fa"),
        ),
        main_menu=sections,
        side_menu=(*sections[::-1], Link("Contact", f"/{language}/contact/")),
        sections=sections,
        pages=(Link("Who we are", f"/{language}/who-we-are/"),),
        social=(Link("Mastodon", "https://social.example/@digest"),),
        useful=(
            Link("Statistics Office", "https://statistics.example/"),
            Link(
                "Coastal Ferries",
                "https://ferries.example/",
                logo=PictureView("/media/ferries.png", 64, 32, "A white boat"),
            ),
        ),
        feed=f"/{language}/feed.xml",
        issue=Link(f"No. {1284}", f"/{language}/edition/"),
        notice="notice",
        policies=(
            Link("Privacy policy", f"/{language}/privacy/"),
            Link("Terms of use", f"/{language}/terms/"),
        ),
        licence=Link("CC-BY-4.0", f"/{language}/republish/"),
        search="/-/search/",
        saved="/-/saved/",
        account="/-/account/",
    )


def head(language, title, **more):
    """Return what machines read of a page."""
    return Head(
        title=f"{title} · {SITE[language]}",
        description=STANDFIRST[language],
        canonical=f"https://digest.example/{language}/page/",
        alternates=(
            *((code, f"https://digest.example/{code}/page/") for code in LANGUAGES),
            ("x-default", "https://digest.example/en/page/"),
        ),
        structured='{"@context": "https://schema.org", "@type": "NewsArticle"}',
        feed=f"/{language}/feed.xml",
        feed_title=SITE[language],
        picture=picture(),
        **more,
    )


def card(language, number, *, with_picture=False):
    """Return the number-th article of the day in a list; kinds and days take turns."""
    kind = ("translation", "exclusive", "reprint")[number % 3]
    return Card(
        href=f"/{language}/2026/11/23/piece-{number}/",
        headline=HEADLINES[language][number % 6],
        kind=kind,
        kind_name=KINDS[language][kind],
        published_at=(THIS_MORNING, LAST_WEEK, LAST_YEAR)[number % 3],
        section=Link(SECTIONS[language][0], f"/{language}/section/news/"),
        standfirst=STANDFIRST[language].split(".")[0] + ".",
        outlet="" if kind == "exclusive" else "Le Courrier d’Ansel",
        outlet_language="" if kind == "exclusive" else "fr",
        from_language=FROM[language] if kind == "translation" else "",
        names=(
            Name("Odile Marchetti", "author"),
            Name("Tomas Verel", "translator", f"/{language}/by/tomas/"),
        ),
        reading_minutes=1 + number,
        picture=picture(("harbour", "hills", "marsh")[number % 3]) if with_picture else None,
    )


def provenance(language):
    """Return where the day's translation comes from: a French paper for two, a Persian one for the French page."""
    persian = language == "fr"
    return Provenance(
        outlet="روزنامهٔ ساحل" if persian else "Le Courrier d’Ansel",
        outlet_language="fa" if persian else "fr",
        outlet_direction="rtl" if persian else "ltr",
        outlet_home="https://courrier.example/",
        headline="کشتی شب به خانه بازگشت" if persian else "Le bac de nuit rentre au port",
        language="fa" if persian else "fr",
        language_name=FROM[language],
        direction="rtl" if persian else "ltr",
        authors=("Odile Marchetti",),
        is_unsigned=False,
        href="https://courrier.example/bac-de-nuit",
        published_at=LAST_WEEK,
        translators=(Name("Tomas Verel", "translator", f"/{language}/by/tomas/"),),
        checkers=(Name("Ines Kaldor", "editor"),),
        machine_help="First draft by machine; every sentence revised by a person",
        permission="Granted by the publisher, 22 November 2026",
        credit_line="First published by Le Courrier d’Ansel",
        snapshot_at=THIS_MORNING,
    )


def body(language):
    """Return a body with each kind of block that needs no picture from the store."""
    first, second, heading, quote, note = BODY[language]
    return BodyBlock().to_python(
        [
            {"type": "paragraph", "value": f"<p>{first}</p>"},
            {"type": "paragraph", "value": f"<p>{second}</p>"},
            {"type": "heading", "value": heading},
            {"type": "paragraph", "value": f"<p>{first}</p>"},
            {
                "type": "quote",
                "value": {"text": f"<p>{quote}</p>", "attribution": "Ruta Dahlen"},
            },
            {"type": "paragraph", "value": f"<p>{second}</p>"},
            {"type": "list", "value": f"<ul><li>{heading}</li><li>{quote}</li></ul>"},
            {"type": "note", "value": f"<p>{note}</p>"},
            {"type": "table", "value": TABLE},
            {"type": "pull", "value": quote.split(".")[0]},
            {
                "type": "chart",
                "value": {
                    "title": heading,
                    "kind": "bars",
                    "table": "Ansel; 304\nHalden; 180\n2027; 190*",
                    "unit": "%",
                },
            },
            {
                "type": "chart",
                "value": {
                    "title": heading,
                    "kind": "line",
                    "table": "2024; 120\n2025; 180\n2026; 304\n2027; 340*",
                },
            },
            {
                "type": "embed",
                "value": {"address": "https://vimeo.com/123456", "title": heading, "from_whom": "Vimeo"},
            },
            {"type": "paragraph", "value": f"<p>{first}</p>"},
        ]
    )


def article(language):
    """Return a translation that is also a statement, so that every component has something to show."""
    versions = tuple(
        Link(name, f"/{code}/piece/", language=code, direction=DIRECTION[code])
        for code, name in (("en", "English"), ("fr", "Français"), ("fa", "فارسی"))
        if code != language
    )
    return ArticlePage(
        frame=frame(language, current="news"),
        head=head(language, HEADLINES[language][0], kind="article", published_at=THIS_MORNING),
        uid="8213",
        kind="translation",
        kind_name=KINDS[language]["translation"],
        genre="report",
        genre_name="",
        kicker="",
        headline=HEADLINES[language][0],
        standfirst=STANDFIRST[language],
        filed_from="Ansel",
        names=(
            Name("Odile Marchetti", "author"),
            Name("Tomas Verel", "translator", f"/{language}/by/tomas/"),
        ),
        published_at=THIS_MORNING,
        updated_at=None,
        reading_minutes=6,
        crumbs=(
            Link(SITE[language], f"/{language}/"),
            Link(SECTIONS[language][0], f"/{language}/section/news/"),
        ),
        section=Link(SECTIONS[language][0], f"/{language}/section/news/"),
        topics=(Link("Night ferry", f"/{language}/topic/night-ferry/"),),
        hero=picture(),
        body=body(language),
        provenance=provenance(language),
        issued_by="",
        issued_on=None,
        answers=(),
        answered_by=(),
        versions=versions,
        new_articles=tuple(card(language, number, with_picture=number != 3) for number in range(1, 11)),
        reads_on=tuple(card(language, number) for number in range(20, 25)),
        related=tuple(card(language, number, with_picture=True) for number in range(11, 19)),
        elsewhere=elsewhere(language),
        side_by_side=f"/{language}/piece/side-by-side/",
        own=f"https://digest.example/{language}/piece/",
    )


def elsewhere(language):
    """Return how two other papers tell the story: one that we have printed, one in its own language."""
    return (
        Elsewhere("Sahil Xəbərləri", "az", HEADLINES[language][1], language, DIRECTION[language], f"/{language}/p/", is_ours=True),
        Elsewhere(
            "Береговой вестник", "ru", "Паром вернулся, билеты дороже", "ru", "ltr",
            "https://vestnik.example/parom", is_ours=False, language_name={"en": "Russian", "fr": "russe", "fa": "روسی"}[language],
        ),
    )  # fmt: skip


def side_by_side(language):
    """Return the day's translation beside its original."""
    page = article(language)
    source = page.provenance
    theirs = "fa" if source.language == "fa" else "fr"
    pairs = [
        Pair(theirs=(Side(tag, BODY[theirs][at]),), ours=(Side(tag, BODY[language][at]),))
        for at, tag in ((0, "p"), (2, "h2"), (1, "p"), (3, "blockquote"))
    ]
    return SideBySidePage(
        frame=page.frame,
        head=page.head,
        crumbs=page.crumbs,
        href=f"/{language}/piece/",
        headline=source.headline,
        headline_here=page.headline,
        language=source.language,
        direction=source.direction,
        language_name=source.language_name,
        language_name_here=FROM[language],
        pairs=(*pairs, Pair(theirs=(Side("p", BODY[theirs][1]),), ours=())),
        provenance=source,
    )


def statement(language):
    """Return a statement by societies abroad that disputes an office's, which has replied."""
    page = article(language)
    return replace(
        page,
        issued_by="Eleven societies abroad",
        issued_on=TODAY,
        kicker="Ferry",
        updated_at=THIS_MORNING,
        provenance=replace(provenance(language), authors=(), is_unsigned=True),
        answers=(
            Statement(
                relation="disputes",
                headline="Le bac partira à l’heure",
                href="https://office.example/statement",
                issuer="Coastal Office",
                day=date(2026, 11, 20),
                claim="« Les sociétés ont été consultées. »",
                language="fr",
                direction="ltr",
                is_ours=False,
            ),
        ),
        answered_by=(
            Statement(
                relation="replies to",
                headline=HEADLINES[language][3],
                href=f"/{language}/reply/",
                issuer="Coastal Office",
                day=TODAY,
            ),
        ),
    )


def home(language):
    """Return a full front page."""
    cards = [card(language, number, with_picture=True) for number in range(12)]
    news = Link(SECTIONS[language][0], f"/{language}/section/news/")
    return HomePage(
        frame=frame(language),
        head=head(language, SITE[language]),
        lead=cards[0],
        also=tuple(cards[1:3]),
        brief=tuple(cards[3:8]),
        opinion=tuple(cards[2:6]),
        hub=Link("Ferry Summit 2026", f"/{language}/topic/ferry-summit-2026/"),
        hub_cards=tuple(cards[6:9]),
        blocks=(Block(news, tuple(cards[:4])), Block(Link("Culture", "/c/"), tuple(cards[4:8]))),
        new_articles=tuple(cards[:6]),
    )


def empty_home(language):
    """Return the front page of a site that has published nothing."""
    return HomePage(frame(language), head(language, SITE[language]), None, (), (), (), None, (), (), ())


def listing(language):
    """Return a section's front, the second page of three."""
    return ListPage(
        frame=frame(language, current="news"),
        head=head(language, SECTIONS[language][0]),
        name=SECTIONS[language][0],
        blurb=BLURB[language],
        crumbs=(Link(SITE[language], f"/{language}/"),),
        cards=tuple(card(language, number, with_picture=number != 2) for number in range(6)),
        pager=Pager(2, 3, newer=f"/{language}/section/news/", older=f"/{language}/section/news/3/"),
        children=tuple(Link(name, "/x/") for name in WITHIN_NEWS[language]),
    )


def topic(language):
    """Return the hub of an event that is over."""
    return replace(
        listing(language),
        children=(),
        starts_on=date(2026, 11, 2),
        ends_on=date(2026, 11, 20),
        is_over=True,
        picture=picture(),
    )


def contributor(language):
    """Return the page of the house account."""
    return replace(listing(language), name="Tomas Verel", children=(), is_house=True, picture=picture())


def plain(language):
    """Return a page of the house."""
    return PlainPage(
        frame=frame(language),
        head=head(language, "Who we are"),
        name="Who we are",
        html=f"<h2>{BODY[language][2]}</h2><p>{BODY[language][1]}</p>",
        crumbs=(Link(SITE[language], f"/{language}/"),),
    )


def gone(language, status=404):
    """Return what stands where nothing is to be read."""
    return GonePage(
        frame=frame(language),
        head=Head(title=f"{status}", description="", canonical="", robots="noindex"),
        status=status,
        title="" if status == 404 else HEADLINES[language][0],
        withdrawn_on=None if status == 404 else TODAY,
        new_articles=tuple(card(language, number) for number in range(4)),
    )


# Template of each page, and who makes the page.
def outlet(language):
    """Return the page of a partner."""
    page = listing(language)
    return OutletPage(
        frame=page.frame, head=page.head, name="Le Courrier d’Ansel", crumbs=page.crumbs, cards=page.cards,
        pager=page.pager, language="fr", own_name="", kind_name="newspaper", country="Portugal",
        languages=("français", "English"), owner="Coopérative du Port", home="https://courrier.example/",
        ground="By agreement with the publisher", count=31,
    )  # fmt: skip


def a_day(language):
    """Return what came out on a day."""
    page = listing(language)
    return DayPage(
        page.frame, page.head, page.crumbs, TODAY, page.cards,
        newer=None, older=Link("22 November 2026", f"/{language}/2026/11/22/"),
    )  # fmt: skip


def archive(language):
    """Return the days of two months."""
    page = listing(language)
    days = tuple(Link(f"{day}", f"/{language}/2026/11/{day}/") for day in (23, 22, 20))
    return ArchivePage(
        page.frame, page.head, page.crumbs, "Archive", (Month("November", days), Month("October", days[:1]))
    )


def offline(language):
    """Return what is shown without a network."""
    return PlainPage(frame(language), head(language, "Without a network"), "Without a network", "")


PAGES = {
    "article": ("pages/article.html", article),
    "statement": ("pages/article.html", statement),
    "side-by-side": ("pages/side_by_side.html", side_by_side),
    "home": ("pages/home.html", home),
    "empty-home": ("pages/home.html", empty_home),
    "section": ("pages/section.html", listing),
    "topic": ("pages/topic.html", topic),
    "outlet": ("pages/outlet.html", outlet),
    "day": ("pages/day.html", a_day),
    "archive": ("pages/archive.html", archive),
    "offline": ("pages/offline.html", offline),
    "contributor": ("pages/contributor.html", contributor),
    "plain": ("pages/plain.html", plain),
    "404": ("pages/gone.html", gone),
    "410": ("pages/gone.html", lambda language: gone(language, 410)),
    "451": ("pages/gone.html", lambda language: gone(language, 451)),
}
