"""Texts written through their forms: what changes in the files, and what is refused."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from html import unescape
from pathlib import Path
from shutil import copytree

import pytest

from reporter.files.workspace import Workspace
from reporter.start.making import begun_files, write_new
from tests.fixtures import LITHUANIA
from tests.web.serving import Answer, Asker, come_in, running

DAY = date(2022, 3, 9)
TEXT, YEAR = "data/LT/text/en/2021.md", "data/LT/2021.yaml"
NEW = "# resources\n\nA page of the ministry lists them.\n"


@dataclass(frozen=True)
class Writing:
    """Somebody at the texts of Lithuania 2021, and the files."""

    asker: Asker
    root: Path

    def text(self, path: str = TEXT) -> str:
        return (self.root / path).read_bytes().decode()

    def open(self, section: str, language: str = "en") -> Answer:
        return self.asker.get(f"/LT/2021/text/{language}/{section}")

    def send(self, section: str, fields: Mapping[str, str], language: str = "en") -> Answer:
        return self.asker.post(f"/LT/2021/text/{language}/{section}", {"person": "R. Petraitė", **fields})

    def form(self, section: str, number: int = 0, language: str = "en") -> dict[str, str]:
        """The fields of the form of a part, as the page has them."""
        page = self.open(section, language).text
        place = page.index(f'id="part-{number}"')
        piece = page[place : page.index("</form>", place)]
        fields = dict(re.findall(r'name="(\w+)"[^>]*? value="([^"]*)"', piece))
        fields |= dict(re.findall(r'<textarea[^>]*name="(\w+)"[^>]*>\n(.*?)</textarea>', piece, re.S))
        return {name: unescape(value) for name, value in fields.items() if name not in ("act",)}

    def save(self, section: str, **fields: str) -> Answer:
        return self.send(section, {**self.form(section), "act": "save", **fields})


@pytest.fixture
def writing(tmp_path: Path) -> Iterator[Writing]:
    """A year just begun, without the comments of its texts."""
    root = copytree(LITHUANIA, tmp_path / "lithuania")
    workspace = Workspace(root)
    sources = workspace.snapshot()
    write_new(workspace, sources, begun_files(sources, "LT", 2021))
    for language in ("en", "lt"):
        (root / f"data/LT/text/{language}/2021.md").write_bytes(b"")
    with running(root, today=lambda: DAY) as bench:
        bench.desk.read_now()
        yield Writing(come_in(bench), root)


def plain(answer: Answer) -> str:
    """The words of a page."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", answer.text)).split())


def test_a_changed_paragraph_changes_only_its_lines_and_line_ends_stay(writing: Writing) -> None:
    before = (
        "<!-- ours -->\r\n# victims:  Counted anew \r\nA first one,\r\nof two lines.\r\n\r\n<!-- ask again -->\r\n"
        "A second one.\r\n\r\n\r\n# contacts\r\n\r\nSee the ministry."
    )
    (writing.root / TEXT).write_bytes(before.encode())
    form = writing.form("victims")
    assert "A first one,\nof two lines.\n\n<!-- ask again -->\nA second one." == form["body"]
    changed = form["body"].replace("A second", "Another").replace("\n", "\r\n")
    assert 303 == writing.save("victims", body=changed).status
    assert before.replace("A second", "Another") == writing.text()
    assert 303 == writing.save("victims").status
    assert before.replace("A second", "Another") == writing.text()


def test_a_headline_is_written_behind_the_code_and_taken_away_again(writing: Writing) -> None:
    (writing.root / TEXT).write_text(NEW)
    writing.save("resources", head="More of them")
    assert NEW.replace("# resources", "# resources: More of them") == writing.text()
    writing.save("resources", head="")
    assert NEW == writing.text()


def test_a_new_section_has_its_place_in_the_outline(writing: Writing) -> None:
    (writing.root / TEXT).write_text("# at_a_glance\n\nIn brief.\n\n# resources\n\nA page.\n")
    writing.send("recommendations", {"act": "save", "path": "recommendations", "body": "Read them.", "seen": ""})
    assert "# at_a_glance\n\nIn brief.\n\n# resources\n\nA page.\n" == writing.text()
    answer = writing.save("recommendations", body="Read them.")
    assert (303, "/LT/2021/text/en/recommendations?beside=2020#part-0") == (answer.status, answer.headers["location"])
    wanted = "# at_a_glance\n\nIn brief.\n\n# recommendations\n\nRead them.\n\n# resources\n\nA page.\n"
    assert wanted == writing.text()


def test_the_comment_that_asked_for_a_text_goes_when_it_is_written(writing: Writing) -> None:
    (writing.root / TEXT).write_text("# recommendations\n<!-- Nothing is printed here. -->\n\n# resources\n\nA page.\n")
    assert "" == writing.form("recommendations")["body"]
    writing.save("recommendations", body="Read them.")
    assert "# recommendations\n\nRead them.\n\n# resources\n\nA page.\n" == writing.text()


def test_write_anew_begins_with_the_words_of_the_year_before(writing: Writing) -> None:
    earlier = (writing.root / "data/LT/text/en/2020.md").read_text()
    victims = re.search(r"^# victims.*?(?=\n+# )", earlier, re.S | re.M)
    assert victims
    assert 303 == writing.send("victims", {**writing.form("victims"), "act": "anew"}).status
    assert f"{victims[0]}\n" == writing.text()
    again = writing.send("victims", {"path": "victims", "act": "anew"})
    assert 422 == again.status
    assert "this is written already" in plain(again)


