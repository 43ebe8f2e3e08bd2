"""An adviser lives a year in the workbench, in Lithuanian, from its beginning to the folder of a recipient. She answers
what Next leads to in the plainest way, and is asked nothing twice."""

import re
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from exhaustive.workbench.pages.test_release import LONG
from exhaustive.workbench.test_web import taken
from reporter.exchange.send.storage import read_history
from reporter.workbench.server.server import Workbench
from tests.fixtures import LITHUANIA
from tests.workbench import figures_bench
from tests.workbench.figures_bench import DAY
from tests.workbench.looking import opened
from tests.workbench.serving import running

HERE, TO = "/LT/2021", "eurostat"
# Of the figures of the sheets; all others have the last one.
FIGURES = {
    "investigations.opened": "14",
    "investigations.opened.criminal_activities": "6",
    "investigations.opened.labour": "4",
    "investigations.opened.sexual": "2",
    "victims.identified": "30",
    "victims.identified.women": "18",
    "victims.identified.men": "10",
    "victims.identified.children": "2",
    "persons.prosecuted": "15",
    "persons.prosecuted.men": "13",
    "persons.prosecuted.women": "2",
    "persons.convicted": "14",
    "assistance.persons": "190",
    "assistance.persons.victims": "150",
    "assistance.persons.at_risk": "40",
    "assistance.persons.men": "100",
    "": "1",
}
WORDS = {"lt": "Tai parašyta iš naujo.", "en": "This is written anew."}
NEXT, WRITE, ANEW = "Toliau", "Įrašyti pakeitimus", "Rašyti iš naujo"
SAVE, ACCEPT = "Įrašyti šį tekstą", "Priimti, nes…"


def lithuania(folder: Path) -> Path:
    """Lithuania with all its texts, but without neighbours and the years that make reading long."""
    root = Path(shutil.copytree(LITHUANIA, folder / "lithuania"))
    for other in ("EE", "LV"):
        shutil.rmtree(root / "data" / other)
    for path in (root / "data/LT").rglob("20*.*"):
        if int(path.stem) < 2019:
            path.unlink()
    # What was accepted and confirmed rests on years that are not there.
    for year in ("2019", "2020"):
        file = root / f"data/LT/{year}.yaml"
        file.write_text(file.read_text().partition("accepted:\n")[0])
    return root


