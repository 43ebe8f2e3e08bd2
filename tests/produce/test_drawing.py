"""Charts are drawn once and kept, and cost no report when they cannot be."""

from decimal import Decimal

from reporter.document.plot import Bar, Strip
from reporter.edition.checked import load_checked
from reporter.edition.job import Job
from reporter.files.workspace import Workspace
from reporter.produce.composed import document_of
from reporter.produce.drawing import draw_all
from reporter.render import chart_widths
from reporter.theme.tokens import load_theme
from tests.fixtures import LITHUANIA, ROOT
from tests.snapshots import translated


def test_a_file_of_the_current_folder_is_not_taken_for_a_library(tmp_path, monkeypatch):
    (tmp_path / "matplotlib.py").write_text("raise SystemExit('taken')\n")
    monkeypatch.chdir(tmp_path)
    plot = Strip((Bar(Decimal(1), "1"), Bar(Decimal(2), "2")), Decimal(2))
    drawn = draw_all([("strip", plot, 46.0)], load_theme(ROOT / "assets"), tmp_path / "cache")
    assert drawn["strip"].startswith(b"<?xml")


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
    wordless = {name for name, plot in plots.items() if isinstance(plot, Strip)}
    assert 5 == len(wordless)
    assert wordless == {name for name in plots if plots[name] == lithuanian[name]}
    assert first == {name: time for name, time in both.items() if name in first}
    assert len(first) - len(wordless) == len(both) - len(first)


def test_a_drawing_that_cannot_be_kept_costs_no_report(tmp_path):
    (tmp_path / "cache").write_text("a file where the folder should be")
    plot = Strip((Bar(Decimal(1), "1"), Bar(Decimal(2), "2")), Decimal(2))
    assert ["strip"] == list(draw_all([("strip", plot, 46.0)], load_theme(ROOT / "assets"), tmp_path / "cache"))
