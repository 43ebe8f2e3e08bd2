"""Nearly every row of UNODC's file has a place in the catalogue, whatever the country and its spelling."""

from dataclasses import replace

import pytest

from reporter.data.files.workspace import Workspace
from reporter.data.i18n.nationalities import country_named
from reporter.data.read.dataset import load_dataset
from reporter.data.records import vintage
from reporter.data.records.imported import ImportedFigures
from reporter.exchange.publications.glotip_figures import read_figures
from reporter.figures.reconcile import Agreement
from reporter.figures.reconcile.matching import reconcile
from tests import small
from tests.fixtures import ROOT
from tests.intake.imports.publications import (
    CATALOGUE,
    DRAFT,
    EMPTY,
    VICTIMS,
    after,
    bench,
    content,
    planned,
    row,
    text_of,
)
from tests.reconcile.invented import FILES, GLOTIP, HEAD, STAMP, publication
from tests.snapshots import dataset_of

LEAST = 0.99
FORMS, CITIZENS, RETURNS = "by form of exploitation", "by citizenship", "by country of repatriation"
PEOPLES = (
    "Finns", "Nationals", "Stateless", "Unknown", "Viet Nam", "Ukraineans", "Dominican rep", "Filipina", "Somalis",
    "Iran (Islamic Republic of)", "Czeck Republic", "Moldova, Republic of", "Cote d'Ivoire", "Kosovo (UNSCR 1244)",
)  # fmt: skip
# Dimension and category, sex and age, value.
ODD = (
    ("Total,Total", "Total,Total", 40),
    ("Total,Total", "Female,18 years or over", 20),
    ("Total,Total", "Female,0 to 17 years", 7),
    ("Total,Total", "Female,Total", 27),
    ("Total,Total", "Other,18 years or over", "<5"),
    ("Total,Total", "Unknown,0 to 17 years", "<5"),
    ("Total,Total", "Male,Unknown", 6),
    ("Total,Total", "Unknown,Unknown", "<5"),
    (f"{FORMS},Sexual exploitation", "Total,Total", 22),
    (f"{FORMS},Sexual exploitation", "Female,Total", 14),
    (f"{FORMS},Sexual exploitation", "Unknown,Total", 8),
    (f"{FORMS},Forced labour", "Other,18 years or over", 5),
    (f"{FORMS},Other forms", "Male,18 years or over", 9),
    (f"{FORMS},Forced marriage", "Total,Total", 7),
    *((f'{CITIZENS},"{people}"', "Total,Total", "<5") for people in PEOPLES),
    (f"{CITIZENS},Nigerian", "Female,18 years or over", 5),
    (f"{RETURNS},Abroad", "Total,Total", "<5"),
    (f"{RETURNS},Romania", "Total,Total", 5),
)


def read(code: str, raw: bytes) -> ImportedFigures:
    dataset = load_dataset(Workspace(ROOT).snapshot(), ("LV",)).dataset
    data = dataset.country("LV")
    assert data
    return read_figures(raw, "glotip.csv", dataset.catalogue, replace(data.country, code=code, mappings=()))


@pytest.mark.parametrize("country", FILES)
def test_nearly_every_row_of_a_real_file_is_held(country):
    raw = (GLOTIP / f"{FILES[country]}.csv").read_bytes()
    rows = len(raw.decode().splitlines()) - 3
    assert len(read(country, raw).left) <= (1 - LEAST) * rows


@pytest.mark.parametrize(("country", "letters"), [("FI", "FIN"), ("PT", "PRT")])
def test_other_sexes_and_spellings_of_another_country_are_held(country, letters):
    lines = (f"{letters},X,,,{VICTIMS},{part},{person},2020,Counts,{value},GLOTIP\n" for part, person, value in ODD)
    figures = read(country, (STAMP + HEAD + "".join(lines)).encode())
    assert () == figures.left
    values = {value.figure.removeprefix("victims.registered."): value.value for value in figures.values}
    held = {"sexual.females_age_unknown": "14", "sexual.sex_age_unknown": "8", "labour.adults_other_sex": "5"}
    held |= {"other.men": "9", "marriage": "7"}
    held |= {"women.NG": "5", "repatriated_RO": "5", "CZ": "suppressed", "stateless": "suppressed"}
    assert held == {code: values.get(code) for code in held}
    assert ("national" if country == "FI" else "FI") in values
    assert any("'Czeck Republic' is taken for Czechia" in warning for warning in figures.warnings)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Tajiki", "TJ"), ("Uzbecki", "UZ"), ("Moldavian", "MD"), ("Niger", "NE"), ("Nigerian", "NG"),
        ("Greeks", "EL"), ("United Kingdom", "UK"), ("Türkiye", "TR"), ("Republic of Korea", "KR"), ("Slovenian", "SI"),
        ("Austalian", "AU"), ("Dominican", ""), ("Congolese", ""), ("Korean", ""), ("Others", ""), ("African", ""),
        ("Nationals", ""),
    ],
)  # fmt: skip
def test_a_people_is_that_of_its_country_unless_it_may_be_of_several(words, code):
    assert code == country_named(words)[0]


@pytest.mark.parametrize("country", ["LV", "EE"])
def test_every_row_is_in_the_data_of_the_country(country):
    found = reconcile(vintage(dataset_of(ROOT, (country,)), country, 2022), publication(country))
    assert ((), (), 0) == (found.of(Agreement.ONLY_THERE), found.of(Agreement.DIFFERS), found.unmatched)


CROSSED = CATALOGUE.replace("  citizenship:\n", "  citizenship:\n    countries: XX\n")
CELLS = (
    row(VICTIMS, 20),
    row(VICTIMS, 9, part="by citizenship,Nowhere"),
    row(VICTIMS, 6, part="by citizenship,Brazilian"),
    row(VICTIMS, 6, part="by citizenship,Brazilian", person="women"),
    row(VICTIMS, "<5", part="by citizenship,Brazilian", person="men"),
)


def test_cells_are_written_by_row_and_read_back(tmp_path):
    workspace = bench(tmp_path, {**EMPTY, "data/catalogue.yaml": CROSSED})
    plan = planned(workspace, content(*CELLS))
    text = text_of(plan, "data/XX/2020.yaml")
    assert "by person, citizenship:\n" in text
    assert "incomplete: [citizenship, person and citizenship]" in text
    dataset, findings = load_dataset(after(workspace, plan), ("XX",))
    assert () == findings
    seen = {each.address: each.status for each in dataset.country("XX").observations if each.dimension.count(",")}
    assert {"victims.identified.women.BR": "given", "victims.identified.men.BR": "suppressed"} == seen


def test_a_draft_that_has_the_same_total_gets_the_cells_it_lacks(tmp_path):
    own = "  victims.identified:\n    total: 20\n    source: office\n    by citizenship: {national: 9}  # counted\n"
    plan = planned(bench(tmp_path, {"data/catalogue.yaml": CROSSED, small.YEAR: DRAFT + own}), content(*CELLS))
    text = text_of(plan, small.YEAR)
    assert "by citizenship: {national: 9, BR: {value: 6, confidentiality: D}}  # counted" in text
    assert {"victims.identified.BR", "victims.identified.women.BR"} <= {address for address, _ in plan.filled}


def test_a_breakdown_that_says_otherwise_gets_nothing(tmp_path):
    own = "  victims.identified: {total: 20, source: office, by citizenship: {national: 8}}\n"
    plan = planned(bench(tmp_path, {"data/catalogue.yaml": CROSSED, small.YEAR: DRAFT + own}), content(*CELLS))
    assert "by citizenship: {national: 8}" in text_of(plan, small.YEAR)
