"""Everybody can read and use every page: by the rules of WCAG and of HTML, in both languages, wide and narrow, light
and dark. A new page is a line here."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from exhaustive.nu import faults_of_html
from reporter.data.files.workspace import Workspace
from reporter.data.records import Label
from reporter.editions.job import Job
from reporter.workbench.server.server import Workbench
from tests import agencies, small
from tests.chromium import violations
from tests.snapshots import freeze_now
from tests.workbench.agencies_bench import HERE as AGENCIES
from tests.workbench.agencies_bench import OPENED, SHEET, VICTIMS, Office, open_office
from tests.workbench.figures_bench import HELP, JUSTICE, Bench
from tests.workbench.looking import BEYOND, opened
from tests.workbench.pages import test_findings, test_withheld_page
from tests.workbench.pages.test_figures import pasted, typed
from tests.workbench.release_bench import package_for
from tests.workbench.serving import Answer, come_in, running

# The first one is looked at by axe; in the second one nothing may reach over the edge either.
LOOKS = {"en": ((1280, "light"), (360, "dark")), "lt": ((360, "dark"), (1280, "light"))}
TEXTS, LISTS, SETTINGS = "/LT/2021/text", "/LT/2021/lists", "/settings"
LITHUANIA = (
    "/LT/2021",
    "/LT/2020",
    "/LT/new",
    "/new/country",
    "/no/page",
    "/keys",
    "/go?here=/LT/2021&q=a",
    "/go?q=qqqq",
    JUSTICE,
    f"{HELP}?at=assistance.persons",
    f"{JUSTICE}?all=1&at=persons.convicted",
    "/LT/2020/figure/victims.identified",
    "/LT/2020/figure/law.cc_147.prison_max",
    f"{test_findings.HERE}?show=remarks",
    f"{TEXTS}/en/victims",
    f"{TEXTS}/lt/prevention?beside=en",
    f"{TEXTS}/en/recommendations",
    LISTS,
    f"{LISTS}/activities",
    f"{LISTS}/activities/-",
    f"{LISTS}/countries/0",
    "/LT/2020/lists/activities/community_meetings",
    "/LT/lists/institutions/police_department",
    "/LT/lists/methodology",
    "/LT/lists/plans/plan_2020?remove=1",
    "/LT/catalogue/indicators/-",
    "/LT/compare?sides=2019,2020",
    "/LT/compare?kind=editions",
    "/LT/compare?sides=2020",
    "/LT/2020/page/en",
    "/LT/2020/paper/en/nowhere",
    SETTINGS,
    *(f"{SETTINGS}/{each}" for each in ("reports", "looks", "thresholds", "mail", "backup")),
    *(f"{SETTINGS}/recipients{each}" for each in ("", "/commission", "/-", "/minister?remove=1")),
    *(f"{SETTINGS}/deadlines{each}" for each in ("", "/-")),
    *(f"{SETTINGS}/publish_small_counts{each}" for each in ("", "/0")),
)
OFFICE = (
    AGENCIES,
    f"{SHEET}?at={VICTIMS}.women",
    "/XX/2020/figure/victims.identified",
    "/XX/2020/release",
    *(f"/XX/2020/release?step={each}" for each in ("publish", "package", "sign", "send")),
)
CHILDREN = (test_withheld_page.HERE,)


class Places:
    """The workbenches that are looked at, each with the pages it has."""

    def __init__(self, lithuania: Bench, office: Office, children: Workbench, empty: Workbench) -> None:
        self.lithuania, self.office = lithuania, office
        self.pages = [
            (lithuania.bench, (*LITHUANIA, self._accepting())),
            (office.bench, (*OFFICE, self._brought())),
            (children, CHILDREN),
            (empty, ("/new", f"{SETTINGS}/backup")),
        ]

    def _accepting(self) -> str:
        """The box in which one of two findings is accepted, the other being accepted already."""
        test_findings.jumped(self.lithuania)
        self.lithuania.write(test_findings.RECORD, test_findings.FILE)
        ana = self.lithuania.person()
        assert 303 == test_findings.accepted(ana, "Persons convicted").status
        risen = test_findings.row(ana.get(test_findings.HERE).text, "warnings", *test_findings.RISEN)
        name = re.search(r"accept=(\w+)", risen)[1]
        return f"{test_findings.HERE}?accept={name}"

    def _brought(self) -> str:
        """What a workbook says that came; one figure of the published year was typed since."""
        office = self.office
        files = (("XX-2020-en.pdf", "0" * 64),)
        freeze_now(Workspace(office.root), Job("XX", 2020, "en"), "2021-03-01", Label(()), files)
        office.bench.desk.read_now()
        assert 303 == office.decided(act="ask", agency="courts").status
        kept = {"figure": OPENED, "agency": "police", "seen": "11", "reason": "Counted once."}
        assert 303 == office.decided(act="keep", **kept).status
        assert 303 == typed(office.ana, VICTIMS, "81", "80", SHEET).status
        form = (office.root / "build/XX/forms/XX-2020-courts.xlsx").read_bytes()
        return office.brought(agencies.filled(form, {agencies.places(form)[VICTIMS]: "a few"})).headers["location"]

    def answers(self) -> Iterator[Answer]:
        """Every page in Lithuanian, and what forms say that cannot be written."""
        for bench, paths in self.pages:
            asker = come_in(bench, "Ana").knowing(**{"Accept-Language": "lt"})
            yield from (asker.get(each) for each in paths)
        ana = self.lithuania.person()
        assert 303 == typed(ana, "persons.prosecuted", "14").status
        refused = (
            typed(ana, "persons.prosecuted", "15"),
            typed(ana, "investigations.opened", "x"),
            typed(come_in(self.lithuania.bench), "investigations.opened", "1"),
            pasted(ana, "231\nx"),
        )
        assert [409, 422, 422, 200] == [each.status for each in refused]
        yield from refused


@pytest.fixture(scope="module")
def places(tmp_path_factory, running_bench: Bench) -> Iterator[Places]:
    def folder(name: str) -> Path:
        return tmp_path_factory.mktemp(name)

    running_bench.start_again()
    with ExitStack() as stack:
        office = stack.enter_context(open_office(folder("office")))
        package_for("office", office.root)
        children = small.write(folder("children"), {small.YEAR: test_withheld_page.FIGURES})
        others = [stack.enter_context(running(each)) for each in (children, folder("empty"))]
        for each in others:
            each.desk.read_now()
        yield Places(running_bench, office, *others)


@pytest.mark.parametrize("language", LOOKS)
def test_everybody_can_read_and_use_every_page(browser: Browser, places: Places, language: str) -> None:
    wrong = []
    for bench, paths in places.pages:
        # Browsers tell of the one page that is not there.
        refused = 404 if "/no/page" in paths else 0
        with opened(browser, bench, language=language, refused=refused) as page:
            for path in paths:
                wrong += [(path, each) for each in looked_at(page, f"{bench.origin}{path}", language)]
    assert [] == wrong


def looked_at(page: Page, address: str, language: str) -> list[object]:
    """What is wrong with a page, looked at in two ways."""
    first, second = LOOKS[language]
    look(page, *first)
    page.goto(address)
    page.wait_for_function("() => !document.getElementById('waiting')", timeout=120_000)
    if page.locator("#edition:visible").count():
        page.frame_locator("#edition").locator("main").wait_for(timeout=120_000)
    # What lies folded is looked at too, but for a list that lies over the rest of its page.
    page.evaluate(
        "() => document.querySelectorAll('#desk details:not(.on-paper)').forEach(each => { each.open = true; })"
    )
    wrong = [*violations(page), *page.evaluate(BEYOND)]
    look(page, *second)
    wrong += page.evaluate(BEYOND)
    return wrong if language == page.locator("html").get_attribute("lang") else [*wrong, "it is in another language"]


def look(page: Page, width: int, scheme: str) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)


def test_the_nu_html_checker_finds_nothing_in_any_page(places: Places, tmp_path: Path) -> None:
    files = []
    for number, answer in enumerate(places.answers()):
        files.append(tmp_path / f"{number}.html")
        files[-1].write_bytes(answer.body)
    assert [] == faults_of_html(*files)
