"""Text as it is printed, and series of a few values with what may be claimed of them."""

from reporter.data.errors import Mark
from reporter.data.i18n import Locale, load_locale
from reporter.data.read.text import read_passages
from reporter.data.records import Passage, Vintage, vintage
from reporter.text.claims import why_untrue
from reporter.text.evaluation import Printer
from reporter.text.narrative import Narrative, NoteBook, compose
from tests.small import TEXT, write
from tests.snapshots import dataset_of
from tests.texts import html

ANCHORS = {"figure-forms_year": 3, "table-penalties": 1}
MARK = Mark(TEXT, 2)


def passage(text: str) -> Passage:
    return Passage("victims", "en", 2020, text, MARK)


def narrative(known: Vintage, locale: Locale, text: str, notebook: NoteBook | None = None) -> Narrative:
    return compose((passage(text),), Printer(known, locale, ANCHORS), notebook or NoteBook())


LOCALE = load_locale("en")
ENGLISH = load_locale("en")
OPENED = "investigations.opened"


def known(tmp_path, figures: dict[int, str]) -> Vintage:
    """Some years with the value of one figure each, as written in its file."""
    files = dict.fromkeys(("data/XX/2018.yaml", "data/XX/2019.yaml", "data/XX/2020.yaml")) | {
        f"data/XX/{year}.yaml": f"year: {year}\nsource: police\nfigures:\n  {OPENED}: {value}\n"
        for year, value in figures.items()
    }
    write(tmp_path, files)
    return vintage(dataset_of(tmp_path, ("XX",)), "XX", max(figures))


def verdict(place: Vintage, claim: str, base: int | None = None, address: str = OPENED) -> str:
    seen = place.observation(address)
    assert seen is not None
    return why_untrue(claim, place, seen, base)


def headline(place: Vintage, heading: str) -> tuple[str, list[str]]:
    (passage,), findings = read_passages(f"# {heading}\n\nText.\n", "t.md", "en", place.year)
    assert [] == findings
    made = compose((passage,), Printer(place, ENGLISH, {}), NoteBook())
    return html(made.headline), [str(each).splitlines()[0] for each in made.findings]
