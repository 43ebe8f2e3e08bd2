"""Themes: colours that can be told apart, fonts, line ends and outlines."""

import shutil
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from reporter.cli.group import run
from reporter.data.errors import DataError, Mark
from reporter.data.files.workspace import Workspace
from reporter.data.i18n.territories import NEIGHBOURS, NEVER_WHOLE, ON_MAP
from reporter.data.read.settings import read_settings
from reporter.data.theme.cover import Extent, countries, extent_of, joined
from reporter.data.theme.line_ends import with_no_breaks
from reporter.data.theme.tokens import Theme, load_theme
from reporter.editions.job import Job
from reporter.editions.making.document_files import drawing_version
from reporter.editions.resources import theme_of
from reporter.formats.html.embed import DRAWN, day_names, look_of
from reporter.formats.pdf.pieces.engine import Fetcher
from tests.colours import contrast, grey
from tests.fixtures import ROOT
from tests.small import write
from tests.snapshots import TEMPLATES, digest_now, snapshot

HELD = """2020~m.|(2020~m.)|2020~m. balandžio~18~d.|147~straipsnis|147¹~straipsnį|147-1~straipsnis|487~straipsnyje|Nr.~5
žr. 6~lent.|24~proc.|3~mln. eurų|iki 30~000 gyventojų|1~234~567 asmenys|54~%|12~p.|p.~5|Article~147|No~5|No.~12|5~May
Articles~147 and 157|18~April 2012|2~per cent|Direktyva~2011/36/^ES|Directive~2011/36/^EU|J.~Jonaitis|R.~P.~Žalys|t.~y.
vyrai~– 24|<b>147</b>~straipsnis|<b>Nuteista</b>~– 17|Article~<b>147</b>"""
FREE = """In 2020 men|2019 ir 2020|No victims|24 aukos|2017 2018|2019 147|5 2019|M 10 5 m.5 3|– 5|Chapter on
<img alt="2020 m. – 5">|<textarea>2020 m. 2009–2020</textarea>"""


def test_what_belongs_together_stays_on_one_line_and_a_line_may_end_elsewhere() -> None:
    for text in HELD.replace("\n", "|").split("|"):
        held = text.replace("~", "\u00a0").replace("^", "\u2060")
        assert (held, held) == (with_no_breaks(text.replace("~", " ").replace("^", "")), with_no_breaks(held))
    for text in FREE.replace("\n", "|").split("|"):
        assert text == with_no_breaks(text)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("pl", "ofiar i~w~Polsce, a~<b>nie o~innych</b> (z~2020~r.), art.~19a, rok~2020, Tabela~6, Litwa"),
        ("cs", "obětí v~Česku a~k~tomu"),
        (
            "mt",
            "L-^Artikolu~19 tal-^partijiet għall-^vittmi fit-^tieni u bejn 18~ta’~April, id-^dati, 2019-2020, e-posta",
        ),
        ("bg", "чл.~19 през 2020~г. и ал.~2, по 5 държави, най-^много"),
        ("ga", "an t-^alt agus na hoifigí"),
        ("en", "a man and I, tal-partijiet i w, 2009–^2020, <b>5–^7</b>, pages 3~– 5, Directive~2011/36/^EU, a/b"),
        ("fi", "19~a~artiklan, 19.–^20.~helmikuuta 2013, 5 a"),
        ("el", "η~έκθεση και ο~εισηγητής, 18~Απριλίου 2012, οδηγία 2011/36/^ΕΕ, 2009/2020"),
        ("fr", "il y a, est-il"),
    ],
)
def test_a_word_that_belongs_to_the_next_one_does_not_end_a_line(language: str, text: str) -> None:
    expected = text.replace("~", "\u00a0").replace("^", "\u2060")
    assert expected == with_no_breaks(text.replace("~", " ").replace("^", ""), language)


EUROPE = countries(ROOT / "assets", "europe")
LANDS = joined(extent_of(ring) for land in EUROPE.values() for ring in land.rings)


