"""Figures that go out as a table and come back as files."""

import json
import re
from collections.abc import Mapping
from itertools import groupby

from hypothesis import strategies as st

from reporter.data.files.sources import Sources
from reporter.data.read.countries import with_countries
from reporter.data.read.dataset import load_dataset
from reporter.data.records import Audience, vintage
from reporter.data.records.imported import ImportedFigures, ImportedValue
from reporter.data.records.label import FORMULA
from reporter.data.write.figure_fields import year_file
from reporter.exchange.publications.records import with_place
from reporter.exchange.publications.table_figures import read_figures
from reporter.exchange.publications.year_texts import imported_year, year_text
from reporter.formats.export.observations import observations_csv
from tests import small

NAME = "observations.csv"
FILES = small.FILES | small.CROSSED
SMALL = Sources.from_contents({each: text.encode() for each, text in FILES.items()})
NUMBERS = st.integers(0, 10**6).map(str)
AMOUNTS = st.one_of(
    NUMBERS,
    NUMBERS.map("at least {}".format),
    NUMBERS.map("over {}".format),
    NUMBERS.map("about {}".format),
    st.sampled_from(["missing", "not applicable", "suppressed", "not collected", "unanswered"]),
)
FLAGS = st.lists(st.sampled_from("bdefimnpu"), max_size=3, unique=True)
RULES = st.sampled_from(["F", "F", "C", "N", "A", "D"])
# What begins as a formula does is refused.
NOTES = st.text(st.characters(exclude_categories=("Cc", "Cn", "Co", "Cs")), max_size=30).filter(
    lambda text: text.strip() and not FORMULA.match(text.strip())
)
SOURCES = st.sampled_from(["police", "office"])
CELLS = {
    "form": ["sexual", "labour"],
    "person": ["women", "girls", "boys"],
    "citizenship": ["national", "eu", "EL", "BR"],
}
PARTS = {"investigations.opened": ("form", ["sexual", "labour"]), "victims.identified": ("person", ["women", "girls"])}


def exported(sources: Sources, country: str, year: int, audience: Audience = Audience.PUBLIC) -> str:
    """The table of an edition, of files as an audience may know them."""
    return observations_csv(vintage(load_dataset(sources, (country,)).dataset, country, year), "en", audience)


def taken_in(sources: Sources, country: str, content: bytes, shown: str = NAME) -> tuple[ImportedFigures, Sources]:
    """What a table says to a country, and the files with the years that it has none of."""
    dataset = load_dataset(sources, (country,)).dataset
    data = dataset.country(country)
    catalogue = with_countries(dataset.catalogue_of(country), country)
    figures = with_place(read_figures(content, shown, catalogue, data.country), data, catalogue)
    values = sorted(figures.values, key=_file_year)
    years = {year: imported_year(figures, country, year, tuple(same)) for year, same in groupby(values, key=_file_year)}
    made: Mapping[str, bytes] = {
        year_file(country, year): year_text(each, catalogue).encode()
        for year, each in years.items()
        if data.year(year) is None
    }
    return figures, sources.overlay(made)


def without_years(sources: Sources, country: str) -> Sources:
    """The files of a country in which no year is written yet."""
    folder = f"data/{country}/"
    return sources.only(lambda path: not (path.startswith(folder) and path[len(folder) :][:1].isdecimal()))


def assert_comes_back(earlier: str, later: str, revised: str) -> None:
    """Figures of two years, and what the later one revises, make the same table when a table of them is taken in."""
    begun = without_years(SMALL, "XX")
    files = {"data/XX/2020.yaml": f"year: 2020\n{earlier}", "data/XX/2021.yaml": f"year: 2021\n{later}{revised}"}
    table = exported(begun.overlay({path: text.encode() for path, text in files.items()}), "XX", 2021)
    # Without a figure in it a year has no file, and no edition; what is revised of it then belongs to no series.
    has_later = re.search(r"^[a-z.]*,[a-z]*,[a-z]*,2021,|,(?:police|office),2021,", table, re.MULTILINE)
    if has_later and (not revised or re.search(r",(?:police|office),2020,", table)):
        taken, after = taken_in(begun, "XX", table.encode())
        assert (table, ()) == (exported(after, "XX", 2021), taken.left)


@st.composite
def figures_of_a_year(draw: st.DrawFn) -> str:
    """Figures as a person writes them, with everything that may be said of one."""
    lines = []
    for code in draw(st.lists(st.sampled_from([*PARTS, "persons.convicted"]), unique=True)):
        known: dict[str, object] = {"total": draw(AMOUNTS), "confidentiality": draw(RULES), "flags": draw(FLAGS)}
        known |= {"source": draw(SOURCES)} if draw(st.booleans()) else {}
        known |= {"period": draw(st.sampled_from(["2019/2020", "2020-03"]))} if draw(st.booleans()) else {}
        known |= {"note": {"en": draw(NOTES)}} if draw(st.booleans()) else {}
        known |= {"definition": "narrow"} if code == "investigations.opened" and draw(st.booleans()) else {}
        for part in draw(st.lists(st.sampled_from(PARTS[code][1]), unique=True)) if code in PARTS else ():
            one: dict[str, object] = {"value": draw(AMOUNTS), "confidentiality": draw(RULES), "flags": draw(FLAGS)}
            one |= {"note": {"en": draw(NOTES)}} if draw(st.booleans()) else {}
            known.setdefault(f"by {PARTS[code][0]}", {})[part] = one
        if code == "victims.identified":
            known |= draw(st.one_of(st.just({}), crosses()))
        lines.append(f"  {code}: {flow(known)}\n")
    return f"source: {draw(SOURCES)}\nfigures:\n{''.join(lines)}" if lines else f"source: {draw(SOURCES)}\n"


@st.composite
def crosses(draw: st.DrawFn) -> dict[str, object]:
    """Figures by two or three dimensions at once, named and laid out in any order."""
    names = draw(st.lists(st.sampled_from([*CELLS]), min_size=2, max_size=3, unique=True))
    cells = draw(st.lists(st.tuples(*(st.sampled_from(CELLS[name]) for name in names)), min_size=1, unique=True))
    rows: dict[str, dict] = {}
    for *outer, code in cells:
        row = rows
        for each in outer:
            row = row.setdefault(each, {})
        row[code] = {"value": draw(AMOUNTS), "confidentiality": draw(RULES), "flags": draw(FLAGS)}
    return {f"by {', '.join(names)}": rows}


def flow(value: object) -> str:
    """A value as YAML, with notes in quotes."""
    if isinstance(value, dict):
        pairs = (
            f"{json.dumps(key)}: {json.dumps(each, ensure_ascii=False) if key == 'en' else flow(each)}"
            for key, each in value.items()
        )
        return f"{{{', '.join(pairs)}}}"
    return f"[{', '.join(value)}]" if isinstance(value, list) else str(value)


@st.composite
def revisions(draw: st.DrawFn) -> str:
    """What a later file says of the year before, of figures that it has or has not."""
    names = ["investigations.opened", "victims.identified", "investigations.opened.sexual", "victims.identified.girls"]
    lines = []
    for name in draw(st.lists(st.sampled_from(names), unique=True)):
        reason = flow({"en": draw(NOTES)})
        lines.append(f"  - {{figure: {name}, year: 2020, was: missing, now: {draw(AMOUNTS)}, reason: {reason}}}\n")
    return f"revisions:\n{''.join(lines)}" if lines else ""


def _file_year(value: ImportedValue) -> int:
    return value.vintage or value.year
