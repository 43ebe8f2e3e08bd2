"""Take in what a publication states of a country: plan it whole, then write.

What no file says yet is written: years that have none are made, figures that a draft leaves open are filled in. What a
file says otherwise stays, and is proposed beside it, as what agencies say is.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from reporter.check.withheld import withheld_besides
from reporter.edit.amendment import Conflict
from reporter.edit.figure_fields import year_file
from reporter.edit.written_steps import laid_over
from reporter.edition.checked import CheckedDataset, load_checked
from reporter.errors import DataError, Finding, ReporterError, Severity
from reporter.files.memory import Memory
from reporter.files.sources import Sources, known_years
from reporter.i18n import Locale
from reporter.intake.agency_proposals import Proposal, proposals
from reporter.intake.imports.fault_answers import answered_faults, fault_notes
from reporter.intake.imports.filling import accepting_steps_of, filling_steps, free_figures
from reporter.intake.imports.import_records import (
    answers_of,
    has_record,
    new_record,
    record_name,
    record_path,
    records_of,
    says_more,
)
from reporter.intake.imports.year_texts import ImportedYear, joined_words, said_in, year_text
from reporter.load.dataset import load_dataset
from reporter.load.received import received_text
from reporter.model import Because, Dataset, EditionStatus, Vintage, vintage
from reporter.model.imported import ImportedFigures, ImportedValue

if TYPE_CHECKING:
    from reporter.disclosure.deciding import Decided

# Says which values besides must not be known; None where the solver is not there.
Decide = Callable[[Sources, str, int], "Decided"] | None
Key = tuple[str, int]


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What came of a publication, and the files that say so.

    `made` are the years that had no file, `filled` the figures that a draft left open, by address and year. `withheld`
    are values that would give away a masked one, `left_out` masked ones that nothing could keep. `unprotected` says
    that nobody looked for more of them. `accepted` are findings that the file's own faults explain, `open` those that
    remain, errors first. `is_known` says that this very file was taken in before and nothing is left to write.
    """

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


@dataclass(frozen=True, slots=True)
class ImportOrder:
    """What is to be taken in, of which years, and who asks.

    `years` are empty for all of them, `day` is that on which it is taken in. `speak` gives the locale of a language.
    """

    sources: Sources
    country: str
    figures: ImportedFigures
    years: frozenset[int]
    day: str
    speak: Callable[[str], Locale]
    decide: Decide = None


def plan_import(order: ImportOrder) -> ImportPlan:
    """Find what is to be written; nothing is written yet.

    Raises DataError where the files of the country cannot be read, ReporterError where nothing is stated of the years.
    """
    return _Planning(order).plan()


