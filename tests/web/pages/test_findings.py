"""Findings are listed by kind, and accepted with a reason that holds for their values alone."""

import re
from html import unescape

import pytest

from tests.web.figures_bench import Bench
from tests.web.serving import Answer, Asker, come_in, words

HERE = "/LT/2021/findings"
VICTIMS = "/LT/2021/figures/general_situation"
REASONS = {"reason.en": "One operation found 37 of them.", "reason.lt": "37 nustatytos per vieną operaciją."}
JUMPED = (
    ("total: unanswered  # 2020: 24", "total: 61  # 2020: 24"),
    ("persons.convicted: unanswered", "persons.convicted: 60"),
)


@pytest.fixture
def bench(running_bench: Bench) -> Bench:
    """A year of which two figures jumped."""
    running_bench.start_again()
    jumped(running_bench)
    return running_bench


def jumped(bench: Bench) -> None:
    text = bench.text
    for old, new in JUMPED:
        assert old in text
        text = text.replace(old, new, 1)
    bench.write(text)


def row(page: str, kind: str, *told: str) -> str:
    """The row of a kind that says some words."""
    group = re.search(rf'<section aria-labelledby="{kind}">.*?</section>\s*(?=<section|</div>)', page, re.S)
    rows = re.findall(r'<li id="f-.*?(?=<li id="f-|\Z)', group[0] if group else "", re.S)
    return next((each for each in rows if all(one in words(each) for one in told)), "")


def fields(page: str) -> dict[str, str]:
    """The hidden fields of the box."""
    box = re.search(r'<section class="accept".*?</form>', page, re.S)
    return dict(re.findall(r'type="hidden" name="([\w.]+)" value="([^"]*)"', box[0]))


def opened_box(asker: Asker, *told: str, kind: str = "warnings") -> Answer:
    found = re.search(r'href="(\?[^"]*accept=\w+)#accept"', row(asker.get(HERE).text, kind, *told))
    return asker.get(HERE + unescape(found[1]))


def accepted(asker: Asker, *told: str, **more: str) -> Answer:
    form = fields(opened_box(asker, *told).text)
    return asker.post(HERE, {**form, **REASONS, "act": "accept", **more})


def shown_lines(page: str) -> list[str]:
    return unescape(re.search(r'id="accept-lines">(.*?)</pre>', page, re.S)[1]).split("\n")


RISEN = ("Identified victims", "from 24 in 2020 to 61 in 2021")


def test_findings_are_listed_by_kind_and_section_each_with_a_way_to_its_field(bench: Bench) -> None:
    ana = bench.person()
    page = ana.get(HERE).text
    risen = row(page, "warnings", *RISEN)
    assert 'href="/LT/2021/figures/general_situation?at=victims.identified#f-victims.identified"' in risen
    assert "data/LT/2021.yaml:18" in risen
    stale = row(page, "errors", "Fewer victims identified")
    assert 'href="/LT/2021/text/en/at_a_glance"' in stale
    assert "Accept, because" not in stale + row(page, "notes", "are not answered yet")
    assert 'href="/LT/2021/lists/countries/' in row(page, "notes", "Countries named", "1 of 1 are not answered")
    assert 'href="/LT/2021/lists/activities/' in row(page, "notes", "Activities", "are not answered")
    only = ana.get(f"{HERE}?show=notes").text
    assert (True, False) == ('aria-labelledby="notes"' in only, 'aria-labelledby="errors"' in only)
    justice = words(ana.get(f"{HERE}?show=justice").text)
    assert (True, False) == ("Persons convicted rose" in justice, RISEN[1] in justice)


def test_of_other_countries_nothing_is_found_in_a_year(bench: Bench) -> None:
    bench.write("code: EE\nsource: commission_page\n", "data/EE/country.yaml")
    bench.write("figures: [\n", "data/EE/2021.yaml")
    pages = [bench.person().get(each).text.partition("<footer")[0] for each in ("/LT/2021", HERE)]
    assert [False, False] == ["data/EE" in each for each in pages]
    assert "data/EE/2021.yaml" in {each.mark.path for each in bench.bench.desk.reading.findings}


