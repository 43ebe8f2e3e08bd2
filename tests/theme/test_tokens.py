"""Themes: colours that can be told apart, fonts, line ends and outlines."""

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from reporter.cli.group import run
from reporter.edition.job import Job
from reporter.edition.resources import theme_of
from reporter.errors import DataError, Mark
from reporter.files.workspace import Workspace
from reporter.load.catalogue import read_settings
from reporter.model.geography import NEIGHBOURS, NEVER_WHOLE, ON_MAP
from reporter.pdf.fetch import Fetcher
from reporter.produce.drawing import drawing_version
from reporter.render.style_values import DRAWN, day_names, look_of
from reporter.theme.atlas import Extent, countries, extent_of, joined
from reporter.theme.line_ends import held_together
from reporter.theme.tokens import Theme, load_theme
from tests.colours import contrast, grey, linear
from tests.fixtures import ROOT
from tests.small import write
from tests.snapshots import TEMPLATES, digest_now, snapshot


@pytest.mark.parametrize(
    "text",
    [
        "2020~m.",
        "(2020~m.)",
        "2020~m. balandžio~18~d.",
        "147~straipsnis",
        "147¹~straipsnį",
        "147-1~straipsnis",
        "487~straipsnyje",
        "Nr.~5",
        "žr. 6~lent.",
        "24~proc.",
        "3~mln. eurų",
        "iki 30~000 gyventojų",
        "1~234~567 asmenys",
        "54~%",
        "12~p.",
        "p.~5",
        "Article~147",
        "Articles~147 and 157",
        "No~5",
        "No.~12",
        "18~April 2012",
        "5~May",
        "2~per cent",
        "Direktyva~2011/36/ES",
        "Directive~2011/36/EU",
        "J.~Jonaitis",
        "R. P.~Žalys".replace(". P", ".~P"),
        "t.~y.",
        "vyrai~– 24",
        "<b>147</b>~straipsnis",
        "<b>Nuteista</b>~– 17",
        "Article~<b>147</b>",
    ],
)
def test_what_belongs_together_stays_on_one_line(text: str):
    assert text.replace("~", "\u00a0") == held_together(text.replace("~", " "))


@pytest.mark.parametrize(
    "text",
    [
        "In 2020 men",
        "2019 ir 2020",
        "No victims",
        "24 aukos",
        "2017 2018",
        "2019 147",
        "5 2019",
        "M 10 5 m.5 3",
        "– 5",
        "Chapter on",
        '<img alt="2020 m. – 5">',
    ],
)
def test_a_line_may_end_elsewhere(text: str):
    assert text == held_together(text)


def test_what_is_held_together_stays_so():
    assert held_together("2020 m. – 5") == held_together(held_together("2020 m. – 5"))


EUROPE = countries(ROOT / "assets", "europe")
LANDS = joined(extent_of(ring) for land in EUROPE.values() for ring in land.rings)


@pytest.mark.parametrize("code", sorted((ON_MAP | NEIGHBOURS) - NEVER_WHOLE))
def test_a_country_that_maps_show_whole_is_whole_in_the_file(code: str) -> None:
    inner = LANDS.padded(-1, -1)
    assert all(extent_of(ring).within(inner) for ring in EUROPE[code].home_rings)


@pytest.mark.parametrize(
    ("code", "left", "bottom", "right", "top"),
    [
        ("ES", 2767, 1584, 3833, 2463),  # with the Balearic Islands, without the Canaries
        ("PT", 2636, 1734, 2974, 2296),  # without Madeira and the Azores
        ("FR", 3234, 2032, 4284, 3136),  # with Corsica, without Guiana and Réunion
        ("GB", 3158, 3103, 3762, 4235),  # with Shetland and Northern Ireland
        ("GR", 5150, 1451, 5955, 2216),  # with Crete and Rhodes
        ("TR", 5653, 1683, 7315, 2642),  # with Thrace and the east
    ],
)
def test_islands_near_by_count_and_those_overseas_do_not(
    code: str, left: int, bottom: int, right: int, top: int
) -> None:
    assert Extent(left, bottom, right, top) == EUROPE[code].extent


def test_what_lies_overseas_is_on_the_map_all_the_same() -> None:
    overseas = {code for code, land in EUROPE.items() if set(land.rings) - set(land.home_rings)}
    assert {"ES", "PT", "NO"} <= overseas
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


def test_both_themes_are_shipped() -> None:
    assert ["eu-blue", "ministry"] == SHIPPED


def test_the_shades_of_time_can_be_told_apart_in_grey(theme: Theme) -> None:
    shades = [theme.colours[name] for name in ("now", "before", "earlier", "tint", "paper")]
    assert min(later - sooner for sooner, later in pairwise(map(grey, shades))) >= 0.04
    assert min(later - sooner for sooner, later in pairwise(map(grey, shades[:3]))) >= 0.18


