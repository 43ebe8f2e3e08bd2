"""The finished report: its words, its structure, its bytes; and a build that has nothing to do."""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pikepdf
import pypdf
import pytest

from reporter.document.plot import Bar, Spark
from reporter.draw import draw
from reporter.edition.checked import load_checked
from reporter.edition.job import Job, select
from reporter.edition.program import engine_digest, program_digest
from reporter.errors import UsageError
from reporter.files.workspace import Workspace
from reporter.i18n import load_locale
from reporter.model import Confidentiality, vintage
from reporter.produce.composed import document_of
from reporter.produce.drawing import draw_all
from reporter.render import chart_widths
from reporter.sections import compose
from reporter.theme.tokens import load_theme
from tests.conftest import LITHUANIA, ROOT, RURITANIA, Profile, build, copy_workspace, elsewhere
from tests.snapshots import digest_now, is_due_now, snapshot, translated

JOB = Job("LT", 2020, "en")
RURITANIAN = Job("XX", 2022, "en")
# Any change in the data is another one.
CHECKSUM = re.compile(r"\b[0-9a-f]{64}\b")


def words(profile: Profile) -> str:
    """The text of a PDF page by page, with the space between words made single."""
    pages = pypdf.PdfReader(profile.pdf).pages
    lines = (" ".join(page.extract_text().split()) for page in pages)
    return "".join(f"[{number}] {line}\n" for number, line in enumerate(lines, 1))


def outline(items: list, level: int = 0) -> Iterator[tuple[int, str]]:
    for item in items:
        if isinstance(item, list):
            yield from outline(item, level + 1)
        else:
            yield level, str(item.title)


def test_the_words_of_the_lithuanian_profile_are_the_golden_ones(lithuanian, golden):
    golden("lithuania/profile.txt", CHECKSUM.sub("CHECKSUM", words(lithuanian)))


def test_the_words_of_the_ruritanian_profile_are_the_golden_ones(ruritanian, golden):
    golden("ruritania/profile.txt", CHECKSUM.sub("CHECKSUM", words(ruritanian)))


@pytest.mark.parametrize(
    ("data", "job", "folder"), [("lithuania", JOB, "lithuania"), ("ruritania", RURITANIAN, "ruritania")]
)
def test_the_charts_are_the_golden_ones(data, job, folder, request, golden):
    dataset = request.getfixturevalue(data)
    document = compose(vintage(dataset, job.country, job.year), load_locale("en")).document
    theme, widths = load_theme(ROOT / "assets"), chart_widths(document)
    for name, plot in document.plots().items():
        drawn = draw(plot, theme, widths[name])
        golden(f"{folder}/charts/{name}.svg", drawn)
        assert len(drawn) < 160_000


@pytest.mark.parametrize("country", ["LT", "XX"])
def test_the_same_input_gives_the_same_bytes_elsewhere(country, lithuanian, ruritanian, tmp_path):
    source, first, year = {"LT": (LITHUANIA, lithuanian, 2020), "XX": (RURITANIA, ruritanian, 2022)}[country]
    other = tmp_path / "another folder"
    copy_workspace(source, other)
    build(other, country, year, **elsewhere(tmp_path / "temporary files"))
    assert first.pdf.read_bytes() == (other / first.pdf.relative_to(first.workspace)).read_bytes()


def test_every_value_of_the_year_is_on_a_page(lithuanian, lithuania):
    printed = words(lithuanian)
    data = lithuania.country("LT")
    values = {f"{seen.value:,}" for seen in data.observations if seen.value is not None}
    assert [] == sorted(value for value in values if not re.search(rf"(?<!\d){value}(?!\d)", printed))


def test_the_pdf_says_its_title_author_language_and_is_tagged(lithuanian):
    with pikepdf.open(lithuanian.pdf) as pdf:
        info, root = pdf.docinfo, pdf.Root
        assert "Lithuania: Country profile 2020 – Trafficking in human beings" == str(info.Title)
        assert "National Rapporteur on Trafficking in Human Beings" == str(info.Author)
        assert ("en", True) == (str(root.Lang), bool(root.MarkInfo.Marked))


