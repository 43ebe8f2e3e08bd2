"""Deciding that a text of an earlier year still holds. When that may be said, and what is written."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from reporter.check.decisions import NOBODY
from reporter.context import Context
from reporter.edit.amendment import NOTHING, Amendment, slice_digest, slice_of
from reporter.files.sources import DATA, Sources
from reporter.i18n import N_
from reporter.load.yaml_tree import Keys, decode
from reporter.model import CountryData, StillHolds
from reporter.prose.passages import has_words
from reporter.sections.finding_words import words_of
from reporter.web.desk import Reading
from reporter.web.section_state import SectionState

HOLDS, IN_VAIN = "still_holds", "decision-not-needed"
TOO_EARLY = N_("Not before {date}: until then nobody can know what holds at the end of {year}.")
UNTRUE = N_("Not while a sentence is untrue ({language}): {words}")
NOBODY_READ = N_("Say who read it: a name, or an office.")
COPIED = N_(
    "{name} said so of the same texts on that day of {year}, so this would count as copied. Decide on another day."
)


@dataclass(frozen=True, slots=True)
class TextDecision:
    """That somebody says a text still holds: which, who and when."""

    name: str
    by: str
    day: date


def waiting_names(state: SectionState) -> tuple[str, ...]:
    """What can be confirmed in a section, the whole of it first. Of one text alone that is its name; a section's name
    stands for all that it takes from earlier years."""
    inside = [each.name for each in (state.printed.passages if state.printed else ()) if has_words(each)]
    waiting = state.undecided
    names = [each for each in dict.fromkeys(inside) if each in waiting]
    if state.part.code in waiting or len(names) > 1:
        return (state.part.code, *(each for each in names if each != state.part.code))
    return tuple(names)


def why_not(state: SectionState, name: str, year: int, today: date, context: Context) -> str:
    """Why a text cannot hold now; empty when it can. One decision is for all languages, so a sentence that is untrue in
    any of them stands against it."""
    locale, end = context.locale, date(year, 12, 31)
    for passage, found in state.untrue:
        if name in (passage.name, passage.section):
            language = locale.language_name(passage.language)
            return locale.text(UNTRUE, language=language, words=words_of(found, context))
    if today < end:
        return locale.text(TOO_EARLY, date=locale.date(end.isoformat()), year=str(year))
    return ""


def why_unsigned(data: CountryData, year: int, decision: TextDecision, context: Context) -> str:
    """Why an entry would confirm nothing; empty when it would."""
    if NOBODY.fullmatch(decision.by):
        return context.locale.text(NOBODY_READ)
    entry = next(_entries(data, year, decision), None)
    texts = (*(entry.texts if entry else ()), decision.name)
    mark = data.years[0].mark if data.years else None
    if mark is None:
        return ""
    made = StillHolds(year=year, texts=texts, by=decision.by, day=decision.day.isoformat(), mark=mark)
    copied = next(filter(made.is_copy_of, data.still_holds), None)
    return context.locale.text(COPIED, name=copied.by, year=str(copied.year)) if copied else ""


def confirming(sources: Sources, data: CountryData, year: int, decision: TextDecision) -> Amendment:
    """The lines that confirm a text in the file of the year. They go into the entry of the same person and day, if
    there is one."""
    file = f"{DATA}/{data.country.code}/{year}.yaml"
    entry = next(_entries(data, year, decision), None)
    if entry:
        number = [each for each in data.still_holds if each.year == year].index(entry)
        return Amendment(file, (HOLDS, str(number), "texts", "-"), decision.name, seen=NOTHING)
    value = {"texts": [decision.name], "by": decision.by, "day": decision.day.isoformat()}
    text = decode(sources[file].content, file)
    if slice_of(text, file, (HOLDS,)):
        return Amendment(file, (HOLDS, "-"), value, NOTHING)
    return Amendment(file, (HOLDS,), [value], NOTHING)


def no_longer_needed(reading: Reading, data: CountryData, year: int, section: str) -> Iterator[Amendment]:
    """What confirms nothing any more in the file of the year. So it is when a section was written anew; the checks say
    it."""
    file = f"{DATA}/{data.country.code}/{year}.yaml"
    vain = [each for each in reading.findings if each.code == IN_VAIN and each.mark.path == file]
    own = [each for each in data.still_holds if each.year == year]
    # The last one first, so that the numbers of those before it stay.
    for number, entry in reversed(list(enumerate(own))):
        said = [each.message for each in vain if each.mark == entry.mark]
        idle = [
            each
            for each in entry.texts
            if each.partition(".")[0] == section and any(f" {each} " in f" {one} " for one in said)
        ]
        paths: list[Keys] = [(HOLDS, str(number), "texts", str(entry.texts.index(each))) for each in reversed(idle)]
        if idle and len(idle) == len(entry.texts):
            paths = [(HOLDS,) if len(own) == 1 else (HOLDS, str(number))]
        text = decode(reading.sources[file].content, file) if paths else ""
        yield from (Amendment(file, path, None, slice_digest(slice_of(text, file, path))) for path in paths)


def _entries(data: CountryData, year: int, decision: TextDecision) -> Iterator[StillHolds]:
    known = (each for each in data.still_holds if each.year == year)
    return (each for each in known if (each.by, each.day) == (decision.by, decision.day.isoformat()))
