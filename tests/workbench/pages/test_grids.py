"""A figure by two breakdowns at once, and by country, in the sheet: begun, typed, pasted, taken back."""

import json
import re
from urllib.parse import urlencode

from playwright.sync_api import Browser, expect

from tests.chromium import violations
from tests.workbench.figures_bench import CATALOGUE, PASTE, Bench, field, known
from tests.workbench.looking import BEYOND, opened
from tests.workbench.serving import FORM, OURS, words

HERE = "/LT/2021/figures/general_situation"
VICTIMS = "victims.identified"
CELL = f"{VICTIMS}.sexual.women"

BEFORE = "data/LT/2020.yaml"
MORE_COLUMNS = """() => document.querySelectorAll(".cross tr").forEach(
    row => { for (let n = 0; n < 6; n++) row.append(row.lastElementChild.cloneNode(true)) })"""


def with_countries(bench: Bench) -> None:
    text = (bench.root / CATALOGUE).read_text()
    bench.write(text.replace("    mappings: {glotip: by citizenship}\n", "    countries: XX\n", 1), CATALOGUE)


def cells(text: str) -> list[str]:
    return re.findall(r'aria-label="([^"]*), 2021"', re.findall(r'<table class="cross">.*?</table>', text, re.S)[0])


def earlier(row: str) -> list[str]:
    return [words(cell) for cell in re.findall(r'<td class="old[^>]*>(.*?)</td>', row)]


def test_a_cross_is_begun_by_its_two_breakdowns_and_typed_cell_by_cell(bench: Bench) -> None:
    ana, ask = bench.person(), urlencode({"pane": "1", "figure": VICTIMS})
    assert '<table class="cross">' not in ana.get(HERE).text
    for names in ("by=form&by=form&by=", "by=form&by=person&by=form"):
        same = ana.get(f"{HERE}?{ask}&{names}")
        assert (422, True) == (same.status, "A breakdown cannot be crossed with itself" in same.text)
    begun = ana.get(f"{HERE}?{ask}&by=person&by=form&by=")
    page = ana.get(begun.headers["location"].partition("#")[0]).text
    assert "Sexual exploitation, women" in cells(page)
    post = {"figure": CELL, "value": "9", "seen": ""}
    assert 303 == ana.post(HERE, post).status
    assert "+    by form, person:" in bench.lines
    page = ana.get(HERE).text
    assert (True, True) == ("Sexual exploitation, women" in cells(page), "Undo: " in page)
    assert "Undo: Identified victims (sexual exploitation, women), 9 → nothing" in words(page)
    assert "sexual exploitation, women" in ana.get(f"/LT/2021/figure/{CELL}").main
    ana.undo(HERE)
    assert bench.begun == bench.file.read_bytes()


def test_a_third_breakdown_is_chosen_or_left_out(bench: Bench) -> None:
    ana, ask = bench.person(), urlencode({"pane": "1", "figure": VICTIMS})
    assert 3 == ana.get(f"{HERE}?at={VICTIMS}").text.count('name="by">')
    begun = ana.get(f"{HERE}?{ask}&by=citizenship&by=person&by=form")
    page = ana.get(begun.headers["location"].partition("#")[0]).text
    assert "Sexual exploitation, women, own citizens" in cells(page)
    assert "2020" not in words(re.findall(r'<table class="cross">.*?</table>', page, re.S)[0])
    post = {"figure": f"{CELL}.national", "value": "9", "seen": ""}
    assert 303 == ana.post(HERE, post).status
    assert ["+    by form, person, citizenship:", "+      sexual:", "+        women: {national: 9}"] == bench.lines[-3:]
    filled = bench.file.read_bytes()
    assert 303 == ana.post(HERE, {**post, "value": "", "seen": "9"}).status
    assert bench.begun == bench.file.read_bytes()
    ana.undo(HERE)
    assert filled == bench.file.read_bytes()
    assert 404 == ana.get(f"{HERE}?{ask}&by=&by=&by=").status


def test_a_block_from_a_spreadsheet_fills_a_grid_with_and_without_heads(bench: Bench) -> None:
    ana = bench.person()
    named = "\tWomen\tMen\tTotal\nLabour exploitation\t1\t4\t5\nSexual exploitation\t9\tn.d.\t\nHarvest\t1\n"
    shown = ana.post(HERE, {"figure": CELL, "column": named})
    said = words(shown.text)
    assert "3 lines can be written" in said
    assert all(
        each in said for each in ("No column of the table is named Total", "No row of the sheet is named Harvest")
    )
    assert 303 == ana.post(HERE, {"figure": CELL, "column": named, "write": "1"}).status
    assert {"+      labour: {women: 1, men: 4}", "+      sexual: {women: 9}"} <= {*map(str.rstrip, bench.lines)}
    assert 303 == ana.post(HERE, {"figure": CELL, "column": "2\t3\n4", "write": "1"}).status
    assert {"+      labour: {women: 4, men: 4}", "+      sexual: {women: 2, men: 3}"} <= {*map(str.rstrip, bench.lines)}


