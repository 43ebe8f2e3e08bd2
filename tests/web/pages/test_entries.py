"""What is neither figure nor text is added, changed and taken out; two who write the same lose nothing."""

import difflib
import html
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.chromium import faults_of_html, violations
from tests.web.figures_bench import DAY, begun
from tests.web.looking import BEYOND, LOOKS, opened
from tests.web.serving import Answer, Asker, come_in, running

YEAR, COUNTRY, CATALOGUE = "data/LT/2021.yaml", "data/LT/country.yaml", "data/catalogue.yaml"
ACTIVITIES, PLANS = "/LT/2021/lists/activities", "/LT/lists/plans"
PAGES = (
    "/LT/2021/lists",
    ACTIVITIES,
    f"{ACTIVITIES}/-",
    "/LT/2020/lists/activities/community_meetings",
    "/LT/2021/lists/countries/0",
    "/LT/lists/institutions/police_department",
    "/LT/lists/methodology",
    "/LT/catalogue/indicators/-",
    f"{PLANS}/plan_2020?remove=1",
)


class Lists:
    """A workbench, and what its files differ in from those it began with."""

    def __init__(self, bench, root: Path) -> None:
        self.bench, self.root = bench, root
        self.begun = {name: (root / name).read_bytes() for name in (YEAR, COUNTRY, CATALOGUE)}

    def person(self, name: str = "Ana") -> Asker:
        asker = come_in(self.bench)
        return asker.knowing(Cookie=f"{asker.headers['Cookie']}; reporter-person={name}")

    def lines(self, file: str) -> list[str]:
        pair = (self.begun[file].decode().splitlines(), (self.root / file).read_text().splitlines())
        return [each for each in difflib.unified_diff(*pair, n=0, lineterm="") if re.match(r"[+-](?![+-])", each)]

    def start_again(self) -> None:
        for name, content in self.begun.items():
            (self.root / name).write_bytes(content)
        for path in (self.bench.desk.workspace.own / "journal").glob("*"):
            path.unlink()
        self.bench.desk.read_now()


@pytest.fixture(scope="module")
def running_lists(tmp_path_factory) -> Iterator[Lists]:
    root = begun(tmp_path_factory.mktemp("desk"))
    with running(root, today=lambda: DAY) as bench:
        bench.desk.read_now()
        yield Lists(bench, root)


@pytest.fixture
def lists(running_lists: Lists) -> Lists:
    running_lists.start_again()
    return running_lists


def fields(page: str) -> dict[str, str]:
    """What a browser would post of the form of an entry."""
    form = re.search(r'<form method="post" action="[^"]*" class="entry-form"[^>]*>.*?</form>', page, re.S)[0]
    told = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = (re.search(rf' {each}="([^"]*)"', tag) for each in ("name", "value"))
        if 'type="checkbox"' not in tag or " checked" in tag:
            told[name[1]] = value[1]
    told |= dict(re.findall(r'<textarea [^>]*name="([^"]*)"[^>]*>\n?(.*?)</textarea>', form, re.S))
    for name, options in re.findall(r'<select [^>]*name="([^"]*)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.search(r'value="([^"]*)" selected', options)
        told[name] = chosen[1] if chosen else ""
    return {html.unescape(name): html.unescape(value) for name, value in told.items()}


def typed(asker: Asker, path: str, values: Mapping[str, str]) -> Answer:
    told = fields(asker.get(path).text)
    return asker.post(path, {**told, **{f"v:{name}": value for name, value in values.items()}})


TRAINING = {
    "kind": "training",
    "title/en": "Course for judges",
    "title/lt": "Kursai teisėjams",
    "period": "2021",
    "figures/participants/value": ">=12",
}


def test_an_activity_is_added_under_a_code_made_from_its_name(lists: Lists) -> None:
    ana = lists.person()
    answer = typed(ana, f"{ACTIVITIES}/-", TRAINING)
    assert (303, f"{ACTIVITIES}/course_for_judges") == (answer.status, answer.headers["location"])
    assert [
        "+  course_for_judges:",
        "+    kind: training",
        '+    title: {en: "Course for judges", lt: "Kursai teisėjams"}',
        "+    period: 2021",
        "+    figures: {participants: at least 12}",
    ] == lists.lines(YEAR)
    page = ana.get(answer.headers["location"])
    assert "Course for judges" == page.title
    assert 'value="≥12"' in page.text
    again = typed(ana, f"{ACTIVITIES}/-", TRAINING)
    assert f"{ACTIVITIES}/course_for_judges_2" == again.headers["location"]


