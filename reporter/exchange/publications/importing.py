"""Plan and write the import of a publication: it adds missing years and fills in open figures of drafts. Values that
differ from a file stay, and are proposed next to it like answers of agencies."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from pathlib import Path

from reporter.check.withheld import withheld_besides
from reporter.data.errors import DataError, FileError, Finding, Mark, ReporterError, Severity, UsageError, nearest
from reporter.data.files.received import ReceivedPlace
from reporter.data.files.sources import DATA, SETTINGS, Sources, known_years
from reporter.data.files.store import Memory
from reporter.data.files.workspace import Workspace
from reporter.data.files.writing import write_together
from reporter.data.read.countries import with_countries
from reporter.data.read.dataset import load_dataset
from reporter.data.read.received import read_received, received_text
from reporter.data.read.yaml_tree import decode
from reporter.data.records import (
    Because,
    Catalogue,
    Country,
    Dataset,
    EditionStatus,
    Received,
    Vintage,
    is_withheld,
    vintage,
)
from reporter.data.records.imported import ImportedFault, ImportedFigures, ImportedValue
from reporter.data.records.label import ENGLISH
from reporter.data.write.amendment import Conflict
from reporter.data.write.applying import Step, Writer, laid_over, rewrite, writing_lock
from reporter.data.write.figure_fields import detail_step, year_file
from reporter.editions.checked import load_checked
from reporter.editions.public.public_files import neutral_reason
from reporter.editions.resources import locale_lookup
from reporter.editions.start.making import begun_files, brought_files, check_country_code, new_country, new_workspace
from reporter.editions.start.new_year import text_file
from reporter.exchange.agencies.agency_proposals import Proposal, field_of, proposals
from reporter.exchange.publications import eurostat_figures, glotip_figures, table_figures
from reporter.exchange.publications.records import (
    answered_faults,
    answers_of,
    denied_fault,
    denied_relations,
    fault_notes,
    record_name,
    says_more,
    with_incomplete_parts,
    with_own_reasons,
    with_place,
)
from reporter.exchange.publications.year_texts import (
    AcceptedFault,
    ImportedYear,
    accepted_value,
    adding_step,
    filling_steps,
    free_figures,
    imported_year,
    joined_words,
    message_words,
    revision_values,
    texts_in,
    year_text,
)
from reporter.exchange.send.message import clean
from reporter.figures.analysis.arithmetic import divisions
from reporter.figures.withhold.decisions import DecisionResult, decide
from reporter.figures.withhold.primary_suppression import Lots
from reporter.figures.withhold.solver import require_solver

Key = tuple[str, int]
# Readers by format. The second argument is the file name given, the last one the last edition here, if any. They raise
# FileError for any other file.
READERS: Mapping[str, Callable[[bytes, str, Catalogue, Country, Vintage | None], ImportedFigures]] = {
    "eurostat": eurostat_figures.read_figures,
    "glotip": glotip_figures.read_figures,
    "table": table_figures.read_figures,
}


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """The result of reading a publication, and the files that record it. `new_years` are years that had no file,
    `filled` figures left open by a draft, by address and year. `withheld` are values that would reveal a
    masked one, `left_out` masked ones that could not be protected; `unprotected`: no search for either was made.
    `accepted` are findings explained by faults of the publication, `open` the others, errors first. `faults` are
    those of the file, in English.
    `is_known`: this very file was imported before, and nothing is left to write."""

    figures: ImportedFigures
    country: str
    years: tuple[int, ...]
    files: Mapping[str, bytes]
    new_years: tuple[int, ...]
    filled: tuple[Key, ...]
    proposals: tuple[tuple[int, Proposal], ...]
    withheld: tuple[Key, ...]
    left_out: tuple[Key, ...]
    accepted: tuple[Finding, ...]
    open: tuple[Finding, ...]
    unprotected: bool
    is_known: bool
    faults: tuple[tuple[ImportedFault, str], ...]


def plan_figures(
    before: Sources,
    country: str,
    form: str,
    file: tuple[str, bytes],
    day: date,
    *,
    languages: tuple[str, ...] = (),
    years: frozenset[int] = frozenset(),
) -> tuple[ImportPlan, Mapping[str, bytes]]:
    """Plan what a file, by name and content, adds to a country, and the files that start it: those of a workspace, of a
    country, the first texts. Raises ReporterError."""
    # An existing country may have a code of its own.
    country = country if f"{DATA}/{country}/country.yaml" in before else check_country_code(country)
    start_files = (
        new_workspace(country, languages, None, brought_files())
        if SETTINGS not in before
        else {}
        if f"{DATA}/{country}/country.yaml" in before
        else new_country(before, country, None)
    )
    sources = before.overlay(start_files)
    if form not in READERS:
        raise UsageError(f"unknown format {form!r}", hint=nearest(form, READERS))
    dataset, _ = load_dataset(sources, (country,))
    data = dataset.country(country)
    if data is None:
        raise ReporterError(f"{DATA}/{country}/country.yaml cannot be read", hint=f"see reporter check {country}")
    latest_vintage = vintage(dataset, country, data.years[-1].year) if data.years else None
    name, content = file
    try:
        figures = READERS[form](content, name, dataset.catalogue_of(country), data.country, latest_vintage)
    except FileError as problem:
        raise FileError(problem.findings, "nothing was imported") from None
    figures = replace(figures, file=clean(Path(name).name))
    plan = ImportPlanner(sources, country, figures, years, day.isoformat()).plan()
    return plan, {**start_files, **_first_texts(sources, plan)}


def _first_texts(sources: Sources, plan: ImportPlan) -> Mapping[str, bytes]:
    folder = f"{DATA}/{plan.country}/text/"
    if not plan.new_years or any(path.startswith(folder) for path in sources):
        return {}
    after = sources.overlay(plan.files)
    dataset, year, speak = load_dataset(after, (plan.country,)).dataset, plan.new_years[-1], locale_lookup(after)
    return {
        f"{folder}{language}/{year}.md": text_file(dataset, plan.country, year, speak(language))
        for language in dataset.settings.languages
    }


class ImportPlanner:
    """The files to write for some or all years on a day, built up step by step; nothing is written yet. Raises
    DataError where the country's files cannot be read, ReporterError where nothing is stated of the years."""

    def __init__(
        self, sources: Sources, country: str, figures: ImportedFigures, years: frozenset[int], day: str
    ) -> None:
        self.sources, self.after, self.country, self.years, self.day = sources, sources, country, years, day
        self.memory, self.speak = Memory(), locale_lookup(sources)
        self.neutral: dict[int, tuple[AcceptedFault, ...]] = {}
        self.withheld: list[Key] = []
        self.left_out: list[Key] = []
        self.unprotected = False
        self.dataset = self._load()
        self.catalogue = with_countries(self.dataset.catalogue_of(country), country)
        data = self.dataset.country(country)
        self.figures = with_place(figures, data, self.catalogue)
        self.languages = tuple(map(self.speak, self.dataset.settings.languages))
        self.records = tuple(
            record for record in read_received(sources, country) if record.agency == record_name(figures)
        )
        stated = sorted(self.figures.values, key=_file_year)
        wanted = (value for value in stated if not years or _file_year(value) in years)
        self.values = {year: tuple(same) for year, same in groupby(wanted, key=_file_year)}
        if not self.values:
            year_list = ", ".join(map(str, sorted({*map(_file_year, stated)})))
            hint = f"it has figures for {year_list}" if year_list else "none of its rows matches a figure"
            raise ReporterError(f"{figures.file} has no figures for these years", hint=hint)
        before = known_years(sources, country)
        self.made = tuple(year for year in self.values if year not in before)
        self.existing = tuple(year for year in self.values if year in before)
        # Years that start with the texts of the year before: a draft to fill in.
        self.begun = tuple(year for year in self.made if data and data.passages and min(before, default=year) < year)
        # Values for years without a file, and for drafts.
        self.new: dict[int, ImportedYear] = {}
        self.drafts: dict[int, ImportedYear] = {}

    def plan(self) -> ImportPlan:
        for year in self.begun:
            self.after = self.after.overlay(begun_files(self.after, self.country, year))
        self._write({year: self._imported(year) for year in self.made if year not in self.begun})
        self._write({year: self._with_remarks(new_year) for year, new_year in self.new.items()})
        self._fill()
        if self.figures.is_protected:
            self._deny()
        elif self.new or self.drafts:
            self._protect()
        accepted = self._answer_faults()
        checked = load_checked(self.after, self.country, memory=self.memory)
        last = known_years(self.after, self.country)[-1]
        latest_vintage = self._vintages((last,))[last]
        faults = [
            (fault, message_words(fault.words, self.speak(ENGLISH), latest_vintage))
            for fault in self.figures.faults
            if not self.years or fault.year in self.years
        ]
        written = self._write_records(faults)
        changed = {path: file.content for path, file in self.after.items() if file is not self.sources.get(path)}
        open_ = [
            finding
            for finding in checked.findings
            if finding.severity is not Severity.NOTE and not finding.accepted and finding.year in (None, *self.values)
        ]
        own = [
            (year, item) for year in self.existing for item in proposals(self.after, self.catalogue, self.country, year)
        ]
        return ImportPlan(
            figures=self.figures,
            country=self.country,
            years=tuple(self.values),
            files=changed,
            new_years=self.made,
            filled=tuple(
                (value.figure, year)
                for year, draft in self.drafts.items()
                if year not in self.begun
                for value in draft.values
            ),
            proposals=tuple(pair for pair in own if pair[1].reply.received.agency == record_name(self.figures)),
            withheld=tuple(self.withheld),
            left_out=tuple(self.left_out),
            accepted=tuple(accepted),
            open=tuple(sorted(open_, key=lambda finding: finding.severity is not Severity.ERROR)),
            unprotected=self.unprotected and bool(self.made),
            is_known=not written and not changed,
            faults=tuple(faults),
        )

    def _load(self) -> Dataset:
        dataset, findings = load_dataset(self.after, (self.country,), memory=self.memory)
        # A text may wait for the year that is added now.
        errors = (finding for finding in findings if finding.severity is Severity.ERROR)
        if wrong := tuple(error for error in errors if not error.mark.path.endswith(".md")):
            raise DataError(wrong)
        return dataset

    def _vintages(self, years: Iterable[int]) -> dict[int, Vintage]:
        dataset = self._load()
        return {year: vintage(dataset, self.country, year) for year in years}

    def _imported(self, year: int) -> ImportedYear:
        return imported_year(self.figures, self.country, year, self.values[year])

    def _with_remarks(self, year: ImportedYear) -> ImportedYear:
        remarked = [value for value in year.values if value.remarks]
        vintage_by_year, notes = self._vintages((year.year,)) if remarked else {}, dict(year.notes)
        for remarked_value in remarked:
            texts = (texts_in(words, self.languages, vintage_by_year[year.year]) for words in remarked_value.remarks)
            notes[remarked_value.figure] = joined_words((notes.get(remarked_value.figure, {}), *texts))
        return replace(year, notes=notes)

    def _write(self, new: Mapping[int, ImportedYear]) -> None:
        self.new |= new
        texts = {year_file(self.country, year): year_text(new_year, self.catalogue) for year, new_year in new.items()}
        self.after = self.after.overlay({path: text.encode() for path, text in texts.items()})

    def _fill(self) -> None:
        data = self._load().country(self.country)
        for year in (*self.existing, *self.begun):
            file = data.year(year) if data else None
            if file is None or file.status is not EditionStatus.DRAFT:
                continue
            imported = self._with_remarks(self._imported(year))
            path = year_file(self.country, year)
            open_proposals = proposals(self.after, self.catalogue, self.country, year)
            claims = {item.figure for item in open_proposals if item.reply.received.agency != record_name(self.figures)}
            free = [*free_figures(self.after, self.catalogue, path, imported, claims)]
            self._lay(filling_steps(self.after, self.catalogue, path, imported, free))
            if year in self.begun:
                self._lay(adding_step(path, "revisions", revision) for revision in revision_values(imported))
            if free:
                self.drafts[year] = replace(imported, values=tuple(one for figure in free for one in figure.values))

    def _lay(self, steps: Iterable[Step]) -> None:
        after = laid_over(self.after, steps)
        if isinstance(after, Conflict):
            raise ReporterError(f"{after.file} was changed meanwhile", hint="import the file again")
        self.after = after

    def _protect(self) -> None:
        """Withhold values that would reveal a masked one. A mask that cannot be protected is left out of a new year."""
        last = known_years(self.after, self.country)[-1]
        latest_vintage = self._vintages((last,))[last]
        for year in (*self.new, *self.drafts):
            besides, hopeless = withheld_besides(latest_vintage, year)
            if year in self.new and (gone := {observation.address for observation in hopeless if observation.code}):
                self.left_out += [(address, year) for address in sorted(gone)]
                self.new[year] = replace(
                    self.new[year], values=tuple(value for value in self.new[year].values if value.figure not in gone)
                )
            self._withhold((observation.address, year, str(Because.PROTECTS.code)) for observation in besides)
        self._write(self.new)
        decided: DecisionResult | None = None
        # Without the solver, or with errors that keep it from reading the files, nothing is searched.
        with suppress(UsageError, DataError):
            require_solver()
            # Readers have the publication itself: random choices would hide nothing.
            decided = decide(self.after, self.country, last, lots=Lots())
        self.unprotected = decided is None
        withheld_cells = decided.plan.cells if decided else ()
        self._withhold(
            (cell.observation.address, cell.observation.year, str(cell.because.code)) for cell in withheld_cells
        )
        self._write(self.new)
        while cells := tuple(self._telling(last)):
            self._withhold(cells)
            self._write(self.new)

    def _telling(self, last: int) -> Iterator[tuple[str, int, str]]:
        """Values from which withheld ones follow, and the stated parts of withheld ones, which bound them."""
        latest_vintage = self._vintages((last,))[last]
        for year, imported in (*self.new.items(), *self.drafts.items()):
            stated = {value.figure for value in imported.values}
            values = [value for (_, at), value in latest_vintage.index.items() if at == year and not value.owner]
            telling = [*withheld_besides(latest_vintage, year)[0]]
            for division in divisions(latest_vintage, values):
                whole = latest_vintage.observation(division.whole, year)
                if whole and whole.value is not None and is_withheld(whole):
                    telling += [part for part in division.parts if part.value]
            for value in telling:
                if not is_withheld(value) and value.address in stated:
                    yield value.address, year, str(Because.PROTECTS.code)

    def _deny(self) -> None:
        """Accept failing sums of a protected table from which withheld values could be derived."""
        neutral = joined_words((neutral_reason(self.after),))
        for year, year_vintage in self._vintages((*self.new, *self.drafts)).items():
            denied = denied_relations(year_vintage, year)
            if year in self.new:
                self.new[year] = with_incomplete_parts(self.new[year], denied)
                denied = tuple(denial for denial in denied if not denial[1])
            self.neutral[year] = tuple(denied_fault(relation, neutral) for relation, _ in denied)
        self._write(self.new)

    def _withhold(self, cells: Iterable[tuple[str, int, str]]) -> None:
        for address, year, code in cells:
            written = self.new.get(year) or self.drafts.get(year)
            if written is None or all(address != value.figure for value in written.values):
                continue
            self.withheld.append((address, year))
            if year in self.new:
                values = (
                    replace(value, confidentiality=value.confidentiality or code)
                    if (value.figure, value.year) == (address, year)
                    else value
                    for value in written.values
                )
                self.new[year] = replace(written, values=tuple(values))
            elif field := field_of(self.catalogue, year_file(self.country, year), address):
                self._lay([detail_step(field, self.catalogue, ("confidentiality",), code)])

    def _answer_faults(self) -> list[Finding]:
        """Accept findings explained by faults of the publication, and note its other faults."""
        checked, withheld = load_checked(self.after, self.country, memory=self.memory), self.withheld
        written, faults = {**self.new, **self.drafts}, self.figures.faults
        stated = {(value.figure, value.year) for year in written.values() for value in year.values}
        vintage_by_year = {year: vintage(checked.dataset, self.country, year) for year in sorted(written)}
        answers = answered_faults(checked.findings, faults, stated, withheld, self.languages, vintage_by_year)
        if self.figures.is_protected:
            own = with_own_reasons(answers, written)
            answers = {year: (*own.get(year, ()), *self.neutral.get(year, ())) for year in written}
        notes = {year: dict(new_year.notes) for year, new_year in self.new.items()}
        for year, figure, words in fault_notes(faults, answers, withheld, self.languages, vintage_by_year):
            if year in notes:
                notes[year][figure] = joined_words((notes[year].get(figure, {}), words))
        self._write(
            {year: replace(item, notes=notes[year], accepted=answers.get(year, ())) for year, item in self.new.items()}
        )
        for year in self.drafts:
            file = year_file(self.country, year)
            self._lay(adding_step(file, "accepted", accepted_value(answer)) for answer in answers.get(year, ()))
        neutral = [accepted_fault for same in self.neutral.values() for accepted_fault in same]
        return [one.finding for year_answers in answers.values() for one in year_answers if one not in neutral]

    def _write_records(self, faults: Sequence[tuple[ImportedFault, str]]) -> bool:
        files, data = {}, self.dataset.country(self.country)
        for year, values in self.values.items():
            earlier = [earlier_record for earlier_record in self.records if earlier_record.year == year]
            rows = [
                value
                for value in values
                if value.year == year
                and (year in self.made or says_more(self.after, self.catalogue, self.country, value, earlier))
            ]
            explained = [difference for difference in (data.differences if data else ()) if difference.year == year]
            explained = [difference for difference in explained if difference.publication == self.figures.source]
            own = [(fault, words) for fault, words in faults if fault.year == year]
            number = max((earlier_record.number for earlier_record in earlier), default=0) + 1
            path = ReceivedPlace(self.country, year, record_name(self.figures), number).path
            record = Received(
                country=self.country,
                agency=record_name(self.figures),
                year=year,
                number=number,
                file=self.figures.file,
                sha256=self.figures.sha256,
                received=self.day,
                answers=tuple(answers_of(rows, own, earlier, explained, path)),
                mark=Mark(path),
            )
            stated_pairs = {(answer.figure, answer.value) for answer in record.answers}
            same = (entry for entry in self.records if (entry.year, entry.sha256) == (record.year, record.sha256))
            if not any(
                stated_pairs <= {(one.figure, one.value) for one in earlier_record.answers} for earlier_record in same
            ):
                files[path] = received_text(record).encode()
        self.after = self.after.overlay(files)
        return bool(files)


