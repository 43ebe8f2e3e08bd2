"""Plan how to take in what a publication states. What no file says yet is written: years that have none are made,
figures that a draft leaves open are filled in. What a file says otherwise stays, and is proposed beside it, as what
agencies say is."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import groupby

from reporter.check.withheld import withheld_besides
from reporter.disclosure.deciding import Decided, decide
from reporter.disclosure.lots import Lots
from reporter.disclosure.neutral_words import neutral_reason
from reporter.disclosure.solver import require_solver
from reporter.edit.amendment import Conflict
from reporter.edit.figure_fields import detail_step, year_file
from reporter.edit.written_steps import Step, laid_over
from reporter.edition.checked import CheckedDataset, load_checked
from reporter.errors import DataError, Finding, ReporterError, Severity, UsageError
from reporter.export.observations import BETWEEN
from reporter.files.memory import Memory
from reporter.files.sources import Sources, known_years
from reporter.i18n import Locale
from reporter.i18n.words import N_
from reporter.intake.agency_proposals import Proposal, field_of, proposals
from reporter.intake.imports.fault_answers import answered_faults, fault_notes
from reporter.intake.imports.import_records import (
    answers_of,
    has_record,
    new_record,
    record_name,
    records_of,
    says_more,
)
from reporter.intake.imports.published_table import (
    accepting_steps_of,
    denied_fault,
    denied_relations,
    filling_steps,
    free_figures,
    printed_with,
    revising_steps,
    with_incomplete_parts,
    with_own_reasons,
)
from reporter.intake.imports.table_addresses import ACTIVITIES
from reporter.intake.imports.year_texts import (
    AcceptedFault,
    ImportedYear,
    imported_year,
    joined_words,
    said_in,
    told_words,
    year_text,
)
from reporter.load.dataset import load_dataset
from reporter.load.received import place_of, received_text
from reporter.model import (
    Because,
    Catalogue,
    CountryData,
    Dataset,
    EditionStatus,
    Label,
    Observation,
    Status,
    Vintage,
    is_given,
    vintage,
)
from reporter.model.imported import ImportedFault, ImportedFigures, ImportedValue, LeftRow
from reporter.model.label import ENGLISH
from reporter.model.observation import amount_text
from reporter.model.telling import Told, tell

# Rules by which the parts of a breakdown should make their total.
SUMS = ("parts-make-total", "assisted-parts", "zero-or-missing", "bound-in-sum")
SUPPRESSED, MISSING = Status.SUPPRESSED.value, Status.MISSING.value


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
            values.append(replace(own, was=here.first_value(each)) if each.vintage else own)
    return replace(figures, values=tuple(values), left=tuple(left))


class _Here:
    """What the files of a country say already."""

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
            revised = {(each.now.address, each.year): each.now for each in data.revisions}
            self.known = self.first | revised
            self.activities = {(each.code, each.year) for each in data.activities}
            of_sums = [each for each in data.accepted if each.rule in SUMS]
            self.accepted = {(address, each.year) for each in of_sums for _, address, _ in each.values}
            for each in data.accepted:
                for address in printed_with(each.values, each.figure, each.year):
                    self.reasons.setdefault((address, each.year), set()).update(dict(each.reason.texts).values())

    def why_left(self, value: ImportedValue) -> Told | None:
        is_count = value.figure.startswith(ACTIVITIES)
        if is_count and (value.figure.split(".")[1], value.year) not in self.activities:
            return tell(N_("no file has its activity: write it in that of its year, with its title, and import again"))
        if self.is_table and value.value == SUPPRESSED and is_given(self.known.get((value.figure, value.year))):
            return tell(N_("the file of its year has a number, which this one does not tell: it stays"))
        if value.vintage in self.years and not self.is_said(value):
            words = N_("the file of {year} does not say so: write it there under revisions:, with its reason")
            return tell(words, year=value.vintage)
        if value.vintage and not value.notes:
            words = N_("the file of {year} would revise it without a reason: write one as the note of the row")
            return tell(words, year=value.vintage)
        return None

    def is_said(self, value: ImportedValue) -> bool:
        """Whether a file says this already, and nothing is to be written. Of the figures of a year it is told
        elsewhere."""
        seen = self.known.get((value.figure, value.year))
        belongs = value.figure.startswith(ACTIVITIES) or value.vintage is not None
        return belongs and seen is not None and _text(seen) == value.value

    def own_notes(self, value: ImportedValue) -> tuple[Label, ...]:
        """The notes without the reasons under `accepted:`, which are printed beside them."""
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

    def first_value(self, value: ImportedValue) -> str:
        seen = self.first.get((value.figure, value.year))
        return _text(seen) if seen else MISSING


def _text(seen: Observation) -> str:
    return amount_text(seen.value, seen.status, seen.qualifier)


# Gives the files of a new year that asks what the year before answered.
Begin = Callable[[Sources, str, int], Mapping[str, bytes]]
Key = tuple[str, int]


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What came of a publication, and the files that say so. `made` are the years that had no file, `filled` the
    figures that a draft left open, by address and year. `withheld` are values that would give away a masked one,
    `left_out` masked ones that nothing could keep. `unprotected` says that nobody looked for more of them. `accepted`
    are findings that the file's own faults explain, `open` those that remain, errors first. `faults` are those of the
    file, in English words. `is_known` says that this very file was taken in before and nothing is left to write."""

    figures: ImportedFigures
    country: str
    years: tuple[int, ...]
    files: Mapping[str, bytes]
    before: Mapping[str, str]
    made: tuple[int, ...]
    filled: tuple[Key, ...]
    proposals: tuple[tuple[int, Proposal], ...]
    withheld: tuple[Key, ...]
    left_out: tuple[Key, ...]
    accepted: tuple[Finding, ...]
    open: tuple[Finding, ...]
    unprotected: bool
    is_known: bool
    faults: tuple[tuple[ImportedFault, str], ...]


