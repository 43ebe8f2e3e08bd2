"""Findings are listed by kind, and accepted with a reason that holds for their values alone."""

import re
from html import unescape
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests import small
from tests.chromium import faults_of_html, violations
from tests.web.figures_bench import Bench, known
from tests.web.looking import BEYOND, LOOKS, opened
from tests.web.serving import Answer, Asker, come_in, running

HERE = "/LT/2021/findings"
VICTIMS = "/LT/2021/figures/general_situation"
REASONS = {"reason.en": "One operation found 37 of them.", "reason.lt": "37 nustatytos per vieną operaciją."}
TAG = re.compile(r"<[^>]*>")


@pytest.fixture
def bench(running_bench: Bench) -> Bench:
    """A year of which two figures jumped."""
    running_bench.start_again()
    written(running_bench, "total: unanswered  # 2020: 24", "total: 61  # 2020: 24")
    written(running_bench, "persons.convicted: unanswered", "persons.convicted: 60")
    return running_bench


def written(bench: Bench, old: str, new: str) -> None:
    """What somebody writes in an editor."""
    assert old in bench.text
    bench.file.write_text(bench.text.replace(old, new, 1))
    bench.bench.desk.read_now()


def plain(html: str) -> str:
    return " ".join(unescape(TAG.sub(" ", html)).split())


def row(page: str, kind: str, *words: str) -> str:
    """The row of a kind that says some words."""
    group = re.search(rf'<section aria-labelledby="{kind}">.*?</section>\s*(?=<section|</div>)', page, re.S)
    rows = re.findall(r'<li id="f-.*?(?=<li id="f-|\Z)', group[0] if group else "", re.S)
    return next((each for each in rows if all(word in plain(each) for word in words)), "")


def fields(page: str) -> dict[str, str]:
    """The hidden fields of the box."""
    box = re.search(r'<section class="accept".*?</form>', page, re.S)
    return dict(re.findall(r'type="hidden" name="([\w.]+)" value="([^"]*)"', box[0]))


def opened_box(asker: Asker, *words: str, kind: str = "warnings") -> Answer:
    found = re.search(r'href="(\?[^"]*accept=\w+)#accept"', row(asker.get(HERE).text, kind, *words))
    return asker.get(HERE + unescape(found[1]))


def accepted(asker: Asker, *words: str, **more: str) -> Answer:
    form = fields(opened_box(asker, *words).text)
    return asker.post(HERE, {**form, **REASONS, "act": "accept", **more})


def shown_lines(page: str) -> list[str]:
    return unescape(re.search(r'id="accept-lines">(.*?)</pre>', page, re.S)[1]).split("\n")


RISEN = ("Identified victims", "from 24 in 2020 to 61 in 2021")


def test_findings_stand_by_kind_and_section_each_with_a_way_to_mend_it(bench: Bench) -> None:
    ana = bench.person("Ana")
    page = ana.get(HERE).text
    risen = row(page, "warnings", *RISEN)
    assert 'href="/LT/2021/figures/general_situation?at=victims.identified#f-victims.identified"' in risen
    assert "data/LT/2021.yaml:18" in risen
    stale = row(page, "errors", "Fewer victims identified")
    assert 'href="/LT/2021/text/en/at_a_glance"' in stale
    assert "Accept, because" not in stale
    assert "Accept, because" not in row(page, "notes", "are not answered yet")
    assert 'href="/LT/2021/lists/countries/' in row(page, "notes", "Countries named", "1 of 1 are not answered")
    assert 'href="/LT/2021/lists/activities/' in row(page, "notes", "Activities", "are not answered")
    only = ana.get(f"{HERE}?show=notes").text
    assert (True, False) == ('aria-labelledby="notes"' in only, 'aria-labelledby="errors"' in only)
    justice = plain(ana.get(f"{HERE}?show=justice").text)
    assert (True, False) == ("Persons convicted rose" in justice, RISEN[1] in justice)


def test_of_other_countries_nothing_is_found_in_a_year(bench: Bench) -> None:
    file = bench.file.parents[1] / "EE" / "2021.yaml"
    before = file.read_bytes()
    file.write_text("figures: [\n")
    try:
        bench.bench.desk.read_now()
        pages = [bench.person("Ana").get(each).text.partition("<footer")[0] for each in ("/LT/2021", HERE)]
        assert [False, False] == ["data/EE" in each for each in pages]
    finally:
        file.write_bytes(before)
        bench.bench.desk.read_now()


def test_the_box_tells_for_which_values_it_holds_and_where_the_reason_is_printed(bench: Bench) -> None:
    ana = bench.person("Ana")
    form = fields(opened_box(ana, *RISEN).text)
    page = ana.post(HERE, {**form, **REASONS, "act": "look"}).text
    shown = plain(re.search(r'id="accept-shown">.*?</section>', page, re.S)[0])
    assert "2020 Identified victims 24" in shown
    assert "2021 Identified victims 61" in shown
    assert re.search(r"One operation found 37 of them\..* 2\.1 Victims, Figure \d+ : Identified victims, 2021", shown)
    assert re.search(r"37 nustatytos per vieną operaciją\..* 2\.1 Aukos, Figure \d+ : Nustatytos aukos, 2021", shown)
    assert "among the findings accepted" in shown
    assert bench.lines == [each for each in bench.lines if "accepted" not in each]