def glance(pdf: Path) -> list[str]:
    """The words of the pages between the start of "At a glance" and that of the first chapter."""
    reader = pypdf.PdfReader(pdf)
    items = [item for item in reader.outline if not isinstance(item, list)]
    pages = {str(item.title): reader.get_destination_page_number(item) for item in items}
    # The heading may be pushed to a page of its own; its kicker is not.
    kicker = f"{pdf.stem[3:7]}"
    start = next(n for n, page in enumerate(reader.pages) if re.match(rf"\s*[A-Z]+ {kicker}\b", page.extract_text()))
    return [page.extract_text() for page in reader.pages[start : pages["1 General situation"]]]


@pytest.mark.parametrize("name", ["lithuanian", "ruritanian"])
def test_at_a_glance_is_one_page(name, request):
    (page,) = glance(request.getfixturevalue(name).pdf)
    assert [] == [
        words for words in ("Reading the figures", "Countries named", "Forms of exploitation") if words not in page
    ]


def test_the_bookmarks_are_the_sections_with_their_numbers(lithuanian):
    checked = load_checked(Workspace(lithuanian.workspace).snapshot(), "LT")
    document = document_of(checked, JOB, load_locale("en"))
    expected = [f"{section.number} {section.title}".strip() for section in document.walk()]
    found = [title for _, title in outline(pypdf.PdfReader(lithuanian.pdf).outline)]
    assert expected == [title for title in found if title in set(expected)]


def test_chart_words_are_text_on_the_page(lithuanian):
    assert "Form not stated" in words(lithuanian)


def test_every_chart_has_alt_text(lithuanian):
    with pikepdf.open(lithuanian.pdf) as pdf:
        alts = [str(each.get("/Alt", "")) for each in figures(pdf.Root.StructTreeRoot)]
    charts = document_of(
        load_checked(Workspace(lithuanian.workspace).snapshot(), "LT"), JOB, load_locale("en")
    ).figures()
    assert [] == [chart.code for chart in charts if chart.alt not in alts]
    assert [] == [alt for alt in alts if not alt]


def figures(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """The figures of a tag tree."""
    children = element.get("/K", [])
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            if child.S == "/Figure":
                yield child
            yield from figures(child)


def test_a_missing_value_is_a_colon_in_the_time_table(lithuanian):
    checked = load_checked(Workspace(lithuanian.workspace).snapshot(), "LT")
    document = document_of(checked, JOB, load_locale("en"))
    (table,) = [each for each in document.tables() if each.code == "time_table"]
    (row,) = [each for each in table.rows if each.label == "Investigations conducted"]
    assert ["48", ":", ":", ":", ":", "38", "55", "56", "34", "54", "46", ":"] == [cell.text for cell in row.cells]


def test_an_unchanged_edition_is_not_built_again(lithuanian):
    before = lithuanian.pdf.stat().st_mtime_ns
    assert "unchanged" in build(lithuanian.workspace, "LT", 2020)
    assert before == lithuanian.pdf.stat().st_mtime_ns


def test_the_record_beside_the_report_tells_its_checksum(lithuanian):
    record = json.loads(lithuanian.pdf.with_suffix(".json").read_text())["files"]["pdf"]
    content = lithuanian.pdf.read_bytes()
    assert (hashlib.sha256(content).hexdigest(), len(content)) == (record["sha256"], record["bytes"])
    assert len(pypdf.PdfReader(lithuanian.pdf).pages) == record["pages"]
    assert engine_digest() == record["engines"]


def test_nothing_but_the_report_its_record_and_its_checksum_is_left_in_the_folder(lithuanian):
    left = sorted(path.name for path in lithuanian.pdf.parent.iterdir() if not path.name.endswith(".lock"))
    ends = [f"LT-2020-{language}.{end}" for language in ("en", "lt") for end in ("json", "pdf", "pdf.sha256")]
    assert ends == left


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("data/LT/2009.yaml", "# a comment"),
        ("data/LT/text/en/2014.md", "more words"),
        ("data/catalogue.yaml", "# a comment"),
        ("reporter.yaml", "theme: eu-blue"),
    ],
)
def test_a_change_in_any_file_makes_the_edition_due(name, more, tmp_path):
    copy_workspace(LITHUANIA, tmp_path)
    workspace = Workspace(tmp_path)
    before = digest_now(workspace, JOB)
    (tmp_path / name).write_text(f"{(tmp_path / name).read_text()}\n{more}\n")
    assert before != digest_now(workspace, JOB)


def test_the_state_of_an_edition_is_the_same_whoever_reads_the_program():
    workspace = Workspace(LITHUANIA)
    assert digest_now(workspace, JOB) == digest_now(workspace, JOB, program_digest())
    assert digest_now(workspace, JOB) != digest_now(workspace, JOB, "another program")


