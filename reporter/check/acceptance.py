"""Say of entries that accept nothing why they do not. Their finding is not there, or it rests on other values and words
than those that somebody answered for."""

from collections.abc import Iterable, Iterator, Sequence

from reporter.check.records import told_names
from reporter.check.rule import Problem
from reporter.errors import Finding, nearest
from reporter.model import Accepted, CountryData, Dataset, ListKind, accepts, is_about

MOST_NAMED = 3


def unneeded(
    data: CountryData, dataset: Dataset, findings: Sequence[Finding], rules: Iterable[str]
) -> Iterator[Problem]:
    """The entries of `accepted:` that accept no finding. Of those about withheld values nobody who does not know these
    can say so."""
    for each in data.accepted:
        if not each.is_neutral and not any(accepts(each, finding) for finding in findings):
            back = [finding for finding in findings if is_about(each, finding) and not finding.accepted]
            message, hint = _changed(each, back) if back else _why_not(each, data, dataset, list(rules))
            yield Problem(message, each.mark, hint)


def _changed(each: Accepted, back: Iterable[Finding]) -> tuple[str, str]:
    """What differs between an entry and the finding that it is about. Of several it is the one that it has most in
    common with."""
    known = {*each.values, each.words}
    now = max(back, key=lambda finding: len(known & {*finding.values, finding.words}))
    what = f"{each.rule} of {each.figure} in {each.year}"
    lines = " and ".join(now.foundation)
    if not (each.values or each.words):
        return f"{what} is accepted for no values", f"look at it again: if the reason holds, add {lines}"
    hint = f"look at it again: if the reason still holds, write {lines}; else take the entry out"
    return f"{what} is accepted for {_difference(each, now)}", hint


def _difference(each: Accepted, now: Finding) -> str:
    old, new = ({(year, address): text for year, address, text in side.values} for side in (each, now))
    told = []
    for year, address in (*sorted(new), *sorted({*old} - {*new})):
        was, is_now = old.get((year, address), ""), new.get((year, address), "")
        if was != is_now:
            name = f"{address} of {year}" if year else address
            told.append(f"{was or 'nothing'}, now {is_now} ({name})" if is_now else f"{name} as well")
    if not told:
        return "other words"
    return "; ".join(told[:MOST_NAMED]) + ("; …" if len(told) > MOST_NAMED else "")


def _why_not(each: Accepted, data: CountryData, dataset: Dataset, rules: list[str]) -> tuple[str, str]:
    figures = set(_figures(data, dataset))
    if each.rule not in rules:
        return f"no rule is called {each.rule!r}", nearest(each.rule, rules)
    if each.figure not in figures:
        return f"no figure is called {each.figure!r}", nearest(each.figure, figures)
    hint = "take the entry out, or correct its year"
    return f"no finding {each.rule} of {each.figure} in {each.year} to accept", hint


def _figures(data: CountryData, dataset: Dataset) -> Iterator[str]:
    yield from (indicator.code for indicator in dataset.catalogue.indicators)
    yield from (f"countries.{kind}" for kind in ListKind)
    yield from (f"text.{passage.name}" for passage in data.passages)
    yield from (f"activities.{each.code}" for each in data.activities)
    yield from told_names(data.country)
    yield from (seen.figure for thing in data.things for seen in thing.figures)
