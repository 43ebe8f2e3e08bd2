"""Rules for single values. What cannot be a count, figures that are not of one year, and explained differences where
nothing differs."""

import re
from collections.abc import Iterator

from reporter.check.rule import CheckedEdition, Problem, activity_problem, problem, value_of
from reporter.i18n import N_, UNIT_WORDS
from reporter.model import Activity, Difference, Flag, Observation, is_given, is_hidden
from reporter.model.calendar import year_of
from reporter.model.label import FORMULA
from reporter.model.telling import At, Told, tell

LIMITS = {"sentences.shortest": "sentences.longest", "law.prison_min": "law.prison_max", "law.fine_min": "law.fine_max"}
SPAN = re.compile(r"\b((?:19|20)\d\d)\s*(?:[–—/-]|to|until|through)\s*((?:19|20)\d\d)\b")


def bad_value(edition: CheckedEdition) -> Iterator[Problem]:
    """Values that cannot be true. Negative ones, fractions of persons, a lowest above the highest, values outside the
    year, and notes that no table may have."""
    for seen in _values(edition):
        for message, hint in _impossible(edition, seen):
            yield problem(seen, message, hint, values=[_highest(edition, seen)], words=message)
        for text in (text for note in seen.notes for _, text in note.texts if FORMULA.match(text)):
            runs = N_("the note on {figure} begins as a formula does, which a spreadsheet would run: {text}")
            message = tell(runs, figure=At(seen.figure), text=text[:40])
            # It could not be printed, so it has no figure by which it could be accepted.
            yield Problem(message, seen.mark, "begin it with a word")
    for each in _activities(edition):
        if year_of(each.until) != edition.year:
            message = tell(
                N_("activity {activity} ends in {end}, not in {year}"),
                activity=each,
                end=int(each.until[:4]),
                year=edition.year,
            )
            hint = f"an activity stands in the file of its last year: move it to {each.until[:4]}.yaml"
            yield activity_problem(each, message, hint)


def period_needed(edition: CheckedEdition) -> Iterator[Problem]:
    for seen in _values(edition):
        words = " ".join(text for note in seen.notes for _, text in note.texts)
        if seen.owner or seen.since or seen.code:
            continue
        for first, last in SPAN.findall(words):
            if int(first) < seen.year == int(last):
                message = tell(
                    N_("{figure} seems to cover {first} to {last}, but stands for {year} alone"),
                    figure=At(seen.figure),
                    first=int(first),
                    last=int(last),
                    year=seen.year,
                )
                hint = f"add period: {first}/{last}; a figure of several years is never split"
                yield problem(seen, message, hint, words=f"{message}: {words}")


def _impossible(edition: CheckedEdition, seen: Observation) -> Iterator[tuple[Told, str]]:
    indicator, value = edition.known.catalogue.indicator(seen.indicator), value_of(seen)
    highest, figure = _highest(edition, seen), At(seen.address)
    if value < 0:
        yield (
            tell(N_("{figure} is negative: {value}"), figure=figure, value=value),
            "a count is zero or more; write missing when nobody counted",
        )
    if indicator and indicator.unit.is_whole and value % 1:
        unit = tell(UNIT_WORDS[indicator.unit])
        whole = N_("{figure} is {value}, but {unit} are counted in whole numbers")
        yield tell(whole, figure=figure, value=value, unit=unit), "write the count"
    # A value added by a revision keeps the flags of the first file, which rightly said that there was none.
    if is_given(seen) and Flag.MISSING in seen.flags and seen.vintage == seen.year:
        yield (
            tell(N_("{figure} is {value}, but flag m says that no value can exist"), figure=figure, value=seen),
            "take out one of the two",
        )
    if highest and value > value_of(highest):
        above = N_("{figure} is {value}, above {highest} {limit}")
        yield (
            tell(above, figure=figure, value=value, highest=At(highest.address), limit=highest),
            "exchange or correct the two",
        )
    if seen.since and not seen.owner and not seen.since[:4] <= str(seen.year) <= seen.until[:4]:
        outside = N_("{figure} is of {first} to {last}, outside {year}")
        message = tell(outside, figure=figure, first=seen.since, last=seen.until, year=seen.year)
        yield message, "move it to the file of its last year"


def _highest(edition: CheckedEdition, seen: Observation) -> Observation | None:
    name = LIMITS.get(seen.indicator, "")
    address = f"{seen.owner}.{name.rpartition('.')[2]}" if seen.owner else name
    found = edition.known.observation(address, edition.year if seen.owner else seen.year) if name else None
    return found if is_given(found) else None


def _values(edition: CheckedEdition) -> Iterator[Observation]:
    yield from edition.figures
    for breakdown in edition.breakdowns:
        yield from breakdown.parts
    for activity in _activities(edition):
        yield from activity.figures
    for provision in edition.known.country.provisions:
        yield from provision.figures


def _activities(edition: CheckedEdition) -> Iterator[Activity]:
    return (each for each in edition.known.data.activities if each.year == edition.year)


def difference_not_needed(edition: CheckedEdition) -> Iterator[Problem]:
    """An explained difference where nothing differs. There is no value here, the numbers are equal, or the mask of the
    other publication covers this one."""
    for each in edition.known.data.differences:
        seen = edition.known.observation(each.figure, each.year)
        if each.vintage == edition.year and is_hidden(seen):
            message = f"{each.figure} of {each.year} is withheld, and a number of {each.publication} stands beside it"
            yield Problem(message, each.mark, "take the entry out: what is withheld is not explained by a number")
        elif each.vintage == edition.year and not _differs(seen, each):
            message = tell(
                N_("{figure} of {year} is {value}, {publication} says {published}"),
                figure=At(each.figure),
                year=each.year,
                value=seen,
                publication=each.publication,
                published=each.published,
            )
            hint = "nothing differs: take the entry out, or correct published:"
            yield Problem(message, each.mark, hint)


def _differs(seen: Observation | None, each: Difference) -> bool:
    if seen is None or seen.value is None or not is_given(seen):
        return False
    if each.published.startswith("<"):
        return seen.value >= int(each.published[1:])
    return seen.value != int(each.published)
