"""The profile as one page of HTML, looked at in Chromium: the words, the rules, the keyboard, narrow and wide, dark."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from reporter.cli.group import run
from reporter.data.files.workspace import packaged_folder
from reporter.data.i18n import Locale, load_locale
from reporter.data.records import EditionStatus
from reporter.data.theme.tokens import load_theme
from reporter.editions.job import Job
from reporter.editions.making.composed import document_of
from reporter.exchange.package.package_checks import active_flaw
from reporter.formats.html import WebData, to_html, to_web
from reporter.report.document.document import Document, Entry, Section
from tests.chromium import chromium, violations
from tests.editions import checked
from tests.fixtures import RURITANIA, Profile, copy_workspace, once
from tests.snapshots import TEMPLATES, translated
from tests.texts import text

WIDTHS = (320, 768, 1280)
ENGLISH = load_locale("en")

# Of pictures that are shown: the sizes of their letters.
SIZES = """all => all.filter(each => each.checkVisibility()).map(each => {
    const box = each.getBoundingClientRect(), around = each.closest(".chart, td").getBoundingClientRect();
    const scale = box.width / each.viewBox.baseVal.width;
    const sizes = [...each.querySelectorAll("text")].map(words => parseFloat(getComputedStyle(words).fontSize) * scale);
    return {
        name: each.id,
        least: Math.min(...sizes),
        most: Math.max(...sizes),
        beyond: Math.max(box.right - around.right, around.left - box.left),
    };
})"""
# Figures whose marks of notes reach over the next figure, or over the edge of their table.
BEYOND = """() => [...document.querySelectorAll("td sup")].filter(each => {
    const words = document.createRange();
    words.selectNodeContents(each);
    return words.getBoundingClientRect().right > each.closest("td").getBoundingClientRect().right + 0.5;
}).map(each => each.closest("td").textContent)"""


OPEN = "open => document.querySelectorAll('details').forEach(each => each.open = open)"
NARROW = "() => document.scrollingElement.scrollWidth <= innerWidth"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


def build_page(workspace: Path) -> None:
    copy_workspace(RURITANIA, workspace)
    assert 0 == run(["build", "XX", "2022", "--format", "html", "--lang", "en", "-q", "-w", str(workspace)])


@pytest.fixture(scope="module")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Profile:
    workspace = once(tmp_path_factory, "looked-at", build_page)
    return Profile(workspace, workspace / "build" / "XX" / "2022" / "XX-2022-en.pdf")


@pytest.fixture(scope="module")
def opened(browser: Browser, profile: Profile) -> Iterator[Page]:
    """The page, loaded once; in the end nothing else was loaded and nothing was complained about."""
    said: list[str] = []
    page = browser.new_page(reduced_motion="reduce")
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda problem: said.append(str(problem)))
    page.on("request", lambda request: said.append(request.url[:80]) if _asks(request.url) else None)

    def _asks(url: str) -> bool:
        return url.partition("#")[0] != profile.page.as_uri() and not url.startswith("data:")

    page.goto(profile.page.as_uri())
    yield page
    page.close()
    assert [] == said


@pytest.fixture
def look(opened: Page) -> Callable[..., Page]:
    """`look(width, scheme)` shows the page as it was loaded, on a screen of this kind."""

    def shown(width: int = 1280, scheme: str = "light", height: int = 900, *, unfolded: bool = False) -> Page:
        opened.set_viewport_size({"width": width, "height": height})
        opened.emulate_media(color_scheme=scheme, forced_colors="none", reduced_motion="reduce")
        opened.evaluate("() => { document.documentElement.style.fontSize = ''; scrollTo(0, 0) }")
        opened.evaluate(OPEN, unfolded)
        return opened

    return shown


def locale_of(profile: Profile) -> Locale:
    return translated(profile.page.stem.rpartition("-")[2], profile.workspace)


def plain(words: object) -> object:
    """Words with all their blanks alike, whether a line may end at them or not."""
    match words:
        case str():
            return words.replace("\u00a0", " ").replace("\u2060", "")
        case list() | tuple():
            return type(words)(map(plain, words))
        case dict():
            return {name: plain(each) for name, each in words.items()}
    return words


@cache
def document(profile: Profile) -> Document:
    country, year, language = profile.page.stem.split("-")
    return document_of(checked(country), Job(country, int(year), language), locale_of(profile))


# the rules


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
def test_axe_finds_nothing_with_every_table_of_data_open(look, scheme, width):
    assert [] == violations(look(width, scheme, unfolded=True))


def test_nothing_on_the_page_runs_or_loads(profile):
    assert "" == active_flaw(profile.page.name, profile.page.read_bytes())


# the words


def test_each_note_stands_once_and_its_call_and_the_way_back_are_links(look, profile):
    page, made = look(), document(profile)
    assert made.notes
    notes = page.evaluate(
        """() => [...document.querySelectorAll(".footnotes li")]
            .map(each => [each.value, each.firstChild.textContent.trim()])"""
    )
    assert plain([[note.number, note.text] for note in made.notes]) == plain(notes)
    for note in made.notes:
        call, back = page.locator(f"#call-{note.number}"), page.locator(f"#note-{note.number} .back")
        assert (f"#note-{note.number}", f"#call-{note.number}") == (
            call.get_attribute("href"),
            back.get_attribute("href"),
        )


def test_every_link_within_the_page_leads_somewhere_and_every_figure_and_table_is_linked_from_the_contents(look):
    page = look()
    lost = "all => all.map(each => each.getAttribute('href')).filter(each => !document.getElementById(each.slice(1)))"
    assert [] == page.eval_on_selector_all("a[href^='#']", lost)
    # The data of a chart open under it.
    shown = "figure, .table:not(figure .table), section[id^=section]"
    places = page.eval_on_selector_all(shown, "all => all.map(each => '#' + each.id)")
    linked = page.eval_on_selector_all(".contents a", "all => all.map(each => each.getAttribute('href'))")
    deep = page.eval_on_selector_all(".chapter section section", "all => all.map(each => '#' + each.id)")
    assert sorted(set(places) - set(deep)) == sorted(linked)


def test_the_page_says_its_language_its_title_and_what_it_may_load(look, profile):
    page, made = look(), document(profile)
    policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:"
    assert policy == page.get_attribute("meta[http-equiv]", "content")
    assert made.edition.language == page.get_attribute("html", "lang")
    assert made.edition.subtitle in page.title()
    assert 0 == page.locator("script").count()


def web(made: Document) -> str:
    return to_web(made, load_theme(packaged_folder("assets")), ENGLISH.text, TEMPLATES, WebData({}, {}))


def test_a_draft_and_provisional_figures_say_so_at_the_head_and_final_ones_nothing(profile):
    edition = document(profile).edition
    words = {"draft": "Draft, not for publication", "provisional": "Provisional figures", "final": ""}
    for status, said in words.items():
        page = web(Document(replace(edition, status=EditionStatus(status)), (), (), ()))
        assert [said] * bool(said) == re.findall(r'<p class="status">(.*)</p>', page)


def test_text_in_another_language_says_which(profile):
    section = Section("aliens", "1", "Aliens", 1, (text("- Labas", "lt"),))
    assert '<div class="text" lang="lt">' in web(Document(document(profile).edition, (), (section,), ()))


def test_what_is_true_of_the_pdf_only_stands_in_the_pdf_only(profile):
    made = Document(document(profile).edition, (Entry("Program"),), (), (), None, (Entry("Validation"),))
    theme, templates = load_theme(packaged_folder("assets")), TEMPLATES
    assert [True, False] == [f">{title}<" in web(made) for title in ("Program", "Validation")]
    paper = to_html(made, theme, ENGLISH.text, templates)
    assert [True, True] == [f">{title}<" in paper for title in ("Program", "Validation")]


# the look


@pytest.mark.parametrize("width", WIDTHS)
def test_the_page_never_moves_sideways_and_words_keep_to_their_places(look, width):
    page = look(width, unfolded=True)
    assert page.evaluate(NARROW)
    assert [] == page.evaluate(BEYOND)
    charts = page.eval_on_selector_all("figure svg[role=img], .dumbbells svg[role=img]", SIZES)
    assert 10 < len(charts)
    assert [] == [each for each in charts if each["least"] < 11 or each["most"] > 18 or each["beyond"] > 1]


def test_the_pages_of_an_edition_weigh_two_megabytes_at_most(profile):
    pages = sorted(profile.page.parent.glob("*.html"))
    assert [] == [(page.name, page.stat().st_size) for page in pages if page.stat().st_size > 2_000_000]
