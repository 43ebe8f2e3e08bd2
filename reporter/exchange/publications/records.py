"""Records of a publication's statements, one for each year, like those of an agency's workbook: file and line are shown
with the figure, and differences are decided."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from reporter.check.prose_text import AS_STATED, CONTRADICTS, IN_DOUBT, NOT_READ, UNTOLD_BESIDES
from reporter.data.errors import FileError, Finding, Mark, Severity, Values, error_at
from reporter.data.files.sources import Sources
from reporter.data.i18n import Locale
from reporter.data.i18n.words import N_
from reporter.data.read.dataset import ACTIVITIES
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
from reporter.exchange.publications.year_texts import AcceptedFault, ImportedYear, Words, texts_in
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
    vintage_by_year: Mapping[int, Vintage],
) -> dict[int, tuple[AcceptedFault, ...]]:
    """The findings on stated values, each with its reason. `stated` are the values of the years written, by address and
    year. Every error is accepted, with a fault's words where one explains it; a warning only if one does."""
    answers_by_year: dict[int, list[AcceptedFault]] = {}
    for finding in findings:
        keys = {(address, year) for year, address, _ in finding.values}
        year = finding.year or 0
        if year not in vintage_by_year or not finding.is_acceptable or not keys & {*stated}:
            continue
        is_error = finding.severity is Severity.ERROR
        fault = _explaining(keys, year, faults, withheld)
        # A warning about several years is no contradiction of the publication.
        if not is_error and (fault is None or any(at != year for _, at in keys)):
            continue
        doubtful = fault is None or fault.in_doubt
        if keys & {*withheld}:
            words = tell(NOT_READ if doubtful else UNTOLD_BESIDES)
        else:
            words = tell(IN_DOUBT if doubtful and fault else AS_STATED, fault=fault.words if fault else finding.message)
        reason = texts_in(words, languages, vintage_by_year[year])
        answers_by_year.setdefault(year, []).append(AcceptedFault(finding, reason, comparable=not doubtful))
    return {year: tuple(answers) for year, answers in answers_by_year.items()}


def fault_notes(
    faults: Iterable[ImportedFault],
    answered: Mapping[int, Iterable[AcceptedFault]],
    withheld: Collection[Key],
    languages: Sequence[Locale],
    vintage_by_year: Mapping[int, Vintage],
) -> Iterator[tuple[int, str, Mapping[str, str]]]:
    """Faults that no check finds, as notes (year, figure, words), except on figures with a withheld value."""
    listed = {
        (address, year)
        for year, answers in answered.items()
        for one in answers
        for at, address, _ in one.finding.values
        if at == year
    }
    for item in faults:
        keys = {(figure, item.year) for figure in item.figures}
        if item.year not in vintage_by_year or not item.figures or not item.places or keys & listed:
            continue
        # The figure of which the first one is a part, or itself.
        indicator = vintage_by_year[item.year].catalogue.split(item.figures[0])[0]
        total = indicator.code if indicator else item.figures[0]
        if not any(year == item.year and f"{address}.".startswith(f"{total}.") for address, year in withheld):
            words = texts_in(tell(CONTRADICTS, fault=item.words), languages, vintage_by_year[item.year])
            yield item.year, total, words


def _explaining(
    keys: Collection[Key], year: int, faults: Iterable[ImportedFault], withheld: Collection[Key]
) -> ImportedFault | None:
    """The fault that best matches some values, or None. A fault that quotes a withheld number would reveal it."""
    fitting = []
    for fault in faults:
        own = {(figure, fault.year) for figure in fault.figures}
        shared = len(own & {*keys})
        if fault.year == year and shared > 1 and not (own & {*withheld}) - {*keys}:
            fitting.append((shared, -len(own), fault))
    return max(fitting, key=lambda one: one[:2])[2] if fitting else None


