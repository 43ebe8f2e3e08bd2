"""Two small publications, ours and one outside, and their figures."""

from pathlib import Path

from reporter.data.i18n import three_letters
from reporter.data.read.glotip import read_glotip
from reporter.data.records import Publication, vintage
from reporter.figures.reconcile import Comparison, Reconciliation, reconcile
from tests import small
from tests.fixtures import HERE, LITHUANIA
from tests.snapshots import dataset_of

GLOTIP = HERE / "data" / "glotip"
FILES = {"LT": "LTU", "LV": "LVA", "EE": "EST"}
STAMP = "UNODC,unodc_dass@un.org,,,,,,,,,,,\n14/04/2025,,,,,,,,,,,,\n"
HEAD = (
    "Iso3_code,Country,Region,Subregion,Indicator,Dimension,Category,Sex,Age,Year,Unit of measurement,txtVALUE,Source\n"
)
PERSONS = {
    "adults": ("Total", "18 years or over"),
    "women": ("Female", "18 years or over"),
    "men": ("Male", "18 years or over"),
    "children": ("Total", "0 to 17 years"),
    "girls": ("Female", "0 to 17 years"),
    "boys": ("Male", "0 to 17 years"),
}
CONTACT, CONVICTED, VICTIMS = "Persons brought into formal contact", "Persons convicted", "Detected trafficking victims"


def result(country: str, year: int | None = None) -> Reconciliation:
    known = vintage(dataset_of(LITHUANIA, (country,)), country, {"LT": 2020}.get(country, 2022))
    return reconcile(known, publication(country), year)


def publication(country: str) -> Publication:
    name = f"{FILES[country]}.csv"
    return read_glotip(GLOTIP / name, name, three_letters(country))


def one(found: Reconciliation, figure: str, year: int) -> Comparison:
    (each,) = (each for each in found.comparisons if (each.figure, each.year) == (figure, year))
    return each


def table(women: int, men: int, girls: int, boys: int) -> dict[tuple[str, ...], int]:
    numbers = {
        "women": women,
        "men": men,
        "girls": girls,
        "boys": boys,
        "adults": women + men,
        "children": girls + boys,
    }
    parts = {("Total", "Total", *PERSONS[code]): number for code, number in numbers.items()}
    return {("Total", "Total", "Total", "Total"): women + men + girls + boys, **parts}


WORDS = {"victims.identified": VICTIMS, "persons.convicted": CONVICTED, "investigations.opened": "Offences"}


def catalogue() -> str:
    text = small.FILES["data/catalogue.yaml"].replace("title: {en: Yearbook}", "title: {en: Yearbook}, layout: glotip")
    for code, words in WORDS.items():
        text = text.replace(f"  {code}:\n", f"  {code}:\n    mappings: {{glotip: {words}}}\n")
    for code, (sex, age) in PERSONS.items():
        text = text.replace(
            f"      {code}: {{", f"      {code}: {{mappings: {{glotip_sex: {sex}, glotip_age: {age}}}, "
        )
    return text.replace("label: {en: Form}\n", "label: {en: Form}\n    mappings: {glotip: by form}\n").replace(
        "labour: {label", "labour: {mappings: {glotip: Forced labour}, label"
    )


def invented(root: Path, figures: str, lines: list[str], more: str = "") -> tuple[Path, Path]:
    """A workspace with some figures of 2020, and a file of GLOTIP with some rows for it."""
    small.write(
        root,
        {"data/catalogue.yaml": catalogue(), small.YEAR: f"{small.HEAD}figures:\n{figures}{more}", small.TEXT: None},
    )
    file = root / "outside.csv"
    file.write_text(STAMP + HEAD + "".join(f"XXX,Nowhere,,,{line},GLOTIP\n" for line in lines), encoding="utf-8")
    return root, file


def compared(root: Path, figures: str, lines: list[str], more: str = "") -> Reconciliation:
    root, file = invented(root, figures, lines, more)
    return reconcile(vintage(dataset_of(root, ("XX",)), "XX", 2020), read_glotip(file, "outside.csv", "XXX"))


def total(indicator: str, value: int | str, year: int = 2020) -> str:
    return f"{indicator},Total,Total,Total,Total,{year},Counts,{value}"


def person(indicator: str, code: str, value: int | str) -> str:
    return f"{indicator},Total,Total,{','.join(PERSONS[code])},2020,Counts,{value}"


DIFFERS = "  victims.identified: 14\n"
THERE = [total(VICTIMS, 64)]
EXPLAINED = (
    "differences:\n  - {publication: office, figure: victims.identified, published: 64, reason: {en: A misprint.}}\n"
)
ROW = "XXX,Nowhere,,,Persons convicted,Total,Total,Total,Total,2020,Counts,12,GLOTIP\n"
GOOD = STAMP + HEAD + ROW
