"""Figures by several dimensions at once, and countries as codes: what is read, and what is said of a slip."""

import json

import pytest
import yaml
from jsonschema import Draft202012Validator

from reporter.check import check
from reporter.data.files.sources import Sources
from reporter.data.read.dataset import load_joint_catalogue
from reporter.data.read.schema import schema_text
from tests import small
from tests.snapshots import dataset_of

HEAD = """\
year: 2020
source: police
figures:
  victims.identified:
    total: 12
    by form: {sexual: 10, labour: 2}
    by person: {women: 9, men: 3}
"""
CELLS = "    by form, person:\n      sexual: {women: 9, men: 1}\n      labour: {men: 2}\n"


def read(tmp_path, lines: str) -> dict[str, str]:
    """The cells of the year by their address; an error of reading or checking fails."""
    dataset = small.load(tmp_path, {**small.CROSSED, small.YEAR: HEAD + lines})
    findings = [str(each) for each in check(dataset.countries[0], dataset) if each.mark.path == small.YEAR]
    assert [] == [each for each in findings if ": error:" in each]
    cells = [each for each in dataset.countries[0].observations if each.year == 2020 and "," in each.dimension]
    return {each.address.removeprefix("victims.identified."): str(each.value) for each in cells}


@pytest.mark.parametrize(
    "lines",
    [
        CELLS,
        "    by person, form:\n      women: {sexual: 9}\n      men: {sexual: 1, labour: 2}\n",
        "    by form,person: {sexual: {women: {value: 9}, men: 1}, labour: {men: 2}}\n",
    ],
)
def test_a_cross_is_read_in_any_order_and_named_in_the_catalogues(tmp_path, lines):
    assert {"sexual.women": "9", "sexual.men": "1", "labour.men": "2"} == read(tmp_path, lines)


