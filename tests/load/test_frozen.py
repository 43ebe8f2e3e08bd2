"""What was published stays: a frozen workspace is loaded, compared and corrected."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

from reporter.comparison import Manner, Side, Sides, compare_figures
from reporter.comparison.erratum import Aspect, Corrected, Erratum, corrected_figures
from reporter.comparison.text_diff import Fate
from reporter.context import Context
from reporter.document.document import Revised, Section, Table
from reporter.document.outline import COMPARED
from reporter.edition.changes import intact_copies
from reporter.edition.inputs import inputs_of
from reporter.edition.job import Job
from reporter.files.sources import Sources
from reporter.files.workspace import Workspace
from reporter.i18n import load_locale
from reporter.load.dataset import LoadedDataset, load_dataset
from reporter.load.release import read_releases
from reporter.model import Code, Dataset, Dimension, Indicator, Label, Release, Source, Vintage, is_given, vintage
from reporter.produce.composed import document_of
from reporter.sections import compose
from tests.fixtures import HERE, LITHUANIA, RURITANIA
from tests.snapshots import freeze_now, snapshot, state_of

FROZEN = HERE / "data" / "frozen"
ENGLISH = load_locale("en")
IN_CATALOGUE = (Code, Dimension, Indicator, Source)
NO_REASON = Label()
REASON = Label((("en", "A number was wrong."),))

# How the program is called stands here alone.


def load(sources: Mapping[str, bytes], country: str) -> LoadedDataset:
    """What was frozen, as today's program reads it, and what it finds wrong."""
    return load_dataset(Sources.from_contents(sources), (country,), frozen=True)


def releases_of(root: Path, job: Job) -> tuple[Release, ...]:
    """What was published of an edition, with its seals checked."""
    return read_releases(snapshot(root), job.country, job.year)


def copies_of(root: Path, release: Release) -> dict[str, bytes]:
    """The files that an edition was made from, as they were frozen, with their checksums checked."""
    return intact_copies(snapshot(root), release).contents


def files_of(root: Path, job: Job) -> dict[str, bytes]:
    """The files of a workspace that an edition would be made from."""
    return inputs_of(snapshot(root), job).contents


def publish(root: Path, job: Job, reason: Label = NO_REASON) -> None:
    """Freezes the next number of an edition without building anything."""
    freeze_now(Workspace(root), job, "2026-12-01", reason)


def correction(root: Path, job: Job) -> Erratum:
    """What the corrigendum that is published last corrects."""
    made = state_of(Workspace(root), job).erratum
    assert made is not None
    return made


def erratum(root: Path, job: Job) -> tuple[Erratum, Vintage, Section]:
    """The same, what is true now, and the page that tells of both."""
    made, checked = correction(root, job), state_of(Workspace(root), job).checked
    page = document_of(checked, job, ENGLISH, erratum=made).sections[0]
    assert "erratum" == page.code
    return made, vintage(checked.dataset, job.country, job.year), page


def read(sources: Mapping[str, bytes], country: str) -> Dataset:
    """A frozen dataset in which nothing is found wrong."""
    dataset, findings = load(sources, country)
    assert [] == [f"{each.mark} {each.message}" for each in findings]
    return dataset


