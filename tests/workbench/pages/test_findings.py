"""Findings are listed by kind, and accepted with a reason that holds for their values alone."""

import re
from html import unescape
from queue import Queue
from threading import Event

import pytest

from tests.workbench.figures_bench import Bench
from tests.workbench.serving import Answer, Asker, come_in, words

HERE = "/LT/2021/findings"
VICTIMS = "/LT/2021/figures/general_situation"
REASONS = {"reason.en": "One operation found 37 of them.", "reason.lt": "37 nustatytos per vieną operaciją."}
JUMPED = (
    ("total: unanswered  # 2020: 24", "total: 61  # 2020: 24"),
    ("persons.convicted: unanswered", "persons.convicted: 60"),
)


@pytest.fixture
def bench(running_bench: Bench) -> Bench:
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
    group = re.search(rf'<section aria-labelledby="{kind}">.*?</section>\s*(?=<section|</div>)', page, re.S)
    rows = re.findall(r'<li id="f-.*?(?=<li id="f-|\Z)', group[0] if group else "", re.S)
    return next((each for each in rows if all(one in words(each) for one in told)), "")


def fields(page: str) -> dict[str, str]:
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


def test_findings_of_the_country_are_listed_by_kind_and_section_each_with_a_way_to_its_field(bench: Bench) -> None:
    ana = bench.person()
    page = ana.get(HERE).text
    risen = row(page, "warnings", *RISEN)
    assert 'href="/LT/2021/figures/general_situation?at=victims.identified#f-victims.identified"' in risen
    assert "data/LT/2021.yaml:18" in risen
    stale = row(page, "errors", "Fewer victims identified")
    assert 'href="/LT/2021/text/en/at_a_glance"' in stale
    assert "Accept, because" not in stale + row(page, "open", "are not answered yet")
    assert 'href="/LT/2021/lists/countries/' in row(page, "open", "Countries named: 1 of 1 are not answered")
    assert 'href="/LT/2021/lists/activities/' in row(page, "open", "Activities", "are not answered")
    # What a note lacks is told of its figure.
    bench.write(bench.text.replace("total: 61", 'total: 61\n    note: {en: "Counted anew."}', 1))
    assert 'href="/LT/2021/figures/general_situation?at=victims.identified#f-victims.identified"' in row(
        ana.get(HERE).text, "warnings", "Identified victims figure The text is missing in Lithuanian"
    )
    only = ana.get(f"{HERE}?show=open").text
    assert (True, False) == ('aria-labelledby="open"' in only, 'aria-labelledby="errors"' in only)
    justice = words(ana.get(f"{HERE}?show=justice").text)
    assert (True, False) == ("Persons convicted rose" in justice, RISEN[1] in justice)
    bench.write("code: EE\nsource: commission_page\n", "data/EE/country.yaml")
    bench.write("figures: [\n", "data/EE/2021.yaml")
    pages = [bench.person().get(each).text.partition("<footer")[0] for each in ("/LT/2021", HERE)]
    assert [False, False] == ["data/EE" in each for each in pages]
    assert "data/EE/2021.yaml" in {each.mark.path for each in bench.bench.desk.reading.findings}


def test_a_text_that_a_language_lacks_leads_to_where_it_is_written_in_that_language(bench: Bench) -> None:
    page = bench.person().get(HERE).text
    lacking = row(page, "warnings", "Administrative violations", "is not written in Lithuanian")
    assert 'href="/LT/2021/text/lt/administrative_violations"' in lacking
    assert "Open the section under Texts, choose the other language above it and write it there." in words(lacking)