def test_what_the_year_and_caution_say_can_be_read(theme: Theme) -> None:
    colours = theme.colours
    grounds = {"now": ("paper", "tint"), "caution": ("paper", "caution-tint"), "ink": ("tint", "earlier", "before")}
    pairs = [(words, ground) for words, grounds in grounds.items() for ground in grounds]
    assert [] == [pair for pair in pairs if contrast(colours[pair[0]], colours[pair[1]]) < TEXT]
    assert contrast(colours["before"], colours["paper"]) >= SHAPE


def test_a_theme_that_still_has_a_palette_is_read(tmp_path: Path) -> None:
    palette = '[palette]\ncategorical = ["#0B3A75"]\npast = []\ndark-text = [9]\n\n[map]'
    mine(tmp_path, lambda text: text.replace("[map]", palette).replace("[colours]", '[colours]\nnot-named = "#E8EBEF"'))
    assert "#0B3A75" == load_theme(ASSETS, "mine", snapshot(tmp_path)).colours["now"]


def test_text_can_be_read_on_every_light_ground(theme: Theme) -> None:
    colours = theme.colours
    pairs = [
        (words, ground)
        for words in ("ink", "text", "secondary", "accent", "alert")
        for ground in ("paper", "tile", "note")
    ]
    assert [] == [pair for pair in pairs if contrast(colours[pair[0]], colours[pair[1]]) < TEXT]


def test_cover_and_back_can_be_read_and_their_map_be_seen(theme: Theme) -> None:
    look, ground = dict(look_of(theme).colours), theme.colours["ground"]
    assert [] == [name for name in ("paper", "soft", "gold") if contrast(look[name], ground) < TEXT]
    assert contrast(theme.colours["gold"], theme.cover_land) >= SHAPE


def test_classes_of_a_map_darken_step_by_step(theme: Theme) -> None:
    classes = [theme.colours["land"], *theme.classes]
    greys = [grey(each) for each in classes]
    assert greys == sorted(greys, reverse=True)
    assert min(before - after for before, after in pairwise(greys)) >= 0.08


def test_classes_of_a_map_lighten_step_by_step_at_night_and_words_on_them_can_be_read(theme: Theme) -> None:
    for night in (look_of(theme).night_maps, look_of(replace(theme, night_classes=())).night_maps):
        classes = [colour for _, colour in night]
        greys = [grey(each) for each in (theme.night["land"], *classes)]
        assert greys == sorted(greys)
        words = [theme.night["ink"]] * 2 + [theme.night["paper"]] * (len(classes) - 2)
        assert [] == [each for each in zip(words, classes, strict=True) if contrast(*each) < TEXT]


def test_colours_of_charts_that_are_alike_by_day_are_alike_at_night(theme: Theme) -> None:
    look, names = look_of(theme), day_names(theme)
    day, night = dict((*look.colours, *look.maps)), dict((*look.night, *look.night_maps))
    assert [] == [name for name in (*DRAWN, *dict(look.maps)) if night[name] != night[names[day[name].lower()]]]


def test_what_charts_say_by_colour_can_be_read_at_night(theme: Theme) -> None:
    night = theme.night
    grounds = {"ink": ("paper", "tint"), "text": ("paper", "tint"), "secondary": ("paper", "tint"), "paper": ("now",)}
    pairs = [(words, ground) for words, grounds in grounds.items() for ground in grounds]
    assert [] == [pair for pair in pairs if contrast(night[pair[0]], night[pair[1]]) < TEXT]
    assert [] == [name for name in ("now", "before", "caution") if contrast(night[name], night["paper"]) < SHAPE]


def test_night_classes_are_as_many_as_those_of_the_day(tmp_path: Path) -> None:
    mine(tmp_path, lambda text: re.sub(r"night = \[.*\]", 'night = ["#2F5590"]', text))
    with pytest.raises(DataError) as caught:
        load_theme(ASSETS, "mine", snapshot(tmp_path))
    assert ["map.night has 1 colours"] == [each.message for each in caught.value.findings]


def test_eu_blue_is_the_blue_and_yellow_of_the_flag() -> None:
    theme = load_theme(ASSETS, "eu-blue")
    assert ("#003399", "#FFCC00") == (theme.colours["now"], theme.colours["gold"])
    assert linear("#003399") is not None


def test_a_theme_of_the_workspace_goes_before_the_programs(tmp_path: Path) -> None:
    mine(tmp_path, lambda text: text.replace("#0B3A75", "#224466"), "ministry")
    assert "#224466" == load_theme(ASSETS, "ministry", snapshot(tmp_path)).colours["now"]


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


def test_a_colour_of_the_themes_own_can_be_used_in_its_rules(tmp_path: Path) -> None:
    mine(tmp_path, lambda text: text.replace("[colours]", '[colours]\nbrick = "#8A3324"'))
    assert "#8A3324" == load_theme(ASSETS, "mine", snapshot(tmp_path)).colours["brick"]