def test_a_damaged_report_is_due(lithuanian, tmp_path):
    copied = Workspace(tmp_path)
    state = digest_now(Workspace(lithuanian.workspace), JOB)
    JOB.folder(copied).mkdir(parents=True)
    JOB.record(copied).write_bytes(lithuanian.pdf.with_suffix(".json").read_bytes())
    JOB.pdf(copied).write_bytes(lithuanian.pdf.read_bytes()[:-1])
    assert is_due_now(copied, JOB, state)
    JOB.pdf(copied).write_bytes(lithuanian.pdf.read_bytes())
    assert not is_due_now(copied, JOB, state)


def test_without_arguments_the_latest_year_of_every_country_is_meant():
    assert (JOB,) == select(snapshot(LITHUANIA), None, None, ("en",))


def test_a_year_without_file_is_refused_with_the_years_there_are():
    with pytest.raises(UsageError, match="years with a file: 2009–2020"):
        select(snapshot(LITHUANIA), "LT", 1999, ("en",))


def test_a_confidential_value_is_on_no_page(lithuania, english):
    data = lithuania.country("LT")
    hidden = tuple(
        replace(seen, confidentiality=Confidentiality.CONFIDENTIAL)
        if (seen.figure, seen.year) == ("assistance.persons", 2018)
        else seen
        for seen in data.observations
    )
    dataset = replace(lithuania, countries=(replace(data, observations=hidden),))
    document = compose(vintage(dataset, "LT", 2018), english).document
    (table,) = [each for each in document.tables() if each.code == "time_table"]
    (row,) = [each for each in table.rows if each.label == "Persons assisted"]
    assert "c" == row.cells[-1].text
    alts = " ".join(figure.alt for figure in document.figures())
    assert "239" not in alts


def test_a_renamed_file_makes_the_edition_due(tmp_path):
    copy_workspace(LITHUANIA, tmp_path)
    before = digest_now(Workspace(tmp_path), JOB)
    (tmp_path / "data/LT/text/en").rename(tmp_path / "data/LT/text/lv")
    assert before != digest_now(Workspace(tmp_path), JOB)


def test_an_edition_built_with_open_warnings_is_due_when_warnings_count(lithuanian):
    workspace = Workspace(lithuanian.workspace)
    state = digest_now(workspace, JOB)
    assert [False, True] == [is_due_now(workspace, JOB, state, strict=strict) for strict in (False, True)]


def test_a_file_of_the_current_folder_is_not_taken_for_a_library(tmp_path, monkeypatch):
    (tmp_path / "matplotlib.py").write_text("raise SystemExit('taken')\n")
    monkeypatch.chdir(tmp_path)
    plot = Spark(("2019", "2020"), (Bar(Decimal(1), "1"), Bar(Decimal(2), "2")), 0)
    drawn = draw_all([("spark", plot, 46.0)], load_theme(ROOT / "assets"), tmp_path / "cache")
    assert drawn["spark"].startswith(b"<?xml")


def test_a_chart_without_words_is_drawn_once_for_all_languages(tmp_path):
    theme = load_theme(ROOT / "assets")

    def drawn(language):
        workspace = Workspace(LITHUANIA)
        locale = translated(language, workspace.root)
        document = document_of(load_checked(workspace.snapshot(), "LT"), Job("LT", 2020, language), locale)
        widths = chart_widths(document)
        draw_all([(name, plot, widths[name]) for name, plot in document.plots().items()], theme, tmp_path)
        return document.plots(), {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()}

    plots, first = drawn("en")
    lithuanian, both = drawn("lt")
    wordless = {name for name, plot in plots.items() if isinstance(plot, Spark)}
    assert 6 == len(wordless)
    assert wordless == {name for name in plots if plots[name] == lithuanian[name]}
    assert first == {name: time for name, time in both.items() if name in first}
    assert len(first) - len(wordless) == len(both) - len(first)


def test_a_drawing_that_cannot_be_kept_costs_no_report(tmp_path):
    (tmp_path / "cache").write_text("a file where the folder should be")
    plot = Spark(("2019", "2020"), (Bar(Decimal(1), "1"), Bar(Decimal(2), "2")), 0)
    assert ["spark"] == list(draw_all([("spark", plot, 46.0)], load_theme(ROOT / "assets"), tmp_path / "cache"))