def write(root: Path, contents: Mapping[str, bytes]) -> None:
    for name, content in contents.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def checksum(contents: Mapping[str, bytes]) -> str:
    """The SHA-256 of a list that has a line `SHA-256  path` for each file, as sha256sum prints it, sorted by path."""
    lines = (f"{hashlib.sha256(contents[path]).hexdigest()}  {path}\n" for path in sorted(contents))
    return hashlib.sha256("".join(lines).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Stage:
    """A frozen workspace: the edition that is corrected, one figure of it, and how that is written today."""

    name: str
    job: Job
    figure: str
    value: int
    written: str
    sha256: str

    def __str__(self) -> str:
        return self.name

    @property
    def root(self) -> Path:
        return FROZEN / self.name

    @property
    def releases(self) -> tuple[Release, ...]:
        return releases_of(self.root, self.job)

    @property
    def files(self) -> dict[str, bytes]:
        """All of its files by their paths in it."""
        paths = (each for each in self.root.rglob("*") if each.is_file())
        return {path.relative_to(self.root).as_posix(): path.read_bytes() for path in paths}

    @property
    def sources(self) -> dict[str, bytes]:
        """The files that somebody wrote: no copies and records of editions."""
        return {name: content for name, content in self.files.items() if "/editions/" not in name}

    @property
    def inputs(self) -> dict[str, bytes]:
        """What its edition was made from: the copies of the last number, or its files where none was published."""
        return copies_of(self.root, self.releases[-1]) if self.releases else files_of(self.root, self.job)

    def known(self, year: int | None = None) -> Vintage:
        """An edition as it was frozen."""
        return vintage(load(self.inputs, self.job.country).dataset, self.job.country, year or self.job.year)

    def present(self) -> dict[str, bytes]:
        """The same edition in the format of today, as the repository has it."""
        return files_of(RURITANIA if self.job.country == "XX" else LITHUANIA, self.job)

    def known_today(self) -> Vintage:
        return vintage(load(self.present(), self.job.country).dataset, self.job.country, self.job.year)


def _stage(name: str, country: str, year: int, figure: str, written: str, sha256: str) -> Stage:
    return Stage(name, Job(country, year, "en"), figure, int(written.rpartition(" ")[2]), written, sha256)


STAGE = _stage(
    "1-release",
    "XX",
    2022,
    "victims.recognised",
    "victims.recognised: 12",
    "7c5b3c8783f1c9599a2da6392c3440042ee68e3d8d95f7c19176a5e52190aa9d",
)
every_stage = pytest.mark.parametrize("stage", [STAGE], ids=str)


# they stay what they are


@every_stage
def test_no_byte_of_it_is_changed(stage: Stage) -> None:
    assert stage.sha256 == checksum(stage.files)


@every_stage
def test_its_records_and_copies_are_whole(stage: Stage) -> None:
    assert list(range(len(stage.releases))) == [each.number for each in stage.releases]
    for release in stage.releases:
        copies = copies_of(stage.root, release)
        assert [name for name, _ in release.inputs] == sorted(copies)
        assert release.files
    assert {name: stage.sources[name] for name in stage.inputs} == stage.inputs


# load


@every_stage
def test_its_workspace_is_loaded(stage: Stage) -> None:
    known = vintage(read(stage.sources, stage.job.country), stage.job.country, stage.job.year)
    seen = known.observation(stage.figure)
    assert seen is not None
    assert stage.value == seen.value
    assert known.data.passages


@every_stage
def test_each_frozen_copy_is_loaded(stage: Stage) -> None:
    for release in stage.releases:
        dataset = read(copies_of(stage.root, release), stage.job.country)
        seen = vintage(dataset, stage.job.country, stage.job.year).observation(stage.figure)
        assert seen is not None
        assert stage.value == seen.value


@every_stage
def test_its_profile_can_be_composed(stage: Stage) -> None:
    made = compose(stage.known(), ENGLISH)
    assert () == made.findings
    assert {"at_a_glance", "general_situation"} <= {section.code for section in made.document.sections}


# compare


@every_stage
def test_its_years_are_compared(stage: Stage) -> None:
    known = stage.known()
    before, last = (each.year for each in known.data.years[-2:])
    rows = compare_figures(
        Sides(Manner.YEARS, (Side(before, known, stage.known(before)), Side(last, known, stage.known(last))))
    )
    (row,) = (each for each in rows if each.address == stage.figure)
    assert row.values[1] is not None
    assert stage.value == row.values[1].value
    assert any(all(map(is_given, each.values)) for each in rows)


@every_stage
def test_it_is_compared_with_the_same_year_in_the_format_of_today(stage: Stage) -> None:
    then, today = stage.known(), stage.known_today()
    year = stage.job.year
    sides = Sides(Manner.EDITIONS, (Side(year, then, then), Side(year, today, today)))
    rows = compare_figures(sides)
    (row,) = (each for each in rows if each.address == stage.figure)
    assert row.overall is not None
    assert (None, Decimal(0)) == (row.overall.obstacle, row.overall.difference)
    told = [part for row in rows for part in (row, *row.parts) if all(map(is_given, part.values))]
    given = {
        seen.address
        for seen in then.index.values()
        # What could be worked out from the masks of then is withheld today.
        if seen.year == year and not seen.owner and is_given(seen) and is_given(today.observation(seen.address, year))
    }
    assert given == {each.address for each in told}
    assert [] == [each.address for each in told if len({seen.value for seen in each.values if seen}) > 1]
    made = compose(today, ENGLISH, outlines=COMPARED, context=Context(today, ENGLISH, sides, rows))
    assert () == made.findings
    assert "compared_figures" in {section.code for section in made.document.sections}


@every_stage
def test_a_year_of_then_is_compared_with_a_later_year_of_today(stage: Stage) -> None:
    today = stage.known_today()
    before = stage.known().data.years[-2].year
    then = stage.known(before)
    rows = compare_figures(Sides(Manner.YEARS, (Side(before, then, then), Side(stage.job.year, today, today))))
    (row,) = (each for each in rows if each.address == stage.figure)
    assert row.values[1] is not None
    assert stage.value == row.values[1].value
    assert any(all(map(is_given, each.values)) for each in rows)


# errata


def of_the_year(found: tuple[Corrected, ...]) -> list[tuple[str, int, Decimal | None, Decimal | None]]:
    """The values that differ, but those of law: address, year, before and now."""
    return [
        (each.seen.address, each.year, each.before and each.before.value, each.now and each.now.value)
        for each in found
        if Aspect.VALUE in each.aspects and not each.seen.owner
    ]


def figures(page: Section) -> list[tuple[str, ...]]:
    """The figures on the page of an erratum: year, before, now, what differs."""
    (table,) = (each for each in page.blocks if isinstance(each, Table) and each.code == "erratum_figures")
    return [tuple(cell.text for cell in row.cells) for row in table.rows]


@every_stage
def test_an_erratum_is_made_from_it(stage: Stage, tmp_path: Path) -> None:
    """The files were brought to the format of today, then one number was corrected and published."""
    job = stage.job
    file, wrong = f"data/{job.country}/{job.year}.yaml", stage.written.encode()
    present = stage.present()
    assert 1 == present[file].count(wrong)
    right = stage.value + 1
    present[file] = present[file].replace(wrong, stage.written.replace(str(stage.value), str(right)).encode())
    if stage.releases:
        write(tmp_path, {name: content for name, content in stage.files.items() if "/editions/" in name})
    else:
        write(tmp_path, stage.inputs)
        publish(tmp_path, job)
    assert stage.inputs.keys() <= present.keys()
    write(tmp_path, present)
    publish(tmp_path, job, REASON)
    made, now, page = erratum(tmp_path, job)
    assert max(1, len(stage.releases)) == made.now.number
    assert [(stage.figure, job.year, stage.value, right)] == of_the_year(corrected_figures(made.before, now))
    assert (str(job.year), str(stage.value), str(right)) in [each[:3] for each in figures(page)]


# A check that comes later does not apply to what was published.
ALLOWED: tuple[tuple[str, str, str, str, Callable[[Vintage], object], object], ...] = (
    (
        "an empty note",
        "data/XX/2019.yaml",
        'note: {en: "The courts recognised no victims in 2019."}',
        'note: {en: ""}',
        lambda known: known.observation("victims.recognised", 2019).notes,
        (),
    ),
    (
        "a name of spaces",
        "data/XX/2019.yaml",
        'title: {en: "Seminar for border guards"}',
        'title: {en: "  "}',
        lambda known: next(each for each in known.data.activities if each.code == "border_seminar").title,
        Label(),
    ),
    (
        "a text in one of two languages",
        "data/XX/country.yaml",
        "mandate: {en: ",
        'mandate: {lt: "", en: ',
        lambda known: [[language for language, _ in text.texts] for _, text in known.country.methodology],
        [["en"], ["en"]],
    ),
    (
        "a threshold below zero",
        "reporter.yaml",
        "percent_base: 50",
        "percent_base: -1",
        lambda known: known.settings.percent_base,
        0,
    ),
    (
        "a number of cases below zero",
        "reporter.yaml",
        "jump_count: 10",
        "jump_count: -10",
        lambda known: known.settings.jump_count,
        0,
    ),
)


@pytest.mark.parametrize(
    ("file", "was", "now", "meant", "expected"), [each[1:] for each in ALLOWED], ids=[each[0] for each in ALLOWED]
)
def test_what_was_allowed_when_it_was_published_is_read_still(
    file: str, was: str, now: str, meant: Callable[[Vintage], object], expected: object
) -> None:
    inputs = STAGE.inputs
    assert 1 == inputs[file].count(was.encode())
    inputs[file] = inputs[file].replace(was.encode(), now.encode())
    known = vintage(read(inputs, "XX"), "XX", 2022)
    assert expected == meant(known)
    assert STAGE.known().index.keys() == known.index.keys()


def test_words_that_would_be_refused_today_are_told_as_they_were_published(tmp_path: Path) -> None:
    """A rise from 20 to 24 cannot be called doubled."""
    job, file = Job("XX", 2019, "en"), "data/XX/text/en/2019.md"
    present = files_of(RURITANIA, job)
    said = b'\n\nInvestigations {{ investigations.opened | rose("%s") }} within a year.\n'
    for number, word in enumerate((b"doubled", b"rose")):
        write(tmp_path, present | {file: present[file] + said % word})
        publish(tmp_path, job, REASON if number else NO_REASON)
    (changed,) = (each for each in erratum(tmp_path, job)[2].blocks if isinstance(each, Revised))
    stretches = [(each.text, each.fate) for line in changed.paragraphs for each in line.words]
    assert ("doubled", Fate.DELETED) in stretches
    assert ("rose", Fate.INSERTED) in stretches