def test_the_box_tells_for_which_values_it_holds_and_where_the_reason_is_printed(bench: Bench) -> None:
    ana = bench.person()
    form = fields(opened_box(ana, *RISEN).text)
    page = ana.post(HERE, {**form, **REASONS, "act": "look"}).text
    shown = words(re.search(r'id="accept-shown">.*?</section>', page, re.S)[0])
    assert "2020 Identified victims 24" in shown
    assert "2021 Identified victims 61" in shown
    assert re.search(r"One operation found 37 of them\..* 1\.1 Victims, Figure \d+ : 2021", shown)
    assert re.search(r"37 nustatytos per vieną operaciją\..* 1\.1 Aukos, Figure \d+ : 2021", shown)
    assert "among the findings accepted" in shown
    assert bench.lines == [each for each in bench.lines if "accepted" not in each]


LONG = f'A "long" reason: {"word " * 40}# yes\r\nno'
IN_VAIN = "accepted:\n  - rule: jump\n    figure: persons.convicted\n    values: {}\n    reason: {en: A., lt: B.}\n"


@pytest.mark.parametrize(
    ("there", "more"), [("", {}), ("", {"reason.en": LONG}), (IN_VAIN, {"apart": "1"}), (IN_VAIN, {"reason.lt": LONG})]
)
def test_the_lines_shown_are_those_written_byte_for_byte(bench: Bench, there: str, more: dict[str, str]) -> None:
    bench.write(bench.text + there)
    ana, before = bench.person(), bench.file.read_bytes()
    form = {**fields(opened_box(ana, *RISEN).text), **REASONS, **more}
    looked = ana.post(HERE, {**form, "act": "look"}).text
    lines = shown_lines(looked)
    after = int(re.search(r"below line (\d+)", words(looked))[1])
    assert before == bench.file.read_bytes()
    assert 303 == ana.post(HERE, {**form, "act": "accept"}).status
    old, new = before.decode().splitlines(), bench.file.read_bytes().decode().splitlines()
    assert [*old[:after], *lines, *old[after:]] == new


def test_what_is_accepted_says_why_by_whom_and_when_and_can_be_taken_back(bench: Bench) -> None:
    ana, before = bench.person(), bench.file.read_bytes()
    done = accepted(ana, *RISEN)
    assert 303 == done.status
    page = ana.get(HERE).text
    assert done.headers["location"].partition("#")[2] in page
    assert "" == row(page, "warnings", *RISEN)
    held = row(page, "accepted", *RISEN)
    assert "One operation found 37 of them." in held
    assert re.search(r"Accepted by Ana, \d+ \w+ \d{4}, \d\d:\d\d\.", words(held))
    assert "37 nustatytos per vieną operaciją." in ana.get(HERE, **{"Accept-Language": "lt"}).text
    form = dict(re.findall(r'name="(\w+)" value="([^"]*)"', held))
    assert 303 == ana.post(HERE, {**form, "act": "withdraw"}).status
    assert before == bench.file.read_bytes()
    assert 409 == ana.post(HERE, {**form, "act": "withdraw"}).status
    assert row(ana.get(HERE).text, "warnings", *RISEN)
    # Or as any edit.
    accepted(ana, *RISEN)
    assert (303, before) == (ana.undo(HERE).status, bench.file.read_bytes())


@pytest.mark.parametrize("lacking", [{"reason.en": " "}, {"reason.en": "…", "reason.lt": "-"}])
def test_a_reason_is_said_in_every_language(bench: Bench, lacking: dict[str, str]) -> None:
    before = bench.file.read_bytes()
    answer = accepted(bench.person(), *RISEN, **lacking)
    assert (422, True) == (answer.status, "Say why in every language of the report" in words(answer.text))
    assert len(lacking) == answer.text.count('aria-invalid="true"')
    assert all(f"\n{each.strip()}</textarea>" in answer.text for each in {**REASONS, **lacking}.values())
    assert before == bench.file.read_bytes()