def test_three_dimensions_and_countries_are_read(tmp_path):
    lines = "    by citizenship: {national: 4, third_country: 8, BR: 8}\n    by citizenship, person, form:\n"
    cells = read(
        tmp_path, f"{lines}      BR: {{women: {{sexual: 5}}}}\n    incomplete: [person and form and citizenship]\n"
    )
    assert {"sexual.women.BR": "5"} == cells
    catalogue = dataset_of(tmp_path, ("XX",)).catalogue_of("XX")
    countries = [code.code for code in catalogue.dimension("citizenship").codes if code.code.isupper()]
    assert (["BR"], "Brazil") == (countries, catalogue.dimension("citizenship").get("BR").label.text("en"))


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("    by form, person: {sexual: {women: 9, menn: 1}}\n",
         "8:42 unknown-code: unknown code 'menn' of the dimension 'person' | did you mean 'men'?"),
        ("    by form, person: {sexuall: {women: 9}}\n",
         "8:23 unknown-code: unknown code 'sexuall' of the dimension 'form' | did you mean 'sexual'?"),
        ("    by form, person: {women: {sexual: 9}}\n",
         "8:23 unknown-code: unknown code 'women' of the dimension 'form' | "
         "'women' is a code of 'person': write the rows and cells in the order of the key"),
        ("    by form, person: {sexual: 9}\n",
         "8:31 wrong-type: sexual is a row of 'by form, person', not one value | "
         "write a number for each code of person: sexual: {women: 9, girls: 1}"),
        ("    by form, person, citizenship: {sexual: {women: 9}}\n",
         "8:52 wrong-type: women is a row of 'by form, person, citizenship', not one value | "
         "write a number for each code of citizenship: women: {CODE: 9}"),
        # What lacks two levels is told with both.
        ("    by form, person, citizenship: {sexual: 9}\n",
         "8:44 wrong-type: sexual is a row of 'by form, person, citizenship', not one value | "
         "write a number for each code of person and citizenship: sexual: {women: {CODE: 9}}"),
        ("    by citizenship, form, person: {BR: 9}\n",
         "8:40 wrong-type: BR is a row of 'by citizenship, form, person', not one value | "
         "write a number for each code of form and person: BR: {CODE: {women: 9, girls: 1}}"),
        ("    by form, person: {sexual: {women: {BR: 3}}}\n",
         "8:39 wrong-type: women is a cell of 'by form, person', not a row | "
         "write one number, or name the dimension of the codes in it: by form, person, DIMENSION"),
        ("    by citizenship: {BR: {women: 3}}\n",
         "8:26 wrong-type: BR is a cell of 'by citizenship', not a row | "
         "write one number, or name the dimension of the codes in it: by citizenship, DIMENSION"),
        ("    by form, person: {sexual: [9, 1]}\n",
         "8:31 wrong-type: sexual is a row of 'by form, person', not one value | "
         "write a number for each code of person: sexual: {women: 9, girls: 1}"),
        ("    by form, person: {sexual: {women.girls: 3}}\n",
         "8:32 unknown-code: 'women.girls' is more than one code | "
         "write one code of 'person', and those of other dimensions in rows of their own"),
        ("    by citizenship: {women.BR: 3}\n",
         "8:22 unknown-code: 'women.BR' is more than one code | "
         "write one code of 'citizenship', and those of other dimensions in rows of their own"),
        ("    by form, person: {sexual: {women: 9, confidentiality: C}}\n",
         "8:42 unknown-code: 'confidentiality' is no code of 'person' | "
         "write it in each cell that it is about: CODE: {value: 9, confidentiality: …}"),
        ("    by form, person: {sexual: {BR: 3}}\n",
         "8:32 unknown-code: unknown code 'BR' of the dimension 'person' | "
         "'BR' is a code of 'citizenship': write it under a key that names this dimension"),
        # Its second letter is Cyrillic.
        ("    by form, person: {sexual: {w\u043emen: 9}}\n",
         "8:32 unknown-code: unknown code 'w\u043emen' of the dimension 'person' | "
         "write 'women': the letter '\u043e' in it is not Latin"),
        ("    by person, citizenship: {women: {YU: 3}}\n",
         "8:38 unknown-code: unknown code 'YU' of the dimension 'citizenship' | "
         "no country has the code YU today: write that of a country of today, such as RS or ME"),
        ("    by form, person: {sexual: {women: 9}}\n    incomplete: [form and persom]\n",
         "9:17 unknown-code: unknown dimension 'form and persom' of victims.identified | "
         "did you mean 'form and person'?"),
        (f"{CELLS}    by person, form: {{women: {{sexual: 9}}}}\n",
         "11:39 duplicate-key: victims.identified.sexual.women is given twice, first on line 9 | keep one of the two"),
        ("    by form, person: {sexual: {women: 9, women: 8}}\n",
         "8:42 duplicate-key: 'women' appears twice, first on line 8 | keep one of the two"),
        ("    by form and person: {sexual: {women: 9}}\n",
         "8:5 unknown-key: unknown key 'by form and person' of victims.identified | write by form, person"),
        ("    by form, persn: {sexual: {women: 9}}\n",
         "8:5 unknown-key: unknown key 'by form, persn' of victims.identified | did you mean 'person'?"),
        ("    by form, person: {sexual: {women: many}}\n",
         "8:39 wrong-type: sexual.women: 'many' is not a number | "
         "write a number, 'at least N', 'over N', 'about N' or 'missing'"),
        ("    by citizenship: {XX: 5}\n",
         "8:22 unknown-code: unknown code 'XX' of the dimension 'citizenship' | write national"),
        ("    by citizenship: {br: 5}\n",
         "8:22 unknown-code: unknown code 'br' of the dimension 'citizenship' | write BR"),
        ("    by citizenship: {GR: 5}\n",
         "8:22 unknown-code: unknown code 'GR' of the dimension 'citizenship' | write EL"),
        ("    by citizenship: {Brazilija: 5}\n",
         "8:22 unknown-code: unknown code 'Brazilija' of the dimension 'citizenship' | write BR"),
        ("    by citizenship: {natonal: 5}\n",
         "8:22 unknown-code: unknown code 'natonal' of the dimension 'citizenship' | "
         "did you mean 'national'? (a country is written FR)"),
    ],
)  # fmt: skip
def test_a_slip_is_told_with_its_place_and_what_to_write(tmp_path, lines, said):
    findings = small.findings(tmp_path, {**small.CROSSED, small.YEAR: HEAD + lines})
    assert [said] == [
        f"{each.mark.line}:{each.mark.column} {each.code}: {each.message} | {each.hint}" for each in findings
    ]


def test_all_slips_in_the_crosses_of_a_file_are_told_at_once(tmp_path):
    lines = (
        "    by form, person:\n      sexual: 9\n      labour: [2]\n      labor: {women: 3}\n"
        "    by person, citizenship:\n      women: {DD: 3, BR: {x: 4}}\n      men.girls: {BR: many}\n"
        "      men: {BR: '1,5'}\n"
    )
    findings = small.findings(tmp_path, {**small.CROSSED, small.YEAR: HEAD + lines})
    places = {(each.mark.line, each.mark.column): each.mark.line for each in findings}
    assert [9, 10, 11, 13, 13, 14, 15] == sorted(places.values())


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (CELLS, []),
        # One number too large is one finding, though it is above the totals of its row and of its column.
        (CELLS.replace("women: 9", "women: 19"),
         ["9:23: error: victims.identified.sexual.women is 19, more than victims.identified.women (9), "
          "which contains it [part-exceeds-total]"]),
        # A cell that is left out is one finding too.
        (CELLS.replace(", men: 1", ""),
         ["9:23: error: parts of victims.identified.men add up to 2, the total is 3; "
          "parts of victims.identified.sexual add up to 9, the total is 10 [parts-make-total]"]),
        (CELLS.replace(", men: 1", "") + "    incomplete: [form and person]\n", []),
        # Countries that are named in a group are all of it, if not said otherwise.
        ("    by citizenship: {national: 4, third_country: 8, BR: 3, UA: 2}\n    incomplete: [citizenship]\n", []),
        ("    by citizenship: {national: 4, third_country: 8, BR: 3, UA: 2}\n",
         ["8:50: error: BR and UA add up to 5, victims.identified.third_country is 8 [nested-ages]"]),
        ("    by citizenship: {national: 4, third_country: 8, BR: 3, UA: 7}\n",
         ["8:50: error: BR and UA add up to 10, victims.identified.third_country is 8 [nested-ages]"]),
    ],
)  # fmt: skip
def test_rows_and_columns_are_checked_as_one_breakdown(tmp_path, lines, said):
    dataset = small.load(tmp_path, {**small.CROSSED, small.YEAR: HEAD + lines})
    findings = [each for each in check(dataset.countries[0], dataset) if each.mark.path == small.YEAR]
    told = [str(each).splitlines()[0].removeprefix(f"{small.YEAR}:") for each in findings if each.code != "jump"]
    assert said == [each for each in told if ": error:" in each]


