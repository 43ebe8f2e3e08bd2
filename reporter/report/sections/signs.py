"""Tables of signs, flags and abbreviations."""

import re
from dataclasses import replace

from reporter.data.i18n import N_, NOTHING, WITHHELD, WITHHELD_WORDS
from reporter.data.records import Audience, EditionStatus, Flag, Status
from reporter.figures.compare.sides import Manner
from reporter.report.context import Context
from reporter.report.document.document import Column, Table
from reporter.report.tables.tabulate import FLAG_WORDS, SIGN_WORDS, Heads, Line, tabulate

# In a comparison of countries or editions fewer abbreviations are no table.
LEAST_BESIDE = 3
ZERO = N_("a real zero: known to be none, also where the other parts make the whole")


def symbols(context: Context) -> Table:
    """The table of all signs, and of the flags that occur."""
    flags = {
        flag
        for vintage in (
            *context.vintages,
            *(each for side in (context.sides.sides if context.sides else ()) for each in (side.figures, side.edition)),
        )
        for seen in vintage.index.values()
        for flag in seen.flags
    }
    signs = {"0": ZERO} | SIGN_WORDS | {flag.value: FLAG_WORDS[flag] for flag in Flag if flag in flags}
    if context.audience is Audience.RESTRICTED:
        signs[WITHHELD] = WITHHELD_WORDS
    if context.vintage.edition.status is not EditionStatus.DRAFT:
        del signs[NOTHING[Status.UNANSWERED]], signs[NOTHING[Status.UNREADABLE]]
    heads = Heads(
        code="symbols",
        caption=context.text("Symbols and flags in tables and charts"),
        unit_line=context.text("Flags are those of Eurostat, in force since January 2025") if flags else "",
        stub=context.text("Sign"),
        columns=(Column(context.text("Meaning"), text=True),),
    )
    return _explaining(context, heads, [Line(sign, [context.text(words)]) for sign, words in signs.items()])


def abbreviations(context: Context) -> Table | None:
    """The table of abbreviations that this edition uses."""
    language = context.locale.language
    known = ((each.short.text(language), each.full.text(language)) for each in context.vintage.catalogue.abbreviations)
    lines = []
    for short, full in sorted(known):
        # A lookbehind after the letters, not before them, lets the search skip to where they occur: it is faster.
        letters = re.escape(short)
        if re.search(rf"{letters}(?<!\w{letters})(?!\w)", context.words):
            lines.append(Line(short, [full]))
    beside = context.sides is not None and context.sides.manner is not Manner.YEARS
    if len(lines) < (LEAST_BESIDE if beside else 1):
        return None
    heads = Heads(
        code="abbreviations",
        caption=context.text("Abbreviations"),
        unit_line=context.text("Those used in this document"),
        stub=context.text("Short form"),
        columns=(Column(context.text("Meaning"), text=True),),
    )
    return _explaining(context, heads, lines)


def _explaining(context: Context, heads: Heads, lines: list[Line]) -> Table:
    """A table that explains words. They come from no source of figures, and the signs in it need no note."""
    return replace(tabulate(heads, lines, context.vintage, context.locale), source_note="")