@dataclass(frozen=True, slots=True)
class ImportOrder:
    """What is to be taken in, of which years, and who asks. `years` are empty for all of them, `day` is that on which
    it is taken in. `speak` gives the locale of a language, `begin` the files of a year that follows on others."""

    sources: Sources
    country: str
    figures: ImportedFigures
    years: frozenset[int]
    day: str
    speak: Callable[[str], Locale]
    begin: Begin


def plan_import(order: ImportOrder) -> ImportPlan:
    """Find what is to be written; nothing is written yet. Raises DataError where the files of the country cannot be
    read, ReporterError where nothing is stated of the years."""
    return _Planning(order).plan()


class _Planning:
    """The files as they become, step by step."""

    def __init__(self, order: ImportOrder) -> None:
        self.order, self.memory = order, Memory()
        self.after = order.sources
        self.neutral: dict[int, tuple[AcceptedFault, ...]] = {}
        self.withheld: list[Key] = []
        self.left_out: list[Key] = []
        self.unprotected = False
        self.dataset = self._load()
        self.catalogue = self.dataset.catalogue_of(order.country)
        placed = with_place(order.figures, self.dataset.country(order.country), self.catalogue)
        order = self.order = replace(order, figures=placed)
        self.languages = tuple(map(order.speak, self.dataset.settings.languages))
        self.records = records_of(order.sources, order.country, order.figures)
        stated = sorted(order.figures.values, key=_file_year)
        wanted = (each for each in stated if not order.years or _file_year(each) in order.years)
        self.values = {year: tuple(same) for year, same in groupby(wanted, key=_file_year)}
        if not self.values:
            known = ", ".join(map(str, sorted({*map(_file_year, stated)})))
            hint = f"it has those of {known}" if known else "no row of it answers to a figure here"
            raise ReporterError(f"{order.figures.file} states no figure of these years", hint=hint)
        known_before = known_years(order.sources, order.country)
        self.made = tuple(year for year in self.values if year not in known_before)
        self.existing = tuple(year for year in self.values if year in known_before)
        data = self.dataset.country(order.country)
        follows = (year for year in self.made if data and data.passages and any(each < year for each in known_before))
        self.begun = tuple(follows)

    def plan(self) -> ImportPlan:
        order, country = self.order, self.order.country
        for year in self.begun:
            self.after = self.after.overlay(order.begin(self.after, country, year))
        years = {
            year: imported_year(order.figures, country, year, self.values[year])
            for year in self.made
            if year not in self.begun
        }
        self._write(years)
        years = {year: self._with_remarks(each) for year, each in years.items()}
        self._write(years)
        drafts = self._fill()
        years = self._protect(years, drafts)
        accepted = self._answer_faults(years, drafts)
        checked = self._check()
        written = self._write_records()
        before = self.order.sources
        changed = {
            path: self.after.find(path).content for path, file in self.after.items() if file is not before.get(path)
        }
        open_ = [
            each
            for each in checked.findings
            if (each.severity is not Severity.NOTE and (not each.accepted)) and each.year in (None, *self.values)
        ]
        return ImportPlan(
            figures=order.figures,
            country=country,
            years=tuple(self.values),
            files=changed,
            before={path: order.sources[path].sha256 if path in order.sources else "" for path in changed},
            made=self.made,
            filled=tuple(
                (each.figure, year) for year, draft in drafts.items() if year not in self.begun for each in draft.values
            ),
            proposals=tuple(self._proposals()),
            withheld=tuple(self.withheld),
            left_out=tuple(self.left_out),
            accepted=tuple(accepted),
            open=tuple(sorted(open_, key=lambda each: each.severity is not Severity.ERROR)),
            unprotected=self.unprotected and bool(self.made),
            is_known=not written and not changed,
            faults=tuple(self._told_faults()),
        )

    def _proposals(self) -> Iterator[tuple[int, Proposal]]:
        for year in self.existing:
            for each in proposals(self.after, self.catalogue, self.order.country, year):
                if each.said.received.agency == record_name(self.order.figures):
                    yield year, each

    def _told_faults(self) -> Iterator[tuple[ImportedFault, str]]:
        own = known_years(self.after, self.order.country)
        known = self._vintages(own[-1:])[own[-1]]
        for each in self.order.figures.faults:
            if not self.order.years or each.year in self.order.years:
                yield each, told_words(each.words, self.order.speak(ENGLISH), known)

    def _load(self) -> Dataset:
        dataset, findings = load_dataset(self.after, (self.order.country,), memory=self.memory)
        # A text may wait for the year that is made now.
        wrong = tuple(
            each for each in findings if each.severity is Severity.ERROR and not each.mark.path.endswith(".md")
        )
        if wrong:
            raise DataError(wrong)
        return dataset

    def _check(self) -> CheckedDataset:
        return load_checked(self.after, self.order.country, memory=self.memory)

    def _vintages(self, years: Iterable[int]) -> dict[int, Vintage]:
        dataset = self._load()
        return {year: vintage(dataset, self.order.country, year) for year in years}

    def _with_remarks(self, year: ImportedYear) -> ImportedYear:
        if not any(each.remarks for each in year.values):
            return year
        known = self._vintages((year.year,))[year.year]
        notes = dict(year.notes)
        for each in year.values:
            said = [said_in(words, self.languages, known) for words in each.remarks]
            if said:
                notes[each.figure] = joined_words((notes.get(each.figure, {}), *said))
        return replace(year, notes=notes)

    def _write(self, years: Mapping[int, ImportedYear]) -> None:
        texts = {year_file(each.country, year): year_text(each, self.catalogue) for year, each in years.items()}
        self.after = self.after.overlay({path: text.encode() for path, text in texts.items()})

    def _fill(self) -> dict[int, ImportedYear]:
        """Fill in what drafts leave open; gives what was written."""
        filled: dict[int, ImportedYear] = {}
        data = self._load().country(self.order.country)
        for year in (*self.existing, *self.begun):
            file = data.year(year) if data else None
            if file is None or file.status is not EditionStatus.DRAFT:
                continue
            imported = self._with_remarks(
                imported_year(self.order.figures, self.order.country, year, self.values[year])
            )
            path = year_file(self.order.country, year)
            said = proposals(self.after, self.catalogue, self.order.country, year)
            taken = {each.figure for each in said if each.said.received.agency != record_name(self.order.figures)}
            free = [*free_figures(self.after, self.catalogue, path, imported, taken)]
            self._lay(filling_steps(self.after, self.catalogue, path, imported, free))
            if year in self.begun:
                self._lay(revising_steps(path, imported))
            if free:
                filled[year] = replace(imported, values=tuple(one for each in free for one in each.values))
        return filled

    def _lay(self, steps: Iterable[Step]) -> None:
        after = laid_over(self.after, steps)
        if isinstance(after, Conflict):
            raise ReporterError(f"{after.file} was changed meanwhile", hint="import the file again")
        self.after = after

    def _protect(self, years: dict[int, ImportedYear], drafts: Mapping[int, ImportedYear]) -> dict[int, ImportedYear]:
        """Withhold what would give a masked value away. A mask that nothing could keep is left out of a year that is
        made."""
        written = {**years, **drafts}
        if not written:
            return years
        if self.order.figures.is_protected:
            return self._deny(years, drafts)
        last = known_years(self.after, self.order.country)[-1]
        known = self._vintages((last,))[last]
        for year in written:
            besides, hopeless = withheld_besides(known, year)
            gone = {seen.address for seen in hopeless if seen.code} if year in years else set()
            self.left_out += [(address, year) for address in sorted(gone)]
            if gone:
                years[year] = replace(
                    years[year], values=tuple(each for each in years[year].values if each.figure not in gone)
                )
            self._withhold(years, drafts, [(seen.address, year, str(Because.PROTECTS.code)) for seen in besides])
        self._write(years)
        decided = self._decided(last)
        self.unprotected = decided is None
        if decided:
            cells = [(each.seen.address, each.seen.year, str(each.because.code)) for each in decided.plan.cells]
            self._withhold(years, drafts, cells)
        self._write(years)
        return years

    def _decided(self, last: int) -> Decided | None:
        """Which values besides must not be known; None where the solver is not installed, or errors keep it from
        reading the files."""
        try:
            require_solver()
        except UsageError:
            return None
        with suppress(DataError):
            # Readers have the publication itself: random choices would hide nothing.
            return decide(self.after, self.order.country, last, lots=Lots())
        return None

    def _deny(self, years: dict[int, ImportedYear], drafts: Mapping[int, ImportedYear]) -> dict[int, ImportedYear]:
        neutral = neutral_reason(self.after)
        for year, known in self._vintages((*years, *drafts)).items():
            denied = denied_relations(known, year)
            if year in years:
                years[year] = with_incomplete_parts(years[year], denied)
                denied = tuple(each for each in denied if not each.incomplete)
            self.neutral[year] = tuple(denied_fault(each, neutral) for each in denied)
        self._write(years)
        return years

    def _withhold(
        self, years: dict[int, ImportedYear], drafts: Mapping[int, ImportedYear], cells: Iterable[tuple[str, int, str]]
    ) -> None:
        for address, year, code in cells:
            written = years.get(year) or drafts.get(year)
            if written is None or all(address != each.figure for each in written.values):
                continue
            self.withheld.append((address, year))
            if year in years:
                years[year] = years[year].withholding([(address, year, code)])
            else:
                field = field_of(self.catalogue, year_file(self.order.country, year), address)
                if field:
                    self._lay([detail_step(field, self.catalogue, ("confidentiality",), code)])

    def _answer_faults(self, years: dict[int, ImportedYear], drafts: Mapping[int, ImportedYear]) -> list[Finding]:
        checked, withheld = self._check(), self.withheld
        written = {**years, **drafts}
        stated = {(each.figure, each.year) for year in written.values() for each in year.values}
        known = {year: vintage(checked.dataset, self.order.country, year) for year in sorted(written)}
        faults = self.order.figures.faults
        answers = answered_faults(checked.findings, faults, stated, withheld, self.languages, known)
        if self.order.figures.is_protected:
            own = with_own_reasons(answers, written)
            answers = {year: (*own.get(year, ()), *self.neutral.get(year, ())) for year in written}
        notes = {year: dict(each.notes) for year, each in years.items()}
        for year, figure, words in fault_notes(faults, answers, withheld, self.languages, known):
            if year in notes:
                notes[year][figure] = joined_words((notes[year].get(figure, {}), words))
        self._write(
            {year: replace(each, notes=notes[year], accepted=answers.get(year, ())) for year, each in years.items()}
        )
        for year in drafts:
            self._lay(accepting_steps_of(year_file(self.order.country, year), answers.get(year, ())))
        neutral = [each for same in self.neutral.values() for each in same]
        return [one.finding for each in answers.values() for one in each if one not in neutral]

    def _write_records(self) -> bool:
        order, files = self.order, {}
        data = self.dataset.country(order.country)
        for year, values in self.values.items():
            earlier = [each for each in self.records if each.year == year]
            told = [
                each
                for each in values
                if each.year == year
                and (year in self.made or says_more(self.after, self.catalogue, order.country, each, earlier))
            ]
            explained = [each for each in (data.differences if data else ()) if each.year == year]
            explained = [each for each in explained if each.publication == order.figures.source]
            faults = [(each, words) for each, words in self._told_faults() if each.year == year]
            record = new_record(order.figures, order.country, year, order.day, [each.number for each in earlier])
            path = place_of(record).path
            record = replace(record, answers=tuple(answers_of(told, faults, earlier, explained, path)))
            if not has_record(self.records, record):
                files[path] = received_text(record).encode()
        self.after = self.after.overlay(files)
        return bool(files)


def _file_year(value: ImportedValue) -> int:
    return value.vintage or value.year