@pytest.mark.parametrize(
    ("change", "place", "expected"),
    [
        (lambda t: t.replace('ink = "#071F42"\n', ""), "[colours]", "theme-token: colours.ink is missing"),
        (lambda t: t.replace("#5B6675", "grey"), "secondary", "theme-token: colours.secondary: 'grey' is no colour"),
        (lambda t: t.replace('rule = "#C5CDD8"', "rule = 3"), "rule =", "theme-token: colours.rule is 3"),
        (lambda t: t.replace(', "#0B2F63"]', "]"), "classes", "theme-token: map.classes has 3 colours"),
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


def test_everything_wrong_with_a_theme_is_told_at_once(tmp_path: Path) -> None:
    mine(tmp_path, lambda text: text.replace("#5B6675", "grey").replace("#C5CDD8", "red"))
    assert 2 == len(wrong(tmp_path))


def test_an_unknown_theme_is_told_where_it_is_chosen(tmp_path: Path) -> None:
    mine(tmp_path)
    assert ["reporter.yaml:3 unknown-theme: unknown theme 'mime'"] == wrong(tmp_path, "mime")
    with pytest.raises(DataError) as caught:
        load_theme(ASSETS, "mime", snapshot(tmp_path))
    assert "did you mean 'mine'?" in caught.value.findings[0].hint


@pytest.mark.parametrize("name", ["../data", ".", "", "Mine"])
def test_a_theme_is_a_name_and_no_path(tmp_path: Path, name: str) -> None:
    mine(tmp_path, name="mine")
    (tmp_path / "data").mkdir()
    assert [f"reporter.yaml:3 unknown-theme: unknown theme {name!r}"] == wrong(tmp_path, name)


def test_a_theme_or_font_that_leads_out_of_the_workspace_is_refused(tmp_path: Path) -> None:
    outside, inside = mine(tmp_path / "outside"), tmp_path / "inside"
    (inside / "themes").mkdir(parents=True)
    (inside / "themes" / "mine").symlink_to(outside)
    assert ["themes/mine:1 outside-workspace: leads out of the workspace by a symbolic link"] == wrong(inside)
    folder = mine(inside, lambda text: text.replace("SourceSans3-Light.ttf", "Own.ttf"), "other")
    shutil.copyfile(ASSETS / "fonts" / "SourceSans3-Light.ttf", outside / "Own.ttf")
    (folder / "Own.ttf").symlink_to(outside / "Own.ttf")
    assert ["themes/other/Own.ttf:1 outside-workspace: leads out of the workspace by a symbolic link"] == wrong(
        inside, "other"
    )


def test_a_file_that_is_no_font_is_refused(tmp_path: Path) -> None:
    folder = mine(tmp_path, lambda text: text.replace("SourceSans3-Light.ttf", "Own.ttf"))
    (folder / "Own.ttf").write_bytes(b"wOF2 and more")
    line = line_of("Own.ttf", (folder / "theme.toml").read_text(encoding="utf-8"))
    assert [f"themes/mine/theme.toml:{line} missing-font: Own.ttf is no TrueType font"] == wrong(tmp_path)


def test_reporter_yaml_chooses_and_ministry_is_chosen_without_it(tmp_path: Path) -> None:
    chosen = "title: {en: Small}\nlanguages: [en]\ntheme: eu-blue\n"
    settings, _ = read_settings(snapshot(write(tmp_path, {"reporter.yaml": chosen})))
    assert settings
    assert "eu-blue" == theme_of(snapshot(tmp_path), settings).name
    assert 3 == settings.theme_mark.line
    settings, _ = read_settings(snapshot(write(tmp_path)))
    assert settings
    assert "ministry" == theme_of(snapshot(tmp_path), settings).name


def test_check_finds_an_unknown_theme(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, {"reporter.yaml": "title: {en: Small}\nlanguages: [en]\ntheme: none-such\n"})
    assert 1 == run(["check", "XX", "-w", str(tmp_path)])
    assert "reporter.yaml:3:8: error: unknown theme 'none-such' [unknown-theme]" in capsys.readouterr().out


def test_a_change_of_a_theme_makes_the_edition_due_and_its_charts_new(tmp_path: Path) -> None:
    workspace, job = Workspace(write(tmp_path)), Job("XX", 2020, "en")
    mine(tmp_path)
    state, drawn = digest_now(workspace, job), drawing_version(load_theme(ASSETS, "mine", snapshot(tmp_path)))
    mine(tmp_path, lambda text: text.replace("#0B3A75", "#224466"))
    assert state != digest_now(workspace, job)
    assert drawn != drawing_version(load_theme(ASSETS, "mine", snapshot(tmp_path)))
    assert drawing_version(load_theme(ASSETS, "eu-blue")) != drawing_version(load_theme(ASSETS, "ministry"))


def test_charts_are_set_in_the_first_family_of_the_theme(tmp_path: Path) -> None:
    mine(tmp_path, lambda text: text.replace("Source Sans 3", "House Sans"))
    assert "House Sans" == load_theme(ASSETS, "mine", snapshot(tmp_path)).family
