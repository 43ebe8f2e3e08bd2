"""Texts written through their forms: what changes in the files, and what is refused."""

import json
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from html import unescape
from pathlib import Path
from threading import Event, Thread
from time import monotonic, sleep

import pytest

from reporter.data.files.workspace import Workspace
from reporter.data.read.dataset import load_dataset
from reporter.data.records import Label
from reporter.data.write.amendment import slice_digest
from reporter.editions.job import Job
from reporter.editions.resources import locale_lookup
from reporter.editions.start.new_year import text_file
from reporter.workbench.server.server import Workbench
from reporter.workbench.texts.live_edition import Editions, Made
from reporter.workbench.year.year_state import year_state
from tests import small
from tests.snapshots import freeze_now
from tests.workbench.serving import Answer, Asker, come_in, hidden, running, until_made, words

DAY = date(2021, 3, 9)
TEXT, YEAR = "data/XX/text/en/2020.md", "data/XX/2020.yaml"
NEW = "# resources\n\nA page of the ministry lists them.\n"
VICTIMS = "# victims: Counted by the police\n\nIn 2019, {{ victims.identified }} victims were identified.\n"
EARLIER = (
    f"{VICTIMS}\n# aliens\n\nA foreigner may reflect.\n\n# prevention\n\nSchools were visited.\n\n"
    f"# contacts\n\nAsk the ministry.\n\n{NEW}"
)
FILES = {
    "reporter.yaml": "title: {en: Small, lt: Maža}\nlanguages: [en, lt]\n",
    "data/XX/text/en/2019.md": EARLIER,
    TEXT: "",
    YEAR: small.FILES[YEAR].replace("provisional", "draft"),
}


def eventually(is_so: Callable[[], bool]) -> bool:
    last = monotonic() + 30
    while not is_so() and monotonic() < last:
        sleep(0.01)
    return is_so()


@dataclass(frozen=True)
class Writing:
    """Somebody at the texts of a year, and the files."""

    bench: Workbench
    asker: Asker
    root: Path
    days: list[date] = field(default_factory=list)

    def type(self, content: str, path: str = TEXT) -> None:
        (self.root / path).parent.mkdir(exist_ok=True)
        (self.root / path).write_bytes(content.encode())
        self.bench.desk.read_now()

    def text(self, path: str = TEXT) -> str:
        return (self.root / path).read_bytes().decode()

    def open(self, section: str, language: str = "en") -> Answer:
        return self.asker.get(f"/XX/2020/text/{language}/{section}")

    def send(self, section: str, fields: Mapping[str, str], language: str = "en") -> Answer:
        return self.asker.post(f"/XX/2020/text/{language}/{section}", {"person": "A. Adviser", **fields})

    def form(self, section: str, number: int = 0, language: str = "en") -> dict[str, str]:
        page = self.open(section, language).text
        place = page.index(f'id="part-{number}"')
        piece = page[place : page.index("</form>", place)]
        fields = dict(re.findall(r'name="(\w+)"[^>]*? value="([^"]*)"', piece))
        fields |= dict(re.findall(r'<textarea[^>]*name="(\w+)"[^>]*>\n(.*?)</textarea>', piece, re.S))
        return {name: unescape(value) for name, value in fields.items() if name not in ("act",)}

    def save(self, section: str, **fields: str) -> Answer:
        return self.send(section, {**self.form(section), "act": "save", **fields})


@pytest.fixture(scope="module")
def running_writing(tmp_path_factory) -> Iterator[Writing]:
    root, days = small.write(tmp_path_factory.mktemp("texts"), FILES), [DAY]
    with running(root, today=lambda: days[-1]) as bench:
        bench.desk.read_now()
        yield Writing(bench, come_in(bench), root, days)


@pytest.fixture
def writing(running_writing: Writing) -> Writing:
    running_writing.days[:] = [DAY]
    for folder in ("text/lt", "editions"):
        shutil.rmtree(running_writing.root / "data/XX" / folder, ignore_errors=True)
    small.write(running_writing.root, FILES)
    running_writing.bench.desk.read_now()
    return running_writing


