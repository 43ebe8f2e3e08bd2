"""What an import fills in, and how years are written."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from reporter.data.errors import Finding, Mark, ReporterError, Severity
from reporter.data.files.sources import Sources
from reporter.data.read.dataset import load_dataset
from reporter.data.records import Label
from reporter.data.records.imported import ImportedFigures, ImportedValue
from reporter.data.write.applying import Writer, laid_over
from reporter.exchange.publications.importing import write_plan
from reporter.exchange.publications.records import with_place
from reporter.exchange.publications.year_texts import (
    AcceptedFault,
    ImportedYear,
    filling_steps,
    free_figures,
    year_text,
)
from tests import small
from tests.intake.imports.publications import DRAFT, EMPTY, OFFENCES, VICTIMS, bench, content, planned, row
from tests.intake.imports.round_trips import SMALL

ACTIVITIES = """\
activities:
  lessons: {kind: campaign, title: {en: Lessons}, period: 2020, figures: {posters: 35}}
accepted:
  - {rule: parts-make-total, figure: victims.identified, reason: {en: More.},
     values: {2020: {victims.identified: 80, victims.identified.women: 60}}}
  - {rule: jump, figure: victims.identified, values: {2020: {victims.identified: 80}}, reason: {en: As published.}}
"""
SOURCES = SMALL.overlay({small.YEAR: (small.FILES[small.YEAR] + ACTIVITIES).encode()})
DATASET = load_dataset(SOURCES, ["XX"]).dataset
DATA = DATASET.country("XX")
VALUE = ImportedValue(figure="victims.identified", year=2020, value="80", place="line 2")


def placed(value: ImportedValue, source: str = "") -> ImportedFigures:
    told = ImportedFigures(file="a.csv", sha256="", source=source, published="", values=(value,))
    return with_place(told, DATA, DATASET.catalogue)


def test_a_count_is_left_where_no_file_has_its_activity():
    (left,) = placed(replace(VALUE, figure="activities.films.posters")).left
    assert ("activities.films.posters of 2020", True) == (left.words, "its activity is in no file" in left.reason)


def test_a_count_that_stands_as_it_is_told_is_nothing_to_write():
    count = replace(VALUE, figure="activities.lessons.posters", value="35")
    found = placed(count)
    assert ((), ()) == (found.values, found.left)
    assert ["36"] == [each.value for each in placed(replace(count, value="36")).values]


def test_what_a_table_withholds_says_nothing_of_a_number_that_is_known():
    found = placed(replace(VALUE, value="suppressed"))
    assert ((), "the file of its year has a number, which this file does not disclose: it stays") == (
        found.values,
        found.left[0].reason,
    )
    # A mask of another publication is a difference that somebody decides on.
    assert 1 == len(placed(replace(VALUE, value="suppressed"), "unodc").values)


def test_a_revision_is_left_without_a_reason_or_where_the_file_that_should_say_it_is_there():
    value = replace(VALUE, figure="investigations.opened", year=2019, vintage=2020, notes=(Label((("en", "Late."),)),))
    assert "this revision is not in the file of 2020: write it there under revisions:" in placed(value).left[0].reason
    (made,) = placed(replace(value, vintage=2021)).values
    assert "9" == made.was
    assert "has no reason" in placed(replace(VALUE, vintage=2021)).left[0].reason


def test_what_a_file_accepts_is_neither_the_note_of_a_value_nor_incomplete_besides():
    notes = (Label((("en", "Late. | As published."),)),)
    assert (Label((("en", "Late."),)),) == placed(replace(VALUE, notes=notes)).values[0].notes
    known, other = (replace(VALUE, incomplete=("person",), year=year) for year in (2020, 2021))
    assert [(), ("person",)] == [placed(each).values[0].incomplete for each in (known, other)]


def year(*values: ImportedValue, **more: object) -> ImportedYear:
    known = {"published": "", "source": "office", "notes": {}} | more
    return ImportedYear(country="XX", year=2020, file="a.csv", values=values, **known)


def value(figure: str, said: str, **more: object) -> ImportedValue:
    return ImportedValue(figure=figure, year=2020, value=said, place="line 4", **more)


def workspace(source: str, figure: str) -> Sources:
    year = f"year: 2020\nsource: {source}\nstatus: draft\nfigures:\n  victims.identified: {figure}\n"
    return Sources.from_contents({each: text.encode() for each, text in (small.FILES | {small.YEAR: year}).items()})


def observed(sources: Sources) -> set[tuple[object, ...]]:
    found = load_dataset(sources, ("XX",)).dataset.country("XX").observations
    return {(each.address, each.year, each.value, each.flags, each.source) for each in found}


@pytest.mark.parametrize(
    ("source", "figure", "expected"),
    [
        ("office", "20", "{total: 20, by person: {women: 12}}"),
        ("office", "{total: 20, flags: [b]}", "{total: 20, flags: [b], by person: {women: 12}}"),
        ("office", "{total: 20, source: police}", None),
        ("police", "{total: 20, source: office}", "{total: 20, source: office, by person: {women: 12}}"),
        ("office", "21", None),
        ("police", "20", None),
        ("office", "{total: 20, by person: {men: 8}}", None),
    ],
)
def test_the_rest_of_a_figure_is_free_where_it_came_from_the_same_source(source, figure, expected):
    sources = workspace(source, figure)
    catalogue = load_dataset(sources, ("XX",)).dataset.catalogue
    imported = year(value("victims.identified", "20"), value("victims.identified.women", "12"))
    free = list(free_figures(sources, catalogue, small.YEAR, imported, ()))
    assert bool(expected) == bool(free)
    after = laid_over(sources, filling_steps(sources, catalogue, small.YEAR, imported, free))
    assert observed(workspace(source, expected or figure)) == observed(after)


def test_words_of_any_kind_and_what_is_said_of_an_earlier_year_are_read_as_they_are(tmp_path):
    earlier = EMPTY | {"data/XX/2019.yaml": small.FILES["data/XX/2019.yaml"]}
    workspace = bench(tmp_path, earlier)
    catalogue = load_dataset(workspace.snapshot(), ("XX",)).dataset.catalogue_of("XX")
    words = 'He said: "no" # – it\'s {5}, [6] & \\ „gerai“'
    known = {"severity": Severity.ERROR, "code": "jump", "message": "m", "mark": Mark("f"), "year": 2020}
    finding = Finding(figure="victims.identified", values=((2020, "victims.identified", "at least 3"),), **known)
    late = {"was": "60", "vintage": 2020, "notes": (Label((("en", words),)),)}
    text = year_text(
        year(
            value("victims.identified", "at least 3", flags=("e", "p"), confidentiality="A", source="police"),
            value("victims.identified.men", "2", flags=("e",), confidentiality="D"),
            replace(value("victims.identified", "61", **late), year=2019),
            notes={"victims.identified.men": {"en": words, "lt": words}},
            accepted=(AcceptedFault(finding, {"en": words}, comparable=False),),
        ),
        catalogue,
    )
    dataset, findings = load_dataset(bench(tmp_path, earlier | {small.YEAR: text}).snapshot(), ("XX",))
    assert () == findings
    data = dataset.country("XX")
    seen = {each.address: each for each in data.observations if not each.owner and each.year == 2020}
    men, total = seen["victims.identified.men"], seen["victims.identified"]
    assert ("2", "D", words) == (str(men.value), str(men.confidentiality), str(men.notes[0].text("lt")))
    assert ("at least", "A", "police") == (str(total.qualifier), str(total.confidentiality), total.source)
    ((accepted,), (revised,)) = data.accepted, data.revisions
    assert (words, False, finding.values) == (str(accepted.reason.text("en")), accepted.comparable, accepted.values)
    assert (2019, "61", words) == (revised.year, str(revised.now.value), str(revised.reason.text("en")))


ANA = Writer("Ana", datetime(2026, 5, 1, tzinfo=UTC), "g")


@pytest.fixture
def begun(tmp_path):
    return bench(tmp_path, {small.YEAR: f"{DRAFT}  investigations.opened: unanswered\n"})


def files(begun):
    return {
        path.relative_to(begun.root).as_posix(): path.read_bytes()
        for path in (begun.root / "data").rglob("*")
        if path.is_file()
    }


def test_new_files_and_filled_drafts_are_written_and_the_draft_is_in_the_journal(begun):
    plan = planned(begun, content(row(OFFENCES, 9), row(VICTIMS, 7, 2017)))
    write_plan(begun, begun.snapshot(), plan, {"data/XX/more.md": b"x"}, ANA)
    assert {path: raw for path, raw in files(begun).items() if path in plan.files} == plan.files
    assert "data/XX/more.md" in files(begun)
    assert '"person":"Ana"' in "".join(each.read_text() for each in begun.own.rglob("*.jsonl")).replace(": ", ":")


def test_where_a_new_file_cannot_be_written_a_draft_is_as_it_was(begun):
    before = files(begun)
    plan = planned(begun, content(row(OFFENCES, 9)))
    (begun.root / "data/XX/received").write_text("in the way")
    with pytest.raises(ReporterError, match="cannot be written"):
        write_plan(begun, begun.snapshot(), plan, {}, ANA)
    (begun.root / "data/XX/received").unlink()
    assert before == files(begun)


def test_what_somebody_wrote_meanwhile_is_not_written_over(begun):
    plan, seen = planned(begun, content(row(OFFENCES, 9))), begun.snapshot()
    assert seen[small.YEAR].content
    small.write(begun.root, {small.YEAR: f"{DRAFT}  investigations.opened: 5\n"})
    with pytest.raises(ReporterError, match="changed"):
        write_plan(begun, seen, plan, {}, ANA)
    assert "opened: 5" in (begun.root / small.YEAR).read_text()


def test_a_file_that_came_meanwhile_is_not_written_over(begun):
    plan, seen = planned(begun, content(row(OFFENCES, 9, 2017))), begun.snapshot()
    small.write(begun.root, {small.YEAR: f"{DRAFT}  investigations.opened: 5\n", "data/XX/2017.yaml": "mine"})
    with pytest.raises(ReporterError, match=r"data/XX/2017\.yaml was created meanwhile"):
        write_plan(begun, seen, plan, {}, ANA)
    assert "mine" == (begun.root / "data/XX/2017.yaml").read_text()