def test_countries_are_whole_in_the_file_with_islands_near_by_and_without_those_overseas() -> None:
    inner, whole = LANDS.padded(-1, -1), (ON_MAP | NEIGHBOURS) - NEVER_WHOLE
    cut = [code for code in whole for ring in EUROPE[code].home_rings if not extent_of(ring).within(inner)]
    assert [] == cut
    # With the Balearic Islands, Crete and Rhodes; without the Canaries, Madeira and the Azores.
    assert Extent(2767, 1584, 3833, 2463) == EUROPE["ES"].extent
    assert Extent(2636, 1734, 2974, 2296) == EUROPE["PT"].extent
    assert Extent(5150, 1451, 5955, 2216) == EUROPE["GR"].extent
    assert EUROPE["NO"].extent.top < 5500 < max(y for ring in EUROPE["NO"].rings for _, y in ring)


def test_the_area_of_a_country_is_known_where_the_file_does_not_state_it() -> None:
    world = countries(ROOT / "assets", "world")
    assert pytest.approx(EUROPE["FR"].area, rel=0.2) == world["FR"].area


ASSETS = ROOT / "assets"
SHIPPED = sorted(path.name for path in (ASSETS / "themes").iterdir())
# WCAG 2.1: 1.4.3 for text, 1.4.11 for charts.
TEXT, SHAPE = 4.45, 3.0

Change = Callable[[str], str]


@pytest.fixture(params=SHIPPED)
def theme(request: pytest.FixtureRequest) -> Theme:
    return load_theme(ASSETS, request.param)


def mine(root: Path, change: Change = str, name: str = "mine") -> Path:
    """A theme of the workspace's own, made from the program's."""
    folder = root / "themes" / name
    folder.mkdir(parents=True, exist_ok=True)
    text = (ASSETS / "themes" / "ministry" / "theme.toml").read_text(encoding="utf-8")
    (folder / "theme.toml").write_text(change(text), encoding="utf-8")
    return folder


def wrong(root: Path, name: str = "mine") -> list[str]:
    with pytest.raises(DataError) as caught:
        load_theme(ASSETS, name, snapshot(root), Mark("reporter.yaml", 3, 8))
    return [f"{each.mark.path}:{each.mark.line} {each.code}: {each.message}" for each in caught.value.findings]


def line_of(words: str, text: str) -> int:
    return text[: text.index(words)].count("\n") + 1


def test_words_and_marks_can_be_read_and_shades_be_told_apart_by_day_and_by_night(theme: Theme) -> None:
    day, night = theme.colours, theme.night
    light, dark = ("paper", "tile", "note"), ("paper", "tint")
    grounds = dict.fromkeys(("ink", "text", "secondary", "accent", "alert"), light)
    grounds |= {"now": ("paper", "tint"), "caution": ("paper", "caution-tint")}
    pairs = [(day[words], day[ground]) for words, below in grounds.items() for ground in below]
    pairs += [(day["ink"], day[ground]) for ground in ("tint", "earlier", "before")]
    pairs += [(night[words], night[ground]) for words in ("ink", "text", "secondary", "alert") for ground in dark]
    look = dict(look_of(theme).colours)
    pairs += [(night["paper"], night["now"]), *((look[name], day["ground"]) for name in ("paper", "soft", "gold"))]
    assert [] == [pair for pair in pairs if contrast(*pair) < TEXT]
    shapes = [(day["before"], day["paper"]), (day["gold"], theme.cover_land), (day["gold"], theme.cover_named)]
    shapes += [(night[name], night["paper"]) for name in ("now", "before", "caution")]
    assert [] == [pair for pair in shapes if contrast(*pair) < SHAPE]
    shades = [grey(day[name]) for name in ("now", "before", "earlier", "tint", "paper")]
    assert min(later - sooner for sooner, later in pairwise(shades)) >= 0.04
    assert min(later - sooner for sooner, later in pairwise(shades[:3])) >= 0.18