def test_one_field_that_is_typed_changes_one_line(lists: Lists) -> None:
    answer = typed(lists.person(), f"{PLANS}/plan_2017", {"evaluated": "2021-03"})
    assert (303, f"{PLANS}/plan_2017") == (answer.status, answer.headers["location"])
    assert ["-    evaluated: 2020", "+    evaluated: 2021-03"] == lists.lines(COUNTRY)


def test_a_form_sent_as_it_was_writes_nothing(lists: Lists) -> None:
    for path in (f"{PLANS}/plan_2020", "/LT/2021/lists/countries/0", "/LT/lists/about", "/LT/lists/methodology"):
        assert 303 == typed(lists.person(), path, {}).status
    assert [] == lists.lines(YEAR) + lists.lines(COUNTRY)


def test_countries_are_typed_by_name_in_either_language_and_answer_what_was_open(lists: Lists) -> None:
    ana = lists.person()
    page = ana.get("/LT/2021/lists/countries")
    assert "not answered yet" in page.text
    reader = ana.knowing(**{"Accept-Language": "lt"})
    answer = typed(reader, "/LT/2021/lists/countries/0", {"named": "Vokietija, norway; UK"})
    assert 303 == answer.status
    assert "+    named: [DE, NO, UK]" in [each.partition("  #")[0] for each in lists.lines(YEAR)]
    assert "Germany, Norway, United Kingdom" in ana.get("/LT/2021/lists/countries").text


@pytest.mark.parametrize(
    ("path", "name", "value", "said"),
    [
        (f"{PLANS}/plan_2020", "period", "2020 to 2022", "is not a period"),
        (f"{PLANS}/plan_2020", "name/en", "", ""),
        ("/LT/2021/lists/countries/0", "named", "Germny", "no country is called"),
        ("/LT/2020/lists/activities/community_meetings", "figures/events/value", "1 000", "separator"),
    ],
)
def test_what_is_no_value_is_said_at_its_field_and_nothing_typed_is_lost(lists: Lists, path, name, value, said) -> None:
    ana = lists.person()
    told = {name: value, "note/en": "typed and kept"}
    if not said:
        told |= {"name/lt": "", "note/en": "typed and kept"}
    answer = typed(ana, path, told)
    assert 422 == answer.status
    assert "Nothing is written yet" in answer.text
    assert said in answer.text
    assert "typed and kept" in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert [] == lists.lines(YEAR) + lists.lines(COUNTRY)


def test_two_who_change_the_same_are_asked_and_what_each_typed_stays(lists: Lists) -> None:
    ana, jonas, path = lists.person(), lists.person("Jonas"), f"{PLANS}/plan_2020"
    seen = fields(jonas.get(path).text)
    assert 303 == typed(ana, path, {"focus/en": "Prevention first"}).status
    mine = {**seen, "v:focus/en": "Help first", "v:evaluated": "2023"}
    answer = jonas.post(path, mine)
    assert 409 == answer.status
    for said in ("Prevention first", "Help first", "Write mine", "Keep theirs", "Go back to what you typed"):
        assert said in answer.text
    assert 1 == len([each for each in lists.lines(COUNTRY) if each.startswith("+")])
    kept = re.search(r'<form method="post" action="[^"]*" class="buttons">(.*?)</form>', answer.text, re.S)[1]
    back = jonas.post(path, dict(re.findall(r'name="([^"]*)" value="([^"]*)"', kept)))
    assert "Help first" in back.text
    again = re.search(r'<div class="mine">(.*?)</form>', answer.text, re.S)[1]
    told = {name: html.unescape(value) for name, value in re.findall(r'name="([^"]*)" value="([^"]*)"', again)}
    assert 303 == jonas.post(path, told).status
    assert {'+      en: "Help first"', "+    evaluated: 2023"} <= set(lists.lines(COUNTRY))


def test_what_others_write_in_another_field_meanwhile_stays(lists: Lists) -> None:
    ana, jonas, path = lists.person(), lists.person("Jonas"), f"{PLANS}/plan_2020"
    seen = fields(jonas.get(path).text)
    assert 303 == typed(ana, path, {"evaluated": "2023"}).status
    assert 303 == jonas.post(path, {**seen, "v:adopted": "2020-07-31"}).status
    assert ["+    adopted: 2020-07-31", "+    evaluated: 2023"] == lists.lines(COUNTRY)


