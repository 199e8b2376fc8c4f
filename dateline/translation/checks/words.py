"""Findings as sentences: what is wrong, and what to do where that is not plain."""

from typing import Final

from django.utils.translation import gettext, gettext_noop

from dateline.translation.checks.base import Finding

SENTENCES: Final = {
    "number-changed": gettext_noop("The original says %s; here stands %s."),
    "number-missing": gettext_noop("The number %s of the original is missing."),
    "number-added": gettext_noop("The number %s is not in the original."),
    "currency-changed": gettext_noop("The original counts in %s; here stands %s."),
    "percent-lost": gettext_noop("The original counts in percent; the translation does not."),
    "other-month": gettext_noop("“%s” is not the month of the original."),
    "other-day": gettext_noop("“%s” is not the day of the original."),
    "empty": gettext_noop("There is no translation."),
    "paragraph-missing": gettext_noop("This paragraph of the original is missing: “%s”"),
    "paragraph-added": gettext_noop("This paragraph is not in the original: “%s”"),
    "paragraphs-merged": gettext_noop("%s paragraphs of the original became %s."),
    "paragraph-split": gettext_noop("%s paragraph of the original became %s."),
    "sentence-missing": gettext_noop("This sentence of the original is missing: “%s”"),
    "sentence-added": gettext_noop("This sentence is not in the original: “%s”"),
    "cut-off": gettext_noop("The translation is much shorter than the original: is its end missing?"),
    "too-long": gettext_noop("The translation is much longer than the original."),
    "same-as-source": gettext_noop("This stands as in the original: it is not translated."),
    "other-script": gettext_noop("This is not written in the letters of the language."),
    "source-language": gettext_noop("This seems to be in the language of the original."),
    "words-of-source": gettext_noop("These words stand as in the original: “%s”"),
    "quotation-lost": gettext_noop("A quotation of the original has no quotation marks here: %s"),
    "quotations-fewer": gettext_noop("The original has %s quotations; here are %s."),
    "quotation-added": gettext_noop("The original has no quotation here."),
    "quotation-open": gettext_noop("A quotation mark has no partner."),
    "no-speaker": gettext_noop("Who says this? The original names the speaker beside it."),
    "name-missing": gettext_noop("The name %s of the original is missing."),
    "name-added": gettext_noop("The name %s is not in the original."),
    "name-part-missing": gettext_noop(
        "“%s” is missing, though what stands beside it in the original is here."
    ),
    "name-changed": gettext_noop("The original names %s; here stands %s."),
    "name-otherwise": gettext_noop("%s is spelt %s elsewhere in this piece."),
    "negation-lost": gettext_noop("The original denies something (“%s”); the translation does not."),
    "negation-half": gettext_noop("“%s” denies only together with another word, which is not here."),
    "negation-added": gettext_noop("The translation denies something (“%s”); the original does not."),
    "link-missing": gettext_noop("The link %s of the original is missing."),
    "link-added": gettext_noop("The link %s is not in the original."),
    "link-tracked": gettext_noop("The link %s tracks readers: take that part of it away."),
    "marks-missing": gettext_noop("These marks of the original are missing: %s."),
    "mark-added": gettext_noop("This mark is not in the original: %s."),
    "marks-crossed": gettext_noop("Each mark must end before the one around it ends."),
    "tag-missing": gettext_noop("The tag %s of the original is missing."),
    "tag-added": gettext_noop("The tag %s is not in the original."),
    "code-missing": gettext_noop("The placeholder %s of the original is missing."),
    "code-added": gettext_noop("The placeholder %s is not in the original."),
    "term-missing": gettext_noop("The glossary has “%s” for “%s”."),
    "term-forbidden": gettext_noop("The glossary forbids “%s”; it has “%s”."),
    "term-not-kept": gettext_noop("The glossary keeps “%s” as it is."),
    "double-space": gettext_noop("There are two spaces."),
    "space-before": gettext_noop("There is a space before the mark."),
    "french-space": gettext_noop("French has a narrow space here."),
    "word-twice": gettext_noop("“%s” stands here twice."),
    "foreign-quotes": gettext_noop("The quotation mark %s is not one of the language: %s."),
    "foreign-mark": gettext_noop("The mark %s is %s in this language."),
    "question-lost": gettext_noop("The original asks; the translation does not."),
    "exclamation-lost": gettext_noop("The original exclaims; the translation does not."),
    "bracket-open": gettext_noop("A bracket of %s has no partner."),
    "turned-around": gettext_noop("A hidden control character changes the direction of the text."),
    "direction-open": gettext_noop("A hidden control of the direction is never ended."),
    "invisible": gettext_noop("There is an invisible character: %s."),
    "mixed-letters": gettext_noop("“%s” has letters of two alphabets that look alike."),
    "arabic-letters": gettext_noop("%s letters are the Arabic ones, not the Persian."),
    "headline-long": gettext_noop("The headline has %s characters; the page takes %s."),
    "headline-full-stop": gettext_noop("A headline has no full stop."),
    "machine-alone": gettext_noop("A machine wrote this, and nobody has touched it."),
    "credit-unknown": gettext_noop("The credit line needs the %s, and nobody knows it."),
    "credit-missing": gettext_noop("The credit line does not name the %s, %s."),
}


def in_words(finding: Finding) -> str:
    """Return a finding as a sentence in the reader's language."""
    return gettext(SENTENCES[finding.code]) % finding.values


def plainly(finding: Finding) -> str:
    """Return a finding in English, where there is no catalogue to ask."""
    return SENTENCES[finding.code] % finding.values