def test_the_box_tells_for_which_values_it_holds_and_there_is_none_for_what_asks_for_nothing(bench: Bench) -> None:
    ana = bench.person()
    form = fields(opened_box(ana, *RISEN).text)
    page = ana.post(HERE, {**form, **REASONS, "act": "look"}).text
    shown = words(re.search(r'id="accept-shown">.*?</section>', page, re.S)[0])
    assert (True, True) == ("2020 Identified victims 24" in shown, "2021 Identified victims 61" in shown)
    assert re.search(
        r"One operation found 37 of them\. At a glance, Figure 1 : .* 2\.1 Victims, Footnote 1 .*: 2021", shown
    )
    assert re.search(r"37 nustatytos per vieną operaciją\. Trumpa apžvalga, Figure 1 : .*: 2021", shown)
    assert "among the findings accepted" in shown
    assert bench.lines == [each for each in bench.lines if "accepted" not in each]
    ana, before = bench.person(), bench.file.read_bytes()
    page = ana.get(HERE).text
    for kind, told in (("open", "are not answered yet"), ("errors", "Fewer victims identified")):
        name = re.search(r'id="f-(\w+)"', row(page, kind, told))[1]
        answer = ana.post(HERE, {"finding": name, **REASONS, "act": "accept"})
        assert 422 == answer.status
        for each in (answer, ana.get(f"{HERE}?accept={name}")):
            assert "This finding cannot be accepted" in words(each.text)
    assert before == bench.file.read_bytes()


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
    assert (before, 303) == (bench.file.read_bytes(), ana.post(HERE, {**form, "act": "accept"}).status)
    old, new = before.decode().splitlines(), bench.file.read_bytes().decode().splitlines()
    assert [*old[:after], *lines, *old[after:]] == new


def test_what_is_accepted_says_why_by_whom_and_when_and_can_be_taken_back(bench: Bench) -> None:
    ana, before = bench.person(), bench.file.read_bytes()
    asked = accepted(come_in(bench.bench), *RISEN)
    assert (422, "Enter your name") == (asked.status, asked.title)
    assert all(each in asked.text for each in REASONS.values())
    done = accepted(ana, *RISEN)
    assert 303 == done.status
    page = ana.get(HERE).text
    assert (True, "") == (done.headers["location"].partition("#")[2] in page, row(page, "warnings", *RISEN))
    held = row(page, "accepted", *RISEN)
    assert "One operation found 37 of them." in held
    assert re.search(r"Accepted by Ana, \d+ \w+ \d{4}, \d\d:\d\d\.", words(held))
    assert "37 nustatytos per vieną operaciją." in ana.get(HERE, **{"Accept-Language": "lt"}).text
    form = dict(re.findall(r'name="(\w+)" value="([^"]*)"', held))
    assert (303, before) == (ana.post(HERE, {**form, "act": "withdraw"}).status, bench.file.read_bytes())
    assert 409 == ana.post(HERE, {**form, "act": "withdraw"}).status
    assert row(ana.get(HERE).text, "warnings", *RISEN)
    accepted(ana, *RISEN)
    assert (303, before) == (ana.undo(HERE).status, bench.file.read_bytes())


@pytest.mark.parametrize("lacking", [{"reason.en": " "}, {"reason.en": "…", "reason.lt": "-"}])
def test_a_reason_is_said_in_every_language(bench: Bench, lacking: dict[str, str]) -> None:
    before = bench.file.read_bytes()
    answer = accepted(bench.person(), *RISEN, **lacking)
    assert (422, True) == (answer.status, "Give the reason in every language of the report" in words(answer.text))
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
    assert (True, True) == ("2021 Identified victims 62" in shown, REASONS["reason.en"] in answer.text)
    assert before == bench.file.read_bytes()
    assert 303 == ana.post(HERE, {**fields(answer.text), **REASONS, "act": "accept"}).status
    bench.write(bench.text.replace("total: 62", "total: 24"))
    gone = ana.post(HERE, form)
    assert (409, True) == (gone.status, "This finding no longer exists" in words(gone.text))
    assert REASONS["reason.lt"] in gone.text


def test_a_reason_falls_with_its_values_and_a_new_one_takes_its_place_or_it_is_taken_out(bench: Bench) -> None:
    ana = bench.person()
    accepted(ana, *RISEN)
    assert 303 == ana.post(VICTIMS, {"figure": "victims.identified", "value": "63", "seen": "61"}).status
    bench.checked()
    fallen = row(ana.get(HERE).text, "fallen", "Identified victims")
    assert (True, True) == ("61, now 63" in words(fallen), "One operation found 37 of them." in fallen)
    box = opened_box(ana, "Identified victims", kind="fallen").text
    assert "One operation found 37 of them.</textarea>" in box
    gone = unescape(re.search(r'class="lines gone"[^>]*>(.*?)</pre>', box, re.S)[1]).split("\n")
    assert ["      2021: {victims.identified: 61}"] == [each for each in gone if "61" in each]
    before = bench.text
    assert 303 == ana.post(HERE, {**fields(box), **REASONS, "act": "accept"}).status
    assert before.replace("\n".join(gone), "\n".join(shown_lines(box)), 1) == bench.text
    assert 1 == bench.text.count("rule: jump")
    assert row(ana.get(HERE).text, "accepted", "to 63 in 2021")
    bench.start_again()
    jumped(bench)
    accepted(ana, *RISEN)
    ana.post(VICTIMS, {"figure": "victims.identified", "value": "25", "seen": "61"})
    bench.checked()
    fallen = row(ana.get(HERE).text, "fallen", "Identified victims")
    assert "Accept for these values" not in fallen
    form = dict(re.findall(r'name="(\w+)" value="([^"]*)"', fallen))
    assert (303, False) == (ana.post(HERE, {**form, "act": "withdraw"}).status, "accepted:" in bench.text)


