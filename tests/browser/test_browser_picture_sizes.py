"""A browser is told how wide a picture will stand, and so fetches neither a blurred one nor one too heavy."""

from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from publishing.publishing_paper import PAGES

pytestmark = pytest.mark.browser

WITH_PICTURES = ("article", "home", "section", "outlet", "day", "contributor", "topic")
# What `sizes` promises in pixels, and how wide the picture stands. The middle of its steps is off by some.
TOLD_AND_TRUE = """() => [...document.querySelectorAll("main picture")].map((picture) => {
  const rule = document.createElement("div");
  const parts = picture.querySelector("source").sizes.split(",").map((one) => one.trim());
  const chosen = parts.find((one) => !one.startsWith("(") || matchMedia(one.slice(0, one.lastIndexOf(")") + 1)).matches);
  rule.style.width = chosen.slice(chosen.lastIndexOf(")") + 1);
  document.body.append(rule);
  const told = rule.getBoundingClientRect().width;
  rule.remove();
  return [Math.round(told), Math.round(picture.querySelector("img").getBoundingClientRect().width)];
})"""


@pytest.mark.parametrize("width", [390, 1280])
def test_pictures_are_fetched_in_the_width_in_which_they_stand(chromium, tmp_path, serve_folder, width):
    (tmp_path / "static").symlink_to(Path(settings.BASE_DIR) / "static")
    for name in WITH_PICTURES:
        template, make = PAGES[name]
        with translation.override("en"):
            page = render_to_string(template, {"page": make("en")})
        (tmp_path / f"{name}.html").write_text(page, encoding="utf-8")
    address = serve_folder(tmp_path)
    context = chromium.new_context(viewport={"width": width, "height": 900})
    page, wrong = context.new_page(), {}
    for name in WITH_PICTURES:
        page.goto(f"{address}/{name}.html")
        rows = page.evaluate(TOLD_AND_TRUE)
        assert rows
        off = [row for row in rows if row[1] and not row[1] * 0.85 < row[0] < row[1] * 1.35]
        wrong |= {name: off} if off else {}
    context.close()
    assert wrong == {}
