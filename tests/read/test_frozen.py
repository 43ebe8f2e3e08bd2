"""What was published stays: a frozen workspace is loaded, compared and corrected."""

import hashlib
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path

import pytest

from reporter.data.files.sources import Sources
from reporter.data.files.workspace import Workspace
from reporter.data.i18n import load_locale
from reporter.data.outline import COMPARED
from reporter.data.read.dataset import load_dataset
from reporter.data.read.release import read_releases
from reporter.data.records import Label, Release, Vintage, is_given, vintage
from reporter.editions.changes import intact_copies
from reporter.editions.job import Job, inputs_of
from reporter.editions.making.composed import document_of
from reporter.figures.compare.erratum import Aspect, Erratum, figure_corrections
from reporter.figures.compare.figures import Manner, Side, Sides, compare_figures
from reporter.figures.compare.text_diff import Fate
from reporter.report.context import Context
from reporter.report.document.document import Revised, Section, Table
from reporter.report.sections import compose
from tests.fixtures import HERE, RURITANIA
from tests.snapshots import freeze_now, snapshot, state_of

ENGLISH = load_locale("en")
NO_REASON = Label()
REASON = Label((("en", "A number was wrong."),))

ROOT, JOB = HERE / "data" / "frozen" / "1-release", Job("XX", 2022, "en")
FIGURE, VALUE = "victims.recognised", 12
SHA256 = "7c5b3c8783f1c9599a2da6392c3440042ee68e3d8d95f7c19176a5e52190aa9d"
FILES = {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in ROOT.rglob("*") if path.is_file()}
RECORDS = {name: content for name, content in FILES.items() if "/editions/" in name}
RELEASES = read_releases(snapshot(ROOT), JOB.country, JOB.year)


def copies(release: Release) -> dict[str, bytes]:
    """The files that an edition was made from, as they were frozen, with their checksums checked."""
    return intact_copies(snapshot(ROOT), release).contents


def read(sources: Mapping[str, bytes], year: int = JOB.year) -> Vintage:
    """An edition of a frozen dataset in which nothing is found wrong."""
    dataset, findings = load_dataset(Sources.from_contents(sources), (JOB.country,), frozen=True)
    assert [] == [f"{each.mark} {each.message}" for each in findings]
    return vintage(dataset, JOB.country, year)


def publish(root: Path, job: Job, files: Mapping[str, bytes], reason: Label = NO_REASON) -> None:
    """Freezes the next number of an edition of these files without building anything."""
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    freeze_now(Workspace(root), job, "2026-12-01", reason)


def erratum(root: Path, job: Job) -> tuple[Erratum, Vintage, Section]:
    """What the last corrigendum corrects, what is true now, and the page that tells of both."""
    state = state_of(Workspace(root), job)
    assert state.erratum is not None
    page = document_of(state.checked, job, ENGLISH, erratum=state.erratum).sections[0]
    assert "erratum" == page.code
    return state.erratum, vintage(state.checked.dataset, job.country, job.year), page


def value_of(known: Vintage) -> Decimal | None:
    seen = known.observation(FIGURE)
    return seen and seen.value


def test_no_byte_of_it_is_changed_and_its_records_and_copies_are_whole() -> None:
    lines = (f"{hashlib.sha256(FILES[path]).hexdigest()}  {path}\n" for path in sorted(FILES))
    assert SHA256 == hashlib.sha256("".join(lines).encode()).hexdigest()
    assert list(range(len(RELEASES))) == [each.number for each in RELEASES]
    for release in RELEASES:
        assert release.files
        assert [name for name, _ in release.inputs] == sorted(copies(release))
    assert copies(RELEASES[-1]).items() <= FILES.items()


def test_its_workspace_and_each_copy_is_loaded_and_composed() -> None:
    own = {name: content for name, content in FILES.items() if name not in RECORDS}
    for known in (read(own), *(read(copies(each)) for each in RELEASES)):
        made = compose(known, ENGLISH)
        assert (VALUE, ()) == (value_of(known), made.findings)
        assert {"at_a_glance", "general_situation"} <= {section.code for section in made.document.sections}


@pytest.mark.parametrize("is_today", [False, True])
def test_its_years_are_compared_with_one_another_and_with_those_of_today(is_today: bool) -> None:
    inputs = copies(RELEASES[-1])
    last = read(inputs_of(snapshot(RURITANIA), JOB).contents if is_today else inputs)
    before = read(inputs, read(inputs).data.years[-2].year)
    sides = (Side(each.year, each, each) for each in (before, last))
    rows = compare_figures(Sides(Manner.YEARS, tuple(sides)))
    (row,) = (each for each in rows if each.address == FIGURE)
    assert row.values[1] is not None
    assert VALUE == row.values[1].value
    assert any(all(map(is_given, each.values)) for each in rows)