def test_an_entry_goes_only_when_it_was_shown_what_goes_and_undo_brings_it_back(lists: Lists) -> None:
    ana, path = lists.person(), f"{PLANS}/plan_2009"
    page = ana.get(f"{path}?remove=1")
    assert ">plan_2009:\n    name:" in html.unescape(page.text)
    assert [] == lists.lines(COUNTRY)
    asked = dict(re.findall(r'type="hidden" name="(remove|seen)" value="([^"]*)"', page.text))
    assert 409 == ana.post(path, {**asked, "seen": "0" * 64}).status
    gone = ana.post(path, asked)
    assert (303, PLANS) == (gone.status, gone.headers["location"])
    assert all(each.startswith("-") for each in lists.lines(COUNTRY))
    assert 404 == ana.get(path).status
    line = re.search(r'name="line" value="([^"]*)"><button class="link" id="take-undo"', ana.get(PLANS).text)[1]
    assert 303 == ana.post("/undo", {"line": line, "here": PLANS}).status
    assert [] == lists.lines(COUNTRY)


def test_what_others_rest_on_stays_and_it_is_said_why(lists: Lists) -> None:
    ana, path = lists.person(), "/LT/lists/sources/commission_page"
    asked = dict(re.findall(r'name="(remove|seen)" value="([^"]*)"', ana.get(f"{path}?remove=1").text))
    answer = ana.post(path, asked)
    assert 422 == answer.status
    assert "something else would not hold without it" in answer.text
    assert "unknown source" in answer.text
    assert [] == lists.lines(COUNTRY)


def test_a_code_of_one_s_own_is_checked_and_a_role_stands_within_its_institution(lists: Lists) -> None:
    ana = lists.person()
    new = fields(ana.get(f"{PLANS}/-").text)
    given = {**new, "v:name/en": "Plan", "v:period": "2023/2025"}
    for code, said in (("plan_2020", "is there already"), ("Plan 2023", "is no code")):
        answer = ana.post(f"{PLANS}/-", {**given, "code": code})
        assert (422, True) == (answer.status, said in answer.text)
    assert f"{PLANS}/plan_2023" == ana.post(f"{PLANS}/-", {**given, "code": "plan_2023"}).headers["location"]
    roles = "/LT/lists/institutions/police_department/roles"
    answer = typed(ana, f"{roles}/-", {"role/en": "Watches the budget", "since": "2020"})
    assert f"{roles}/watches_the_budget" == answer.headers["location"]
    assert ["+      watches_the_budget:", '+        role: {en: "Watches the budget"}', "+        since: 2020"] == [
        each for each in lists.lines(COUNTRY) if "plan" not in each.lower() and "2023" not in each
    ]
    assert "Watches the budget" in ana.get(roles.removesuffix("/roles")).text


def test_the_year_leads_to_its_lists_and_a_count_to_its_form(lists: Lists) -> None:
    ana = lists.person()
    typed(ana, f"{ACTIVITIES}/-", TRAINING)
    assert f'<a href="{ACTIVITIES}">' in ana.get("/LT/2021").text
    assert '<a href="/LT/2021/lists/countries">' in ana.get("/LT/2021/figures/general_situation").text
    page = ana.get("/LT/2021/figure/activities.course_for_judges.participants").text
    assert f"{ACTIVITIES}/course_for_judges#at-figures/participants" in page


def test_what_is_found_in_an_entry_is_said_at_its_field_and_leads_there(lists: Lists) -> None:
    ana = lists.person()
    path = f"{ACTIVITIES}/course_for_judges"
    typed(ana, f"{ACTIVITIES}/-", {**TRAINING, "period": "2019"})
    found = [each for each in lists.bench.desk.reading.findings if "course_for_judges" in each.figure]
    assert found
    assert f'href="{path}' in ana.get("/LT/2021/findings").text
    assert 'class="say is-' in ana.get(path).text


INDICATOR = {
    "label/en": "Victims compensated",
    "label/lt": "Aukos, kurioms atlyginta",
    "unit": "persons",
    "kind": "flow",
    "population": "victims",
    "definition/en": "Victims who were paid compensation during the year.",
    "definition/lt": "Aukos, kurioms per metus atlyginta žala.",
}


