"""Screenshots of every page of the sample newsroom into docs/screens: `make shots`."""

import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

PROJECT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(PROJECT / "tests" / "journeys")]

from newcomer import dateline, running  # noqa: E402

SCREENS = PROJECT / "docs" / "screens"
PORT = int(os.environ.get("PORT") or 8765)
WIDE, PHONE = (1280, 900), (390, 844)
ARGUMENTS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
# name, address, size, colour scheme, how many pixels of height at most
READERS = [
    ("home", "/en/", WIDE, "light", 1500),
    ("home-dark", "/en/", WIDE, "dark", 1500),
    ("home-phone", "/en/", PHONE, "light", 1800),
    ("home-fa", "/fa/", WIDE, "light", 1500),
    ("article-translation", "{translation}", WIDE, "light", 2400),
    ("article-reprint", "{reprint}", WIDE, "light", 1800),
    ("article-statement", "{statement}", WIDE, "light", 2400),
    ("article-fa-phone", "{persian}", PHONE, "dark", 2400),
    ("article-opinion", "{opinion}", WIDE, "light", 1800),
    ("article-phone", "{translation}", PHONE, "light", 2600),
    ("side-by-side", "{translation}side-by-side/", WIDE, "light", 1600),
    ("outlet", "/en/outlet/{outlet}/", WIDE, "light", 1500),
    ("archive", "/en/archive/", WIDE, "light", 900),
    ("offline", "/en/offline/", PHONE, "light", 1200),
    ("section", "/en/section/transport/", WIDE, "light", 1500),
    ("topic", "/en/topic/ferry-summit-2026/", WIDE, "light", 1500),
    ("contributor", "{contributor}", WIDE, "light", 1500),
    ("plain", "/en/who-we-are/", WIDE, "light", 1500),
    ("nothing-here", "/en/nothing-here/", WIDE, "light", 1200),
    ("article-dark", "{translation}", WIDE, "dark", 2400),
    ("article-interview", "{interview}", WIDE, "light", 1800),
    ("article-photo-essay", "{photo_essay}", WIDE, "light", 2200),
    ("article-press-review", "{press_review}", WIDE, "light", 2000),
    ("article-lite", "/lite{translation}", PHONE, "light", 1600),
    ("article-fa", "{persian}", WIDE, "light", 2400),
    ("side-by-side-phone", "{translation}side-by-side/", PHONE, "light", 1600),
    ("edition", "{edition}", WIDE, "light", 1800),
    ("day", "{day}", WIDE, "light", 1000),
    ("corrections", "/en/corrections/", WIDE, "light", 1000),
    ("search", "/-/search/?q=ferry&in=en", WIDE, "light", 1500),
    ("search-nothing", "/-/search/?q=zzyzx&in=en", PHONE, "light", 1000),
    ("saved", "/-/saved/?in=en", WIDE, "light", 900),
    ("section-phone", "/en/section/culture/", PHONE, "dark", 1800),
    ("section-fa", "/fa/section/news/", WIDE, "light", 1500),
]
DESK = [
    ("desk-newslist", "/desk/"),
    ("desk-original", "/desk/originals/{original}/"),
    ("desk-translation", "/desk/translate/{job}/"),
    ("desk-outlets", "/desk/outlets/"),
    ("desk-article", "/desk/snippets/articles/article/"),
    ("desk-identity", "/desk/settings/site/identity/1/"),
]


def main() -> int:
    SCREENS.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        running(Path(folder) / "home", PORT, DATELINE_MACHINES="pseudo") as server,
    ):
        account = server.wait_for(r"^desk (\S+) user (\S+) password (\S+)$")
        server.wait_until_ready()
        places = find_places(Path(folder) / "home")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
            for name, address, size, scheme, height in READERS:
                page = browser.new_page(viewport={"width": size[0], "height": height}, color_scheme=scheme)
                # As a reader sees the second page of a visit: our letters are on the device.
                page.add_init_script("try { localStorage.letters = 1 } catch {}")
                page.goto(server.address + address.format(**places), wait_until="networkidle")
                page.reload(wait_until="networkidle")
                keep(name, page.screenshot())
                page.close()
            desk = browser.new_page(viewport={"width": WIDE[0], "height": 1000})
            desk.goto(account.group(1))
            desk.get_by_label("Username").fill(account.group(2))
            desk.get_by_label("Password").fill(account.group(3))
            desk.get_by_role("button", name="Sign in").click()
            for name, address in DESK:
                desk.goto(server.address + address.format(**places), wait_until="networkidle")
                keep(name, desk.screenshot())
            browser.close()
    return 0


def find_places(home: Path) -> dict[str, str]:
    """Return addresses of pieces that are worth a picture, and begin one translation for the desk's."""
    rows = [
        json.loads(line) for line in dateline(home, "urls", "--jsonl", PORT=str(PORT)).stdout.splitlines()
    ]
    paths = ["/" + row["url"].split("/", 3)[3] for row in rows]

    def first(part: str) -> str:
        return next(path for path in paths if part in path)

    program = (
        "from dateline.intake.models import Original\nfrom dateline.desk.models import Pick\n"
        "one = Original.objects.filter(articles=None, answered_by=None, language='fr').first()\nprint(one.pk)"
    )
    environment = {
        **os.environ,
        "DATELINE_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "dateline.config.settings",
    }
    told = subprocess.run(
        [sys.executable, "-c", f"import django; django.setup()\n{program}"],
        env=environment, cwd=PROJECT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    original = told.stdout.strip()
    picked = dateline(
        home,
        "pick",
        original,
        "--as",
        "translation",
        "--into",
        "en",
        PORT=str(PORT),
        DATELINE_MACHINES="pseudo",
    )
    article = picked.stdout.split("\t")[0]
    dateline(home, "translate", article, "--draft", PORT=str(PORT), DATELINE_MACHINES="pseudo")
    return {
        "translation": first("/bac-de-nuit/"),
        "reprint": first("/night-trains/"),
        "statement": first("/societies-statement/"),
        "persian": next(path for path in paths if path.startswith("/fa/2") and "bac-de-nuit" in path),
        "contributor": first("/en/by/"),
        "opinion": first("/long-view/"),
        "interview": first("/captain-keys/"),
        "photo_essay": first("/night-crossing-pictures/"),
        "press_review": first("/who-gains/"),
        "edition": next(path for path in paths if path.startswith("/en/edition/2") and path.count("/") > 6),
        "day": "/".join(first("/night-trains/").split("/")[:5]) + "/",
        "outlet": first("/en/outlet/").split("/")[3],
        "original": original,
        "job": "1",
    }


def keep(name: str, png: bytes) -> None:
    """Write a picture small: the repository is no album."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    picture.thumbnail((900, 4000))
    picture.save(SCREENS / f"{name}.jpg", "JPEG", quality=72, optimize=True, progressive=True)
    print(f"{name}.jpg {(SCREENS / f'{name}.jpg').stat().st_size // 1000} kB")


if __name__ == "__main__":
    sys.exit(main())
