"""Findings that the faults of a publication explain, and their reasons. What a publication contradicts itself in is not
ours to mend. It stands as published, with the fault's own words, and a figure in doubt is compared with no other."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from reporter.check.rereading import AS_STATED, CONTRADICTS, IN_DOUBT, UNTOLD, UNTOLD_BESIDES
from reporter.errors import Finding, Severity
from reporter.i18n import Locale
from reporter.intake.imports.year_texts import AcceptedFault, said_in
from reporter.model import Vintage
from reporter.model.imported import ImportedFault
from reporter.model.telling import tell

Key = tuple[str, int]


def answered_faults(
    findings: Iterable[Finding],
    faults: Sequence[ImportedFault],
    stated: Collection[Key],
    withheld: Collection[Key],
    languages: Sequence[Locale],
    known: Mapping[int, Vintage],
) -> dict[int, tuple[AcceptedFault, ...]]:
    """The findings on values that a publication states, each with its reason. `stated` are the values of the years that
    were written, by address and year. An error is always answered, with the words of a fault where one explains it; a
    warning only then."""
    found: dict[int, list[AcceptedFault]] = {}
    for each in findings:
        keys = {(address, year) for year, address, _ in each.values}
        year = each.year or 0
        if year not in known or not each.is_acceptable or not keys & {*stated}:
            continue
        is_error = each.severity is Severity.ERROR
        fault = _explaining(keys, year, faults, withheld)
        # A warning about several years is no contradiction of the publication.
        if not is_error and (fault is None or any(at != year for _, at in keys)):
            continue
        doubtful = fault is None or fault.in_doubt
        if keys & {*withheld}:
            words = tell(UNTOLD if doubtful else UNTOLD_BESIDES)
        else:
            words = tell(IN_DOUBT if doubtful and fault else AS_STATED, fault=fault.words if fault else each.message)
        reason = said_in(words, languages, known[year])
        found.setdefault(year, []).append(AcceptedFault(each, reason, comparable=not doubtful))
    return {year: tuple(answers) for year, answers in found.items()}


def fault_notes(
    faults: Iterable[ImportedFault],
    answered: Mapping[int, Iterable[AcceptedFault]],
    withheld: Collection[Key],
    languages: Sequence[Locale],
    known: Mapping[int, Vintage],
) -> Iterator[tuple[int, str, Mapping[str, str]]]:
    """The faults that no check finds, as notes: year, figure, words. Not of a figure of which something is withheld:
    the words could tell it."""
    listed = {
        (address, year)
        for year, answers in answered.items()
        for one in answers
        for at, address, _ in one.finding.values
        if at == year
    }
    for each in faults:
        keys = {(figure, each.year) for figure in each.figures}
        if each.year not in known or not each.figures or not each.places or keys & listed:
            continue
        # The figure of which the first one is a part, or itself.
        indicator = known[each.year].catalogue.split(each.figures[0])[0]
        total = indicator.code if indicator else each.figures[0]
        if not any(year == each.year and f"{address}.".startswith(f"{total}.") for address, year in withheld):
            yield each.year, total, said_in(tell(CONTRADICTS, fault=each.words), languages, known[each.year])


def _explaining(
    keys: Collection[Key], year: int, faults: Iterable[ImportedFault], withheld: Collection[Key]
) -> ImportedFault | None:
    """The fault that is most about some values, None without one. One of whose numbers another one is withheld would
    tell it."""
    fitting = []
    for each in faults:
        own = {(figure, each.year) for figure in each.figures}
        shared = len(own & {*keys})
        if each.year == year and shared > 1 and not (own & {*withheld}) - {*keys}:
            fitting.append((shared, -len(own), each))
    return max(fitting, key=lambda one: one[:2])[2] if fitting else None