def _file_year(value: ImportedValue) -> int:
    return value.vintage or value.year


def write_plan(
    workspace: Workspace, sources: Sources, plan: ImportPlan, start_files: Mapping[str, bytes], writer: Writer
) -> None:
    """Write the files of a plan made from `sources`, and `start_files`, all or none. Changes of a draft go to the
    journal and can be undone in the workbench. Raises ReporterError where a file was changed meanwhile."""
    files = {**start_files, **plan.files}
    texts = {path: content for path, content in files.items() if path in sources}
    new = {path: content for path, content in files.items() if path not in sources}
    done: list[tuple[str, str, str]] = []
    try:
        for path, content in texts.items():
            was, text = decode(sources[path].content, path), decode(content, path)
            rewrite(workspace, path, ("figures",), was, text, writer)
            done.append((path, text, was))
        if new:
            with writing_lock(workspace):
                now = workspace.snapshot()
                if came := next((path for path in new if path in now), None):
                    raise ReporterError(
                        f"{came} was created meanwhile", hint="import the file again; nothing was written"
                    )
                write_together({workspace.root / path: content for path, content in new.items()})
    except ReporterError:
        for path, text, was in done:
            with suppress(ReporterError):
                rewrite(workspace, path, ("figures",), text, was, writer)
        raise