def test_a_changed_paragraph_changes_only_its_lines_and_line_ends_stay(writing: Writing) -> None:
    before = (
        "<!-- ours -->\r\n# victims:  Counted anew \r\nA first one,\r\nof two lines.\r\n\r\n<!-- ask again -->\r\n"
        "A second one.\r\n\r\n\r\n# contacts\r\n\r\nSee the ministry."
    )
    writing.type(before)
    form = writing.form("victims")
    assert "A first one,\nof two lines.\n\n<!-- ask again -->\nA second one." == form["body"]
    changed = form["body"].replace("A second", "Another").replace("\n", "\r\n")
    assert 303 == writing.save("victims", body=changed).status
    assert before.replace("A second", "Another") == writing.text()
    assert 303 == writing.save("victims").status
    assert before.replace("A second", "Another") == writing.text()


def test_headlines_and_new_sections_have_their_place_and_are_taken_out_again(writing: Writing) -> None:
    writing.type(NEW)
    writing.save("resources", head="More of them")
    assert NEW.replace("# resources", "# resources: More of them") == writing.text()
    writing.save("resources", head="")
    assert NEW == writing.text()
    writing.type("# at_a_glance\n\nIn brief.\n\n# resources\n\nA page.\n")
    writing.send("recommendations", {"act": "save", "path": "recommendations", "body": "Read them.", "seen": ""})
    assert "# at_a_glance\n\nIn brief.\n\n# resources\n\nA page.\n" == writing.text()
    answer = writing.save("recommendations", body="Read them.")
    assert (303, "/XX/2020/text/en/recommendations?beside=2019#part-0") == (answer.status, answer.headers["location"])
    wanted = "# at_a_glance\n\nIn brief.\n\n# recommendations\n\nRead them.\n\n# resources\n\nA page.\n"
    assert wanted == writing.text()
    writing.type("# recommendations\n<!-- Nothing is printed here. -->\n\n# resources\n\nA page.\n")
    assert "" == writing.form("recommendations")["body"]
    writing.save("recommendations", body="Read them.")
    assert "# recommendations\n\nRead them.\n\n# resources\n\nA page.\n" == writing.text()
    writing.type("# at_a_glance\n\nIn brief.\n\n# resources\n\nA page.\n")
    answer = writing.save("resources", body=" \r\n")
    assert (422, True) == (answer.status, "The text is empty." in words(answer.text))
    writing.send("resources", {**writing.form("resources"), "act": "remove"})
    assert "# at_a_glance\n\nIn brief.\n" == writing.text()


def test_a_figure_without_a_value_can_be_put_into_a_text_and_a_draft_prints_an_ellipsis_for_it(
    writing: Writing,
) -> None:
    writing.type(writing.text(YEAR).replace("total: 80, by person: {women: 60, men: 20}", "total: unanswered"), YEAR)
    picks = {
        expression: value for expression, _, value in json.loads(writing.send("prevention", {"act": "picks"}).body)
    }
    assert "no value yet" == picks["{{ victims.identified }}"]
    writing.type("# prevention\n\nAll {{ victims.identified }} victims were helped.\n")
    page = until_made(writing.asker, "/XX/2020/edition/en")
    assert (200, True) == (page.status, "All … victims were helped." in words(page.text))


def test_a_text_begins_with_the_words_of_the_year_before_and_a_new_part_keeps_the_rest(writing: Writing) -> None:
    assert 303 == writing.send("victims", {**writing.form("victims"), "act": "anew"}).status
    assert VICTIMS == writing.text()
    again = writing.send("victims", {"path": "victims", "act": "anew"})
    assert (422, True) == (again.status, "This is already written." in words(again.text))
    writing.type("")
    part = {"act": "part", "head": "On the roads", "code": "roads", "body": "Lorries were stopped."}
    assert 303 == writing.send("prevention", part).status
    assert "# prevention\ncarry: rest\n\n## On the roads {#roads}\n\nLorries were stopped.\n" == writing.text()
    # What is typed at the beginning takes the place of no part, and the field has nothing of it.
    assert 303 == writing.send("prevention", {"path": "prevention/", "act": "anew"}).status
    for typed in ("All was tried.", "Much was tried."):
        form = writing.form("prevention")
        assert "carry" not in form["body"]
        assert 303 == writing.send("prevention", {**form, "act": "save", "body": typed}).status
        assert f"# prevention\ncarry: rest\n\n{typed}\n\n## On the roads" in writing.text()
    twice = writing.send("prevention", part)
    assert (422, 422) == (twice.status, writing.send("prevention", {**part, "code": "Not a code"}).status)
    writing.send("prevention", {**part, "code": "rivers", "head": "On the rivers"})
    assert writing.text().endswith("stopped.\n\n## On the rivers {#rivers}\n\nLorries were stopped.\n")