def test_it_is_compared_with_the_same_year_of_today() -> None:
    then, today = read(copies(RELEASES[-1])), read(inputs_of(snapshot(RURITANIA), JOB).contents)
    sides = Sides(Manner.EDITIONS, (Side(JOB.year, then, then), Side(JOB.year, today, today)))
    rows = compare_figures(sides)
    (row,) = (each for each in rows if each.address == FIGURE)
    assert row.overall is not None
    assert (None, Decimal(0)) == (row.overall.obstacle, row.overall.difference)
    told = [part for row in rows for part in (row, *row.parts) if all(map(is_given, part.values))]
    given = {
        seen.address
        for seen in then.index.values()
        # What could be worked out from the masks of then is withheld today.
        if seen.year == JOB.year and not seen.owner and is_given(seen) and is_given(today.observation(seen.address))
    }
    assert given == {each.address for each in told}
    assert [] == [each.address for each in told if len({seen.value for seen in each.values if seen}) > 1]
    made = compose(today, ENGLISH, outlines=COMPARED, context=Context(today, ENGLISH, sides, rows))
    assert () == made.findings
    assert "compared_figures" in {section.code for section in made.document.sections}


def test_an_erratum_is_made_from_it(tmp_path: Path) -> None:
    """One number was corrected in the files of today and published."""
    present, file = inputs_of(snapshot(RURITANIA), JOB).contents, "data/XX/2022.yaml"
    assert 1 == present[file].count(b"victims.recognised: 12")
    present[file] = present[file].replace(b"victims.recognised: 12", b"victims.recognised: 13")
    publish(tmp_path, JOB, RECORDS | present, REASON)
    made, now, page = erratum(tmp_path, JOB)
    found = figure_corrections(made.before, now)
    values = [each for each in found if Aspect.VALUE in each.aspects and not each.value.owner]
    assert [(FIGURE, 2022, 12, 13)] == [
        (each.value.address, each.year, each.before and each.before.value, each.now and each.now.value)
        for each in values
    ]
    assert len(RELEASES) == made.now.number
    (table,) = (each for each in page.blocks if isinstance(each, Table) and each.code == "erratum_figures")
    assert ("2022", "12", "13") in [tuple(cell.text for cell in row.cells)[:3] for row in table.rows]


# A check that comes later does not apply to what was published.
ALLOWED: tuple[tuple[str, str, str, Callable[[Vintage], object], object], ...] = (
    (
        "data/XX/2019.yaml",
        'note: {en: "The courts recognised no victims in 2019."}',
        'note: {en: ""}',
        lambda known: known.observation("victims.recognised", 2019).notes,
        (),
    ),
    (
        "data/XX/2019.yaml",
        'title: {en: "Seminar for border guards"}',
        'title: {en: "  "}',
        lambda known: next(each for each in known.data.activities if each.code == "border_seminar").title,
        Label(),
    ),
    (
        "data/XX/country.yaml",
        "mandate: {en: ",
        'mandate: {lt: "", en: ',
        lambda known: [[language for language, _ in text.texts] for _, text in known.country.methodology],
        [["en"], ["en"]],
    ),
    ("reporter.yaml", "percent_base: 50", "percent_base: -1", lambda known: known.settings.percent_base, 0),
)


@pytest.mark.parametrize(("file", "was", "now", "meant", "expected"), ALLOWED)
def test_what_was_allowed_when_it_was_published_is_read_still(
    file: str, was: str, now: str, meant: Callable[[Vintage], object], expected: object
) -> None:
    inputs = copies(RELEASES[-1])
    keys = read(inputs).index.keys()
    assert 1 == inputs[file].count(was.encode())
    inputs[file] = inputs[file].replace(was.encode(), now.encode())
    known = read(inputs)
    assert expected == meant(known)
    assert keys == known.index.keys()


def test_words_that_would_be_refused_today_are_told_as_they_were_published(tmp_path: Path) -> None:
    """A rise from 20 to 24 cannot be called doubled."""
    job, file = Job("XX", 2019, "en"), "data/XX/text/en/2019.md"
    present = inputs_of(snapshot(RURITANIA), job).contents
    said = b'\n\nInvestigations {{ investigations.opened | rose("%s") }} within a year.\n'
    for number, word in enumerate((b"doubled", b"rose")):
        publish(tmp_path, job, present | {file: present[file] + said % word}, REASON if number else NO_REASON)
    (changed,) = (each for each in erratum(tmp_path, job)[2].blocks if isinstance(each, Revised))
    stretches = [(each.text, each.fate) for line in changed.paragraphs for each in line.words]
    assert ("doubled", Fate.DELETED) in stretches
    assert ("rose", Fate.INSERTED) in stretches