BEFORE = (
    HEAD.replace("2020", "2019").replace("women: 9, men: 3", "women: 1, men: 11")
    + CELLS.replace("women: 9, men: 1", "women: 1, men: 9")
    + "status: final\n"
)
INCOMPLETE = HEAD.replace("labour: 2}", "labour: 1}\n    incomplete: [form]")
TOTAL = HEAD.partition("    by")[0]


@pytest.mark.parametrize("status", ["", "status: final\n"])
@pytest.mark.parametrize(
    ("year", "missing"),
    [
        (INCOMPLETE + CELLS.replace("labour: {men: 2}", "labour: {men: 1}"), ""),
        (INCOMPLETE.replace(", labour: 1", ""), "victims.identified.labour and form and person"),
        # A word for no value answers it.
        (
            INCOMPLETE.replace("labour: 1", "labour: missing")
            + "    by form, person: {sexual: {men: not collected}}\n",
            "",
        ),
        (TOTAL, "form, form and person and person"),
        # A cross states the breakdowns of which it is made; nothing is in a zero, and nothing compared across a break.
        (TOTAL + CELLS, ""),
        (TOTAL.replace("12", "0"), ""),
        (TOTAL.replace("12", "not collected"), ""),
        (TOTAL + "    flags: [b]\n", ""),
    ],
)
def test_cells_do_not_jump_and_a_breakdown_cross_or_code_that_vanished_is_one_finding(tmp_path, year, missing, status):
    files = {**small.CROSSED, "data/XX/2019.yaml": BEFORE, small.YEAR: year + status}
    expected = f"victims.identified of 2020 lacks what it had in 2019: {missing}"
    assert ([expected] if missing else []) == told_of(tmp_path, files)


@pytest.mark.parametrize("children", ["girls: 9, boys: 6", "children: missing"])
def test_a_code_is_not_lost_where_its_inner_codes_are_stated_or_the_one_around_it_is_empty(tmp_path, children):
    figure = "source: police\nfigures:\n  victims.identified: {total: 40, by person: {women: 25, CHILDREN}}\n"
    before = "year: 2019\nstatus: final\n" + figure.replace("CHILDREN", "children: 15, girls: 9, boys: 6")
    now = "year: 2020\n" + figure.replace("CHILDREN", children)
    assert [] == told_of(tmp_path, {**small.CROSSED, "data/XX/2019.yaml": before, small.YEAR: now})


def told_of(root, files: dict[str, str]) -> list[str]:
    dataset = small.load(root, files)
    findings = check(dataset.countries[0], dataset)
    told = [str(each.message) for each in findings if each.year == 2020 and each.code in ("code-vanished", "jump")]
    return [each for each in told if not each.startswith("victims.identified fell from 12")]


@pytest.mark.parametrize(
    ("figure", "is_right"),
    [
        ("{total: 12, 'by form, person': {sexual: {women: 9}}}", True),
        ("{total: 12, 'by person, form, citizenship': {women: {sexual: {BR: 9}}}}", True),
        ("{total: 12, by citizenship: {BR: 9, national: 3}, incomplete: [form and person]}", True),
        ("{total: 12, by citizenship: {br: 9}}", False),
        ("{total: 12, 'by form, person': {sexual: 9}}", False),
        ("{total: 12, 'by form person': {sexual: {women: 9}}}", False),
    ],
)
def test_an_editor_underlines_what_is_not_read_of_a_cross(figure, is_right):
    files = {**small.FILES, **small.CROSSED}
    catalogue, _ = load_joint_catalogue(Sources.from_contents({path: text.encode() for path, text in files.items()}))
    validator = Draft202012Validator(json.loads(schema_text("year", catalogue)))
    year = yaml.safe_load(f"source: police\nfigures: {{victims.identified: {figure}}}\n") | {"year": 2020}
    assert is_right == (not list(validator.iter_errors(year)))
