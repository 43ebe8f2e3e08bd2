"""Series of a few values, and what may be claimed of them."""

from reporter.i18n import load_locale
from reporter.load.text import read_passages
from reporter.model import Vintage, vintage
from reporter.prose.claims import why_untrue
from reporter.prose.evaluation import Printer
from reporter.prose.narrative import NoteBook, compose
from tests.small import write
from tests.snapshots import dataset_of

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
    return made.headline.html if made.headline else "", [str(each).splitlines()[0] for each in made.findings]
