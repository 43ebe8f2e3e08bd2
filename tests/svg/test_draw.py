"""Charts: scales, what is drawn and printed, that it stays on the sheet, and that it is the same every time."""

import io
from contextlib import closing
from decimal import Decimal

import pytest
from matplotlib.image import imread as matplotlib_image

from reporter.data.files.processes import Pool
from reporter.data.files.sources import checksum
from reporter.formats.svg import KINDS, draw
from reporter.formats.svg import drawn as draw_job
from reporter.formats.svg.axis import Scale, scale, tick_texts
from reporter.formats.svg.canvas import LABEL, width, wrap
from reporter.report.document.plot import Drawing, DrawingJob, Panels, Plot, YearStrip
from tests.fixtures import Golden
from tests.svg.plots import (
    ALONE,
    DUMBBELL,
    EXTREME,
    LANDS,
    LONG,
    NAMED,
    OPENED,
    PEOPLE,
    PLANS,
    POPULATIONS,
    RULER,
    SQUARES,
    STANDINGS,
    THEME,
    VICTIMS,
    YEARS,
    drawn,
    on_phone,
    svg,
)

# Maps, whose outlines take long.
MAPPED = ("lands", "choropleth")


def test_words_of_a_chart_are_text() -> None:
    words = drawn(ALONE, 174).words
    assert [text for text in ("New investigations", *YEARS, "35", "11") if text not in words] == []


@pytest.mark.parametrize("name", EXTREME)
def test_words_and_marks_stay_on_the_sheet_and_can_be_read(name: str) -> None:
    assert [] == faults_of(name, EXTREME[name])


def faults_of(name: str, plot: Plot) -> list[str]:
    widths = (30, 84) if name.startswith(MAPPED) else (30, 84, 174)
    return [f"{across} mm: {each}" for across in widths for each in drawn(plot, across).faults]


# One drawing of each kind; those in READ are kept as drawings that a person can read, the others as their digests.
EXAMPLES: dict[str, tuple[Drawing, float]] = {
    "columns": (ALONE, 84),
    "panels": (Panels((OPENED, VICTIMS)), 84),
    "rows": (POPULATIONS, 114),
    "people": (PEOPLE, 114),
    "plans": (PLANS, 114),
    "named": (NAMED, 84),
    "strip": (YearStrip(OPENED.bars, labels=YEARS), 100),
    "dumbbell": (DUMBBELL, 68),
    "ruler": (RULER, 68),
    "squares": (SQUARES, 54),
    "standings": (STANDINGS, 114),
    "lands": (LANDS, 54),
}
READ = ("columns", "plans", "squares")


@pytest.fixture(scope="module")
def examples() -> dict[str, bytes]:
    return {name: svg(plot, across) for name, (plot, across) in EXAMPLES.items()}


def test_every_kind_of_drawing_has_an_example() -> None:
    assert set(KINDS) == {type(plot) for plot, _ in EXAMPLES.values()}


@pytest.mark.parametrize("name", READ)
def test_a_drawing_is_the_golden_one(name: str, examples: dict[str, bytes], golden: Golden) -> None:
    golden(f"draw/{name}.svg", examples[name])


def test_drawings_are_those_of_the_golden_digests(examples: dict[str, bytes], golden: Golden) -> None:
    narrow = {f"{name}-narrow": draw(EXAMPLES[name][0], THEME, 68, titled=True) for name in ("named", "strip")}
    drawings = sorted({**examples, **narrow}.items())
    golden("draw/charts.txt", "".join(f"{checksum(drawing)}  {name}\n" for name, drawing in drawings))


def test_another_process_and_hash_seed_draw_the_same_bytes_without_pyplot(
    examples: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONHASHSEED", "1")
    with closing(Pool(1, "reporter.formats.svg")) as pool:
        jobs = {name: DrawingJob(name, plot, across) for name, (plot, across) in EXAMPLES.items()}
        assert examples == {name: pool.submit(draw_job, job, THEME).result() for name, job in jobs.items()}
        assert not pool.submit(exec, "import sys\nif 'matplotlib.pyplot' in sys.modules: raise ValueError").result()


@pytest.mark.parametrize("name", EXTREME)
def test_words_and_marks_stay_on_the_sheet_of_a_phone_and_can_be_read(name: str) -> None:
    assert [] == on_phone(EXTREME[name]).faults


def test_a_picture_of_dots_is_as_wide_as_asked_and_the_same_each_time() -> None:
    job = DrawingJob("opened", ALONE, 160.0, dots=220)
    one, other = draw_job(job, THEME), draw_job(job, THEME)
    across, down = (int.from_bytes(one[at : at + 4]) for at in (16, 20))
    _, height = drawn(ALONE, 160).size

    assert one == other
    assert b"Software" not in one
    assert (pytest.approx(160 / 25.4 * 220, abs=1), pytest.approx(height / 72 * 220, abs=1)) == (across, down)


def test_a_picture_of_dots_fills_its_paper() -> None:
    picture = matplotlib_image(io.BytesIO(draw_job(DrawingJob("opened", ALONE, 160.0, dots=110), THEME)))
    marked = (picture[:, :, :3] < 0.5).any(axis=2)

    assert [True, True] == [marked[:, -marked.shape[1] // 4 :].any(), marked[-marked.shape[0] // 4 :].any()]
    assert 1.0 == picture[0, 0, 0]


def test_scale_of_counts_has_whole_steps() -> None:
    assert scale([Decimal(35)]) == Scale(35.0, (10.0, 20.0, 30.0))
    assert scale([Decimal(1)]).ticks == (1.0,)
    assert scale([None, Decimal(0)]) == Scale(1.0, ())


def test_ticks_are_grouped_as_the_printed_figures_are() -> None:
    assert tick_texts(Scale(60000.0, (20000.0,)), ["12\u00a0345"]) == ("20\u00a0000",)
    assert tick_texts(Scale(60000.0, (20000.0,)), ["12,345"]) == ("20,000",)
    assert tick_texts(Scale(0.8, (0.5,)), ["0,3"]) == ("0,5",)


def test_lines_break_at_plain_spaces_and_lose_no_word() -> None:
    lines = wrap(f"{LONG} 12\u00a0345", LABEL, THEME, 30)
    assert " ".join(lines) == f"{LONG} 12\u00a0345"
    assert max(width(line, LABEL, THEME) for line in lines) <= 30
    assert "12\u00a0345" in lines[-1]


def test_word_wider_than_its_line_is_broken_with_a_hyphen() -> None:
    lines = wrap("Internacionalizacijos", LABEL, THEME, 12)
    assert "".join(line.removesuffix("-") for line in lines) == "Internacionalizacijos"
    assert max(width(line, LABEL, THEME) for line in lines) <= 12


@pytest.mark.parametrize(
    ("language", "words", "lines"),
    [
        ("el", "Αναγνωρισμένα", "Αναγνωρι-|σμένα"),
        ("fi", "toimintaan", "toimin-|taan"),
        ("mt", "tal-partijiet", "tal-parti-|jiet"),
        ("en", "2009–2020 years", "2009–2020|years"),
        ("en", "20090–20200", "20090–20200"),
    ],
)
def test_word_wider_than_its_line_is_divided_as_its_language_divides_it(language: str, words: str, lines: str) -> None:
    assert lines == "|".join(wrap(words, LABEL, THEME, 13, language))