def test_of_two_writers_the_second_sees_both_texts_and_chooses(writing: Writing) -> None:
    writing.type(NEW)
    mine = {**writing.form("resources"), "act": "save", "body": "Mine."}
    writing.save("resources", body="Theirs.")
    asked = writing.asker.post("/XX/2020/text/en/resources", mine)
    assert ("Enter your name", True) == (asked.title, 'name="body" value="Mine."' in asked.text)
    answer = writing.send("resources", mine)
    assert (409, "# resources\n\nTheirs.\n") == (answer.status, writing.text())
    page = answer.text
    assert re.search(r"<textarea[^>]*>\nMine\.</textarea>", page)
    assert '<pre lang="en" tabindex="0"># resources\n\nTheirs.</pre>' in page
    assert "A page of the ministry" in page
    seen = re.search(r'class="conflict".*?name="seen" value="(\w+)"', page, re.S)
    assert seen
    assert 303 == writing.send("resources", {**mine, "seen": seen[1]}).status
    assert "# resources\n\nMine.\n" == writing.text()


def test_a_text_still_holds_by_the_lines_that_a_person_would_type_until_it_is_rewritten(writing: Writing) -> None:
    before = writing.text(YEAR)
    assert 303 == writing.send("aliens", {"act": "holds", "name": "aliens", "by": "Office of the Rapporteur"}).status
    entry = "still_holds:\n  - texts: [aliens]\n    by: Office of the Rapporteur\n    day: 2021-03-09\n"
    assert before + entry == writing.text(YEAR)
    writing.send("contacts", {"act": "holds", "name": "contacts", "by": "Office of the Rapporteur"})
    assert before + entry.replace("[aliens]", "[aliens, contacts]") == writing.text(YEAR)
    writing.send("resources", {"act": "holds", "name": "resources", "by": "A. Adviser"})
    more = "  - texts: [resources]\n    by: A. Adviser\n    day: 2021-03-09\n"
    assert before + entry.replace("[aliens]", "[aliens, contacts]") + more == writing.text(YEAR)
    assert "still holds" in words(writing.open("aliens").text)
    assert 422 == writing.send("aliens", {"act": "holds", "name": "aliens", "by": "A. Adviser"}).status
    small.write(writing.root, FILES)
    writing.bench.desk.read_now()
    before = writing.text(YEAR)
    for name in ("aliens", "contacts"):
        writing.send(name, {"act": "holds", "name": name})
    writing.send("aliens", {**writing.form("aliens"), "act": "save", "body": "All is new here."})
    assert "# aliens\n\nAll is new here.\n" == writing.text()
    # That is known once the files are checked.
    left = before + "still_holds:\n  - texts: [contacts]\n    by: A. Adviser\n    day: 2021-03-09\n"
    assert eventually(lambda: writing.text(YEAR) == left)