LONG = f'A "long" reason: {"word " * 40}# yes\r\nno'
IN_VAIN = "accepted:\n  - rule: jump\n    figure: persons.convicted\n    values: {}\n    reason: {en: A., lt: B.}\n"


@pytest.mark.parametrize(
    ("there", "more"), [("", {}), ("", {"reason.en": LONG}), (IN_VAIN, {"apart": "1"}), (IN_VAIN, {"reason.lt": LONG})]
)
def test_the_lines_shown_are_those_written_byte_for_byte(bench: Bench, there: str, more: dict[str, str]) -> None:
    bench.file.write_text(bench.text + there)
    bench.bench.desk.read_now()
    ana, before = bench.person("Ana"), bench.file.read_bytes()
    form = {**fields(opened_box(ana, *RISEN).text), **REASONS, **more}
    looked = ana.post(HERE, {**form, "act": "look"}).text
    lines = shown_lines(looked)
    after = int(re.search(r"below line (\d+)", plain(looked))[1])
    assert before == bench.file.read_bytes()
    assert 303 == ana.post(HERE, {**form, "act": "accept"}).status
    old, new = before.decode().splitlines(), bench.file.read_bytes().decode().splitlines()
    assert [*old[:after], *lines, *old[after:]] == new


def test_what_is_accepted_says_why_by_whom_and_when_and_can_be_taken_back(bench: Bench) -> None:
    ana, before = bench.person("Ana"), bench.file.read_bytes()
    done = accepted(ana, *RISEN)
    assert 303 == done.status
    page = ana.get(HERE).text
    assert done.headers["location"].partition("#")[2] in page
    assert "" == row(page, "warnings", *RISEN)
    stands = row(page, "accepted", *RISEN)
    assert "One operation found 37 of them." in stands
    assert re.search(r"Accepted by Ana, \d+ \w+ \d{4}, \d\d:\d\d\.", plain(stands))
    lithuanian = ana.get(HERE, **{"Accept-Language": "lt"}).text
    assert "37 nustatytos per vieną operaciją." in lithuanian
    form = dict(re.findall(r'name="(\w+)" value="([^"]*)"', stands))
    assert 303 == ana.post(HERE, {**form, "act": "withdraw"}).status
    assert before == bench.file.read_bytes()
    assert 409 == ana.post(HERE, {**form, "act": "withdraw"}).status
    assert row(ana.get(HERE).text, "warnings", *RISEN)


def test_an_acceptance_is_undone_as_any_edit(bench: Bench) -> None:
    ana, before = bench.person("Ana"), bench.file.read_bytes()
    accepted(ana, *RISEN)
    line = re.search(r'name="line" value="([^"]*)"><button class="link" id="take-undo"', ana.get(HERE).text)[1]
    assert 303 == ana.post("/undo", {"line": line, "here": HERE}).status
    assert before == bench.file.read_bytes()


@pytest.mark.parametrize("lacking", [{"reason.en": " "}, {"reason.lt": ""}, {"reason.en": "…", "reason.lt": "-"}])
def test_a_reason_is_said_in_every_language(bench: Bench, lacking: dict[str, str]) -> None:
    before = bench.file.read_bytes()
    answer = accepted(bench.person("Ana"), *RISEN, **lacking)
    assert 422 == answer.status
    assert "Say why in every language of the report" in plain(answer.text)
    assert len(lacking) == answer.text.count('aria-invalid="true"')
    kept = {**REASONS, **lacking}
    assert all(f"\n{words.strip()}</textarea>" in answer.text for words in kept.values())
    assert before == bench.file.read_bytes()


def test_a_finding_that_changed_meanwhile_is_shown_as_it_is_now(bench: Bench) -> None:
    ana = bench.person("Ana")
    form = {**fields(opened_box(ana, *RISEN).text), **REASONS, "act": "accept"}
    bench.file.write_text(bench.text.replace("total: 61", "total: 62"))
    before = bench.file.read_bytes()
    answer = ana.post(HERE, form)
    assert 409 == answer.status
    shown = plain(answer.text)
    assert "The finding changed since you opened it" in shown
    assert "2021 Identified victims 62" in shown
    assert REASONS["reason.en"] in answer.text
    assert before == bench.file.read_bytes()
    assert 303 == ana.post(HERE, {**fields(answer.text), **REASONS, "act": "accept"}).status
    written(bench, "total: 62", "total: 24")
    gone = ana.post(HERE, form)
    assert 409 == gone.status
    assert "This finding is not there any more" in plain(gone.text)
    assert REASONS["reason.lt"] in gone.text


