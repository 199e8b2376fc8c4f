"""Which font files a page sends for ahead of its styles."""


def first_fonts(language: str) -> tuple[str, ...]:  # noqa: ARG001 - it is the same for all languages today
    """Return the font files that a page in this language sends for at once: none.

    What is sent for ahead stands in the way of the text and of the first picture; our own letters come when the page
    stands (js/remember.js).
    """
    return ()
