"""What tests/render/test_web.py asks of Ruritania's page, asked of Lithuania's in both languages, and more widely."""

import subprocess

import pytest

from tests.chromium import faults_of_html
from tests.fixtures import Profile
from tests.render.test_web import *  # noqa: F403
from tests.render.test_web import FOCUSED, NARROW, document
from tests.render.test_web import test_tab_reaches_everything_in_order_and_shows_where_it_is as tab


@pytest.fixture(scope="module", params=["lithuanian_page", "lithuanian_page_translated"])
def profile(request: pytest.FixtureRequest) -> Profile:
    return request.getfixturevalue(request.param)


def test_the_nu_html_checker_finds_nothing(profile):
    assert [] == faults_of_html(profile.page)


def test_on_a_wide_screen_too_tab_reaches_everything(look):
    tab(look, 1280)


# The colours of all that pictures consist of.
PAINTED = """all => all.flatMap(each => {
    const style = getComputedStyle(each);
    return [style.backgroundColor, style.fill, style.stroke];
})"""


@pytest.mark.parametrize("width", [360, 1280])
def test_no_chart_has_the_paper_of_the_day_when_the_screen_is_dark(look, width):
    page = look(width, "dark")
    assert "rgb(14, 24, 41)" == page.eval_on_selector("html", "each => getComputedStyle(each).backgroundColor")
    painted = page.eval_on_selector_all("figure, figure .chart, figure .years, figure svg, figure svg *", PAINTED)
    assert {"rgb(14, 24, 41)"} < set(painted)
    assert set() == {"rgb(255, 255, 255)", "rgb(7, 31, 66)", "rgb(11, 58, 117)"} & set(painted)


def test_on_paper_the_data_of_charts_are_open_and_the_way_about_is_gone(look, profile, tmp_path):
    look().pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)
    told = subprocess.run(["pdftotext", tmp_path / "page.pdf", "-"], capture_output=True, text=True, check=True).stdout
    printed = " ".join(told.split())
    assert [] == [each.table.caption for each in document(profile).figures() if each.table.caption not in printed]
    assert "Skip to the content" not in printed


def test_the_skip_links_lead_to_the_text_and_to_the_contents(look):
    page = look()
    page.reload()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.getElementById('main').contains(document.activeElement)")
    page.locator(".skip").nth(1).focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.getElementById('contents').contains(document.activeElement)")


def test_contents_follow_the_figures_of_the_year_folded_on_a_phone_and_open_beside_the_text(look):
    page = look(360)
    first, contents = page.locator(".chapter").first.bounding_box(), page.locator("#contents").bounding_box()
    assert first["y"] < 600 < first["y"] + first["height"] <= contents["y"]
    assert not page.locator(".chapters").is_visible()
    page.locator(".all > summary").click()
    assert page.locator(".chapter-line ol a").first.is_visible()
    wide = look(1280)
    assert wide.locator(".chapters").is_visible()
    assert not wide.locator(".all > summary").is_visible()
    assert wide.locator("#contents").bounding_box()["y"] <= wide.locator(".chapter").first.bounding_box()["y"]


def test_the_place_where_one_is_is_marked_in_the_contents(look):
    page = look(1280)
    last = page.locator(".chapter").nth(4)
    last.evaluate("each => each.scrollIntoView()")
    place = last.get_attribute("id")
    page.wait_for_function(
        "place => document.querySelector(`.chapter-line:has(:target-current) > a[href='#${place}']`)", arg=place
    )
    marked = page.locator(".chapter-line:has(:target-current)")
    assert (1, True) == (marked.count(), marked.locator("> a").is_visible())


def test_heads_and_first_column_of_a_long_table_stay_where_its_numbers_are_read(look):
    page = look(360, height=700)
    table = page.locator(".numbers .whole.scrolls").first
    table.evaluate("each => each.scrollIntoView()")
    table.evaluate("each => each.scrollTo(each.scrollWidth, each.scrollHeight)")
    box = table.bounding_box()
    stub, head = table.locator("thead th").first.bounding_box(), table.locator("thead th").last.bounding_box()
    row = table.locator("tbody th[scope=row]").last.bounding_box()
    for each in (stub, head):
        assert abs(each["y"] - box["y"]) <= 1
    for each in (stub, row):
        assert abs(each["x"] - box["x"]) <= 1


def test_with_colours_of_the_system_and_letters_twice_as_large_nothing_vanishes(look):
    page = look()
    page.emulate_media(forced_colors="active")
    page.evaluate("() => { document.documentElement.style.fontSize = '200%' }")
    assert page.evaluate(NARROW)
    background = "each => [getComputedStyle(each).color, getComputedStyle(document.body).backgroundColor]"
    for words in (".kicker", "h2 .finding", ".label .here", "tbody th", ".download"):
        colour, ground = page.locator(words).first.evaluate(background)
        assert colour != ground, words
    page.locator(".here").first.focus()
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED)["ring"]