def test_what_asks_for_nothing_or_is_printed_nowhere_is_not_accepted(bench: Bench) -> None:
    ana, before = bench.person("Ana"), bench.file.read_bytes()
    page = ana.get(HERE).text
    for kind, words in (("notes", "are not answered yet"), ("errors", "Fewer victims identified")):
        name = re.search(r'id="f-(\w+)"', row(page, kind, words))[1]
        answer = ana.post(HERE, {"finding": name, **REASONS, "act": "accept"})
        assert 422 == answer.status
        assert "This finding cannot be accepted" in plain(answer.text)
        assert "This finding cannot be accepted" in plain(ana.get(f"{HERE}?accept={name}").text)
    assert before == bench.file.read_bytes()


def test_a_reason_falls_with_its_values_and_is_given_anew_in_its_place(bench: Bench) -> None:
    ana = bench.person("Ana")
    accepted(ana, *RISEN)
    form = {"figure": "victims.identified", "value": "63", "seen": "61"}
    assert 303 == ana.post(VICTIMS, form).status
    page = ana.get(HERE).text
    fallen = row(page, "fallen", "Identified victims")
    assert "61, now 63" in plain(fallen)
    assert "One operation found 37 of them." in fallen
    box = opened_box(ana, "Identified victims", kind="fallen").text
    assert "One operation found 37 of them.</textarea>" in box
    gone = unescape(re.search(r'class="lines gone"[^>]*>(.*?)</pre>', box, re.S)[1]).split("\n")
    lines = shown_lines(box)
    assert ["      2021: {victims.identified: 61}"] == [each for each in gone if "61" in each]
    before = bench.text
    assert 303 == ana.post(HERE, {**fields(box), **REASONS, "act": "accept"}).status
    assert before.replace("\n".join(gone), "\n".join(lines), 1) == bench.text
    assert 1 == bench.text.count("rule: jump")
    assert row(ana.get(HERE).text, "accepted", "to 63 in 2021")


def test_a_reason_that_fell_is_taken_out(bench: Bench) -> None:
    ana = bench.person("Ana")
    accepted(ana, *RISEN)
    ana.post(VICTIMS, {"figure": "victims.identified", "value": "25", "seen": "61"})
    fallen = row(ana.get(HERE).text, "fallen", "Identified victims")
    assert "Accept for these values" not in fallen
    form = dict(re.findall(r'name="(\w+)" value="([^"]*)"', fallen))
    assert 303 == ana.post(HERE, {**form, "act": "withdraw"}).status
    assert "accepted:" not in bench.text


def test_who_accepts_is_asked_once_and_the_reason_stays(bench: Bench) -> None:
    asker = come_in(bench.bench)
    answer = accepted(asker, *RISEN)
    assert (422, "Who writes?") == (answer.status, answer.title)
    assert all(words in answer.text for words in REASONS.values())


def test_for_reading_only_nothing_is_accepted(tmp_path: Path) -> None:
    with running(small.write(tmp_path), read_only=True) as bench:
        bench.desk.read_now()
        page = come_in(bench).get("/XX/2020/findings").text
        assert 'method="post"' not in page.partition("<main")[2].partition("</main>")[0]
        assert "Accept, because" not in page


@pytest.mark.parametrize(("language", "width", "scheme"), LOOKS)
def test_everybody_can_read_the_findings_and_the_box(browser: Browser, bench: Bench, language, width, scheme) -> None:
    accepted(bench.person("Ana"), "Persons convicted")
    name = re.search(r"accept=(\w+)", row(bench.person("Ana").get(HERE).text, "warnings", *RISEN))[1]
    with opened(browser, bench.bench, width=width, scheme=scheme, language=language) as page:
        page.goto(bench.address(f"{HERE}?accept={name}#accept"))
        assert language == page.locator("html").get_attribute("lang")
        assert [] == violations(page)
        assert [] == page.evaluate(BEYOND)


def test_the_nu_html_checker_finds_nothing(bench: Bench, tmp_path: Path) -> None:
    ana = bench.person("Ana")
    accepted(ana, "Persons convicted")
    pages = (ana.get(HERE, **{"Accept-Language": "lt"}).text, opened_box(ana, *RISEN).text)
    files = [tmp_path / f"{number}.html" for number in range(len(pages))]
    for page, file in zip(pages, files, strict=True):
        file.write_text(page)
    assert [] == faults_of_html(*files)


def test_while_a_reason_is_typed_its_lines_follow(browser: Browser, bench: Bench) -> None:
    name = re.search(r"accept=(\w+)", row(bench.person("Ana").get(HERE).text, "warnings", *RISEN))[1]
    with opened(browser, bench.bench) as page:
        known(page, bench).goto(bench.address(f"{HERE}?accept={name}#accept"))
        expect(page.get_by_label("Reason: English")).to_be_focused()
        page.keyboard.type("Seen twice.")
        expect(page.locator("#accept-lines")).to_contain_text('en: "Seen twice."', timeout=20_000)
        expect(page.get_by_label("Reason: English")).to_have_value("Seen twice.")
        page.get_by_label("Reason: Lithuanian").fill("Matyta.")
        expect(page.locator("#accept-lines")).to_contain_text('lt: "Matyta."', timeout=20_000)
        page.get_by_role("button", name="Accept and print the reason").click()
        expect(page.locator('section[aria-labelledby="accepted"]')).to_contain_text("Seen twice.")
    assert 'reason: {en: "Seen twice.", lt: "Matyta."}' in bench.text