def denied_relations(vintage: Vintage, year: int) -> tuple[Denied, ...]:
    """The smallest set of relations of a year to deny so that no withheld value can be derived."""
    public = replace(
        vintage,
        index={
            key: observation
            if not is_withheld(observation)
            else replace(observation, value=None, status=Status.SUPPRESSED, qualifier=Qualifier.EXACT)
            for key, observation in vintage.index.items()
        },
    )
    relations = list(relations_of(public, year))
    hidden = {key_of(item) for relation in relations for item in relation.values if is_hidden(item)}
    denied: list[Denied] = []
    while left := exposed(relations) & hidden:
        # Alternatives for each: weaker, or none.
        ways: list[tuple[int, Relation | None]] = []
        for place, candidate in enumerate(relations):
            if OF_TOTAL in candidate.rules and not candidate.at_most and candidate.parts[0].dimension:
                ways.append((place, replace(candidate, at_most=True)))
            ways.append((place, None))
        counted = [(len(exposed(_without(relations, place, way)) & left), n) for n, (place, way) in enumerate(ways)]
        if not counted:
            break
        place, way = ways[min(counted)[1]]
        denied.append((relations[place], way is not None))
        relations = list(_without(relations, place, way))
    # A relation weakened first and removed later is listed once.
    return tuple({(relation.name, relation.whole): (relation, incomplete) for relation, incomplete in denied}.values())


def _without(relations: Sequence[Relation], place: int, way: Relation | None) -> Iterable[Relation]:
    return (*relations[:place], *([way] if way else []), *relations[place + 1 :])


def with_incomplete_parts(year: ImportedYear, denied: Iterable[Denied]) -> ImportedYear:
    axes: dict[str, list[str]] = {}
    for relation, incomplete in denied:
        if incomplete:
            axes.setdefault(relation.whole.figure, []).append(relation.parts[0].dimension)
    values = (
        replace(value, incomplete=tuple(dict.fromkeys((*value.incomplete, *axes[value.figure]))))
        if value.year == year.year and value.figure in axes
        else value
        for value in year.values
    )
    return replace(year, values=tuple(values))


def denied_fault(relation: Relation, neutral: Words) -> AcceptedFault:
    """An accepted finding that says in `neutral` words that a sum fails, as if its withheld values were known."""
    observations = {key_of(observation): observation for observation in relation.values}.values()
    values = ((item.year, item.address, amount_text(item.value, item.status, item.qualifier)) for item in observations)
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
    for year, faults in accepted.items():
        for fault in faults:
            finding, notes = fault.finding, years[year].notes if year in years else {}
            texts = [notes.get(address, {}) for address in printed_with(finding.values, finding.figure, year)]
            is_one = bool(texts and texts[0]) and all(text == texts[0] for text in texts)
            own[year] = (*own.get(year, ()), replace(fault, reason=texts[0]) if is_one else fault)
    return own


def printed_with(values: Values, figure: str, year: int) -> Iterable[str]:
    """The addresses at which a finding's reason is printed: the total, or the parts where only these are concerned."""
    addresses = {address for at, address, _ in values if at == year}
    parts = sorted(address for address in addresses if address.startswith(f"{figure}."))
    return parts if parts and figure not in addresses else (figure,)


MISSING, SUPPRESSED = "missing", "suppressed"
# The person named where the publication is no source of the catalogue.
UNNAMED = "publication"
# Rules by which a breakdown should add up to its total.
SUMS = ("parts-make-total", "assisted-parts", "zero-or-missing", "bound-in-sum")


def source_of_layout(catalogue: Catalogue, layout: str, filename: str) -> Source:
    """The source whose files have a layout. Raises FileError at the file where the catalogue names none."""
    source = next((candidate for candidate in catalogue.sources if candidate.layout == layout), None)
    if source is None:
        hint = f"write a source with layout: {layout} under sources: in data/catalogue.yaml"
        raise FileError.at(Mark(filename), "unknown-source", "the catalogue names no source of this layout", hint)
    return source


def record_name(figures: ImportedFigures) -> str:
    return figures.source or UNNAMED


