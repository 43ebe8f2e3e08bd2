"""Nothing that is typed is lost in Chromium: pages are left, the server ends, starts again or does not answer."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from reporter.data.files.received import forms_folder
from reporter.data.files.workspace import Workspace
from reporter.exchange.agencies.asking import ask_agencies
from reporter.workbench.release.release import KNOWN
from reporter.workbench.routes import ROUTES
from reporter.workbench.server.guard import HARMLESS
from tests import agencies, post, small
from tests.chromium import chromium, violations
from tests.fixtures import ROOT
from tests.package import editions
from tests.workbench import figures_bench
from tests.workbench.agencies_bench import POLICE, VICTIMS
from tests.workbench.figures_bench import HELP, JUSTICE, begun
from tests.workbench.pages.test_findings import JUMPED
from tests.workbench.release_bench import package_for

SOON = 60_000
SAVED = re.compile(r"Saved (?:[01]\d|2[0-3]):[0-5]\d")
SCRIPT = """
import sys
from datetime import date
from pathlib import Path
from reporter.data.files.workspace import Workspace
from reporter.workbench.server.server import ServeRequest, Workbench

bench = Workbench(ServeRequest(Workspace(Path(sys.argv[1])), lambda: date(2022, 3, 9), port=int(sys.argv[2])))
print(bench.new_address(), flush=True)
bench.serve_requests()
"""
# A large workspace: its files take a while to read.
SLOW = """
import time
from reporter.workbench.server import workspace_reader as desk

check_all = desk.check_all


def slowly(*given, **more):
    time.sleep(5)
    return check_all(*given, **more)