PERSONS = "    by person: {women: 16, men: 7, children: 1}\n"
EARLIER = """    by form, person:
      sexual: {women: 13, men: suppressed, children: {value: 1, confidentiality: A}}
      labour: {women: {value: at least 2, note: {en: Recounted.}}, men: {value: 7, flags: [b]}, children: missing}
"""


def test_each_cell_has_the_value_of_the_year_before_with_its_marks(bench: Bench) -> None:
    text = (bench.root / BEFORE).read_text()
    bench.write(text.replace(PERSONS, PERSONS + EARLIER, 1), BEFORE)
    page = bench.person().get(HERE).text
    rows = re.findall(r"<tr>(.*?)</tr>", re.findall(r'<table class="cross">.*?</table>', page, re.S)[0], re.S)
    assert "Form of exploitation, sex and age Women Men Children" == words(rows[0])
    assert "2020 2021 2020 2021 2020 2021" == words(rows[1])
    assert ["13", "c ⊘", "1 ⊘"] == earlier(rows[2])
    assert ["≥ 2 n", "7 b", ":"] == earlier(rows[3])
    assert 'title="withheld from the public"' in rows[2]


def test_a_head_says_what_its_cells_leave_of_the_figure_without_the_other_breakdown(bench: Bench) -> None:
    figure = "total: 24\n    by form: {sexual: 14, labour: 10}\n    by person: {women: 15, men: 8, children: 1}\n"
    crosses = "    by form, person:\n      sexual: {women: 12, men: 0, children: 1}\n      labour: {women: 3, men: 9}\n"
    begun = re.sub(
        r"(  victims.identified:\n    )total: .*\n(    by .*\n(      .*\n)*)*", rf"\1{figure}{crosses}", bench.text
    )
    bench.write(begun)
    page = bench.person().get(HERE).text
    table = words(re.findall(r'<table class="cross">.*?</table>', page, re.S)[0])
    assert "Women 0 left Men 1 too many Children 0 left" in table
    assert ("Sexual exploitation 1 left of 14" in table, "Labour exploitation 2 too many" in table) == (True, True)
    bench.write(begun.replace("women: 12", "women: suppressed"))
    assert "Women 15 Men 1 too many" in words(bench.person().get(HERE).text)


def test_a_country_is_added_by_its_name_and_cells_are_written_by_one_request(bench: Bench) -> None:
    with_countries(bench)
    ana, ask = bench.person(), urlencode({"pane": "1", "figure": VICTIMS, "by": "citizenship"})
    assert "Wakanda is not known as the name of a country" in ana.get(f"{HERE}?{ask}&country=Wakanda").text
    assert "Lithuania is the country of this report" in ana.get(f"{HERE}?{ask}&country=Lithuania").text
    begun = ana.get(f"{HERE}?{ask}&country=Brazilija")
    assert f"at={VICTIMS}.BR" in begun.headers["location"]
    assert 'aria-label="Brazil, 2021"' in ana.get(begun.headers["location"].partition("#")[0]).text
    values = {f"value.{VICTIMS}.BR": "3", f"seen.{VICTIMS}.BR": "", f"value.{CELL}": "2", f"seen.{CELL}": ""}
    answer = ana.ask("POST", HERE, urlencode({"typed": "1", **values}).encode(), **{"Content-Type": FORM, **OURS})
    assert {f"{VICTIMS}.BR": "3", CELL: "2"} == {name: one["seen"] for name, one in json.loads(answer.text).items()}
    assert 'aria-label="Brazil, 2021"' in ana.get(HERE).text


def test_enter_leads_down_a_grid_and_a_block_is_pasted_into_it(browser: Browser, bench: Bench) -> None:
    with opened(browser, bench.bench, width=1280) as page:
        known(page, bench).goto(bench.address(f"{HERE}?at={CELL}"))
        first = field(page, CELL)
        first.fill("9")
        first.press("Enter")
        expect(page.locator(":focus")).to_have_attribute("aria-label", re.compile(r", women, 2021$"))
        expect(first).to_have_class(re.compile("is-answered"))
        first.focus()
        page.evaluate(PASTE, "1\t2")
        page.locator("#paste-write").click()
        expect(first).to_have_value("1")
        assert "+      sexual: {women: 1, men: 2}" in map(str.rstrip, bench.lines)
        page.set_viewport_size({"width": 360, "height": 800})
        assert ([], []) == (violations(page), page.evaluate(BEYOND))
        # With more columns than a telephone shows, the grid scrolls and the page does not.
        page.evaluate(MORE_COLUMNS)
        assert 360 == page.evaluate("document.documentElement.scrollWidth")
        # The names of its rows stay in sight.
        page.evaluate("document.querySelector('.crossed .wide').scrollLeft = 9999")
        grid, head = (page.locator(name).first.bounding_box() for name in (".crossed .wide", ".cross tbody th"))
        assert grid["x"] == head["x"]