def test_colours_of_charts_that_are_alike_by_day_are_alike_at_night(theme: Theme) -> None:
    look, names = look_of(theme), day_names(theme)
    day, night = dict(look.colours), dict(look.night)
    assert [] == [name for name in DRAWN if night[name] != night[names[day[name].lower()]]]


def test_a_theme_of_the_workspace_goes_before_the_programs_and_may_have_colours_and_a_family_of_its_own(
    tmp_path: Path,
) -> None:
    assert ["eu-blue", "ministry"] == SHIPPED
    more = '[palette]\ncategorical = ["#0B3A75"]\n\n[map]'  # as older themes had it
    changes = {"#0B3A75": "#224466", "[colours]": '[colours]\nbrick = "#8A3324"', "Source Sans 3": "House Sans"}

    def change(text: str) -> str:
        for old, new in changes.items():
            text = text.replace(old, new)
        return text.replace("[map]", more)

    mine(tmp_path, change, "ministry")
    theme = load_theme(ASSETS, "ministry", snapshot(tmp_path))
    assert ("#224466", "#8A3324", "House Sans") == (theme.colours["now"], theme.colours["brick"], theme.family)


def test_a_font_of_the_theme_goes_before_the_shared_one(tmp_path: Path) -> None:
    folder = mine(tmp_path, lambda text: text.replace("SourceSans3-Light.ttf", "Own.ttf"))
    shutil.copyfile(ASSETS / "fonts" / "SourceSans3-Light.ttf", folder / "Own.ttf")
    theme = load_theme(ASSETS, "mine", snapshot(tmp_path))
    addresses = [face.address for face in look_of(theme).faces]
    assert ["theme:Own.ttf", "asset:fonts/SourceSans3-Regular.ttf"] == addresses[:2]
    assert Fetcher({}, theme, TEMPLATES).fetch("theme:Own.ttf").read() == (folder / "Own.ttf").read_bytes()


def test_a_theme_brings_its_own_rules_and_pictures(tmp_path: Path) -> None:
    folder = mine(tmp_path)
    assert "" == look_of(load_theme(ASSETS, "mine", snapshot(tmp_path))).sheet
    (folder / "theme.css").write_text("p { color: var(--ink) }")
    theme = load_theme(ASSETS, "mine", snapshot(tmp_path))
    assert "theme:theme.css" == look_of(theme).sheet
    assert b"p { color: var(--ink) }" == Fetcher({}, theme, TEMPLATES).fetch("theme:theme.css").read()