def test_a_decision_on_a_text_answers_for_its_figures_in_both_languages_and_leads_on(writing: Writing) -> None:
    for language, told in (("en", "Help reached {} people."), ("lt", "Pagalba pasiekė {} žmones.")):
        earlier = f"# assistance\n\n{told.format('{{ victims.identified }}')}\n\n# aliens\n\n{told[:5]}.\n"
        writing.type(earlier, f"data/XX/text/{language}/2019.md")
    page, found = words(writing.open("assistance").text), "but the figures changed"
    assert [1, 1] == [
        page.count(f"{each}the words are unchanged since 2019, {found}") for each in ("people. ", "Lithuanian: ")
    ]
    findings = "/XX/2020/findings"
    assert found not in writing.asker.get(findings).text
    assert "texts to decide: 2" in told_by_status(writing)
    box = re.search(r'id="decide".*?</form>', writing.open("assistance", "lt").text, re.S)[0]
    answer = writing.send("assistance", {**hidden(box), "act": "holds", "by": "A. Adviser"}, "lt")
    assert (303, "/XX/2020/text/lt/aliens?beside=2019") == (answer.status, answer.headers["location"])
    writing.bench.desk.read_now()
    left = [words(writing.open("assistance", language).text) for language in ("en", "lt")]
    assert [False, False] == [found in each or "To decide" in each for each in left]
    assert found not in writing.asker.get(findings).text
    assert ["texts to decide: 1"] == [each for each in told_by_status(writing) if "text" in each or "warning" in each]
    # Behind the last one it stays.
    box = re.search(r'id="decide".*?</form>', writing.open("aliens").text, re.S)[0]
    answer = writing.send("aliens", {**hidden(box), "act": "holds", "by": "A. Adviser"})
    assert (303, "/XX/2020/text/en/aliens?beside=2019") == (answer.status, answer.headers["location"])


def told_by_status(writing: Writing) -> tuple[str, ...]:
    reading = writing.bench.desk.reading
    return year_state(writing.bench.desk.workspace, reading, "XX", 2020, writing.days[-1]).progress.missing


def test_a_section_written_again_in_both_languages_is_decided_and_says_which_words_are_old(writing: Writing) -> None:
    old = {"en": "Traffickers look for people without money.", "lt": "Prekeiviai ieško žmonių be pinigų."}
    for language, told in old.items():
        writing.type(f"# assistance\n\n{told}\n", f"data/XX/text/{language}/2019.md")
    page = writing.open("assistance").text
    assert "To decide" in words(page)
    for language in old:
        writing.send("assistance", {**writing.form("assistance", language=language), "act": "anew"}, language)
        form = writing.form("assistance", language=language)
        added = {**form, "act": "save", "body": f"{form['body']}\n\nA new one ({language})."}
        assert 303 == writing.send("assistance", added, language).status
    writing.bench.desk.read_now()
    for language in old:
        page = words(writing.open("assistance", language).text)
        assert (False, True) == ("to decide" in page, "written. Language of the text" in page)
        told = [f"the words are those of 2019 ({each})" for each in old]
        assert [True, True, True] == [each in page for each in ("Texts of earlier years", *told)]
    assert (False, 2) == ("texts to decide" in " ".join(told_by_status(writing)), warnings(writing))
    assert 303 == writing.send("assistance", {"act": "holds", "name": "assistance"}).status
    writing.bench.desk.read_now()
    assert (0, False) == (warnings(writing), "Texts of earlier years" in writing.open("assistance").text)


def warnings(writing: Writing) -> int:
    """How many findings say that words are those of an earlier year."""
    return writing.asker.get("/XX/2020/findings?show=warnings").text.lower().count("the words are those of")


def test_a_text_cannot_hold_while_a_sentence_is_untrue(writing: Writing) -> None:
    before = writing.text(YEAR)
    page = writing.open("victims")
    assert re.search(r"<button[^>]* disabled[^>]*>Still holds</button>", page.text)
    sentence = "a sentence about 2019 prints the value of Identified victims for 2020"
    reason = f"Not while a sentence is untrue (English): {sentence}"
    assert reason in words(page.text)
    answer = writing.send("victims", {"act": "holds", "name": "victims"})
    assert (422, True) == (answer.status, f"Nothing was written. {reason}" in words(answer.text))
    writing.days.append(date(2020, 12, 30))
    answer = writing.send("aliens", {"act": "holds", "name": "aliens"})
    assert (422, True) == (answer.status, "Not before 31 December 2020" in words(answer.text))
    assert before == writing.text(YEAR)


