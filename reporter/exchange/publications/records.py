"""Records of a publication's statements, one for each year, like those of an agency's workbook: file and line are shown
with the figure, and differences are decided."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from reporter.check.prose_text import AS_STATED, CONTRADICTS, IN_DOUBT, UNTOLD, UNTOLD_BESIDES
from reporter.data.errors import FileError, Finding, Mark, Severity, Values, error_at
from reporter.data.files.sources import Sources
from reporter.data.i18n import Locale
from reporter.data.i18n.words import N_
from reporter.data.read.dataset import ACTIVITIES
from reporter.data.read.received import read_received
from reporter.data.records import (
    Catalogue,
    CountryData,
    Difference,
    Label,
    Observation,
    Qualifier,
    Received,
    ReceivedAnswer,
    Source,
    Status,
    Vintage,
    is_given,
    is_hidden,
    is_withheld,
)
from reporter.data.records.imported import ImportedFault, ImportedFigures, ImportedValue, LeftRow
from reporter.data.records.label import ENGLISH
from reporter.data.records.message import Told, tell
from reporter.data.records.observation import amount_text
from reporter.exchange.agencies.agency_proposals import OPEN, UnknownFigureError, value_in_year
from reporter.exchange.publications.year_texts import AcceptedFault, ImportedYear, Words, said_in
from reporter.figures.analysis.equations import Relation, exposed, key_of, relations_of
from reporter.formats.export.observations import BETWEEN

Key = tuple[str, int]
# The rule of a breakdown, which is incomplete where its parts do not add up to the total.
OF_TOTAL = "parts-make-total"
# A relation that fails, and whether its parts add up to less; of any other only the failure may be stated.
Denied = tuple[Relation, bool]


def answered_faults(
    findings: Iterable[Finding],
    faults: Sequence[ImportedFault],
    stated: Collection[Key],
    withheld: Collection[Key],
    languages: Sequence[Locale],
    known: Mapping[int, Vintage],
) -> dict[int, tuple[AcceptedFault, ...]]:
    """The findings on stated values, each with its reason. `stated` are the values of the years written, by address and
    year. Every error is accepted, with a fault's words where one explains it; a warning only if one does."""
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
    """Faults that no check finds, as notes (year, figure, words), except on figures with a withheld value."""
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
    """The fault that best matches some values, or None. A fault that quotes a withheld number would reveal it."""
    fitting = []
    for each in faults:
        own = {(figure, each.year) for figure in each.figures}
        shared = len(own & {*keys})
        if each.year == year and shared > 1 and not (own & {*withheld}) - {*keys}:
            fitting.append((shared, -len(own), each))
    return max(fitting, key=lambda one: one[:2])[2] if fitting else None


def denied_relations(known: Vintage, year: int) -> tuple[Denied, ...]:
    """The smallest set of relations of a year to deny so that no withheld value can be derived."""
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
        # Alternatives for each: weaker, or none.
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
    # A relation weakened first and removed later is listed once.
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
    """An accepted finding that says in `neutral` words that a sum fails, as if its withheld values were known."""
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
    """Give findings the reasons in the table itself, the note of the figure with which the reason is printed: it was
    written by the person who accepted the finding, and is printed once."""
    own: dict[int, tuple[AcceptedFault, ...]] = {}
    for year, found in accepted.items():
        for each in found:
            finding, notes = each.finding, years[year].notes if year in years else {}
            texts = [notes.get(address, {}) for address in printed_with(finding.values, finding.figure, year)]
            is_one = bool(texts and texts[0]) and all(text == texts[0] for text in texts)
            own[year] = (*own.get(year, ()), replace(each, reason=texts[0]) if is_one else each)
    return own


def printed_with(values: Values, figure: str, year: int) -> Iterable[str]:
    """The addresses at which a finding's reason is printed: the total, or the parts where only these are concerned."""
    held = {address for at, address, _ in values if at == year}
    parts = sorted(address for address in held if address.startswith(f"{figure}."))
    return parts if parts and figure not in held else (figure,)


MISSING, SUPPRESSED = "missing", "suppressed"
# The person named where the publication is no source of the catalogue.
UNNAMED = "publication"
# Rules by which a breakdown should add up to its total.
SUMS = ("parts-make-total", "assisted-parts", "zero-or-missing", "bound-in-sum")


def source_of_layout(catalogue: Catalogue, layout: str, shown: str) -> Source:
    """The source whose files have a layout. Raises FileError, at the file `shown`, where the catalogue names none."""
    source = next((each for each in catalogue.sources if each.layout == layout), None)
    if source is None:
        hint = f"write a source with layout: {layout} under sources: in data/catalogue.yaml"
        raise FileError.at(Mark(shown), "unknown-source", "the catalogue names no source of this layout", hint)
    return source


def record_name(figures: ImportedFigures) -> str:
    return figures.source or UNNAMED


def records_of(sources: Sources, country: str, figures: ImportedFigures) -> tuple[Received, ...]:
    """The records of earlier files of the publication; raises DataError."""
    return tuple(each for each in read_received(sources, country) if each.agency == record_name(figures))


def has_record(records: Iterable[Received], record: Received) -> bool:
    said = {(each.figure, each.value) for each in record.answers}
    same = (each for each in records if (each.year, each.sha256) == (record.year, record.sha256))
    return any(said <= {(one.figure, one.value) for one in each.answers} for each in same)


