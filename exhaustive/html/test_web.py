"""What tests/html/test_web.py asks of Ruritania's page, asked of Lithuania's in both languages, and more widely."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest

from exhaustive.nu import faults_of_html
from reporter.data.files.workspace import packaged_folder
from reporter.data.theme.tokens import load_theme
from reporter.editions.checked import load_checked
from reporter.editions.job import Job
from reporter.editions.making.composed import document_of
from reporter.exchange.package.package_checks import ACTS
from reporter.formats.export.tidy import table_csv
from reporter.formats.html import WebData, screen_drawings, to_web
from reporter.report.document.document import Document, Dumbbells, Figure, Section, Table
from reporter.text.tree import Text
from tests import small
from tests.fixtures import LITHUANIA, Profile, build_once
from tests.html.test_web import *  # noqa: F403
from tests.html.test_web import ENGLISH, NARROW, document, locale_of, plain
from tests.pdf.tag_checks import normalize, read_html
from tests.snapshots import TEMPLATES, snapshot
from tests.texts import html

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>'

# Everything a keyboard can reach, in the order of the page.
# On a wide screen the sections of a chapter are shown where one is in it, in the text or in the contents.
REACHABLE = """() => [...document.querySelectorAll("a[href], summary, [tabindex='0']")]
    .filter(each => each.closest(".chapter-line ol")?.checkVisibility() === false
        || each.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true }))
    .map(each => each.outerHTML.slice(0, 200))"""
FOCUSED = """() => {
    const each = document.activeElement, box = each.getBoundingClientRect(), style = getComputedStyle(each);
    return {
        html: each.outerHTML.slice(0, 200),
        tag: each.tagName,
        seen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth && box.height > 0,
        ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    };
}"""


@pytest.fixture(scope="session")
def lithuanian_page(tmp_path_factory: pytest.TempPathFactory) -> Profile:
    """The same profile as one page of HTML."""
    return build_once(tmp_path_factory, LITHUANIA, "LT", 2020, "html")


@pytest.fixture(scope="session")
def lithuanian_page_translated(tmp_path_factory: pytest.TempPathFactory) -> Profile:
    """The same page in Lithuanian."""
    return build_once(tmp_path_factory, LITHUANIA, "LT", 2020, "html", "lt")


@pytest.fixture(scope="module", params=["lithuanian_page", "lithuanian_page_translated"])
def profile(request: pytest.FixtureRequest) -> Profile:
    return request.getfixturevalue(request.param)


def test_the_nu_html_checker_finds_nothing(profile):
    assert [] == faults_of_html(profile.page)


# Words that lie over others, or reach out of the picture.
COLLIDING = """() => {
    const texts = [...document.querySelectorAll("text")].map(each => [each.textContent, each.getBoundingClientRect()]);
    const { right } = document.querySelector("svg").getBoundingClientRect();
    const shared = (a, b, low, high) => Math.min(a[high], b[high]) - Math.max(a[low], b[low]);
    const over = (a, b) => shared(a, b, "left", "right") > 1 && shared(a, b, "top", "bottom") > 4;
    return texts.flatMap(([words, box], place) => [
        ...(box.right > right + 0.5 ? [`${words} is cut`] : []),
        ...texts.slice(place + 1).filter(([, other]) => over(box, other)).map(([other]) => `${words} over ${other}`),
    ]);
}"""


def test_the_words_of_a_picture_fit_where_the_typeface_is_missing(look):
    page = look()
    links = page.eval_on_selector_all("a[download$='.svg']", "all => all.map(each => [each.download, each.href])")
    picture = page.context.browser.new_page()
    found = []
    for name, address in links:
        picture.set_content(re.sub(r"font-family='[^']*'", "font-family='Verdana, DejaVu Sans'", unquote(address)))
        found += [(name, each) for each in picture.evaluate(COLLIDING)]
    assert links
    assert [] == found


TABLES = """() => [...document.querySelectorAll("div.table:not(.dumbbells) table")].map(table => ({
    caption: table.querySelector("caption .headline").textContent,
    heads: [...table.querySelectorAll("thead th")].map(each => each.textContent),
    rows: [...table.querySelectorAll("tbody tr")].map(row => [...row.cells].map(cell => {
        const marks = [...cell.querySelectorAll("sup")].map(each => each.textContent).join("");
        return [cell.textContent.slice(0, cell.textContent.length - marks.length).trimEnd(), marks];
    })),
}))"""
# Of pictures: the texts of those that are shown.
SHOWN = "all => all.filter(each => each.checkVisibility()).map(each => each.ariaLabel)"


def in_order(made: Document) -> Iterator[Table]:
    """The tables in the order of the page: the data of a chart stand under it."""
    behind = {figure.table.code for figure in made.figures()}
    for section in made.walk():
        for block in section.blocks:
            if isinstance(block, Figure):
                yield block.table
            elif isinstance(block, Table) and block.code not in behind:
                yield block


def headings(sections: tuple[Section, ...]) -> Iterator[tuple[str, str]]:
    for section in sections:
        level = section.level + 1
        told = f" {section.headline.words}" if section.headline and level == 2 else ""
        yield f"H{level}", f"{section.title}{told}" if level == 2 else f"{section.number} {section.title}".strip()
        yield from headings(section.sections)


def test_every_table_of_the_document_stands_on_the_page_cell_by_cell(look, profile):
    expected = [
        {
            "caption": table.caption,
            "heads": [table.stub, *(column.label for column in table.columns)],
            "rows": [
                [[row.label, "".join(row.marks)], *([cell.text, "".join(cell.marks)] for cell in row.cells)]
                for row in table.rows
            ],
        }
        for table in in_order(document(profile))
        if not isinstance(table, Dumbbells)
    ]
    assert plain(expected) == plain(look().evaluate(TABLES))


def test_every_row_of_the_drawn_table_has_its_words_and_a_drawing_with_a_text(look, profile):
    (table,) = (each for each in document(profile).tables() if isinstance(each, Dumbbells))
    rows = look().evaluate(
        """() => [...document.querySelectorAll(".dumbbells tbody tr")].map(row => [
            row.cells[0].textContent, row.querySelector("svg").getAttribute("aria-label")])"""
    )
    assert len(rows) == len(table.rows)
    for (words, said), (_, row, picture) in zip(rows, table.drawings, strict=True):
        assert words.startswith(row.label)
        assert said == picture.alt


def test_every_heading_stands_on_the_page_in_order_and_the_title_alone_is_the_first(look, profile):
    page, made = look(), document(profile)
    found = page.evaluate(
        # Those of the challenges stand in their block.
        """() => [...document.querySelectorAll(":is(h1, h2, h3, h4, h5, h6):not(.proposal *)")].map(each => {
            const text = each.cloneNode(true);
            text.querySelectorAll(text.querySelector(".finding") ? ".place" : ".kicker").forEach(part => part.remove());
            return [each.tagName, text.textContent.trim()];
        })"""
    )
    title = [("H1", f"{made.edition.country_name} {made.edition.subtitle}")]
    known = [
        tuple(each)
        for each in found
        if tuple(each)
        not in tuple((level, locale_of(profile).text(word)) for level, word in (("H3", "Notes"), ("H2", "Imprint")))
    ]
    assert plain([*title, *headings(made.sections)]) == plain(known)


def test_every_figure_has_its_caption_and_its_text_and_is_one_image(look, profile):
    page, made = look(), document(profile)
    found = page.evaluate(
        """() => [...document.querySelectorAll("figure:not(:has(.ledger))")].map(each => [
            each.querySelector("figcaption .headline").textContent,
            each.querySelector(".chart svg[role=img]").getAttribute("aria-label"),
        ])"""
    )
    (ledger, *others) = made.figures()
    captions = (each.headline.words if each.headline else each.caption for each in others)
    assert plain([[caption, each.alt] for caption, each in zip(captions, others, strict=True)]) == plain(found)
    rows = [row.alt for row in ledger.plot.rows]
    labels = page.eval_on_selector_all(".ledger svg[role=img]", SHOWN)
    assert plain(rows) == plain(labels)
    assert 0 == page.locator("svg[role=img] > :not([aria-hidden=true])").count()


def test_a_chart_is_read_as_its_text_and_the_words_in_it_to_nobody(look, profile):
    page = look()
    assert page.locator("figure svg text").count()
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    read = [each for each in nodes if not each["ignored"]]
    images = [each for each in read if each["role"]["value"] == "image"]
    (ledger, *others) = document(profile).figures()
    alts = {plain(each.alt) for each in (*ledger.plot.rows, *others)}
    heard = [plain(each["name"]["value"]) for each in images]
    assert sorted(alts) == sorted(each for each in heard if each in alts)
    inside = {child for each in images for child in each.get("childIds", ())}
    assert [] == [each["name"]["value"] for each in read if each["nodeId"] in inside]


def test_all_running_text_stands_on_the_page_in_order(profile):
    page = normalize("".join(text for _, text in read_html(profile.page.read_text(encoding="utf-8")).texts))
    place = 0
    for section in document(profile).walk():
        for block in section.blocks:
            if isinstance(block, Text):
                for _, sentence in read_html(html(block).partition('<span class="note"')[0]).texts:
                    place = page.find(normalize(sentence), place)
                    assert place >= 0, sentence


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
    # A caption beside another block is read in pieces: its number is enough.
    numbers = [each.table.caption.partition(":")[0].split() for each in document(profile).figures()]
    assert [] == [each for each in numbers if " ".join(each) not in " ".join(told.split())]
    assert "Skip to the content" not in " ".join(told.split())


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


def test_each_chart_is_offered_as_a_picture_that_is_calm_and_says_its_title(look, profile):
    made = document(profile)
    links = look().eval_on_selector_all("a[download$='.svg']", "all => all.map(each => [each.href, each.download])")
    drawn = made.figures()
    assert [made.edition.picture_name(each.code) for each in drawn] == [name for _, name in links]
    for figure, (address, _) in zip(drawn, links, strict=True):
        picture = ElementTree.fromstring(unquote(address.partition(",")[2]))
        assert figure.caption == picture[0].text
        assert not ACTS.search(unquote(address))


def test_a_link_of_the_annex_to_the_data_of_a_chart_opens_them(browser, tmp_path):
    settings = small.FILES["reporter.yaml"] + "annexes: full\n"
    checked = load_checked(snapshot(small.write(tmp_path, {"reporter.yaml": settings})), "XX")
    made = document_of(checked, Job("XX", 2020, "en"), ENGLISH)
    data = WebData(
        dict.fromkeys((each.name for each in screen_drawings(made)), SVG), {each.code: "" for each in made.figures()}
    )
    file = tmp_path / "page.html"
    file.write_text(
        to_web(made, load_theme(packaged_folder("assets")), ENGLISH.text, TEMPLATES, data), encoding="utf-8"
    )
    page = browser.new_page()
    page.goto(file.as_uri())
    assert len(made.figures()) == page.locator(".pointer a").count()
    page.locator(".pointer a").first.click()
    page.locator("figure details[open] table").first.wait_for(state="visible", timeout=5000)


def test_the_csv_of_each_chart_and_table_is_that_of_its_table(look, profile):
    page, made = look(), document(profile)
    selected = "a[download$='.csv']"
    links = page.eval_on_selector_all(selected, "all => all.map(each => [each.download, each.href])")
    start = "data:text/csv;charset=utf-8,"
    assert [start] * len(links) == [address[: len(start)] for _, address in links]
    behind = {figure.table.code for figure in made.figures()}
    expected = {f"{made.edition.stem}-{each.code}.csv": table_csv(each.table) for each in made.figures()}
    for each in (table for table in made.tables() if table.code not in behind):
        expected[f"{made.edition.stem}-table-{each.code}.csv"] = table_csv(each)
    assert expected == {name: unquote(address[len(start) :]) for name, address in links}
    assert len(expected) == len(links)
    with page.expect_download() as download:
        page.locator(selected).first.click()
    assert table_csv(made.figures()[0].table) == Path(download.value.path()).read_bytes().decode()


def test_the_typefaces_come_with_the_page(look):
    page = look()
    page.evaluate("() => document.fonts.ready")
    loaded = page.evaluate(
        "() => [...document.fonts].filter(each => each.status === 'loaded').map(each => each.family)"
    )
    assert "font/ttf" not in page.content()
    assert {"Source Sans 3", "Source Serif 4", "Source Serif 4 Display"} == {each.strip('"') for each in loaded}
    assert 0 == page.evaluate("() => [...document.fonts].filter(each => each.status === 'error').length")


@pytest.mark.parametrize("width", [320, 1280])
def test_tab_reaches_everything_in_order_and_shows_where_it_is(look, width):
    page = look(width)
    page.reload()
    seen = []
    for _ in range(1000):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused["tag"] == "BODY":
            break
        seen.append(focused)
        if focused["tag"] == "SUMMARY":
            page.keyboard.press("Enter")
    assert [] == [each["html"] for each in seen if not (each["seen"] and each["ring"])]
    assert ["#main", "#contents"] == [re.search(r'href="([^"]*)', each["html"])[1] for each in seen[:2]]
    opened = [each.replace(' open=""', "") for each in page.evaluate(REACHABLE)]
    assert opened == [each["html"].replace(' open=""', "") for each in seen]


def test_every_heading_figure_and_table_leads_to_itself_and_is_named_by_its_words(look):
    page = look()
    found = page.evaluate(
        """() => [...document.querySelectorAll("h2, h3, h4, figure, .table")].map(each => {
            const link = each.querySelector(".here"), place = each.closest("[id]");
            return [link?.getAttribute("href"), `#${place.id}`, link?.textContent.trim() !== ""];
        })"""
    )
    assert [] == [each for each in found if each != [each[1], each[1], True]]
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    links = (each for each in nodes if each.get("role", {}).get("value") == "link")
    # Chromium tells capitals that a stylesheet makes.
    named = {plain(each["name"]["value"]).casefold() for each in links}
    labels = page.eval_on_selector_all(
        "figure:not(:has(.ledger))", "all => all.map(each => each.querySelector('.label').textContent)"
    )
    assert [] == [each for each in labels if not any(name.startswith(f"{plain(each).casefold()} ") for name in named)]
    assert not any("¶" in name for name in named)
