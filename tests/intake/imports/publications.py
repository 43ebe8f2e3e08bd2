"""A small workspace, and files of UNODC that are taken into it."""

from pathlib import Path

from reporter.data.files.sources import Sources
from reporter.data.files.workspace import Workspace
from reporter.data.read.dataset import load_dataset
from reporter.data.records.imported import ImportedFigures
from reporter.exchange.publications.glotip_figures import read_figures
from reporter.exchange.publications.importing import ImportPlan, ImportPlanner
from tests import small
from tests.reconcile.invented import HEAD, PERSONS, STAMP, catalogue

VICTIMS, CONVICTED, OFFENCES = "Detected trafficking victims", "Persons convicted", "Offences"
DAY = "2026-05-01"
# The catalogue of the small workspace, with two codes that share their words there and one of the country's citizens.
CATALOGUE = (
    catalogue()
    .replace("sexual: {label", "sexual: {mappings: {glotip: Other forms}, label")
    .replace("      labour:", "      begging: {mappings: {glotip: Other forms}, label: {en: Begging}}\n      labour:")
    .replace(
        "indicators:\n",
        "  citizenship:\n    label: {en: Citizenship}\n    mappings: {glotip: by citizenship}\n"
        '    codes: {national: {label: {en: Citizens}, mappings: {glotip_category: "{country}"}}}\nindicators:\n',
    )
    .replace("dimensions: [person]", "dimensions: [person, citizenship]")
    .replace("{glotip: Offences}", "{glotip: Offences, glotip_definition: narrow}")
)
COUNTRY = small.FILES["data/XX/country.yaml"].replace(
    "source: police\n", "source: police\nmappings: {glotip: Nowhere}\n"
)
DRAFT = f"{small.HEAD}status: draft\nfigures:\n"
EMPTY = dict.fromkeys(("data/XX/2018.yaml", "data/XX/2019.yaml", small.YEAR, small.TEXT))


def row(indicator: str, value: object, year: int = 2020, person: str = "", part: str = "Total,Total") -> str:
    """A row of the file; `part` is dimension and category."""
    sex_and_age = ",".join(PERSONS[person]) if person else "Total,Total"
    return f"XXX,Nowhere,,,{indicator},{part},{sex_and_age},{year},Counts,{value},GLOTIP\n"


def content(*rows: str, stamp: str = STAMP) -> bytes:
    """The bytes of a file with some rows."""
    return f"{stamp}{HEAD}{''.join(rows)}".encode()


def bench(root: Path, changed: dict[str, str | None] | None = None) -> Workspace:
    """The small workspace with that catalogue."""
    files = {"data/catalogue.yaml": CATALOGUE, "data/XX/country.yaml": COUNTRY}
    return Workspace(small.write(root, files | (changed or {})))


def figures(workspace: Workspace, raw: bytes) -> ImportedFigures:
    """What the file states, as the workspace understands it."""
    dataset = load_dataset(workspace.snapshot(), ("XX",)).dataset
    data = dataset.country("XX")
    assert data
    return read_figures(raw, "outside.csv", dataset.catalogue_of("XX"), data.country)


def planned(workspace: Workspace, raw: bytes, years: tuple[int, ...] = ()) -> ImportPlan:
    """What would come of taking the file in."""
    return ImportPlanner(workspace.snapshot(), "XX", figures(workspace, raw), frozenset(years), DAY).plan()


def text_of(plan: ImportPlan, path: str) -> str:
    """A file as the plan would write it."""
    return plan.files[path].decode()


def after(workspace: Workspace, plan: ImportPlan) -> Sources:
    """The files as they are then."""
    return workspace.snapshot().overlay(plan.files)
