"""Catalogue and country: what a country adds of its own, and what is refused."""

import pytest

from reporter.data.read.dataset import load_dataset, load_joint_catalogue
from reporter.data.records import Catalogue, Code, Dataset, vintage
from tests import small
from tests.small import findings, wrong
from tests.snapshots import dataset_of, snapshot

COUNTRY, CATALOGUE = "data/XX/country.yaml", "data/catalogue.yaml"


def test_a_country_must_be_the_one_of_its_folder(tmp_path):
    content = small.FILES["data/XX/country.yaml"].replace("XX", "YY")
    assert [
        "1:7 wrong-country: the country is YY, but the folder is XX | write code: XX, or rename the folder"
    ] == wrong(tmp_path, content, "data/XX/country.yaml")


@pytest.mark.parametrize(
    ("name", "line", "said"),
    [
        (COUNTRY, "methodology: {contat: {en: X}}",
         "7:15 wrong-type: 'contat' is not a heading of the methodology | did "),
        (COUNTRY, "methodology: {contact: X}", (
            "7:24 wrong-type: contact: a text must state its language | write {en: …}"
        )),
        (CATALOGUE, "abbreviations: {eu: {short: {en: EU}}}",
         "48:21 missing-key: key 'full' is missing | add a line f"),
        (CATALOGUE, "abbreviations: {eu: {short: EU, full: {en: U}}}",
         "48:29 wrong-type: short: a text must state its"),
    ],
)  # fmt: skip
def test_a_text_of_the_annexes_that_is_badly_written_is_wrong(tmp_path, name, line, said):
    (told,) = wrong(tmp_path, f"{small.FILES[name]}{line}\n", name)
    assert said == told[: len(said)]


def test_a_catalogue_that_names_what_it_lacks_is_wrong(tmp_path):
    content = small.FILES["data/catalogue.yaml"]
    content = content.replace("within: adults", "within: adultz", 1).replace("[form]", "[forms]")
    told = [each for each in findings(tmp_path, {CATALOGUE: content}) if each.mark.path == CATALOGUE]
    assert ["women names an unknown code 'adultz'", "unknown dimension 'forms'"] == [each.message for each in told]
    assert ["did you mean 'adults'?", "did you mean 'form'?"] == [each.hint for each in told]


PLAIN = small.FILES[COUNTRY]
OTHER = {
    "data/YY/country.yaml": "code: YY\nrapporteur: {en: R}\npublisher: {en: M}\nsource: police\n",
    "data/YY/2020.yaml": f"{small.HEAD}figures: {{investigations.opened: {{total: 5, by form: {{labour: 3}}}}}}\n",
}
OWN = """\
sources:
  register: {title: {en: Own register}, publisher: {en: Own police}}
indicators:
  investigations.opened:
    definition: {en: Opened by the border guard.}
    definitions: {wide: {en: With preliminary ones.}}
    differs: {en: Those of the border guard only}
codes:
  form:
    fields: {label: {en: In the fields}, within: labour}
    mines: {label: {en: In mines}, within: labour, mappings: {glotip: Mines}}
    both: {label: {en: Both}, combines: [sexual, labour], mappings: {eurostat: OTH}}
"""
MAPPED = small.FILES["data/catalogue.yaml"].replace(
    "labour: {label: {en: Labour exploitation}}",
    "labour: {label: {en: Labour exploitation}, mappings: {eurostat: LAB, glotip: Forced labour}}\n"
    "      unknown: {label: {en: Unknown}}",
)


@pytest.fixture
def both(tmp_path) -> Dataset:
    """One country with parts of its own beside one without."""
    figure = "{total: 11, by form: {sexual: 4, labour: 5, fields: 3, mines: 2, both: 2}, definition: wide}"
    year = f"year: 2020\nsource: register\nfigures: {{investigations.opened: {figure}}}\n"
    small.write(tmp_path, OTHER | {CATALOGUE: MAPPED, COUNTRY: PLAIN + OWN, small.YEAR: year})
    return dataset_of(tmp_path, ("XX", "YY"))


def forms(catalogue: Catalogue) -> dict[str, Code]:
    axis = catalogue.dimension("form")
    assert axis is not None
    return {each.code: each for each in axis.codes}


def test_sources_definitions_and_codes_are_those_of_the_country_alone(both):
    own, shared = both.catalogue_of("XX"), both.catalogue_of("YY")
    assert shared == both.catalogue
    assert (["register", "police", "office"], ["police", "office"]) == tuple(
        [each.code for each in found.sources] for found in (own, shared)
    )
    assert ["sexual", "labour", "unknown"] == list(forms(shared))
    assert own == vintage(both, "XX", 2020).catalogue
    assert shared == vintage(both, "YY", 2020).catalogue


def test_an_own_definition_takes_the_place_of_the_usual_one_and_further_ones_are_added(both):
    own, shared = (both.catalogue_of(code).indicator("investigations.opened") for code in ("XX", "YY"))
    words = {"": "Opened by the border guard.", "narrow": "Sexual exploitation only.", "wide": "With preliminary ones."}
    assert words == {code: words.text("en") for code, words in own.definitions}
    assert ["Opened in the year.", "Sexual exploitation only."] == [words.text("en") for _, words in shared.definitions]
    (differs,) = both.catalogue_of("XX").eurostat.differs.items()
    assert ("investigations.opened", "Those of the border guard only") == (differs[0], differs[1].text("en"))
    assert {} == both.catalogue.eurostat.differs