def test_the_first_text_of_a_language_makes_its_file_as_a_new_year_does(writing: Writing) -> None:
    file = "data/XX/text/lt/2020.md"
    assert f"{file} is created with the first text." in words(writing.open("recommendations", "lt").text)
    assert not (writing.root / file).exists()
    fields = {**writing.form("recommendations", language="lt"), "act": "save", "body": "Skaitykite."}
    assert 303 == writing.send("recommendations", fields, "lt").status
    text = writing.text(file)
    assert "\n\n# recommendations\n\nSkaitykite.\n\n# general_situation\n<!-- " in text
    sources = writing.bench.desk.reading.sources
    begun = text_file(load_dataset(sources, ("XX",)).dataset, "XX", 2020, locale_lookup(sources)("lt"))
    heading = "# recommendations"
    assert begun.decode().partition(heading)[0] == text.partition(heading)[0]
    assert f"Written to {file}." in words(writing.open("recommendations", "lt").text)
    assert 303 == come_in(writing.bench, "A.%20Adviser").undo("/XX/2020").status
    assert not (writing.root / file).exists()
    assert f"{file} is created" in words(writing.open("recommendations", "lt").text)


def test_a_language_that_the_rules_do_not_read_says_so_once(writing: Writing) -> None:
    writing.type("title: {en: Small}\nlanguages: [en, pt]\n", "reporter.yaml")
    said = "The rules do not check what texts in Portuguese say in words about figures"
    assert [1, 0] == [writing.open("victims", language).text.count(said) for language in ("pt", "en")]


def test_of_a_published_year_it_is_said_first_that_a_change_makes_a_corrigendum(writing: Writing) -> None:
    pages = ("/XX/2020/text/en/victims", "/XX/2020/figures/general_situation")
    said = "2020 is published: changes here require a corrigendum."
    assert [False, False] == [said in words(writing.asker.get(page).text) for page in pages]
    freeze_now(Workspace(writing.root), Job("XX", 2020, "en"), "2021-03-01", Label())
    writing.bench.desk.read_now()
    assert [True, True] == [said in words(writing.asker.get(page).text) for page in pages]
    assert said not in words(writing.asker.get("/XX/2019/figures/general_situation").text)


def test_the_page_is_beside_a_text_until_somebody_closes_it(writing: Writing) -> None:
    here = "/XX/2020/text/en/victims"
    frame = re.search(r"<iframe[^>]*>", writing.asker.get(here).text)[0]
    told = ('src="/XX/2020/edition/en"', 'data-section="section-victims"', "allow-scripts")
    assert [True, True, False] == [each in frame for each in told]
    answer = writing.asker.post("/beside", {"page": "closed", "here": f"{here}?beside=2019"})
    assert (303, f"{here}?beside=2019") == (answer.status, answer.headers["location"])
    cookie = f"{writing.asker.headers['Cookie']}; {answer.headers['set-cookie'].partition(';')[0]}"
    closed = writing.asker.knowing(Cookie=cookie).get(here).text
    assert (False, True) == ("<iframe" in closed, "Show the page next to the text" in closed)
    for wrong in ({"page": "other"}, {"page": "closed", "here": "//elsewhere.example"}):
        assert "/" == writing.asker.post("/beside", wrong).headers["location"]


def test_a_text_does_not_wait_for_its_page(writing: Writing, monkeypatch) -> None:
    begun, released = Event(), Event()

    def slowly(*_: object) -> Made:
        begun.set()
        released.wait(30)
        return Made()

    monkeypatch.setattr(Editions, "wait", slowly)
    looking = Thread(target=lambda: writing.asker.get("/XX/2020/edition/en"))
    looking.start()
    try:
        assert begun.wait(30)
        assert 303 == writing.save("recommendations", body="Read them.").status
        assert "Read them." in writing.open("recommendations").text
    finally:
        released.set()
        looking.join(30)