def answers_of(
    values: Iterable[ImportedValue],
    faults: Iterable[tuple[ImportedFault, str]],
    earlier: Iterable[Received],
    differences: Sequence[Difference],
    path: str,
) -> Iterator[ReceivedAnswer]:
    """The records of a year's values. A decision on an earlier file stays where this one says the same, as does one
    that the file of the year explains under `differences:`."""
    records, doubts = sorted(earlier, key=lambda each: each.number), [*faults]
    for each in values:
        if each.value == MISSING:
            continue
        before = next((said for one in reversed(records) if (said := one.answer(each.figure))), None)
        kept, by = (before.kept, before.by) if before and before.value == each.value else ("", "")
        explained = next((one for one in differences if (one.figure, one.published) == (each.figure, each.value)), None)
        if explained and not kept:
            kept, by = explained.reason.text(ENGLISH), str(explained.mark)
        yield ReceivedAnswer(
            figure=each.figure,
            value=each.value,
            cell=each.place,
            remark="; ".join([words for fault, words in doubts if each.figure in fault.figures]),
            source=each.source,
            definition=each.definition,
            kept=kept,
            by=by,
            mark=Mark(path),
        )


def says_more(
    sources: Sources, catalogue: Catalogue, country: str, value: ImportedValue, earlier: Iterable[Received]
) -> bool:
    """Whether a value adds to the year's file. A mask adds to a number only if the same source stated that earlier."""
    if value.value != SUPPRESSED:
        return True
    try:
        now = value_in_year(sources, catalogue, country, value.vintage or value.year, value.figure)
    except UnknownFigureError:
        return False
    if now in (*OPEN, SUPPRESSED):
        return True
    said = (answer for one in earlier if one.year == value.year and (answer := one.answer(value.figure)))
    return any(each.value == now for each in said)


def with_place(figures: ImportedFigures, data: CountryData | None, catalogue: Catalogue) -> ImportedFigures:
    here = _Here(figures, data, catalogue)
    values: list[ImportedValue] = []
    left = [*figures.left]
    for each in figures.values:
        reason = here.why_left(each)
        if reason:
            left.append(LeftRow(place=each.place, words=f"{each.figure} of {each.year}", reason=reason))
        elif not here.is_said(each):
            own = replace(each, notes=here.own_notes(each), incomplete=here.unexplained(each))
            seen = here.first.get((each.figure, each.year))
            values.append(replace(own, was=_text(seen) if seen else MISSING) if each.vintage else own)
    return replace(figures, values=tuple(values), left=tuple(left))


class _Here:
    """The present content of a country's files."""

    def __init__(self, figures: ImportedFigures, data: CountryData | None, catalogue: Catalogue) -> None:
        self.is_table, self.catalogue = not figures.source, catalogue
        self.years = {each.year for each in data.years} if data else set()
        self.known: dict[tuple[str, int], Observation] = {}
        self.first: dict[tuple[str, int], Observation] = {}
        self.activities: set[tuple[str, int]] = set()
        self.reasons: dict[tuple[str, int], set[str]] = {}
        self.accepted: set[tuple[str, int]] = set()
        if data:
            counts = [seen for thing in data.activities for seen in thing.figures]
            self.first = {(seen.address, seen.year): seen for seen in (*data.observations, *counts)}
            self.known = self.first | {(each.now.address, each.year): each.now for each in data.revisions}
            self.activities = {(each.code, each.year) for each in data.activities}
            of_sums = [each for each in data.accepted if each.rule in SUMS]
            self.accepted = {(address, each.year) for each in of_sums for _, address, _ in each.values}
            for each in data.accepted:
                for address in printed_with(each.values, each.figure, each.year):
                    self.reasons.setdefault((address, each.year), set()).update(dict(each.reason.texts).values())

    def why_left(self, value: ImportedValue) -> Told | None:
        is_count = value.figure.startswith(ACTIVITIES)
        if is_count and (value.figure.split(".")[1], value.year) not in self.activities:
            return tell(
                N_("its activity is in no file: add it to the file of its year, with its title, and import again")
            )
        if self.is_table and value.value == SUPPRESSED and is_given(self.known.get((value.figure, value.year))):
            return tell(N_("the file of its year has a number, which this file does not disclose: it stays"))
        if value.vintage in self.years and not self.is_said(value):
            words = N_("this revision is not in the file of {year}: write it there under revisions:, with its reason")
            return tell(words, year=value.vintage)
        if value.vintage and not value.notes:
            words = N_("the revision in {year} has no reason: add one as the note of the row")
            return tell(words, year=value.vintage)
        return None

    def is_said(self, value: ImportedValue) -> bool:
        """Whether a file of the workspace already contains the value. Figures of a year are compared elsewhere."""
        seen = self.known.get((value.figure, value.year))
        belongs = value.figure.startswith(ACTIVITIES) or value.vintage is not None
        return belongs and seen is not None and _text(seen) == value.value

    def own_notes(self, value: ImportedValue) -> tuple[Label, ...]:
        """The notes without the reasons under `accepted:`, which are printed next to them."""
        known = self.reasons.get((value.figure, value.year), set())
        texts = ((language, text.split(BETWEEN)) for each in value.notes for language, text in each.texts)
        kept = ((language, BETWEEN.join(part for part in parts if part not in known)) for language, parts in texts)
        return tuple(Label(((language, text),)) for language, text in kept if text)

    def unexplained(self, value: ImportedValue) -> tuple[str, ...]:
        axes = (axis for name in value.incomplete if (axis := self.catalogue.dimension(name)))
        return tuple(
            axis.code
            for axis in axes
            if not any((f"{value.figure}.{code.code}", value.year) in self.accepted for code in axis.codes)
        )


def _text(seen: Observation) -> str:
    return amount_text(seen.value, seen.status, seen.qualifier)