def test_a_finding_that_changed_meanwhile_is_shown_as_it_is_now(bench: Bench) -> None:
    ana = bench.person()
    form = {**fields(opened_box(ana, *RISEN).text), **REASONS, "act": "accept"}
    bench.file.write_text(bench.text.replace("total: 61", "total: 62"))
    before = bench.file.read_bytes()
    answer = ana.post(HERE, form)
    shown = words(answer.text)
    assert (409, True) == (answer.status, "The finding changed since you opened it" in shown)
    assert "2021 Identified victims 62" in shown
    assert REASONS["reason.en"] in answer.text
    assert before == bench.file.read_bytes()
    assert 303 == ana.post(HERE, {**fields(answer.text), **REASONS, "act": "accept"}).status
    bench.write(bench.text.replace("total: 62", "total: 24"))
    gone = ana.post(HERE, form)
    assert (409, True) == (gone.status, "This finding is not there any more" in words(gone.text))
    assert REASONS["reason.lt"] in gone.text


def test_what_asks_for_nothing_or_is_printed_nowhere_is_not_accepted(bench: Bench) -> None:
    ana, before = bench.person(), bench.file.read_bytes()
    page = ana.get(HERE).text
    for kind, told in (("notes", "are not answered yet"), ("errors", "Fewer victims identified")):
        name = re.search(r'id="f-(\w+)"', row(page, kind, told))[1]
        answer = ana.post(HERE, {"finding": name, **REASONS, "act": "accept"})
        assert 422 == answer.status
        for each in (answer, ana.get(f"{HERE}?accept={name}")):
            assert "This finding cannot be accepted" in words(each.text)
    assert before == bench.file.read_bytes()


def test_a_reason_falls_with_its_values_and_a_new_one_takes_its_place(bench: Bench) -> None:
    ana = bench.person()
    accepted(ana, *RISEN)
    assert 303 == ana.post(VICTIMS, {"figure": "victims.identified", "value": "63", "seen": "61"}).status
    fallen = row(ana.get(HERE).text, "fallen", "Identified victims")
    assert "61, now 63" in words(fallen)
    assert "One operation found 37 of them." in fallen
    box = opened_box(ana, "Identified victims", kind="fallen").text
    assert "One operation found 37 of them.</textarea>" in box
    gone = unescape(re.search(r'class="lines gone"[^>]*>(.*?)</pre>', box, re.S)[1]).split("\n")
    assert ["      2021: {victims.identified: 61}"] == [each for each in gone if "61" in each]
    before = bench.text
    assert 303 == ana.post(HERE, {**fields(box), **REASONS, "act": "accept"}).status
    assert before.replace("\n".join(gone), "\n".join(shown_lines(box)), 1) == bench.text
    assert 1 == bench.text.count("rule: jump")
    assert row(ana.get(HERE).text, "accepted", "to 63 in 2021")


def test_a_reason_that_fell_is_taken_out(bench: Bench) -> None:
    ana = bench.person()
    accepted(ana, *RISEN)
    ana.post(VICTIMS, {"figure": "victims.identified", "value": "25", "seen": "61"})
    fallen = row(ana.get(HERE).text, "fallen", "Identified victims")
    assert "Accept for these values" not in fallen
    form = dict(re.findall(r'name="(\w+)" value="([^"]*)"', fallen))
    assert 303 == ana.post(HERE, {**form, "act": "withdraw"}).status
    assert "accepted:" not in bench.text


def test_who_accepts_is_asked_once_and_the_reason_stays(bench: Bench) -> None:
    answer = accepted(come_in(bench.bench), *RISEN)
    assert (422, "Who writes?") == (answer.status, answer.title)
    assert all(each in answer.text for each in REASONS.values())
