"""Findings that the faults of a publication explain, and their reasons. What a publication contradicts itself in is not
ours to correct: it stays as published, with the fault's own words, and a figure in doubt is compared with no other. A
table that was published carries its own reasons, and what it withholds does not follow from it."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from reporter.check.prose_text import AS_STATED, CONTRADICTS, IN_DOUBT, UNTOLD, UNTOLD_BESIDES
from reporter.data.errors import Finding, Mark, Severity, Values, error_at
from reporter.data.i18n import Locale
from reporter.data.records import Qualifier, Status, Vintage, is_hidden, is_withheld
from reporter.data.records.imported import ImportedFault
from reporter.data.records.message import tell
from reporter.data.records.observation import amount_text
from reporter.exchange.publications.year_texts import AcceptedFault, ImportedYear, Words, said_in
from reporter.figures.analysis.equations import Relation, exposed, key_of, relations_of

Key = tuple[str, int]
# The rule of a breakdown, which is incomplete where its parts do not make the total.
OF_TOTAL = "parts-make-total"
# A relation that does not hold, and whether its parts make less; of any other nobody may say more than that it fails.
Denied = tuple[Relation, bool]


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


def denied_relations(known: Vintage, year: int) -> tuple[Denied, ...]:
    """The relations of a year by which withheld values would follow. As few of them as are enough for none to
    follow."""
    public = replace(
        known,
        index={
            key: seen
            if not is_withheld(seen)
            else replace(seen, value=None, status=Status.SUPPRESSED, qualifier=Qualifier.EXACT)
            for key, seen in known.index.items()
        },
    )
    relations = list(relations_of(public, year))
    hidden = {key_of(seen) for each in relations for seen in each.values if is_hidden(seen)}
    denied: list[Denied] = []
    while left := exposed(relations) & hidden:
        # What each may be instead: weaker, or none.
        ways: list[tuple[int, Relation | None]] = []
        for place, each in enumerate(relations):
            if OF_TOTAL in each.rules and not each.at_most and each.parts[0].dimension:
                ways.append((place, replace(each, at_most=True)))
            ways.append((place, None))
        counted = [(len(exposed(_without(relations, place, way)) & left), n) for n, (place, way) in enumerate(ways)]
        if not counted:
            break
        place, way = ways[min(counted)[1]]
        denied.append((relations[place], way is not None))
        relations = list(_without(relations, place, way))
    # One that was first weakened and then taken out is told once.
    last = {(relation.name, relation.whole): (relation, incomplete) for relation, incomplete in denied}
    return tuple(last.values())


def _without(relations: Sequence[Relation], place: int, way: Relation | None) -> Iterable[Relation]:
    return (*relations[:place], *([way] if way else []), *relations[place + 1 :])


def with_incomplete_parts(year: ImportedYear, denied: Iterable[Denied]) -> ImportedYear:
    axes: dict[str, list[str]] = {}
    for relation, incomplete in denied:
        if incomplete:
            axes.setdefault(relation.whole.address, []).append(relation.parts[0].dimension)
    values = (
        replace(each, incomplete=tuple(dict.fromkeys((*each.incomplete, *axes[each.figure]))))
        if each.year == year.year and each.figure in axes
        else each
        for each in year.values
    )
    return replace(year, values=tuple(values))


def denied_fault(relation: Relation, neutral: Words) -> AcceptedFault:
    """An accepted finding that says only that a sum does not hold. It is what would be found, were the withheld values
    of it known; its reason is in `neutral` words."""
    seen = {key_of(each): each for each in relation.values}.values()
    values = ((each.year, each.address, amount_text(each.value, each.status, each.qualifier)) for each in seen)
    finding = replace(
        error_at(Mark(""), relation.rules[0], relation.name),
        figure=relation.whole.figure,
        year=relation.whole.year,
        values=tuple(sorted(values)),
    )
    return AcceptedFault(finding, neutral, comparable=True)


def with_own_reasons(
    accepted: Mapping[int, Sequence[AcceptedFault]], years: Mapping[int, ImportedYear]
) -> dict[int, tuple[AcceptedFault, ...]]:
    """Give findings the reasons that the table itself has for them. That is the note of the figure with which the
    reason is printed: the person who accepted the finding wrote it, and it is printed once."""
    own: dict[int, tuple[AcceptedFault, ...]] = {}
    for year, found in accepted.items():
        for each in found:
            finding, notes = each.finding, years[year].notes if year in years else {}
            texts = [notes.get(address, {}) for address in printed_with(finding.values, finding.figure, year)]
            is_one = bool(texts and texts[0]) and all(text == texts[0] for text in texts)
            own[year] = (*own.get(year, ()), replace(each, reason=texts[0]) if is_one else each)
    return own


def printed_with(values: Values, figure: str, year: int) -> Iterable[str]:
    """The addresses with which the reason of a finding is printed. It is the total, or the parts where the finding
    rests on these alone."""
    held = {address for at, address, _ in values if at == year}
    parts = sorted(address for address in held if address.startswith(f"{figure}."))
    return parts if parts and figure not in held else (figure,)