class _Planning:
    """The files as they become, step by step."""

    def __init__(self, order: ImportOrder) -> None:
        self.order, self.memory = order, Memory()
        self.after = order.sources
        self.withheld: list[Key] = []
        self.left_out: list[Key] = []
        self.dataset = self._load()
        self.catalogue = self.dataset.catalogue_of(order.country)
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

    def plan(self) -> ImportPlan:
        """Make the years, fill in drafts, protect, check, and note the rest."""
        order, country = self.order, self.order.country
        years = {year: self._year(year) for year in self.made}
        self._write(years)
        years = {year: self._with_remarks(each) for year, each in years.items()}
        self._write(years)
        filled = self._fill()
        years = self._protect(years)
        accepted = self._answer_faults(years, filled, self.withheld)
        checked = self._check()
        written = self._write_records()
        changed = {path: self.after.find(path).content for path in self.after if self._is_new(path)}
        found = [
            (year, each)
            for year in self.existing
            for each in proposals(self.after, self.catalogue, country, year)
            if each.said.received.agency == record_name(order.figures)
        ]
        open_ = [each for each in checked.findings if _is_open(each) and each.year in (None, *self.values)]
        return ImportPlan(
            figures=order.figures,
            country=country,
            years=tuple(self.values),
            files=changed,
            before={path: order.sources[path].sha256 if path in order.sources else "" for path in changed},
            made=self.made,
            filled=tuple(filled),
            proposals=tuple(found),
            withheld=tuple(self.withheld),
            left_out=tuple(self.left_out),
            accepted=tuple(accepted),
            open=tuple(sorted(open_, key=lambda each: each.severity is not Severity.ERROR)),
            unprotected=order.decide is None and bool(self.made),
            is_known=not written and not changed,
        )

    def _is_new(self, path: str) -> bool:
        before = self.order.sources
        return path not in before or self.after[path] is not before[path]

    def _load(self) -> Dataset:
        dataset, findings = load_dataset(self.after, (self.order.country,), memory=self.memory)
        wrong = tuple(each for each in findings if each.severity is Severity.ERROR)
        if wrong:
            raise DataError(wrong)
        return dataset

    def _check(self) -> CheckedDataset:
        return load_checked(self.after, self.order.country, memory=self.memory)

    def _vintages(self, years: Iterable[int]) -> dict[int, Vintage]:
        dataset = self._load()
        return {year: vintage(dataset, self.order.country, year) for year in years}

    def _year(self, year: int) -> ImportedYear:
        figures, values = self.order.figures, self.values[year]
        sources = [each.source for each in values if each.source]
        usual = figures.source or max(sources, key=sources.count, default="")
        return ImportedYear(
            country=self.order.country,
            year=year,
            file=figures.file,
            published=figures.published,
            source=usual,
            values=values,
            notes={each.figure: joined_words(map(_words, each.notes)) for each in values if each.notes},
        )

    def _with_remarks(self, year: ImportedYear) -> ImportedYear:
        """The year with what is to be said of its values."""
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

    def _fill(self) -> list[Key]:
        """Fill in what drafts leave open."""
        filled: list[Key] = []
        data = self.dataset.country(self.order.country)
        for year in self.existing:
            file = data.year(year) if data else None
            if file is None or file.status is not EditionStatus.DRAFT:
                continue
            imported = self._with_remarks(self._year(year))
            path = year_file(self.order.country, year)
            said = proposals(self.after, self.catalogue, self.order.country, year)
            taken = {each.figure for each in said if each.said.received.agency != record_name(self.order.figures)}
            free = [each for each in free_figures(self.after, self.catalogue, path, imported, taken) if each.total]
            after = laid_over(self.after, filling_steps(self.after, self.catalogue, path, imported, free))
            if isinstance(after, Conflict):
                raise ReporterError(f"{after.file} was changed meanwhile", hint="import the file again")
            self.after = after
            filled += [
                (seen.figure, year)
                for each in free
                for seen in (each.total, *(one for parts in each.breakdowns.values() for one in parts.values()))
                if seen
            ]
        return filled

    def _protect(self, years: dict[int, ImportedYear]) -> dict[int, ImportedYear]:
        """Withhold what would give a masked value away.

        A mask that nothing could keep is left out.
        """
        known = self._vintages(self.made[-1:])
        for year, each in years.items():
            besides, hopeless = withheld_besides(known[self.made[-1]], year)
            gone = {seen.address for seen in hopeless if seen.code}
            self.left_out += [(address, year) for address in sorted(gone)]
            cells = [(seen.address, year, str(Because.PROTECTS.code)) for seen in besides]
            kept = tuple(value for value in each.values if value.figure not in gone)
            years[year] = replace(each, values=kept).withholding(cells)
            self.withheld += [(seen.address, year) for seen in besides]
        self._write(years)
        if self.order.decide is None or not years:
            return years
        last = known_years(self.after, self.order.country)[-1]
        decided = self.order.decide(self.after, self.order.country, last)
        cells = [(each.seen.address, each.seen.year, str(each.because.code)) for each in decided.plan.cells]
        cells = [each for each in cells if each[1] in years]
        self.withheld += [(address, year) for address, year, _ in cells]
        years = {year: each.withholding(cells) for year, each in years.items()}
        self._write(years)
        return years

    def _answer_faults(
        self, years: dict[int, ImportedYear], filled: Sequence[Key], withheld: Collection[Key]
    ) -> list[Finding]:
        """Accept what the publication contradicts itself in."""
        checked = self._check()
        stated = {(each.figure, each.year) for year in years.values() for each in year.values} | {*filled}
        concerned = {*years, *(year for _, year in filled)}
        known = {year: vintage(checked.dataset, self.order.country, year) for year in sorted(concerned)}
        faults = self.order.figures.faults
        answers = answered_faults(checked.findings, faults, stated, withheld, self.languages, known)
        notes = {year: dict(each.notes) for year, each in years.items()}
        for year, figure, words in fault_notes(faults, answers, withheld, self.languages, known):
            if year in notes:
                notes[year][figure] = joined_words((notes[year].get(figure, {}), words))
        self._write(
            {year: replace(each, notes=notes[year], accepted=answers.get(year, ())) for year, each in years.items()}
        )
        for year in concerned - {*years}:
            path = year_file(self.order.country, year)
            after = laid_over(self.after, accepting_steps_of(path, answers.get(year, ())))
            if isinstance(after, Sources):
                self.after = after
        return [one.finding for each in answers.values() for one in each]

    def _write_records(self) -> bool:
        """Write down what the publication says, where it was not yet."""
        order, files = self.order, {}
        data = self.dataset.country(order.country)
        for year, values in self.values.items():
            if has_record(self.records, order.figures, year):
                continue
            earlier = [each for each in self.records if each.year == year]
            told = [
                each
                for each in values
                if each.year == year
                and (year in self.made or says_more(self.after, self.catalogue, order.country, each, earlier))
            ]
            explained = [each for each in (data.differences if data else ()) if each.year == year]
            explained = [each for each in explained if each.publication == order.figures.source]
            faults = [each for each in order.figures.faults if each.year == year]
            record = new_record(order.figures, order.country, year, order.day, (), [each.number for each in earlier])
            path = record_path(record)
            answers = tuple(answers_of(told, faults, earlier, explained, path))
            files[path] = received_text(replace(record, answers=answers)).encode()
        self.after = self.after.overlay(files)
        return bool(files)


def _file_year(value: ImportedValue) -> int:
    return value.vintage or value.year


def _words(label: object) -> Mapping[str, str]:
    return dict(getattr(label, "texts", ()))


def _is_open(finding: Finding) -> bool:
    return finding.severity is not Severity.NOTE and not finding.accepted