FILE = "data/LT/received/remarks/2021-en-1.yaml"
TEXT = "data/LT/text/en/2020.md"
RECORD = f"""\
file: "draft-rasa.docx"
sha256: "{"0" * 64}"
received: "2022-03-01"
remarks:
  "1":
    kind: "comment"
    author: "Rasa Rasaitė"
    day: "2022-02-20"
    section: "general_situation"
    title: "2 Victims and the countries named"
    file: "{TEXT}"
    line: 7
    sentence: "The Government has long treated the fight against trafficking as a priority."
    words: "long treated"
    text: "Since when? <b>Name</b> the year."
    replies: [{{author: "Ona", day: "2022-02-21", text: "Since 2002."}}]
  "2":
    kind: "change"
    author: "Jonas"
    day: "2022-02-21"
    section: "at_a_glance"
    title: "At a glance"
    sentence: "In 2020, 24 victims were identified."
    changes:
    - {{old: "24", new: "25", figure: victims.identified, year: 2020,
       source: commission_page, at: "data/LT/2020.yaml:23"}}
    - old: "{"very " * 60}long"
  "3":
    kind: "comment"
    text: "Where is this?"
    doubt: "these words occur at several places in the edition"
"""


@pytest.fixture
def remarked(running_bench: Bench) -> Bench:
    running_bench.start_again()
    running_bench.write(RECORD, FILE)
    return running_bench


def written(bench: Bench) -> str:
    return (bench.root / FILE).read_text()


def remark_row(page: str, number: str) -> str:
    return re.search(rf'<li id="remark-{number}".*?</li>', page, re.S)[0]


def test_remarks_are_listed_apart_with_their_place_author_and_day(remarked: Bench) -> None:
    ana = remarked.person()
    page = ana.get(HERE).text
    assert "Remarks, 3" in words(page)
    said = remark_row(page, "1")
    assert (True, True) == ('href="/LT/2021/text/en/general_situation"' in said, f"{TEXT}:7" in said)
    assert "Rasa Rasaitė, 20 February 2022" in words(said)
    assert "Since when? <b>Name</b> the year." in words(said)
    assert "Ona, 21 February 2022: Since 2002." in words(said)
    assert "24 → 25 victims.identified data/LT/2020.yaml:23" in words(remark_row(page, "2"))
    assert '/LT/2021/figure/victims.identified?of=2020"' in unescape(remark_row(page, "2"))
    assert "a generated sentence, in no file" in words(remark_row(page, "2"))
    assert "these words occur at several places in the edition" in words(remark_row(page, "3"))
    assert "remark 1 is open" not in page
    others = ("/LT/2020/findings", f"{HERE}?show=errors", f"{HERE}?show=remarks")
    assert [False, False, True] == ['id="remark-1"' in ana.get(each).text for each in others]


@pytest.mark.parametrize(("act", "word"), [("answer", "Answered:"), ("dismiss", "Dismissed:")])
def test_a_remark_is_decided_on_and_taken_back_as_one_step_or_opened_again(
    remarked: Bench, act: str, word: str
) -> None:
    ana = remarked.person()
    for taken_back in (lambda: ana.undo(HERE), lambda: ana.post(HERE, {"remark": "1", "act": "reopen"})):
        done = ana.post(HERE, {"remark": "1", "act": act, "words": "Written: since 2002.", "show": ""})
        assert (303, f"{HERE}#remark-1") == (done.status, done.headers["location"])
        said = words(remark_row(ana.get(HERE).text, "1"))
        assert re.search(rf"{word} Written: since 2002\. \(Ana, \d+ \w+ \d{{4}}\)", said)
        assert (303, RECORD) == (taken_back().status, written(remarked))