def test_a_new_indicator_stands_in_the_catalogue_and_its_field_on_the_sheet_of_its_chapter(lists: Lists) -> None:
    ana, new = lists.person(), "/LT/catalogue/indicators/-"
    told = {**fields(ana.get(new).text), **{f"v:{name}": value for name, value in INDICATOR.items()}}
    told |= {"v:dimensions=form": "1"}
    answer = ana.post(new, {**told, "family": ""})
    assert (422, True) == (answer.status, "it is not said where it is shown" in answer.text)
    assert [] == lists.lines(CATALOGUE)
    answer = ana.post(new, {**told, "family": "victims"})
    code = "victims.victims_compensated"
    sheet = "/LT/2021/figures/general_situation"
    assert (303, f"{sheet}?at={code}#f-{code}") == (answer.status, answer.headers["location"])
    assert f"+  {code}: unanswered" in lists.lines(YEAR)
    assert [
        f"+  {code}:",
        '+    label: {en: "Victims compensated", lt: "Aukos, kurioms atlyginta"}',
        "+    unit: persons",
        "+    kind: flow",
        "+    population: victims",
        "+    definition:",
        '+      en: "Victims who were paid compensation during the year."',
        '+      lt: "Aukos, kurioms per metus atlyginta žala."',
        "+    dimensions: [form]",
    ] == lists.lines(CATALOGUE)
    page = ana.get(sheet).text
    assert f'id="f-{code}"' in page
    assert "Victims compensated" in page
    written = ana.post(sheet, {"figure": code, "value": "3", "seen": "unanswered"})
    assert 303 == written.status
    assert f"+  {code}: 3" in lists.lines(YEAR)


def test_a_form_stays_as_it_was_begun_while_others_write(browser: Browser, lists: Lists) -> None:
    path = f"{PLANS}/plan_2020"
    with opened(browser, lists.bench, refused=409) as page:
        page.context.add_cookies(
            [{"name": "reporter-person", "value": "Jonas", "url": f"http://127.0.0.1:{lists.bench.port}/"}]
        )
        page.goto(f"http://127.0.0.1:{lists.bench.port}{path}")
        focus = page.locator('[id="f-focus/en"]')
        focus.fill("Help first")
        before = lists.bench.desk.reading.digest
        assert 303 == typed(lists.person(), path, {"focus/en": "Prevention first"}).status
        assert before != lists.bench.desk.reading.digest
        page.wait_for_timeout(500)
        assert "Help first" == focus.input_value()
        page.get_by_role("button", name="Write what changed").click()
        page.get_by_role("button", name="Go back to what you typed").wait_for()
        assert "Prevention first" in page.locator(".theirs").inner_text()


def test_what_nobody_lists_has_no_page(lists: Lists) -> None:
    ana = lists.person()
    for path in ("nothing", "plans/nothing", "plans/plan_2020/name", "about/more", "figures", "contacts/-/-"):
        assert 404 == ana.get(f"/LT/lists/{path}").status, path
    assert 405 == ana.post(PLANS, {}).status


def test_who_may_only_read_finds_the_forms_without_a_way_to_write(tmp_path: Path) -> None:
    root = begun(tmp_path)
    with running(root, today=lambda: DAY, read_only=True) as bench:
        bench.desk.read_now()
        page = come_in(bench).get(f"{PLANS}/plan_2020").text
        assert "Write what changed" not in page
        assert "?remove=1" not in page


@pytest.mark.parametrize(("language", "width", "scheme"), LOOKS)
def test_everybody_can_read_the_lists_and_fill_the_forms(browser: Browser, lists, language, width, scheme) -> None:
    with opened(browser, lists.bench, width=width, scheme=scheme, language=language) as page:
        for path in PAGES:
            page.goto(f"http://127.0.0.1:{lists.bench.port}{path}")
            assert language == page.locator("html").get_attribute("lang")
            assert [] == violations(page), path
            assert [] == page.evaluate(BEYOND), path


def test_the_nu_html_checker_finds_nothing_in_lists_and_forms(lists: Lists, tmp_path: Path) -> None:
    files = [tmp_path / f"{number}.html" for number in range(len(PAGES))]
    for path, file in zip(PAGES, files, strict=True):
        file.write_text(lists.person().get(path, **{"Accept-Language": "lt"}).text)
    assert [] == faults_of_html(*files)