@pytest.mark.parametrize(
    ("change", "place", "expected"),
    [
        (lambda t: t.replace('ink = "#071F42"\n', ""), "[colours]", "theme-token: colours.ink is missing"),
        (lambda t: t.replace("#5B6675", "grey"), "secondary", "theme-token: colours.secondary: 'grey' is not a colour"),
        (lambda t: t.replace('rule = "#C5CDD8"', "rule = 3"), "rule =", "theme-token: colours.rule is 3"),
        (lambda t: t.replace("SourceSans3-It", "None"), "None.ttf", "missing-font: there is no font file 'None.ttf'"),
        (lambda t: t.replace("SourceSans3-It", "x" * 300), "x" * 300, "missing-font: there is no font file"),
        (lambda t: "a = " + "[" * 9_000 + t, "a = ", "theme-token: brackets are nested too deeply"),
        (lambda t: t.replace("SourceSans3-It.ttf", "../../x"), "../../x", "missing-font: there is no"),
        (lambda t: t.replace("weight = 300", 'weight = "thin"'), "thin", "theme-token: fonts.weight is 'thin'"),
        (lambda t: t.replace("[map]", "[map"), "[map", "theme-token: not valid TOML:"),
        (lambda t: t.replace("[colours]", '[colours]\n"x;y" = "#000000"'), '"x;y"', "theme-token: colours.x;y is"),
        (lambda t: t.replace("Source Serif 4 Display", "Source Serif 4"), "[[fonts]]", "theme-token: fonts: 2 upright"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_theme_is_told_with_its_line(
    tmp_path: Path, change: Change, place: str, expected: str
) -> None:
    written = (mine(tmp_path, change) / "theme.toml").read_text(encoding="utf-8")
    found, line = wrong(tmp_path), line_of(place, written)
    assert any(each.startswith(f"themes/mine/theme.toml:{line} {expected}") for each in found), found


@pytest.mark.parametrize("name", ["../data", ".", "", "Mine"])
def test_a_theme_is_a_name_and_no_path(tmp_path: Path, name: str) -> None:
    mine(tmp_path, name="mine")
    (tmp_path / "data").mkdir()
    assert [f"reporter.yaml:3 unknown-theme: unknown theme {name!r}"] == wrong(tmp_path, name)


def test_a_theme_or_font_that_leads_out_of_the_workspace_is_refused(tmp_path: Path) -> None:
    outside, inside = mine(tmp_path / "outside"), tmp_path / "inside"
    (inside / "themes").mkdir(parents=True)
    (inside / "themes" / "mine").symlink_to(outside)
    assert ["themes/mine:1 outside-workspace: leads out of the workspace through a symbolic link"] == wrong(inside)
    folder = mine(inside, lambda text: text.replace("SourceSans3-Light.ttf", "Own.ttf"), "other")
    shutil.copyfile(ASSETS / "fonts" / "SourceSans3-Light.ttf", outside / "Own.ttf")
    (folder / "Own.ttf").symlink_to(outside / "Own.ttf")
    assert ["themes/other/Own.ttf:1 outside-workspace: leads out of the workspace through a symbolic link"] == wrong(
        inside, "other"
    )


def test_a_file_that_is_no_font_is_refused(tmp_path: Path) -> None:
    folder = mine(tmp_path, lambda text: text.replace("SourceSans3-Light.ttf", "Own.ttf"))
    (folder / "Own.ttf").write_bytes(b"wOF2 and more")
    line = line_of("Own.ttf", (folder / "theme.toml").read_text(encoding="utf-8"))
    assert [f"themes/mine/theme.toml:{line} missing-font: Own.ttf is not a TrueType font"] == wrong(tmp_path)


@pytest.mark.parametrize(("line", "name"), [("theme: eu-blue\n", "eu-blue"), ("", "ministry")])
def test_reporter_yaml_chooses_and_ministry_is_chosen_without_it(tmp_path: Path, line: str, name: str) -> None:
    files = {"reporter.yaml": f"title: {{en: Small}}\nlanguages: [en]\n{line}"}
    settings, _ = read_settings(snapshot(write(tmp_path, files)))
    assert settings
    assert name == theme_of(snapshot(tmp_path), settings).name


def test_check_finds_an_unknown_theme(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mine(write(tmp_path, {"reporter.yaml": "title: {en: Small}\nlanguages: [en]\ntheme: mime\n"}))
    assert 1 == run(["check", "XX", "-w", str(tmp_path)])
    said = "reporter.yaml:3:8: error: unknown theme 'mime' [unknown-theme]\n  hint: did you mean 'mine'?"
    assert said in capsys.readouterr().out


def test_a_change_of_a_theme_makes_the_edition_due_and_its_charts_new(tmp_path: Path) -> None:
    workspace, job = Workspace(write(tmp_path)), Job("XX", 2020, "en")
    mine(tmp_path)
    state, drawn = digest_now(workspace, job), drawing_version(load_theme(ASSETS, "mine", snapshot(tmp_path)))
    mine(tmp_path, lambda text: text.replace("#0B3A75", "#224466"))
    assert state != digest_now(workspace, job)
    assert drawn != drawing_version(load_theme(ASSETS, "mine", snapshot(tmp_path)))
    assert drawing_version(load_theme(ASSETS, "eu-blue")) != drawing_version(load_theme(ASSETS, "ministry"))