@pytest.mark.parametrize(
    ("form", "status", "said"),
    [
        ({"remark": "1", "act": "answer", "words": "  "}, 422, "Give a short reply for those who come after you."),
        ({"remark": "1", "act": "answer", "words": "…"}, 422, "Give a short reply for those who come after you."),
        ({"remark": "1", "act": "reopen"}, 409, "Another user decided on this remark meanwhile"),
        ({"remark": "9", "act": "answer", "words": "Done."}, 409, "Another user decided on this remark meanwhile"),
    ],
)
def test_what_cannot_be_decided_is_said_and_nothing_written(
    remarked: Bench, form: dict[str, str], status: int, said: str
) -> None:
    answer = remarked.person().post(HERE, form)
    assert (status, True, RECORD) == (answer.status, said in words(answer.text), written(remarked))


def test_no_hint_and_no_refusal_is_english_in_the_lithuanian_workbench(bench: Bench) -> None:
    bench.write(bench.text.replace("persons.convicted: 60", "persons.convicted: {total: 60, by person: {women: 70}}"))
    lithuanian = bench.person().knowing(**{"Accept-Language": "lt"})
    pages = [HERE, VICTIMS, "/LT/2021", "/LT/2021/text/en", "/LT/2021/lists/countries"]
    refused = [
        lithuanian.post(VICTIMS, {"figure": "victims.identified", "value": value, "seen": "61"})
        for value in ("12,5", "1 234", "n.d.", "12.5", "5 or so", "")
    ]
    shown = [*map(lithuanian.get, pages), *refused]
    assert {200, 303, 422} >= {each.status for each in shown}
    hints = [
        each
        for answer in shown
        for each in re.findall(r'<p class="(?:hint|what|wrong)[^>]*>.*?</p>', answer.text, re.S)
    ]
    assert len(hints) > 10
    assert [] == [words(each) for each in hints if 'lang="en"' in each]


def test_a_reason_a_decision_and_a_final_year_are_written_before_anything_is_checked(
    remarked: Bench, monkeypatch
) -> None:
    jumped(remarked)
    ana, bench = remarked.person(), remarked.bench
    box = opened_box(ana, *RISEN)
    held, read, waits = Event(), bench.desk._read, Event()

    def waiting(*given: object) -> object:
        waits.set()
        assert held.wait(60)
        return read(*given)

    monkeypatch.setattr(bench.desk, "_read", waiting)
    try:
        done = ana.post(HERE, {**fields(box.text), **REASONS, "act": "accept"})
        accepted_now = row(ana.get(HERE).text, "accepted", *RISEN)
        decided = ana.post(HERE, {"remark": "1", "act": "answer", "words": "Written.", "show": ""})
        final = ana.post("/LT/2021/release/final", {"to": ""})
        assert waits.wait(60)
    finally:
        held.set()
    assert [303, 303, 303] == [done.status, decided.status, final.status]
    assert "One operation found 37 of them." in accepted_now
    assert ("status: final" in remarked.text, "Written." in written(remarked)) == (True, True)


SPLIT = ("persons.convicted: 60", "persons.convicted: {total: 60, by person: {women: 10, men: 20}}")


@pytest.mark.parametrize("place", ["list", "sheet"])
def test_that_the_rest_is_not_stated_is_written_by_one_press_and_the_finding_goes(bench: Bench, place: str) -> None:
    bench.write(bench.text.replace(*SPLIT))
    ana, told = bench.person(), ("add up to 30, the total is 60",)
    shown = row(ana.get(HERE).text, "errors", *told)
    if place == "sheet":
        sheet = ana.get("/LT/2021/figures/justice").text
        shown = next(each for each in sheet.split('<tr class="told">') if told[0] in words(each))
    assert "The rest is not stated" in shown
    # A button writes it: the line to write is left to the terminal.
    assert (True, False) == ("or say that the rest is not stated." in words(shown), "incomplete:" in words(shown))
    pressed = {"act": "remedy", **dict(re.findall(r'type="hidden" name="(finding|show|back)" value="([^"]*)"', shown))}
    pressed = {name: unescape(value) for name, value in pressed.items()}
    answer = ana.post(HERE, pressed)
    assert (303, place == "list") == (answer.status, answer.headers["location"].startswith(HERE))
    assert "men: 20}, incomplete: [person]}" in bench.text
    assert not row(ana.get(HERE).text, "errors", *told)
    assert 409 == ana.post(HERE, pressed).status
    assert 303 == ana.undo(HERE).status
    assert SPLIT[1] in bench.text
    wrong = ana.post(HERE, {**pressed, "back": "https://elsewhere.example/"})
    assert wrong.headers["location"].startswith("/LT/2021/")


