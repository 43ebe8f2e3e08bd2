"""Rules for decisions on what the public does not get. They look at the file of decisions of an edition,
`data/LT/protection/2021.yaml`, which never leaves the house."""

from collections.abc import Iterator
from decimal import Decimal

from reporter.analysis.relations import key_of, relations_of
from reporter.check.rule import CheckedEdition, Problem
from reporter.model import Observation, Protection, Status, is_given, is_withheld
from reporter.model.protection import ROUNDED_TO

ROUND = "reporter protect {country} {year} --round {figure}"


def decision_contradicted(edition: CheckedEdition) -> Iterator[Problem]:
    known = edition.known
    withheld = {(each.figure, each.year): each for one in known.data.protections for each in one.withheld}
    for each in (each for one in _own(edition) for each in one.rounded):
        other = withheld.get((each.figure, each.year))
        if other:
            message = f"{each.figure} of {each.year} is rounded here, and withheld in {other.mark}"
            hint = "take one of the two lines out: what is withheld is printed in no form"
            yield Problem(message, each.mark, hint, year=edition.year)


def decision_needless(edition: CheckedEdition) -> Iterator[Problem]:
    for one in _own(edition):
        for each in one.withheld:
            seen = edition.known.observation(each.figure, each.year)
            why = _why_needless(seen)
            if why:
                message = f"{each.figure} of {each.year} is withheld, but {why}"
                yield Problem(message, each.mark, f"take the line {each.figure} out", year=edition.year)
            hidden = [
                name
                for name in each.protects
                if (seen := edition.known.observation(name, each.year)) is None or not is_withheld(seen)
            ]
            if hidden and not why:
                message = f"{each.figure} of {each.year} protects {hidden[0]}, which nobody withholds"
                hint = f"take {hidden[0]} out of protects:, or withhold it"
                yield Problem(message, each.mark, hint, year=edition.year)
        for number in one.rounded:
            why = _why_needless(edition.known.observation(number.figure, number.year))
            if why:
                message = f"{number.figure} of {number.year} is rounded, but {why}"
                yield Problem(message, number.mark, f"take the line {number.figure} out", year=edition.year)


def rounded_sum(edition: CheckedEdition) -> Iterator[Problem]:
    printed = {(each.figure, each.year): Decimal(each.value) for one in _all(edition) for each in one.rounded}
    marks = {(each.figure, each.year): each.mark for one in _own(edition) for each in one.rounded}
    for key, mark in marks.items():
        seen = edition.known.observation(*key)
        if seen and is_given(seen) and seen.value is not None and abs(seen.value - printed[key]) >= ROUNDED_TO:
            below = int(seen.value // ROUNDED_TO) * ROUNDED_TO
            message = f"{key[0]} of {key[1]} is {seen.value:f}, and {printed[key]} is not next to it"
            yield Problem(
                message, mark, f"write {below} or {below + ROUNDED_TO}, so that the sums hold", year=edition.year
            )
    for year in sorted({year for _, year in marks}):
        for each in relations_of(edition.known, year):
            values = [
                None if is_withheld(seen) or not is_given(seen) else printed.get(key_of(seen), seen.value)
                for seen in each.values
            ]
            mine = [key_of(seen) for seen in each.values if key_of(seen) in marks]
            if each.at_most or not mine or None in values:
                continue
            whole, *parts = (value for value in values if value is not None)
            if whole != sum(parts):
                message = f"{each.name}: {' + '.join(map(str, parts))} is not {whole} as it is printed"
                hint = ROUND.format(country=edition.data.country.code, year=edition.year, figure=each.whole.figure)
                yield Problem(message, marks[mine[0]], f"{hint} works them out together", year=edition.year)


def _own(edition: CheckedEdition) -> Iterator[Protection]:
    return (each for each in _all(edition) if each.edition == edition.year)


def _all(edition: CheckedEdition) -> tuple[Protection, ...]:
    return edition.known.data.protections


def _why_needless(seen: Observation | None) -> str:
    if seen is None:
        return "no file states it"
    if seen.status is Status.SUPPRESSED:
        return f"{seen.mark} does not tell it anyway"
    return "" if is_given(seen) else f"{seen.mark} has no number of it"
