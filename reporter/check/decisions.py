"""Rules for texts of earlier years that an edition prints again. Each year somebody reads them and says, under
`still_holds:` in the file of the year, that they still hold."""

import re
from collections.abc import Iterator, Set

from reporter.check.rule import CheckedEdition, Problem
from reporter.check.sections import SECTIONS, is_shown
from reporter.errors import Mark, nearest
from reporter.files.sources import DATA
from reporter.model import Passage, StillHolds
from reporter.model.country import UNREAD_TEXT
from reporter.prose.passages import has_words, section_texts

WHOLE_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
# What stands where somebody is to write a name.
NOBODY = re.compile(r"[\W\d_]*|.*[\[\]<>{}…].*|(?:your |the )?name|todo|tbd|tbc|n/?a|x+|nobody|someone|somebody", re.I)
CARRY = "carry: rest"


def undecided_text(edition: CheckedEdition) -> Iterator[Problem]:
    for each in _carried(edition):
        if edition.confirmed.isdisjoint((each.section, each.name)):
            what = f"part {each.part} of section {each.section}" if each.part else f"section {each.section}"
            message = f"{what} is of {each.year}, and nobody has said that it still holds in {edition.year}"
            hint = f"read it: if every word holds, {confirmation(edition, each.name)}"
            hint += f"; else write it anew in the text of {edition.year}, or end it with an empty heading"
            yield Problem(message, _first_words(each), hint, year=edition.year, undecided=each.name)


def decision_not_needed(edition: CheckedEdition) -> Iterator[Problem]:
    earlier = {name for each in _carried(edition) for name in (each.section, each.name)}
    earlier |= {name for each in edition.new_texts if each.is_reused for name in (each.section, each.name)}
    earlier -= {""}
    for decision, name in ((each, name) for each in _decisions(edition) for name in each.texts):
        if name not in earlier and name != f"{UNREAD_TEXT}.{decision.year}":
            message, hint = _why_not(edition, name, earlier)
            yield Problem(message, decision.mark, hint, year=edition.year)


def decision_unsigned(edition: CheckedEdition) -> Iterator[Problem]:
    end = f"{edition.year}-12-31"
    for each in _decisions(edition):
        if not each.texts:
            yield Problem("the entry names no text", each.mark, "name what was read: texts: [general_situation]")
        if NOBODY.fullmatch(each.by):
            hint = "write a name or an office: by: Office of the National Rapporteur"
            yield Problem(f"by: {each.by!r} names nobody who read the texts", each.mark, hint)
        if not WHOLE_DAY.fullmatch(each.day):
            hint = f"write the day on which they were read, such as day: {edition.year + 1}-03-01"
            yield Problem(f"day: {each.day} is no day", each.mark, hint)
        elif each.day < end:
            message = f"on {each.day} nobody could know what would hold at the end of {edition.year}"
            yield Problem(message, each.mark, f"read the texts again, and write a day from {end} on")


def decision_copied(edition: CheckedEdition) -> Iterator[Problem]:
    for each in _decisions(edition):
        copied = next(filter(each.is_copy_of, edition.data.still_holds), None)
        if copied:
            message = f"the entry is that of {copied.year}, which confirms nothing for {edition.year}"
            again = f"read the texts again for {edition.year}"
            hint = f"{again}, and write that day; if it is the same day, write an entry for each text"
            yield Problem(message, each.mark, hint)


def nothing_to_carry(edition: CheckedEdition) -> Iterator[Problem]:
    for passage in (each.passage for each in edition.new_passages if each.passage.carries):
        earlier = (each for each in edition.known.data.passages if each.year < passage.year)
        before = section_texts(earlier).get(passage.section, {}).get(passage.language)
        if before is None or not before.printed:
            message = f"section {passage.section} says {CARRY}, and no earlier text of it stands in {passage.language}"
            yield Problem(message, passage.mark, f"take the line {CARRY} out: the section is whole without it")


def confirmation(edition: CheckedEdition, name: str) -> str:
    place = f"{DATA}/{edition.data.country.code}/{edition.year}.yaml"
    return f'paste under still_holds: in {place}: - {{texts: [{name}], by: "[your name]", day: "[the day]"}}'


def _carried(edition: CheckedEdition) -> Iterator[Passage]:
    printed = (each.passage for each in edition.passages)
    return (
        each for each in printed if each.year < edition.year and is_shown(each.section, edition) and has_words(each)
    )


def _decisions(edition: CheckedEdition) -> Iterator[StillHolds]:
    return (each for each in edition.data.still_holds if each.year == edition.year)


def _first_words(passage: Passage) -> Mark:
    """The first line that has words: there a draft marks the text."""
    lines = passage.markdown.split("\n")
    first = next((number for number, line in enumerate(lines) if line.strip()), None)
    if first is None and passage.headline:
        return passage.headline.mark
    return Mark(passage.mark.path, passage.mark.line + (first or 0))


def _why_not(edition: CheckedEdition, name: str, earlier: Set[str]) -> tuple[str, str]:
    texts = [each.passage for each in edition.passages if name in (each.passage.section, each.passage.name)]
    there = {known for each in edition.known.data.passages for known in (each.section, each.name)}
    is_new = any(name in (each.name, each.section) for each in edition.new_texts)
    if is_new or any(each.year == edition.year and has_words(each) for each in texts):
        return f"{name} is written anew for {edition.year}: there is nothing to confirm", f"take {name} out of texts:"
    if name in there or name in SECTIONS:
        return f"the edition of {edition.year} prints no earlier text of {name}", f"take {name} out of texts:"
    return f"no text is called {name!r}", nearest(name, earlier)