MAKE_THIRTY = "add up to 30, the total is 60"


def test_what_is_taken_back_before_anything_was_checked_is_found_again_and_open_pages_hear_of_it(bench: Bench) -> None:
    bench.write(bench.text.replace(*SPLIT))
    ana, desk, told = bench.person(), bench.bench.desk, Queue[str]()
    name = re.search(r'id="f-(\w+)"', row(ana.get(HERE).text, "errors", MAKE_THIRTY))[1]
    leave = desk.news.listen(lambda: told.put(desk.reading.digest))
    try:
        with desk._one_at_a_time:
            assert 303 == ana.post(HERE, {"act": "remedy", "finding": name}).status
            assert 303 == ana.undo(HERE).status
            shown = ana.get(HERE).text
        # What was written before may be heard of late.
        while f'data-reading="{told.get(timeout=60)}"' in shown or not row(ana.get(HERE).text, "errors", MAKE_THIRTY):
            pass
    finally:
        leave()


def test_a_break_in_the_series_is_marked_beside_the_flags_that_are_there(bench: Bench) -> None:
    new = "persons.convicted: {total: 60, flags: [p], definition: reported_to_unodc}"
    bench.write(bench.text.replace("persons.convicted: 60", new))
    ana = bench.person()
    shown = row(ana.get(HERE).text, "warnings", "without flag b")
    assert "Mark a break in the series" in shown
    assert (True, False) == ("describe the change in a note" in words(shown), "flags:" in words(shown))
    # Nor does any other row name a key of a file, where a field answers.
    hints = re.findall(r'<p class="hint">(.*?)</p>', ana.get(HERE).text)
    assert [] == [each for each in hints if re.search(r"(?:add|say|under|with|write) [a-z_]+:", each)]
    name = re.search(r'name="finding" value="(\w+)"', shown)[1]
    assert 303 == ana.post(HERE, {"act": "remedy", "finding": name}).status
    assert "flags: [p, b]" in bench.text
    assert not row(ana.get(HERE).text, "warnings", "without flag b")


def test_errors_that_the_decision_on_a_text_settles_are_told_apart_on_the_page_of_the_year(bench: Bench) -> None:
    page = bench.person().get("/LT/2021").main
    count, settled = map(int, re.search(r"(\d+) errors open, (\d+) of them in texts to decide on", page).groups())
    assert 0 < settled <= count
    left = re.search(r"(\d+) errors? (?:is|are) to be corrected", page)
    assert count - settled == (int(left[1]) if left else 0)


TABLES = {
    "Registered victims by sex and age": "CRIM_THB_VSAGE",
    "Registered victims by citizenship": "CRIM_THB_VCTZ",
    "Registered victims by form of exploitation": "CRIM_THB_VEXP",
    "Persons by legal status and sex": "CRIM_THB_SEX",
}


def test_it_is_decided_by_one_press_which_figure_fills_the_tables_of_eurostat(bench: Bench) -> None:
    registered = "  victims.registered: {total: 60}\n  victims.identified:\n    by citizenship: {national: 31}"
    assert "  victims.identified:" in bench.text
    bench.write(bench.text.replace("  victims.identified:", registered, 1).replace("women: unanswered", "women: 31", 1))
    ana = bench.person()
    wanted = ("filled by Registered victims; Identified victims would fill", "Leave it as it is")
    for button, figure in (("Use the other figure", "identified"), ("Leave it as it is", "registered")):
        page = ana.get(HERE).text
        shown = row(page, "warnings", *wanted, button)
        assert 1 == words(page).count(wanted[0])
        name = re.search(r'name="finding" value="(\w+)"', shown)[1]
        assert "eurostat:" not in words(shown)
        assert "CRIM_THB" not in words(shown)
        tables = [table for title, table in TABLES.items() if title in shown]
        assert len(tables) > 1
        form = {"act": "remedy", "finding": name}
        assert 409 == ana.post(HERE, form).status
        assert 303 == ana.post(HERE, {**form, "button": button}).status
        assert all(f"{table}: victims.{figure}" in bench.text for table in tables)
        bench.bench.desk.read_now()
        assert "" == row(ana.get(HERE).text, "warnings", *wanted)
        assert "Undo: Figures for Eurostat’s tables" in words(ana.get(HERE).text)
        assert 303 == ana.undo(HERE).status
        bench.bench.desk.read_now()