def test_texts_lists_and_figures_are_written_and_shown_before_anything_is_checked(
    writing: Writing, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, may_check = writing.bench.desk, Event()
    check = desk._read
    monkeypatch.setattr(desk, "_read", lambda *read: check(*read) if may_check.wait(30) else None)
    try:
        assert 303 == writing.save("recommendations", body='{{ victims.identified | fell("Few came") }}.').status
        assert "Few came" in writing.form("recommendations")["body"]
        source = "/XX/lists/sources/ngo"
        entry = hidden(writing.asker.get("/XX/lists/sources/-").text)
        typed = {**entry, "code": "ngo", "v:title/en": "Count", "v:publisher/en": "La Strada", "person": "A. Adviser"}
        answer = writing.asker.post("/XX/lists/sources/-", typed)
        assert (303, source) == (answer.status, answer.headers["location"])
        assert "La Strada" in writing.asker.get(source).text
        figure = {"figure": "investigations.opened", "value": "12", "seen": "11", "person": "A. Adviser"}
        assert 303 == writing.asker.post("/XX/2020/figures/justice", figure).status
        assert "Investigations opened 12" in words(writing.open("recommendations").text)
        assert "is not true" not in words(writing.open("recommendations").text)
    finally:
        may_check.set()
    desk.read_now()
    assert "is not true" in words(writing.open("recommendations").text)


def test_nothing_that_was_just_answered_or_decided_is_asked_again_before_it_is_checked(
    writing: Writing, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = writing.text(YEAR).replace("total: 80", "total: unanswered").replace("total: 11", "total: unanswered")
    writing.type(opened, YEAR)
    writing.type(EARLIER.removeprefix(VICTIMS), "data/XX/text/en/2019.md")
    desk, may_check, asked = writing.bench.desk, Event(), list[str]()
    check = desk._read
    monkeypatch.setattr(desk, "_read", lambda *read: check(*read) if may_check.wait(60) else None)

    def next_place() -> str:
        asked.append(unescape(re.search(r'class="button main" href="([^"]*)"', writing.asker.get("/XX/2020").text)[1]))
        return writing.asker.get(asked[-1]).headers.get("location", asked[-1])

    try:
        for _ in range(2):
            sheet, _, figure = next_place().partition("#f-")
            typed = {"figure": figure, "value": "9", "seen": "unanswered", "person": "A. Adviser"}
            assert 303 == writing.asker.post(sheet.partition("?")[0], typed).status
        # What may be decided rests on what was found.
        may_check.set()
        desk.read_now()
        may_check.clear()
        for act in ({"act": "holds"}, {"act": "holds"}, {"act": "save", "body": "New words."}):
            asked[-1] = section = next_place().rpartition("/")[2]
            fields = {"name": section, "path": section, "seen": slice_digest(""), **act}
            assert 303 == writing.send(section, fields).status
        next_place()
    finally:
        may_check.set()
    assert len(asked) == len(set(asked)) == 6, asked


def test_what_was_wrong_with_words_goes_with_them_before_the_new_ones_are_checked(
    writing: Writing, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert 303 == writing.save("prevention", body='{{ victims.identified | fell("Few came") }}.').status
    desk, may_check = writing.bench.desk, Event()
    desk.read_now()
    assert "is not true" in words(writing.open("prevention").text)
    check = desk._read
    monkeypatch.setattr(desk, "_read", lambda *read: check(*read) if may_check.wait(60) else None)
    try:
        assert 303 == writing.save("prevention", body="Few came in 2020.").status
        assert "is not true" not in words(writing.open("prevention").text)
    finally:
        may_check.set()


def test_a_decision_waits_for_the_check_of_what_was_written_before_it(writing: Writing) -> None:
    untrue = {"figure": "victims.identified", "value": "60", "seen": "80", "person": "A. Adviser"}
    writing.type('# assistance\n\n{{ victims.identified | rose("More were helped") }}.\n', "data/XX/text/en/2019.md")
    assert 303 == writing.asker.post("/XX/2020/figures/general_situation", untrue).status
    answer = writing.send("assistance", {"act": "holds", "name": "assistance"})
    assert (422, True) == (answer.status, "Not while a sentence is untrue" in words(answer.text))


NAME = "figure-victims_over_years"
HEADLINE = "{{ victims.identified | at(2019) }} in 2019"
BEGUN = "# resources\n\nA page.\n"
OVER_TABLE = "\n# table-penalties: Longer\n"


@pytest.fixture(scope="module")
def running_headlines(tmp_path_factory) -> Iterator[Writing]:
    files = {
        "reporter.yaml": "title: {en: Small, lt: Maža}\nlanguages: [en, lt]\n",
        "data/XX/text/en/2019.md": f"# resources\n\nA page.\n\n# {NAME}: {HEADLINE}\n",
        TEXT: BEGUN,
        "data/XX/text/lt/2020.md": f"# {NAME}: Aukos {{{{ year }}}}\n",
    }
    root = small.write(tmp_path_factory.mktemp("over"), files)
    with running(root, today=lambda: DAY) as bench:
        bench.desk.read_now()
        yield Writing(bench, come_in(bench), root)


@pytest.fixture
def headlines(running_headlines: Writing) -> Writing:
    running_headlines.type(BEGUN)
    return running_headlines


def over(writing: Writing, section: str = "victims", query: str = "") -> str:
    page = writing.asker.get(f"/XX/2020/text/en/{section}{query}").text
    found = re.search(r'<section class="part" id="over".*?</section>', page, re.S)
    return found[0] if found else ""


def fields(piece: str, name: str) -> dict[str, str]:
    form = next(each for each in re.findall(r"<form.*?</form>", piece, re.S) if f'value="{name}"' in each)
    return {key: unescape(value) for key, value in re.findall(r'name="(\w+)"[^>]*? value="([^"]*)"', form)}


def send(writing: Writing, act: str, section: str = "victims", name: str = NAME, **typed: str):
    return writing.send(section, {**fields(over(writing, section), name), "act": act, **typed})


def test_each_chart_has_its_place_with_last_years_headline_and_what_is_found_in_its_own(headlines: Writing) -> None:
    piece = over(headlines)
    assert (True, NAME) == ("Identified victims, 2018–2020" in words(piece), fields(piece, NAME)["path"])
    assert (True, "") == ("Chart" in piece, over(headlines, "resources"))
    # Chapters that are made from the data have places for headlines, and none for texts.
    page = headlines.asker.get("/XX/2020/text/en/figures").text
    assert (True, False) == ("All figures" in page, 'name="body"' in page)
    assert "60 in 2019" in words(over(headlines))
    assert "Aukos 2020" in words(over(headlines, query="?beside=lt"))
    headlines.type(f'{BEGUN}\n# {NAME}: {{{{ victims.identified | fell("Fewer victims") }}}}\n')
    assert (True, True) == ("is not true" in words(headlines.open("victims").text), "is-error" in over(headlines))
    assert "figure-assisted" not in over(headlines, "assistance")
    headlines.type(f"{BEGUN}\n# figure-assisted: None\n")
    assert "2020 has no such chart or table" in over(headlines, "assistance")


def test_a_headline_is_written_behind_all_sections_and_taken_out_again(headlines: Writing) -> None:
    answer = send(headlines, "save", head=" More\r\nvictims ")
    assert (303, f"{BEGUN}\n# {NAME}: More victims\n") == (answer.status, headlines.text())
    assert "More victims" in over(headlines)
    headlines.type(headlines.text() + OVER_TABLE)
    send(headlines, "save", "investigation", "figure-investigations", head="Fewer")
    assert f"{BEGUN}\n# {NAME}: More victims\n\n# figure-investigations: Fewer\n{OVER_TABLE}" == headlines.text()
    send(headlines, "remove")
    assert f"{BEGUN}\n# figure-investigations: Fewer\n{OVER_TABLE}" == headlines.text()


def test_it_begins_with_that_of_last_year_and_two_writers_see_each_other(headlines: Writing) -> None:
    send(headlines, "anew")
    assert f"{BEGUN}\n# {NAME}: {HEADLINE}\n" == headlines.text()
    assert "Start with last year's headline" not in over(headlines)
    headlines.type(BEGUN)
    assert 422 == send(headlines, "save", head=" ").status
    mine = {**fields(over(headlines), NAME), "act": "save", "head": "Mine"}
    send(headlines, "save", head="Theirs")
    answer = headlines.send("victims", mine)
    assert 409 == answer.status
    assert re.search(r'<textarea[^>]*name="head"[^>]*>\nMine</textarea>', answer.text)
    seen = re.search(r'class="conflict".*?name="seen" value="(\w+)"', answer.text, re.S)
    assert seen
    headlines.send("victims", {**mine, "seen": seen[1]})
    assert f"{BEGUN}\n# {NAME}: Mine\n" == headlines.text()


def test_undo_says_which_text_it_takes_back_and_that_it_is_on_another_page(writing: Writing) -> None:
    writing.save("recommendations", body="Read them.")
    foot = words(come_in(writing.bench, "A.%20Adviser").get("/XX/2020/figures/justice").text)
    undo = foot.partition("Undo: ")[2]
    assert undo.startswith("Recommendations, English (on another page)")
    assert "→" not in undo