def test_a_new_part_keeps_the_rest_of_the_section(writing: Writing) -> None:
    part = {"act": "part", "head": "On the roads", "code": "roads", "body": "Lorries were stopped."}
    assert 303 == writing.send("prevention", part).status
    assert "# prevention\ncarry: rest\n\n## On the roads {#roads}\n\nLorries were stopped.\n" == writing.text()
    twice = writing.send("prevention", part)
    assert 422 == twice.status
    assert 422 == writing.send("prevention", {**part, "code": "Not a code"}).status
    writing.send("prevention", {**part, "code": "rivers", "head": "On the rivers"})
    assert writing.text().endswith("stopped.\n\n## On the rivers {#rivers}\n\nLorries were stopped.\n")


def test_a_text_is_taken_out_again_and_none_is_not_written(writing: Writing) -> None:
    (writing.root / TEXT).write_text("# at_a_glance\n\nIn brief.\n\n# resources\n\nA page.\n")
    answer = writing.save("resources", body=" \r\n")
    assert (422, True) == (answer.status, "there are no words" in plain(answer))
    writing.send("resources", {**writing.form("resources"), "act": "remove"})
    assert "# at_a_glance\n\nIn brief.\n" == writing.text()


def test_of_two_writers_the_second_sees_both_texts_and_chooses(writing: Writing) -> None:
    (writing.root / TEXT).write_text(NEW)
    mine = {**writing.form("resources"), "act": "save", "body": "Mine."}
    writing.save("resources", body="Theirs.")
    answer = writing.send("resources", mine)
    assert 409 == answer.status
    assert "# resources\n\nTheirs.\n" == writing.text()
    page = answer.text
    assert re.search(r"<textarea[^>]*>\nMine\.</textarea>", page)
    assert '<pre lang="en" tabindex="0"># resources\n\nTheirs.</pre>' in page
    assert "A page of the ministry" in page
    seen = re.search(r'class="conflict".*?name="seen" value="(\w+)"', page, re.S)
    assert seen
    assert 303 == writing.send("resources", {**mine, "seen": seen[1]}).status
    assert "# resources\n\nMine.\n" == writing.text()


def test_a_text_still_holds_by_the_lines_that_a_person_would_type(writing: Writing) -> None:
    before = writing.text(YEAR)
    answer = writing.send("aliens", {"act": "holds", "name": "aliens", "by": "Office of the Rapporteur"})
    assert 303 == answer.status
    entry = "still_holds:\n  - texts: [aliens]\n    by: Office of the Rapporteur\n    day: 2022-03-09\n"
    assert before + entry == writing.text(YEAR)
    writing.send("contacts", {"act": "holds", "name": "contacts", "by": "Office of the Rapporteur"})
    assert before + entry.replace("[aliens]", "[aliens, contacts]") == writing.text(YEAR)
    writing.send("resources", {"act": "holds", "name": "resources", "by": "R. Petraitė"})
    more = "  - texts: [resources]\n    by: R. Petraitė\n    day: 2022-03-09\n"
    assert before + entry.replace("[aliens]", "[aliens, contacts]") + more == writing.text(YEAR)
    assert "still holds" in plain(writing.open("aliens"))
    assert 422 == writing.send("aliens", {"act": "holds", "name": "aliens", "by": "R. Petraitė"}).status


def test_what_is_written_anew_is_no_longer_confirmed(writing: Writing) -> None:
    before = writing.text(YEAR)
    for name in ("aliens", "contacts"):
        writing.send(name, {"act": "holds", "name": name})
    writing.save("aliens", **{"path": "aliens", "seen": writing.form("aliens")["seen"], "body": "All is new here."})
    assert "# aliens\n\nAll is new here.\n" == writing.text()
    assert before + "still_holds:\n  - texts: [contacts]\n    by: R. Petraitė\n    day: 2022-03-09\n" == writing.text(
        YEAR
    )


def test_a_text_cannot_hold_while_a_sentence_is_untrue(writing: Writing) -> None:
    path = writing.root / YEAR
    path.write_text(re.sub(r"unanswered  # 2020: (\d+)\b", lambda found: str(int(found[1]) + 3), path.read_text()))
    before = writing.text(YEAR)
    page = writing.open("victims")
    assert re.search(r"<button[^>]* disabled[^>]*>Still holds</button>", page.text)
    assert "Not while a sentence is untrue (English): victims.identified is a value of 2021" in plain(page)
    answer = writing.send("victims", {"act": "holds", "name": "victims"})
    assert 422 == answer.status
    assert "Nothing was written. Not while a sentence is untrue" in plain(answer)
    assert before == writing.text(YEAR)


def test_nobody_can_say_so_before_the_year_is_over(tmp_path: Path) -> None:
    root = copytree(LITHUANIA, tmp_path / "lithuania")
    workspace = Workspace(root)
    sources = workspace.snapshot()
    write_new(workspace, sources, begun_files(sources, "LT", 2021))
    with running(root, today=lambda: date(2021, 12, 30)) as bench:
        bench.desk.read_now()
        early = Writing(come_in(bench), root)
        answer = early.send("aliens", {"act": "holds", "name": "aliens"})
        assert 422 == answer.status
        assert "Not before 31 December 2021" in plain(answer)


def test_who_writes_is_asked_first_and_nothing_is_lost(writing: Writing) -> None:
    fields = {**writing.form("recommendations"), "act": "save", "body": "Read them."}
    answer = writing.asker.post("/LT/2021/text/en/recommendations", fields)
    assert "Who writes?" == answer.title
    assert 'name="body" value="Read them."' in answer.text
    assert "" == writing.text()
