"""Takes the pictures of docs/workbench.md in Chromium; behind `make pictures`. They show the example of the program
with one more year, half filled, of which every figure is invented."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Browser, Page

from reporter.data.files.sources import known_years
from reporter.data.files.workspace import Workspace
from reporter.data.write.amendment import Amendment, slice_digest, slice_of
from reporter.data.write.applying import Writer, apply
from reporter.editions.start.making import begun_files, make_workspace, write_new
from reporter.workbench.server.server import Workbench
from tests.chromium import chromium
from tests.workbench.serving import running

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "workbench"
COUNTRY, PERSON = "LT", "Ona"
WIDTH, HEIGHT = 1280, 800
# Few colours: the pages have hardly more, and a picture weighs a third.
COLOURS = 96
PATIENCE = 60_000

TO_CHAPTER = """async () => {
    const within = document.querySelector("#edition").contentDocument;
    await within.fonts.ready;
    within.querySelector("#section-victims").scrollIntoView();
    window.scrollTo(0, 0);
}"""

# What is answered already, by its place in the file of the year. The forms make one more than their total.
FIGURES = {
    ("figures", "investigations.opened", "total"): "18",
    ("figures", "investigations.opened", "by form", "criminal_activities"): "6",
    ("figures", "investigations.opened", "by form", "labour"): "7",
    ("figures", "investigations.opened", "by form", "sexual"): "3",
    ("figures", "investigations.opened", "by form", "sexual_and_begging"): "1",
    ("figures", "investigations.opened", "by form", "marriage"): "2",
    ("figures", "victims.identified", "total"): "27",
    ("figures", "victims.identified", "by person", "women"): "19",
    ("figures", "victims.identified", "by person", "men"): "6",
    ("figures", "victims.identified", "by person", "children"): "2",
    ("figures", "persons.prosecuted", "total"): "at least 15",
    ("figures", "persons.prosecuted", "by person", "men"): "12",
    ("figures", "assistance.persons", "total"): "231",
}
TEXTS = {
    "victims": "# victims\n\nIn {{ year }}, {{ victims.identified }} victims were identified: "
    "{{ victims.identified.women }} women, {{ victims.identified.men }} men and "
    "{{ victims.identified.children }} children. In {{ previous_year }} there had been "
    "{{ victims.identified | at(BEFORE) }}."
}


@dataclass(frozen=True)
class PagePicture:
    """A picture of a page: its name, its address after the country. `show` brings the page into the state that is to be
    seen, and waits for it."""

    name: str
    path: str
    show: Callable[[Page], None]


def _wait_for(selector: str) -> Callable[[Page], None]:
    return lambda page: page.locator(selector).first.wait_for(timeout=PATIENCE)


def _show_field(page: Page) -> None:
    """Open what stands behind a figure, and go to its field."""
    field = page.locator('[id="f-investigations.opened.labour"]')
    field.scroll_into_view_if_needed()
    field.focus()


def _show_edition(page: Page) -> None:
    """Go to a chapter of the page, its typefaces being there. Without them its lines would end, and so the chapter
    begin, elsewhere."""
    page.frame_locator("#edition").locator("#section-victims figure").first.wait_for(timeout=PATIENCE)
    page.wait_for_load_state("networkidle")
    page.evaluate(TO_CHAPTER)


def _show_comparison(page: Page) -> None:
    page.frame_locator("#edition").locator("h2").first.wait_for(timeout=PATIENCE)


# A line for each; docs/workbench.md shows them by these names.
PICTURES = (
    PagePicture("year", "/{year}", _wait_for("h1")),
    PagePicture("figures", "/{year}/figures/justice", _show_field),
    PagePicture("texts", "/{year}/text/en/victims?beside={before}", _show_edition),
    PagePicture("findings", "/{year}/findings", _wait_for("main")),
    PagePicture("withheld", "/{year}/withheld", _wait_for("button[value=propose]")),
    PagePicture("page", "/{year}/page/en", _show_edition),
    PagePicture("release", "/{year}/release", _wait_for("h1")),
    PagePicture("compare", "/compare?sides={earlier},{before}&lang=en", _show_comparison),
)


def main() -> int:
    """Take all pictures, in place of those that are there."""
    FOLDER.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder, chromium() as browser:
        workspace, year = half_filled(Path(folder) / "workspace")
        with running(workspace.root, today=lambda: date(year + 1, 3, 9)) as bench, _visitor(browser, bench) as page:
            bench.desk.read_now()
            for picture in PICTURES:
                path = picture.path.format(year=year, before=year - 1, earlier=year - 2)
                page.goto(f"{bench.origin}/{COUNTRY}{path}")
                picture.show(page)
                page.wait_for_load_state("networkidle")
                content = _compressed(page.screenshot(animations="disabled", caret="hide"))
                (FOLDER / f"{picture.name}.png").write_bytes(content)
                print(f"docs/workbench/{picture.name}.png ({len(content) // 1000} kB)")
    return 0


def half_filled(root: Path) -> tuple[Workspace, int]:
    """The example with a year more, of which half is answered."""
    make_workspace(root, {})
    workspace = Workspace(root)
    sources = workspace.snapshot()
    year = max(known_years(sources, COUNTRY)) + 1
    write_new(workspace, sources, begun_files(sources, COUNTRY, year))
    writer = Writer(PERSON, datetime(year + 1, 3, 9, 10, 40, tzinfo=UTC))
    file = f"data/{COUNTRY}/{year}.yaml"
    told = [(file, path, value) for path, value in FIGURES.items()]
    told += [
        (f"data/{COUNTRY}/text/en/{year}.md", (section,), words.replace("BEFORE", str(year - 1)))
        for section, words in TEXTS.items()
    ]
    for name, path, value in told:
        seen = slice_digest(slice_of((root / name).read_text(encoding="utf-8"), name, path))
        apply(workspace, Amendment(name, path, value, seen), writer)
    return workspace, year


@contextmanager
def _visitor(browser: Browser, bench: Workbench) -> Iterator[Page]:
    """Somebody who has come in, and whose name is known."""
    context = browser.new_context(
        viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light", locale="en", reduced_motion="reduce"
    )
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(bench.new_address())
    page.wait_for_url(lambda url: "/enter/" not in url)
    context.add_cookies([{"name": "reporter-person", "value": PERSON, "url": f"{bench.origin}/"}])
    try:
        yield page
    finally:
        context.close()


def _compressed(content: bytes) -> bytes:
    """A picture of few colours."""
    few = Image.open(BytesIO(content)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    packed = BytesIO()
    few.save(packed, "PNG", optimize=True)
    return packed.getvalue()


if __name__ == "__main__":
    sys.exit(main())