desk.check_all = slowly
"""
VALUES = {
    "investigations.opened": "18",
    "investigations.opened.criminal_activities": "6",
    "investigations.opened.sexual": "3",
    "investigations.opened.labour": "7",
    "investigations.opened.marriage": "1",
    "investigations.opened.sexual_and_begging": "2",
    "investigations.conducted": "40",
    "persons.prosecuted": "16",
}
WRITTEN = (
    "total: 18  #",
    "criminal_activities: 6  #",
    "sexual: 3  #",
    "labour: 7  #",
    "marriage: 1  #",
    "sexual_and_begging: 2  #",
    "investigations.conducted: 40",
    "total: 16  #",
)


@dataclass
class Office:
    """A workspace with its server, which can be ended and started again, and a browser that has come in."""

    root: Path
    context: BrowserContext
    port: int = 0
    origin: str = ""
    processes: list[subprocess.Popen[str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        return (self.root / figures_bench.YEAR).read_text()

    def start(self) -> None:
        command = [sys.executable, "-c", SCRIPT, str(self.root), str(self.port)]
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        self.processes.append(process)
        address = process.stdout.readline().strip()
        self.origin, self.port = address.partition("/enter/")[0], int(re.search(r":(\d+)/", address)[1])
        door = self.context.new_page()
        door.goto(address)
        door.wait_for_url(lambda url: "/enter/" not in url)
        door.close()

    def signal(self, which: int) -> None:
        os.kill(self.processes[-1].pid, which)
        if which == signal.SIGKILL:
            self.processes[-1].wait(30)

    def open(self, path: str) -> Page:
        page = self.context.new_page()
        page.goto(f"{self.origin}{path}")
        page.wait_for_selector("#desk:not([data-reading=''])", timeout=SOON)
        page.wait_for_load_state()
        return page

    def lacks(self, page: Page) -> list[str]:
        """The values that are not in the file although they look so."""
        page.evaluate("() => new Promise(done => requestAnimationFrame(done))")
        looks = page.locator("input.amount:not(.is-unwritten)").evaluate_all(
            "all => all.filter(each => each.value).map(each => each.id.slice(2))"
        )
        text, pairs = self.text, zip(VALUES, WRITTEN, strict=True)
        return [each for each, line in pairs if each in looks and line not in text]


@pytest.fixture
def browser() -> Iterator[Browser]:
    """A Chromium for each test: what was asked of a server that was stopped stays open in it."""
    with chromium() as started:
        yield started


@pytest.fixture
def office(browser: Browser, tmp_path: Path) -> Iterator[Office]:
    with opened_office(browser, begun(tmp_path)) as opened:
        yield opened


@contextmanager
def opened_office(browser: Browser, root: Path) -> Iterator[Office]:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    opened = Office(root, context)
    try:
        opened.start()
        context.add_cookies([{"name": "reporter-person", "value": "Ana", "url": f"{opened.origin}/"}])
        yield opened
    finally:
        for each in opened.processes:
            each.kill()
            each.communicate(timeout=30)
        context.close()


def type_all(page: Page, office: Office, between: object = None) -> None:
    figures_bench.field(page, next(iter(VALUES))).focus()
    for number, (address, value) in enumerate(VALUES.items()):
        figures_bench.field(page, address).focus()
        page.keyboard.type(value)
        page.keyboard.press("Enter")
        if number == len(VALUES) // 2 and callable(between):
            between()
        page.wait_for_timeout(250)
        assert [] == office.lacks(page)


def until_written(page: Page, office: Office) -> None:
    for _ in range(SOON // 100):
        if all(each in office.text for each in WRITTEN):
            return
        page.wait_for_timeout(100)
    assert [] == [each for each in WRITTEN if each not in office.text]


def test_figures_typed_quickly_are_written_although_the_page_is_left_at_once(office: Office) -> None:
    page = office.open(JUSTICE)
    type_all(page, office)
    page.get_by_role("link", name="Findings").first.click()
    page.wait_for_url("**/findings")
    until_written(page, office)
    page.goto(f"{office.origin}{JUSTICE}")
    expect(figures_bench.field(page, "investigations.opened")).to_have_value("18")
    expect(page.locator(".is-unwritten")).to_have_count(0, timeout=SOON)


@pytest.mark.parametrize("is_reloaded", [False, True])
def test_a_server_that_is_killed_while_one_types_and_started_again_loses_nothing(
    office: Office, *, is_reloaded: bool
) -> None:
    page = office.open(JUSTICE)
    type_all(page, office, lambda: office.signal(signal.SIGKILL))
    expect(page.locator("#gone")).to_be_visible(timeout=SOON)
    assert page.locator(".is-unwritten").count()
    assert [] == violations(page)
    if is_reloaded:
        page.close()
    office.start()
    page = office.open(HELP) if is_reloaded else page
    until_written(page, office)
    expect(page.locator("#typed-note")).to_have_text(SAVED, timeout=SOON)
    expect(page.locator("#gone")).to_be_hidden(timeout=SOON)
    expect(page.locator(".is-unwritten")).to_have_count(0, timeout=SOON)


@pytest.mark.parametrize("seconds", [0, 60])
def test_what_is_typed_while_the_server_does_not_answer_looks_unwritten_until_it_does(
    office: Office, seconds: int
) -> None:
    page = office.open(JUSTICE)
    type_all(page, office, lambda: office.signal(signal.SIGSTOP))
    expect(page.locator("#gone")).to_be_visible(timeout=SOON)
    waiting = page.locator(".is-unwritten").count()
    assert waiting >= len(VALUES) // 2 - 1
    page.wait_for_timeout(1000 * seconds)
    assert [] == office.lacks(page)
    office.signal(signal.SIGCONT)
    until_written(page, office)
    expect(page.locator(".is-unwritten")).to_have_count(0, timeout=SOON)


def test_twelve_tabs_are_open_and_each_writes(office: Office) -> None:
    tabs = [office.open("/LT/2021/text/en/victims" if number % 2 else JUSTICE) for number in range(12)]
    for tab, (address, value) in zip(tabs[::2], VALUES.items(), strict=False):
        tab.bring_to_front()
        figures_bench.field(tab, address).fill(value)
        figures_bench.field(tab, address).press("Enter")
        expect(figures_bench.field(tab, address)).not_to_have_class(re.compile("is-unwritten"), timeout=5_000)
        assert WRITTEN[list(VALUES).index(address)] in office.text
    # The tab that heard of the news for all is closed, and the others go on.
    tabs[0].close()
    path = office.root / figures_bench.YEAR
    path.write_text(f"# by hand\n{office.text}")
    for tab in tabs[1:]:
        expect(tab.locator(".foot [role=status]")).to_contain_text("2021.yaml", timeout=SOON)


# One form of each address that takes what somebody types, by its page and a field.
FORMS = {
    "/settings/{place:path}": ("/settings/recipients/-", "input[name='v:address']"),
    "/{country}/lists/{place:path}": ("/LT/lists/sources/-", "[name='v:title/en']"),
    "/{country}/catalogue/{place:path}": ("/LT/catalogue/indicators/-", "[name='v:label/en']"),
    "/{country}/{year:int}/lists/{place:path}": ("/LT/2021/lists/activities/-", "[name='v:title/en']"),
    "/{country}/{year:int}/figures/{chapter}": (f"{JUSTICE}?at=investigations.opened", "#remarks [name='note.en']"),
    "/{country}/{year:int}/text/{language}/{section}": ("/LT/2021/text/en/recommendations", "textarea[name=body]"),
    "/{country}/{year:int}/findings": ("/LT/2021/findings", "[name='reason.en']"),
    "/{country}/{year:int}/withheld": ("/LT/2021/withheld", "form.withhold [name^=reason]"),
    "/{country}/new": ("/LT/new", "[name=year]"),
    "/new/country": ("/new/country", "[name=year]"),
}
ANSWERS, CARD = "/XX/2020/agencies", "/XX/2020/release?to={}&step={}"
# Of these two addresses every form, by what it is about; a workbook is looked at where it came.
OF_AGENCIES = {
    "kept": (ANSWERS, "details [name=reason]"),
    "disputed": (ANSWERS, ".dispute [name=reason]"),
    "came": (f"{ANSWERS}/came/DIGEST", "[name=day]"),
}
OF_RELEASE = {
    "final": (CARD.format("", "final"), "[name=person]"),
    "approve": (CARD.format("", "approve"), "[name=note]"),
    "publish": (CARD.format("", "publish"), "[name='reason.en']"),
    "package": (CARD.format("minister", "package"), "[name=person]"),
    "sign": (CARD.format("minister", "sign"), "[name=card]"),
    "folder": (CARD.format("eurostat", "send"), "form[action*='/folder'] [name=person]"),
    "send": (CARD.format("commission", "send"), "[name=person]"),
    "resend": (CARD.format("commission", "resend"), "[name=again]"),
    "receipt": (CARD.format("commission", "receipt"), "[name=note]"),
}
# Those in which nothing is typed or a file is chosen, and those that have a test of their own.
OTHERS = {
    "/undo",
    "/file",
    "/new",
    "/person",
    "/settings/backup",
    "/new/figures",
    "/{country}/{year:int}/import",
    "/{country}/{year:int}/agencies/came",
    *HARMLESS,
}


def test_every_address_that_takes_a_form_is_known() -> None:
    tried = {*FORMS, *(f"/{{country}}/{{year:int}}{each}" for each in ("/agencies", "/agencies/came/{digest}"))}
    tried.add("/{country}/{year:int}/release/{step}")
    assert {each.path for each in ROUTES if "POST" in each.methods} == {*tried, *OTHERS}
    assert {*OF_RELEASE} == {*KNOWN}


Forms = Mapping[str, tuple[str, str]]
World = Callable[[Browser, Path], AbstractContextManager[tuple["Office", Forms]]]
WORDS, DAY = "2031", "2021-03-05"
SUBMIT = """each => {
    each.form.noValidate = true;
    each.form.requestSubmit(each.form.querySelector("button:not([type=button])"));
}"""


def typed_in(office: Office, path: str, place: str) -> Page:
    page = office.open(path)
    if path.endswith("/findings"):
        page.get_by_role("link", name="Accept, because…").first.click()
    box = page.locator(place).first
    box.evaluate(
        "each => { for (let a = each.closest('details'); a; a = a.parentElement.closest('details')) a.open = true }"
    )
    (editor_of(box) if editor_of(box).count() else box).fill(words_for(place))
    return page


def editor_of(box: Locator) -> Locator:
    """The editor of a text, over the field that is sent; of other fields there is none."""
    return box.locator("xpath=preceding-sibling::div//*[@role='textbox']")


def words_for(place: str) -> str:
    # A passing name has letters, a day is one.
    return DAY if "day" in place else "Rūta" if "person" in place else WORDS


@contextmanager
def of_year(browser: Browser, folder: Path) -> Iterator[tuple[Office, Forms]]:
    root = begun(folder)
    file = root / figures_bench.YEAR
    text = file.read_text()
    for old, new in JUMPED:
        text = text.replace(old, new, 1)
    file.write_text(text)
    with opened_office(browser, root) as office:
        yield office, FORMS


@contextmanager
def of_agencies(browser: Browser, folder: Path) -> Iterator[tuple[Office, Forms]]:
    root = agencies.workspace(folder, POLICE, agencies.sent("courts", {VICTIMS: "79"}))
    with opened_office(browser, root) as office:
        sources = Workspace(root).snapshot()
        ask_agencies(Workspace(root), sources, "XX", 2020, ("courts",), datetime.now().astimezone(), again=False)
        form = (forms_folder(Workspace(root), "XX") / "XX-2020-courts.xlsx").read_bytes()
        page = office.open(ANSWERS)
        book = {
            "name": "courts.xlsx",
            "mimeType": "",
            "buffer": agencies.filled(form, {agencies.places(form)[VICTIMS]: 78}),
        }
        page.locator("#workbook").set_input_files(book)
        page.get_by_role("button", name="Show its answers").click()
        page.wait_for_url("**/came/*")
        # It was only looked at.
        expect(page.locator("#typed-note")).not_to_contain_text("Saved")
        came = page.url.removeprefix(office.origin)
        page.close()
        yield office, {**OF_AGENCIES, "came": (came, OF_AGENCIES["came"][1])}


@contextmanager
def of_corrigendum(browser: Browser, folder: Path) -> Iterator[tuple[Office, Forms]]:
    root = small.write(folder, editions.FINAL)
    editions.published(Workspace(root))
    editions.change(Workspace(root))
    with opened_office(browser, root) as office:
        yield office, forms_of_release("publish")


@contextmanager
def of_approval(browser: Browser, folder: Path) -> Iterator[tuple[Office, Forms]]:
    settings = f"{small.FINAL['reporter.yaml']}approvals: 1\n"
    with opened_office(browser, small.write(folder, small.FINAL | {"reporter.yaml": settings})) as office:
        yield office, forms_of_release("approve")


@contextmanager
def of_draft(browser: Browser, folder: Path) -> Iterator[tuple[Office, Forms]]:
    year = small.FINAL[small.YEAR].replace("final", "provisional")
    with opened_office(browser, small.write(folder, small.FINAL | {small.YEAR: year})) as office:
        office.context.clear_cookies(name="reporter-person")
        yield office, forms_of_release("final")


@contextmanager
def of_packing(browser: Browser, folder: Path) -> Iterator[tuple[Office, Forms]]:
    """A year that nobody with a name has worked on: published, packed for two recipients, the folder of one missing."""
    root = post.workspace(folder, post.Server(port=587))
    (root / small.YEAR).write_text(editions.FINAL[small.YEAR])
    editions.published(Workspace(root))
    for code in ("commission", "eurostat"):
        package_for(code, root)
    (root / "edamis").rmdir()
    with opened_office(browser, root) as office:
        office.context.clear_cookies(name="reporter-person")
        yield office, forms_of_release("package", "send", "folder")


@contextmanager
def of_sending(browser: Browser, folder: Path) -> Iterator[tuple[Office, Forms]]:
    """A package that was sent, and one that was not."""
    with post.Running(post.authority(folder / "ca").context) as server:
        root = post.workspace(folder, server)
        (root / small.YEAR).write_text(small.FINAL[small.YEAR])
        for code in ("commission", "minister"):
            package_for(code, root)
        with opened_office(browser, root) as office:
            page = office.open(CARD.format("commission", "send"))
            page.get_by_role("button", name="Send to").click()
            expect(page.locator("#send.is-done")).to_be_visible(timeout=SOON)
            page.close()
            yield office, forms_of_release("sign", "resend", "receipt")


def forms_of_release(*steps: str) -> Forms:
    return {each: OF_RELEASE[each] for each in steps}


WORLDS = (of_year, of_agencies, of_corrigendum, of_approval, of_draft, of_packing, of_sending)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSTOP], ids=["ends", "does not answer"])
@pytest.mark.parametrize("world", WORLDS)
def test_what_is_typed_in_a_form_stays_and_is_offered_when_the_server_is_back(
    browser: Browser, tmp_path: Path, world: World, how: signal.Signals
) -> None:
    with world(browser, tmp_path) as (office, forms):
        pages = {name: typed_in(office, *each) for name, each in forms.items()}
        addresses = {name: page.url.removeprefix(office.origin) for name, page in pages.items()}
        office.signal(how)
        for name, page in pages.items():
            page.locator(forms[name][1]).first.evaluate(SUBMIT)
        for name, page in pages.items():
            box = page.locator(forms[name][1]).first
            expect(page.locator("#gone")).to_be_visible(timeout=SOON)
            assert (name, words_for(forms[name][1])) == (name, box.input_value())
            asked: list[str] = []
            page.on("dialog", lambda dialog, asked=asked: (asked.append(dialog.type), dialog.accept()))
            page.close(run_before_unload=True)
            page.wait_for_event("close", timeout=SOON) if not page.is_closed() else None
            assert (name, ["beforeunload"]) == (name, asked)
        if how is signal.SIGKILL:
            office.start()
        else:
            office.signal(signal.SIGCONT)
        for name, (_, place) in forms.items():
            page = office.open(addresses[name])
            box = page.locator(place).first
            for is_again in (False, True):
                if is_again:
                    page.reload()
                expect(box).to_have_value(words_for(place))
                assert [words_for(place)] * editor_of(box).count() == editor_of(box).all_inner_texts()
                offered = box.locator("xpath=ancestor::form").locator(".offered")
                # A text is sent at once, and a server that answers again has written it.
                if how is signal.SIGKILL or "body" not in place:
                    expect(offered).to_contain_text("not written yet", timeout=SOON)
                # On a page that is seen whole nothing is behind the note at its foot.
                if not is_again and how is signal.SIGKILL:
                    page.set_viewport_size({"width": 1280, "height": 9000})
                    assert (name, []) == (name, violations(page))
                    page.set_viewport_size({"width": 1280, "height": 800})


def test_the_correction_of_a_file_that_cannot_be_read_is_offered_when_the_server_is_back(office: Office) -> None:
    file = office.root / figures_bench.YEAR
    broken = file.read_text().replace("year: 2021", "year: [", 1)
    file.write_text(broken)
    page = office.open("/LT/2021")
    page.locator("textarea[name=text]").fill(f"# {WORDS}\n{broken}")
    office.signal(signal.SIGKILL)
    page.locator("textarea[name=text]").evaluate(SUBMIT)
    expect(page.locator("#gone")).to_be_visible(timeout=SOON)
    office.start()
    page = office.open("/LT/2021")
    expect(page.locator("textarea[name=text]")).to_have_value(re.compile(WORDS))
    assert broken == file.read_text()


def test_what_is_typed_before_there_is_a_workspace_is_offered_when_the_server_is_back(
    browser: Browser, tmp_path: Path
) -> None:
    with opened_office(browser, tmp_path) as office:
        page = office.open("/new")
        page.locator("[name=year]").fill(WORDS)
        office.signal(signal.SIGKILL)
        page.locator("[name=year]").evaluate(SUBMIT)
        expect(page.locator("#gone")).to_be_visible(timeout=SOON)
        assert WORDS == page.locator("[name=year]").input_value()
        office.start()
        page = office.open("/new")
        expect(page.locator("[name=year]")).to_have_value(WORDS)
        assert [] == [*(tmp_path / "data").glob("*")]


def test_a_text_that_is_written_is_kept_no_longer_and_a_lapsed_entry_keeps_it(office: Office) -> None:
    path, place = FORMS["/{country}/{year:int}/text/{language}/{section}"]
    page = typed_in(office, path, place)
    office.signal(signal.SIGKILL)
    office.processes.append(office.processes.pop())
    command = [sys.executable, "-c", SLOW + SCRIPT, str(office.root), str(office.port)]
    office.processes.append(subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True))
    address = office.processes[-1].stdout.readline().strip()
    # It answers, but does not know this browser: the page with the text stays.
    page.get_by_role("button", name="Write this text").first.click()
    expect(page.locator("#locked")).to_be_visible(timeout=SOON)
    assert WORDS == page.locator(place).first.input_value()
    door = office.context.new_page()
    door.goto(address)
    door.wait_for_url(lambda url: "/enter/" not in url)
    # It still reads its files: the text is sent again once it has.
    page.get_by_role("button", name="Write this text").first.click()
    expect(page.locator("#typed-note")).to_have_text(SAVED, timeout=SOON)
    assert WORDS in (office.root / "data/LT/text/en/2021.md").read_text()
    page.reload()
    expect(page.locator(place).first).to_have_value(WORDS)
    expect(page.locator(".offered")).to_have_count(0)
    expect(page.locator("#typed-note")).to_be_hidden()


@pytest.mark.parametrize("width", [1280, 360])
def test_the_note_of_what_is_not_written_leaves_the_foot_to_be_pressed(office: Office, width: int) -> None:
    typed_in(office, *FORMS["/{country}/{year:int}/figures/{chapter}"])
    page = office.open("/LT/2021")
    page.set_viewport_size({"width": width, "height": 800})
    expect(page.locator("#typed-note")).to_contain_text("not written yet", timeout=SOON)
    page.evaluate("() => scrollTo(0, document.body.scrollHeight)")
    for link in page.locator(".foot a:visible").all():
        link.click(trial=True)


def test_a_form_that_is_written_is_kept_no_longer_also_behind_the_question_for_a_name(office: Office) -> None:
    office.context.clear_cookies(name="reporter-person")
    path, place = FORMS["/{country}/{year:int}/figures/{chapter}"]
    page = typed_in(office, path, place)
    page.get_by_role("button", name="Write these remarks").click()
    page.get_by_label("Your name").fill("Ana")
    page.get_by_role("button", name="Write under this name").click()
    expect(page.locator("#typed-note")).to_have_text(SAVED, timeout=SOON)
    assert WORDS in office.text
    page.reload()
    expect(page.locator(place).first).to_have_value(WORDS)
    expect(page.locator(".offered")).to_have_count(0)


def test_the_offer_of_what_was_typed_stays_when_the_files_are_read_again(browser: Browser, tmp_path: Path) -> None:
    with of_year(browser, tmp_path) as (office, forms):
        path, place = forms["/{country}/{year:int}/withheld"]
        typed_in(office, path, place).close()
        page = office.open(path)
        expect(page.locator(".offered")).to_have_count(1)
        (office.root / figures_bench.YEAR).write_text(f"# by hand\n{office.text}")
        expect(page.locator(".foot [role=status]")).to_contain_text("2021.yaml", timeout=SOON)
        expect(page.locator(place).first).to_have_value(WORDS)
        expect(page.locator(".offered")).to_have_count(1)


def test_no_secret_is_kept(office: Office) -> None:
    page = office.open("/settings/recipients/-")
    page.evaluate(
        """() => {
            const form = document.querySelector("form.entry-form"), secret = document.createElement("input");
            Object.assign(secret, { type: "password", name: "passphrase", id: "secret" });
            form.append(secret);
        }"""
    )
    page.locator("#secret").fill("not to be kept")
    page.locator("input[name='v:address']").fill("unit@example.org")
    kept = page.evaluate("() => JSON.stringify({ ...localStorage, ...sessionStorage })")
    assert (True, False) == ("unit@example.org" in kept, "not to be kept" in kept)
