"""What stands for something else: signs, flags, abbreviations."""

import re
from dataclasses import replace

from reporter.charts import Frame
from reporter.document import Column, Table
from reporter.i18n import N_
from reporter.model import Flag
from reporter.sections.material import Material
from reporter.tables import FLAG_WORDS, SIGN_WORDS, Heads, Line, tabulate

ZERO = N_("a real zero: known to be none")


def symbols(material: Material) -> Table:
    """Every sign and flag that may stand in a table."""
    frame = material.frame
    signs = {"0": ZERO} | SIGN_WORDS | {flag.value: FLAG_WORDS[flag] for flag in Flag}
    heads = Heads(
        "symbols",
        frame.text("Symbols and flags in tables and charts"),
        frame.text("Flags are those of Eurostat, in force since January 2025"),
        frame.text("Sign"),
        (Column(frame.text("Meaning"), text=True),),
    )
    return _explaining(frame, heads, [Line(sign, [frame.text(words)]) for sign, words in signs.items()])


def abbreviations(material: Material) -> Table | None:
    """The abbreviations of the catalogue that this edition uses."""
    frame, language = material.frame, material.frame.locale.language
    known = ((each.short.text(language), each.full.text(language)) for each in frame.vintage.catalogue.abbreviations)
    lines = [Line(short, [full]) for short, full in sorted(known) if _occurs(short, material.words)]
    if not lines:
        return None
    heads = Heads(
        "abbreviations",
        frame.text("Abbreviations"),
        frame.text("Those used in this document"),
        frame.text("Short form"),
        (Column(frame.text("Meaning"), text=True),),
    )
    return _explaining(frame, heads, lines)


def _occurs(short: str, words: str) -> bool:
    # To look behind after the letters, not before them, lets the search jump from one place to the next.
    letters = re.escape(short)
    return bool(re.search(rf"{letters}(?<!\w{letters})(?!\w)", words))


def _explaining(frame: Frame, heads: Heads, lines: list[Line]) -> Table:
    """A table of words: they come from no source of figures, and the signs in it need no note."""
    return replace(tabulate(heads, lines, frame.vintage, frame.locale), source_note="")