def test_an_own_code_stands_after_the_one_that_it_is_part_of_and_has_its_mappings_where_it_has_none(both):
    own = forms(both.catalogue_of("XX"))
    assert ["sexual", "labour", "fields", "mines", "both", "unknown"] == list(own)
    assert {"eurostat": "LAB", "glotip": "Forced labour"} == dict(own["fields"].mappings)
    assert {"eurostat": "LAB", "glotip": "Mines"} == dict(own["mines"].mappings)
    assert {"eurostat": "OTH"} == dict(own["both"].mappings)


def test_a_code_with_a_name_of_the_catalogue_takes_its_place_there(tmp_path):
    text = PLAIN + "codes: {form: {labour: {label: {en: Work}}}}\n"
    found = forms(small.load(tmp_path, {"data/catalogue.yaml": MAPPED, COUNTRY: text}).catalogue_of("XX"))
    assert ["sexual", "labour", "unknown"] == list(found)
    assert ("Work", "LAB") == (found["labour"].label.text("en"), dict(found["labour"].mappings)["eurostat"])


@pytest.mark.parametrize(
    ("own", "said"),
    [
        ("codes: {form: {fields: {label: {en: F}}}}",
         "7:16 missing-key: fields belongs to no code of the catalogue, so it cannot be compared | add within: "
         "sexual or another code that includes it; combines: [a, b] for several"),
        ("codes: {form: {a: {label: {en: F}, within: labor}}}",
         "7:16 unknown-code: unknown code 'labor' | did you mean"),
        ("codes: {forms: {a: {label: {en: F}, within: labour}}}", "7:9 unknown-code: unknown dimension 'forms' | did "),
        ("indicators: {a.b: {definition: {en: D}}}", "7:14 unknown-indicator: unknown indicator 'a.b' | "),
        ("codes: {person: {a: {label: {en: C}, within: adults, mapping: {}}}}",
         "7:54 unknown-key: unknown key 'mapping'"),
    ],
)  # fmt: skip
def test_what_names_nothing_in_the_catalogue_is_wrong(tmp_path, own, said):
    (told,) = wrong(tmp_path, f"{PLAIN}{own}\n", COUNTRY)
    assert said == told[: len(said)]


def test_a_code_of_two_breakdowns_of_one_figure_is_wrong(tmp_path):
    catalogue = small.FILES[CATALOGUE].replace("dimensions: [form]", "dimensions: [form, person]")
    own = PLAIN + "codes: {form: {men: {label: {en: M}, within: labour}}}\n"
    (found,) = small.findings(tmp_path, {CATALOGUE: catalogue, COUNTRY: own, small.YEAR: small.HEAD})
    assert "'men' is also a code of person, another dimension of investigations.opened" == found.message
    assert "shared-code" == found.code


def test_a_code_that_eurostat_does_not_know_is_wrong(tmp_path):
    table = """\
eurostat:
  figures: {PER: [investigations.opened]}
  dimensions: {iccs: {axis: form, mapping: eurostat, total: ALL, codes: [ALL, LAB]}}
  dataflows: {TABLE: {label: {en: Table}, dimensions: [iccs], figures: [PER]}}
"""
    own = "codes: {form: {fields: {label: {en: F}, within: labour, mappings: {eurostat: LABR}}}}\n"
    small.write(tmp_path, {"data/catalogue.yaml": MAPPED + table, COUNTRY: PLAIN + own})
    assert [
        f"{COUNTRY}:7:78: error: fields is mapped to 'LABR', which is not a Eurostat code [unknown-code]\n  hint: "
        "did you mean 'LAB'?"
    ] == list(map(str, load_dataset(snapshot(tmp_path), ("XX",)).findings))


def test_what_was_wrong_in_an_own_source_is_told_once_and_not_in_every_year_that_names_it(tmp_path):
    own = PLAIN.replace("source: police", "source: register") + "sources: {register: {title: {en: T}}}\n"
    changed = {COUNTRY: own, small.YEAR: "year: 2020\nsource: register\n"}
    assert [(COUNTRY, "missing-key")] == [(each.mark.path, each.code) for each in small.findings(tmp_path, changed)]


def test_the_source_of_one_country_is_unknown_in_another_and_editors_complete_with_those_of_all(tmp_path):
    small.write(tmp_path, OTHER | {COUNTRY: PLAIN + OWN, "data/YY/2020.yaml": "year: 2020\nsource: register\n"})
    sources = snapshot(tmp_path)
    assert ["unknown source 'register'"] == [each.message for each in load_dataset(sources, ("XX", "YY")).findings]
    catalogue, findings = load_joint_catalogue(sources)
    assert (["register", "police", "office"], ()) == ([each.code for each in catalogue.sources], findings)
    assert ["sexual", "labour", "fields", "mines", "both"] == list(forms(catalogue))
    assert "Opened in the year." == catalogue.indicator("investigations.opened").definition.text("en")