def answers_of(
    values: Iterable[ImportedValue],
    faults: Iterable[tuple[ImportedFault, str]],
    earlier: Iterable[Received],
    differences: Sequence[Difference],
    path: str,
) -> Iterator[ReceivedAnswer]:
    """The records of a year's values. A decision on an earlier file stays where this one says the same, as does one
    that the file of the year explains under `differences:`."""
    records, doubts = sorted(earlier, key=lambda record: record.number), [*faults]
    for item in values:
        if item.value == MISSING:
            continue
        before = next((answer for one in reversed(records) if (answer := one.answer(item.figure))), None)
        reason, by = (before.reason, before.by) if before and before.value == item.value else ("", "")
        explained = next((one for one in differences if (one.figure, one.published) == (item.figure, item.value)), None)
        if explained and not reason:
            reason, by = explained.reason.text(ENGLISH), str(explained.mark)
        yield ReceivedAnswer(
            figure=item.figure,
            value=item.value,
            cell=item.place,
            remark="; ".join([words for fault, words in doubts if item.figure in fault.figures]),
            source=item.source,
            definition=item.definition,
            reason=reason,
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
    answers = (answer for one in earlier if one.year == value.year and (answer := one.answer(value.figure)))
    return any(statement.value == now for statement in answers)


def with_place(figures: ImportedFigures, data: CountryData | None, catalogue: Catalogue) -> ImportedFigures:
    here = _Here(figures, data, catalogue)
    values: list[ImportedValue] = []
    left = [*figures.left]
    for value in figures.values:
        if reason := here.why_left(value):
            left.append(LeftRow(place=value.place, words=f"{value.figure} of {value.year}", reason=reason))
        elif not here.is_said(value):
            own = replace(value, notes=here.own_notes(value), incomplete=here.unexplained(value))
            observation = here.first.get((value.figure, value.year))
            values.append(replace(own, was=_text(observation) if observation else MISSING) if value.vintage else own)
    return replace(figures, values=tuple(values), left=tuple(left))


class _Here:
    """The present content of a country's files."""

    def __init__(self, figures: ImportedFigures, data: CountryData | None, catalogue: Catalogue) -> None:
        self.is_table, self.catalogue = not figures.source, catalogue
        self.years = {year_data.year for year_data in data.years} if data else set()
        self.known: dict[tuple[str, int], Observation] = {}
        self.first: dict[tuple[str, int], Observation] = {}
        self.activities: set[tuple[str, int]] = set()
        self.reasons: dict[tuple[str, int], set[str]] = {}
        self.accepted: set[tuple[str, int]] = set()
        if data:
            counts = [observation for thing in data.activities for observation in thing.figures]
            self.first = {(value.address, value.year): value for value in (*data.observations, *counts)}
            self.known = self.first | {(item.now.address, item.year): item.now for item in data.revisions}
            self.activities = {(activity.code, activity.year) for activity in data.activities}
            of_sums = [acceptance for acceptance in data.accepted if acceptance.rule in SUMS]
            self.accepted = {(address, entry.year) for entry in of_sums for _, address, _ in entry.values}
            for case in data.accepted:
                for address in printed_with(case.values, case.figure, case.year):
                    self.reasons.setdefault((address, case.year), set()).update(dict(case.reason.texts).values())

    def why_left(self, value: ImportedValue) -> Told | None:
        if value.figure.startswith(ACTIVITIES) and (value.figure.split(".")[1], value.year) not in self.activities:
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
        observation = self.known.get((value.figure, value.year))
        belongs = value.figure.startswith(ACTIVITIES) or value.vintage is not None
        return belongs and observation is not None and _text(observation) == value.value

    def own_notes(self, value: ImportedValue) -> tuple[Label, ...]:
        """The notes without the reasons under `accepted:`, which are printed next to them."""
        reasons = self.reasons.get((value.figure, value.year), set())
        texts = ((language, text.split(BETWEEN)) for label in value.notes for language, text in label.texts)
        notes = ((language, BETWEEN.join(part for part in parts if part not in reasons)) for language, parts in texts)
        return tuple(Label(((language, text),)) for language, text in notes if text)

    def unexplained(self, value: ImportedValue) -> tuple[str, ...]:
        axes = (axis for name in value.incomplete if (axis := self.catalogue.dimension(name)))
        return tuple(
            axis.code
            for axis in axes
            if not any((f"{value.figure}.{code.code}", value.year) in self.accepted for code in axis.codes)
        )


def _text(observation: Observation) -> str:
    return amount_text(observation.value, observation.status, observation.qualifier)