@dataclass
class Adviser:
    """An adviser at the pages of a year: the questions that she was asked, and where Next led."""

    page: Page
    bench: Workbench
    asked: list[str] = field(default_factory=list)
    led: list[str] = field(default_factory=list)

    def go(self, path: str) -> None:
        self.page.goto(f"{self.bench.origin}{path}")

    def press(self, button: Locator) -> None:
        """Press, and see that it is written; the name is asked at the first time."""
        with self.page.expect_navigation(), self.page.expect_response(lambda each: each.request.method == "POST"):
            button.click()
        self.page.wait_for_load_state()
        name = self.page.locator("#person")
        if name.count():
            self.asked.append("name")
            name.fill("Rasa Petraitė")
            with self.page.expect_navigation():
                name.press("Enter")
        expect(self.page.locator("#problem, .wrong, #conflict")).to_have_count(0)

    def follow(self) -> bool:
        """Answer what comes next; false when nothing does."""
        self.go(HERE)
        button = self.page.locator(".next .button.main")
        if button.inner_text() != NEXT:
            return False
        with self.page.expect_navigation():
            button.click()
        path = self.page.url.removeprefix(self.bench.origin)
        self.led.append(path)
        assert 1 == self.led.count(path), path
        room = path.removeprefix(f"{HERE}/").partition("/")[0]
        {"figures": self.type, "lists": self.fill, "withheld": self.withhold, "text": self.decide}[room]()
        return True

    def type(self) -> None:
        waiting = self.page.locator("input.amount[placeholder='…']").evaluate_all(
            "all => all.map(each => each.id.slice(2))"
        )
        for address in waiting:
            self.asked.append(f"figure {address}")
            figures_bench.field(self.page, address).focus()
            self.page.keyboard.type(FIGURES.get(address, FIGURES[""]))
            self.page.keyboard.press("Enter")
            if "name" not in self.asked:
                expect(self.page.locator("#person")).to_be_focused(timeout=LONG)
                self.asked.append("name")
                self.page.keyboard.type("Rasa Petraitė")
                self.page.keyboard.press("Enter")
            expect(figures_bench.field(self.page, address)).to_have_class(re.compile("is-answered"), timeout=LONG)

    def fill(self) -> None:
        source = self.page.locator("#f-source")
        if self.led[-1].endswith("/about#at-source"):
            self.asked.append("source")
            source.select_option("commission_page")
        for each in self.page.locator("main form :is(input, textarea)").all():
            if each.input_value() == "…":
                self.asked.append(f"{self.led[-1].partition('#')[0]} {each.get_attribute('name')}")
                each.fill("LT, DE" if "named" in str(each.get_attribute("name")) else ">=3")
        self.press(self.page.get_by_role("button", name=WRITE))

    def withhold(self) -> None:
        self.asked.append("withheld figures")
        proposal = self.page.get_by_role("button", name=re.compile(r"^Įrašyti \d"))
        proposal.wait_for(timeout=LONG)
        self.press(proposal)

    def decide(self) -> None:
        """A section: all of it still holds, or each of its texts does or is rewritten in both languages."""
        section = self.page.url.rpartition("/")[2].partition("?")[0]
        form = self.page.locator("#decide form.decision")
        names = [each.input_value() for each in form.locator("input[name=name]").all()]
        whole = form.locator("button:enabled").first
        if names[0] == section and form.first.locator("button:enabled").count():
            self.asked += [f"text {each}" for each in names[1:] or names]
            return self.press(whole)
        for name in names[1:] or names:
            self.asked.append(f"text {name}")
            self.go(f"{HERE}/text/lt/{section}")
            form = self.page.locator(f'form.decision:has(input[name=name][value="{name}"])')
            if form.locator("button:enabled").count():
                self.press(form.locator("button"))
                continue
            for language, words in WORDS.items():
                self.go(f"{HERE}/text/{language}/{section}")
                self.write(name, words)
        return None

    def write(self, name: str, words: str) -> None:
        section, _, part = name.partition(".")
        paths = [f"{section}/{part}"] if part else [section, f"{section}/"]
        own = ", ".join(f'form:has(input[name=path][value="{each}"])' for each in paths)
        form = self.page.locator(own).filter(visible=True)
        # Texts are written without leaving the page.
        form.get_by_role("button", name=ANEW).click()
        text = form.locator("[role=textbox]")
        text.wait_for(timeout=LONG)
        if not part:
            form.locator("input[name=head]").fill("")
        text.fill(words)
        form.get_by_role("button", name=SAVE).click()
        expect(self.page.locator(".printed").filter(has_text=words).first).to_be_visible(timeout=LONG)

    def accept(self) -> None:
        """Give a reason for each warning that is left. None of them asks what was decided on a text."""
        while True:
            self.bench.desk.read_now()
            self.go(f"{HERE}/findings")
            row = self.page.locator("li[id^=f-]").filter(has=self.page.get_by_role("link", name=ACCEPT)).first
            if not row.count():
                return
            texts = row.locator(f'a[href^="{HERE}/text/"]')
            section = str(texts.first.get_attribute("href")).rpartition("/")[2] if texts.count() else ""
            self.asked.append(f"text {section}" if section else f"finding {row.get_attribute('id')}")
            row.get_by_role("link", name=ACCEPT).click()
            for each in self.page.locator("form.reasons textarea").all():
                each.fill("Patikrinta du kartus.")
            self.press(self.page.locator("form.reasons button[value=accept]"))

    def release(self) -> None:
        self.go(f"{HERE}/release?to={TO}")
        for step in ("final", "publish", "package"):
            taken(self.page, step)
        self.page.locator("#send .ask .button").click()
        self.press(self.page.get_by_role("button", name="Sukurti aplanką"))
        taken(self.page, "send")


@pytest.fixture
def adviser(browser: Browser, tmp_path: Path) -> Iterator[Adviser]:
    with (
        running(lithuania(tmp_path), today=lambda: DAY) as bench,
        opened(browser, bench, language="lt", refused=422) as page,
    ):
        adviser = Adviser(page, bench)
        page.on("dialog", lambda dialog: (adviser.asked.append(f"dialog {dialog.type}"), dialog.accept()))
        yield adviser


def test_a_year_reaches_its_recipient_and_no_question_comes_twice(adviser: Adviser) -> None:
    page, root = adviser.page, adviser.bench.desk.workspace.root
    adviser.go("/LT/new")
    page.get_by_role("button", name="Pradėti metus").click()
    page.wait_for_url(f"**{HERE}")
    while adviser.follow():
        # A decision on a text rests on what is found in the figures.
        if "/text/" not in adviser.led[-1]:
            adviser.bench.desk.read_now()
    adviser.accept()
    adviser.release()
    twice = [each for each, times in Counter([*adviser.asked, *adviser.led]).items() if times > 1]
    assert [] == twice
    assert "name" in adviser.asked
    assert {"text at_a_glance", "source", "withheld figures", "figure victims.identified"} <= {*adviser.asked}
    assert 35 <= len(adviser.asked)
    (item,) = read_history(root / "submission")
    assert ("sent", TO) == (item.state, item.recipient)
    assert (root / "outgoing/edamis" / item.package).is_file()
