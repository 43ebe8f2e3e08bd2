"""Whom a recommendation is addressed to, and by when."""

from collections.abc import Iterator

from reporter.i18n import N_, Locale
from reporter.model import RECOMMENDATIONS, EditionStatus, Passage, Recommendation, Vintage
from reporter.prose.markdown import Chunk
from reporter.prose.markdown_writer import in_line
from reporter.prose.passages import code_of

# What stands in a draft where somebody has still to write; no other edition has it.
OPEN = "[…]"


def is_draft(vintage: Vintage) -> bool:
    return vintage.edition.status is EditionStatus.DRAFT


def addressed(each: Recommendation | None, vintage: Vintage, locale: Locale) -> Iterator[str]:
    """Whom a recommendation is addressed to and by when, a line each. In a draft also where that is still open."""
    names = locale.joined("; ", (office.text(locale.language) for office in each.offices)) if each else ""
    day = locale.date(each.by) if each and each.by else ""
    for words, value in ((N_("Addressed to: {names}"), names), (N_("By: {date}"), day)):
        if value or is_draft(vintage):
            yield locale.text(words, names=value or OPEN, date=value or OPEN)


def addressed_markdown(chunk: Chunk, passage: Passage, vintage: Vintage, locale: Locale) -> str:
    """A list of whom a text is addressed to and by when. Of a text that is no recommendation, nothing."""
    if passage.section != RECOMMENDATIONS or not chunk.title:
        return ""
    asked = (passage.year, code_of(chunk, passage))
    made = (each for each in vintage.data.recommendations if (each.year, each.code) == asked)
    return "\n".join(f"- {in_line(line)}" for line in addressed(next(made, None), vintage, locale))
