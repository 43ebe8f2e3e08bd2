"""Files to a dataset: every value keeps its place, and whatever cannot be read is a finding with place and remedy."""

import os
import re
import string
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reporter.errors import DataError, Mark
from reporter.load.amount import parse_amount
from reporter.load.text import read_passages
from reporter.model import Flag, Observation, Qualifier, Status, is_given
from tests import small
from tests.conftest import LITHUANIA
from tests.small import HEAD, TEXT, YEAR, findings, load, wrong
from tests.snapshots import dataset_of

FIGURES = HEAD + "figures:\n"


def read(tmp_path, written: str) -> Observation:
    """The observation of 2020 that a line of `figures:` makes."""
    dataset = load(tmp_path, {YEAR: f"{FIGURES}  {written}\n"})
    return next(seen for seen in dataset.country("XX").observations if seen.year == 2020)


# places


def test_every_value_keeps_file_line_and_column(tmp_path):
    marks = {seen.address: seen.mark for seen in load(tmp_path).country("XX").observations if seen.year == 2020}
    assert {
        "investigations.opened": Mark(YEAR, 4, 34),
        "investigations.opened.sexual": Mark(YEAR, 4, 56),
        "investigations.opened.labour": Mark(YEAR, 4, 67),
        "victims.identified": Mark(YEAR, 5, 31),
        "victims.identified.women": Mark(YEAR, 5, 54),
        "victims.identified.men": Mark(YEAR, 5, 63),
    } == marks


def test_the_real_values_stand_where_their_marks_say(lithuania):
    lines = {path.stem: path.read_text().splitlines() for path in (LITHUANIA / "data" / "LT").glob("*.yaml")}
    stated = [
        seen for seen in lithuania.country("LT").observations if seen.qualifier is Qualifier.EXACT and is_given(seen)
    ]
    found = [lines[str(seen.year)][seen.mark.line - 1][seen.mark.column - 1 :] for seen in stated]
    values = [re.match(r"(?:\{?value: )?(\d+)", text)[1] for text in found]
    assert [str(seen.value) for seen in stated] == values


def test_a_thing_keeps_the_place_of_its_counts(tmp_path):
    (provision,) = load(tmp_path).country("XX").country.provisions
    assert [("law.cc_1.prison_max", Mark("data/XX/country.yaml", 6, 113))] == [
        (seen.address, seen.mark) for seen in provision.figures
    ]


def test_a_byte_order_mark_moves_nothing(tmp_path):
    assert [] == wrong(tmp_path, b"\xef\xbb\xbf" + HEAD.encode())
    assert ["3:1 duplicate-key: duplicate key 'year', first on line 1 | keep one of the two"] == wrong(
        tmp_path, b"\xef\xbb\xbf" + HEAD.encode() + b"year: 2020\n"
    )


def test_windows_line_ends_move_nothing(tmp_path):
    changed = {YEAR: small.FILES[YEAR].replace("\n", "\r\n"), TEXT: small.FILES[TEXT].replace("\n", "\r\n")}
    assert load(tmp_path / "a") == load(tmp_path / "b", changed)


# what values say


def test_no_is_norway(tmp_path):
    dataset = load(tmp_path, {YEAR: f"{HEAD}countries:\n  - {{kind: origin, named: [DK, NO, SE]}}\n"})
    assert [("DK", "NO", "SE")] == [each.countries for each in dataset.country("XX").lists]


def test_zero_is_not_missing(tmp_path):
    seen = read(tmp_path, "victims.identified: 0")
    assert (Decimal(0), Status.GIVEN) == (seen.value, seen.status)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("missing", Status.MISSING),
        ("not applicable", Status.NOT_APPLICABLE),
        ("suppressed", Status.SUPPRESSED),
        ("not collected", Status.NOT_COLLECTED),
    ],
)
def test_the_words_for_nothing_stay_apart(tmp_path, written, expected):
    seen = read(tmp_path, f"victims.identified: {written}")
    assert (None, expected) == (seen.value, seen.status)


@pytest.mark.parametrize(
    ("written", "value", "qualifier"),
    [
        ("35", 35, Qualifier.EXACT),
        ("at least 100", 100, Qualifier.AT_LEAST),
        ("about 250", 250, Qualifier.ABOUT),
        ("2.5", Decimal("2.5"), Qualifier.EXACT),
        ("-3", -3, Qualifier.EXACT),
    ],
)
def test_bounds_and_approximations_are_no_exact_values(written, value, qualifier):
    amount = parse_amount(written)
    assert (value, qualifier) == (amount.value, amount.qualifier)


@pytest.mark.parametrize(
    ("written", "remedy"),
    [
        ("010", "write 10"),
        ("12:30", "write a whole number"),
        ("1_000", "write 1000"),
        ("1_0", "write 10"),
        ("1,000", "write 1000"),
        ("1.000", "write 1000"),
        ("1 000", "write 1000"),
        ("1'000'000", "write 1000000"),
        ("about 1,000", "write 1000"),
        ("<5", "write 'at least N' or 'about N'"),
        ("over 100", "write 'at least N' or 'about N'"),
        ("none", "write 0 for none, 'missing' when nobody said"),
        ("n/a", "write 0 for none, 'missing' when nobody said"),
        (":", "write 0 for none, 'missing' when nobody said"),
        ("36%", "write the count; shares are worked out"),
        ("1e3", "write a whole number, 'at least N', 'about N' or 'missing'"),
        ("0x10", "write a whole number, 'at least N', 'about N' or 'missing'"),
        (".inf", "write a whole number, 'at least N', 'about N' or 'missing'"),
        ("1٢", "write a whole number, 'at least N', 'about N' or 'missing'"),
        ("", "write a whole number, 'at least N', 'about N' or 'missing'"),
        ("null", "write a whole number, 'at least N', 'about N' or 'missing'"),
        ("yes", "write a whole number, 'at least N', 'about N' or 'missing'"),
        ("9" * 16, "write at most 15 digits"),
        ("about " + "9" * 400, "write at most 15 digits"),
    ],
)
def test_what_yaml_or_a_reader_could_misread_is_refused_with_a_remedy(written, remedy):
    with pytest.raises(ValueError, match=r" \| ") as refused:
        parse_amount(written)
    assert remedy == str(refused.value).partition(" | ")[2]


def test_a_refused_value_says_where_it_stands(tmp_path):
    assert [
        "4:23 wrong-type: victims.identified: '010' has a leading zero | write 10",
        "5:55 wrong-type: labour: '1_000' has a separator between the thousands | write 1000",
    ] == wrong(
        tmp_path,
        FIGURES + "  victims.identified: 010\n  investigations.opened: {total: 4, by form: {labour: 1_000}}\n",
    )


def test_minus_zero_is_zero():
    assert "0" == str(parse_amount("-0").value)


def test_parts_inherit_what_holds_for_the_total(tmp_path):
    line = (
        "  investigations.opened: {total: 9, flags: [b], definition: narrow, source: office, note: {en: Total},"
        " by form: {sexual: {value: 3, flags: [e], note: {en: Part}}}}\n"
    )
    part = next(seen for seen in load(tmp_path, {YEAR: FIGURES + line}).country("XX").observations if seen.code)
    assert (frozenset({Flag.BREAK, Flag.ESTIMATED}), "narrow", "office") == (part.flags, part.definition, part.source)
    assert "Part" == part.notes[0].text("en")


def test_folded_texts_are_one_line(tmp_path):
    seen = read(tmp_path, "victims.identified:\n    total: 3\n    note:\n      en: >-\n        Two\n        lines.")
    assert ["Two lines."] == [note.text("en") for note in seen.notes]


# YAML that is more than plain


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("!!python/object/apply:os.system [touch reached]", "1:1 yaml-tag: YAML tags are not allowed"),
        (HEAD + "status: !!str final", "3:9 yaml-tag: YAML tags are not allowed"),
        (HEAD + "!!str status: final", "3:1 yaml-tag: YAML tags are not allowed"),
        (HEAD + "figures: &f {victims.identified: 3}", "3:10 yaml-alias: anchors and aliases are not allowed"),
        (HEAD + "&f status: final", "3:1 yaml-alias: anchors and aliases are not allowed"),
        (HEAD + "countries: &c [*c]", "3:12 yaml-alias: anchors and aliases are not allowed"),
        (HEAD + "<<: {status: final}", "3:1 unknown-key: unknown key '<<'"),
        (HEAD + "? [a]\n: b", "3:3 broken-yaml: a key must be a word"),
        (HEAD + "---\na: 1", "3:1 broken-yaml: not valid YAML: a second document begins here"),
        (HEAD + "status: 'final", "3:15 broken-yaml: not valid YAML: found unexpected end of stream"),
        (HEAD + "\tstatus: final", "3:1 broken-yaml: not valid YAML: found a tab character that violates indentation"),
        (HEAD + "status: a: b", "3:10 broken-yaml: not valid YAML: mapping values are not allowed in this context"),
    ],
)
def test_tags_anchors_and_broken_yaml_are_refused_where_they_stand(tmp_path, content, expected):
    assert any(each.startswith(f"{expected} | ") for each in wrong(tmp_path, content)), wrong(tmp_path, content)


def test_a_tag_executes_nothing(tmp_path):
    wrong(tmp_path, f"!!python/object/apply:os.system ['touch {tmp_path}/reached']")
    assert not (tmp_path / "reached").exists()


def test_a_billion_laughs_are_one_finding_a_line(tmp_path):
    laughs = "a: &a [x, x]\n" + "".join(
        f"{one}: &{one} [{f'*{before}, ' * 9}]\n" for before, one in zip("abcdefgh", "bcdefghi", strict=True)
    )
    assert 9 == sum("yaml-alias" in each for each in wrong(tmp_path, HEAD + laughs))


@pytest.mark.parametrize(
    "content", ["[" * 100_000, "{" * 900, "{a: " * 900 + "}" * 900, "[" * 900 + "]" * 900, "- " * 100_000]
)
def test_deep_nesting_is_a_finding(tmp_path, content):
    assert 1 == len(wrong(tmp_path, HEAD + "figures: " + content))


def test_a_duplicate_key_names_the_first_one(tmp_path):
    assert ["3:1 duplicate-key: duplicate key 'source', first on line 2 | keep one of the two"] == wrong(
        tmp_path, HEAD + "source: office\n"
    )


# names that do not exist


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (HEAD + "figurs: {}", "3:1 unknown-key: unknown key 'figurs' | did you mean 'figures'?"),
        (FIGURES + "  victims.identified: {totl: 3}", "4:24 unknown-key: unknown key 'totl' | did you mean 'total'?"),
        (
            FIGURES + "  victims.identified: {total: 3, by persons: {women: 3}}",
            "4:34 unknown-key: unknown key 'by persons' of victims.identified | did you mean 'by person'?",
        ),
        (
            FIGURES + "  victims.identifed: 3",
            "4:3 unknown-indicator: unknown indicator 'victims.identifed' | did you mean 'victims.identified'?",
        ),
        (
            FIGURES + "  victims.identified: {total: 3, by person: {woman: 3}}",
            "4:46 unknown-code: unknown code 'woman' of the dimension 'person' | did you mean 'women'?",
        ),
        (
            FIGURES + "  victims.identified: {total: 3, source: polise}",
            "4:42 unknown-source: unknown source 'polise' | did you mean 'police'?",
        ),
        (
            FIGURES + "  investigations.opened: {total: 3, definition: narow}",
            "4:49 unknown-code: unknown definition 'narow' of investigations.opened | did you mean 'narrow'?",
        ),
        (
            FIGURES + "  victims.identified: {total: 3, definition: narrow}",
            "4:46 unknown-code: unknown definition 'narrow' of victims.identified | none is known",
        ),
        (
            FIGURES + "  victims.identified: {total: 3, incomplete: [persons]}",
            "4:46 unknown-code: unknown dimension 'persons' of victims.identified | did you mean 'person'?",
        ),
        (
            HEAD + "activities: {a: {kind: campaign, title: {en: A}, period: 2020, figures: {poster: 3}}}",
            "3:74 unknown-indicator: unknown indicator 'poster' | did you mean 'posters'?",
        ),
        (
            HEAD + "revisions: [{figure: victims.identified.woman, year: 2019, was: 1, now: 2, reason: {en: R}}]",
            "3:22 unknown-code: unknown code 'woman' of victims.identified | did you mean 'women'?",
        ),
        (
            HEAD + "earlier: {2019: {victims.identifed: 3}}",
            "3:37 unknown-indicator: unknown indicator 'victims.identifed' | did you mean 'victims.identified'?",
        ),
    ],
)
def test_an_unknown_name_suggests_the_one_that_was_meant(tmp_path, content, expected):
    assert [expected] == wrong(tmp_path, content)


# types


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("year: 2020", "1:1 missing-key: key 'source' is missing | add a line source: …"),
        (HEAD + "figures: 3", "3:10 wrong-type: figures: input should be a valid dictionary | write a mapping: "),
        (HEAD + "status: done", "3:9 wrong-type: status: input should be 'draft', 'provisional' or 'final' | "),
        (HEAD + "published: 1 May", "3:12 wrong-type: published: '1 May' is not a date | write 2017-05-30, "),
        (HEAD + "published: 2020-02-30", "3:12 wrong-type: published: there is no day '2020-02-30' | write a date"),
        (FIGURES + "  victims.identified: [1]", "4:23 wrong-type: victims.identified: a number is expected here | "),
        (
            FIGURES + "  victims.identified: {total: 3, period: 2020/2018}",
            "4:42 wrong-type: period: the period '2020/2018' ends before it begins | write the earlier date first",
        ),
        (
            FIGURES + "  victims.identified: {total: 3, note: Text}",
            "4:40 wrong-type: note: a text needs its language | write {en: …}",
        ),
        (
            FIGURES + "  victims.identified: {total: 3, flags: [x]}",
            "4:42 wrong-type: flags: input should be 'b', 'd', 'e', 'f', 'i', 'm', 'n', 'p' or 'u' | ",
        ),
        ("year: twenty\nsource: police", "1:7 wrong-type: year: 'twenty' is not a whole number | write digits only"),
        (
            "year: 2019\nsource: police",
            "1:7 wrong-year: the file is named 2020, but says year: 2019 | write year: 2020",
        ),
        (HEAD + "earlier: {2020: {}}", "3:11 wrong-year: '2020' is not an earlier year | write a year before 2020"),
        (HEAD + "earlier: {²: {}}", "3:11 wrong-year: '²' is not an earlier year | write a year before 2020"),
        (
            HEAD + "revisions: [{figure: victims.identified, year: 2020, was: 1, now: 2, reason: {en: R}}]",
            "3:48 wrong-year: a revision in 2020 must be of an earlier year, not of 2020 | correct the figure itself",
        ),
        ("just text", "1:1 wrong-type: the file must be a mapping | write key: value lines"),
        ("- a", "1:1 wrong-type: the file must be a mapping | write key: value lines"),
        ("~", "1:1 wrong-type: the file must be a mapping | write key: value lines"),
    ],
)
def test_a_wrong_type_says_what_is_expected(tmp_path, content, expected):
    (told,) = wrong(tmp_path, content)
    assert expected == told[: len(expected)]


def test_thresholds_are_numbers(tmp_path):
    assert ["3:20 wrong-type: jump: 'nan' is not a number | write a number such as 0.5"] == wrong(
        tmp_path, "title: {en: T}\nlanguages: [en]\nthresholds: {jump: nan}\n", "reporter.yaml"
    )


def test_a_threshold_is_not_negative(tmp_path):
    assert ["3:28 wrong-type: percent_base: -50 is less than zero | write 0 or more"] == wrong(
        tmp_path, "title: {en: T}\nlanguages: [en]\nthresholds: {percent_base: -50}\n", "reporter.yaml"
    )


@pytest.mark.parametrize("empty", ["''", '"  "', '"\\u00a0"', ""])
def test_a_text_without_words_is_refused_where_it_stands(tmp_path, empty):
    (told,) = wrong(tmp_path, FIGURES + f"  victims.identified: {{total: 3, note: {{en: Text, lt: {empty}}}}}")
    expected = "wrong-type: lt: the text is empty | write it, or leave out its language"
    assert expected == told.partition(" ")[2]


# files as a whole


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "1:1 empty-file: file is empty | see reporter init for an example"),
        (b"# nothing yet\n", "1:1 empty-file: file is empty | see reporter init for an example"),
        (b"\x7fELF\0\0", "1:1 not-text: this is not a text file | save it as plain text, UTF-8"),
        (HEAD.encode("utf-16"), "1:1 not-text: this is not a text file | save it as plain text, UTF-8"),
        ("year: 2020\n# é\nsource: polić".encode("cp1250"), "2:3 not-utf-8: text is not UTF-8 | save the file with"),
        (b"year: 2020\n# \xc5\xbe \xe9", "2:5 not-utf-8: text is not UTF-8 | save the file with the encoding UTF-8"),
        (b"\xef\xbb\xbfyear: \xe9", "1:7 not-utf-8: text is not UTF-8 | save the file with the encoding UTF-8"),
        (b"year: 2020\nsource: \x07", "2:9 control-character: control character '\\x07' | delete it"),
        (b'year: 2020\nsource: "\\a"', "2:9 control-character: control character in '\\x07' | delete it"),
        (b"#" * 4_000_001, "1:1 too-large: file is larger than 4 MB | keep figures and text only in it"),
    ],
)
def test_a_file_that_is_no_data_is_refused_with_its_place(tmp_path, content, expected):
    told = wrong(tmp_path, content)
    assert expected == told[0][: len(expected)]


def test_a_folder_named_like_a_file_cannot_be_read(tmp_path):
    small.write(tmp_path, {YEAR: None})
    (tmp_path / YEAR).mkdir()
    with pytest.raises(DataError) as refused:
        dataset_of(tmp_path, ("XX",))
    assert [f"{YEAR}:1:1: error: is no file [unreadable]\n  hint: put a text file in its place"] == [
        str(each) for each in refused.value.findings
    ]


@pytest.mark.parametrize("name", ["reporter.yaml", "data/catalogue.yaml", "data/XX/country.yaml"])
def test_a_missing_file_is_named(tmp_path, name):
    assert [f"{name}:1:1: error: file is missing [missing-file]\n  hint: create it, or run reporter init"] == [
        str(each) for each in findings(tmp_path, {name: None})
    ]


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("data/XX/2020.yml", "name it after its year, such as 2020.yaml"),
        ("data/XX/2020.YAML", "name it after its year, such as 2020.yaml"),
        ("data/XX/text/en/2020.MD", "name it after its year, such as 2020.md"),
        ("data/XX/notes.yaml", "name it after its year, such as 2020.yaml"),
        ("data/XX/20200.yaml", "name it after its year, such as 2020.yaml"),
        ("data/XX/text/en/draft.md", "name it after its year, such as 2020.md"),
        ("data/XX/text/2020.md", "move it to data/XX/text/en/2020.md"),
        ("data/XX/text/English/2020.md", "name the folder by a code such as en or lt"),
        ("data/XX/text/en/2021.md", "write data/XX/2021.yaml first"),
    ],
)
def test_an_unexpected_file_name_is_a_finding(tmp_path, name, hint):
    assert [("file-name", name, hint)] == [
        (each.code, each.mark.path, each.hint) for each in findings(tmp_path, {name: HEAD})
    ]


@pytest.mark.parametrize(
    "name", ["data/XX/.2020.yaml", "data/XX/._2020.yaml", "data/XX/text/en/._2020.md", "data/XX/text/.git/2020.md"]
)
def test_files_with_a_dot_that_systems_leave_behind_are_skipped(tmp_path, name):
    assert () == findings(tmp_path, {name: b"\0\0"})


def test_a_text_of_a_year_in_between_needs_no_file_of_figures(tmp_path):
    dataset = load(tmp_path, {"data/XX/2019.yaml": None, "data/XX/text/en/2019.md": "# general_situation\n\nText.\n"})
    assert [2019, 2020] == [each.year for each in dataset.country("XX").passages]


@pytest.mark.parametrize("name", [YEAR, TEXT])
def test_a_file_that_leads_out_of_the_workspace_is_refused(tmp_path, name):
    outside = tmp_path / "outside"
    outside.write_text(small.FILES[name])
    root = small.write(tmp_path / "workspace", {name: None})
    (root / name).parent.mkdir(exist_ok=True, parents=True)
    (root / name).symlink_to(outside)
    with pytest.raises(DataError) as caught:
        dataset_of(root, ("XX",))
    assert [
        f"{name}:1:1: error: leads out of the workspace by a symbolic link [outside-workspace]\n"
        "  hint: put the file itself in its place"
    ] == list(map(str, caught.value.findings))


def test_links_that_lead_in_a_circle_are_a_finding(tmp_path):
    root = small.write(tmp_path, {YEAR: None})
    (root / YEAR).symlink_to("2020.yaml")
    with pytest.raises(DataError) as caught:
        dataset_of(root, ("XX",))
    assert ["unreadable"] == [each.code for each in caught.value.findings]


CATALOGUE = small.FILES["data/catalogue.yaml"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "dimensions: [person]",
            "dimensions: [person, form]",
            [],
        ),
        (
            "      women:",
            "      sexual: {label: {en: Sexual}}\n      women:",
            [],
        ),
        (
            "      girls: {label: {en: Girls}, within: children}",
            "      sexual: {label: {en: Girls}}",
            [
                "17:7 shared-code: 'sexual' is a code of form and of person, both dimensions of investigations.opened"
                " | give one of the two another code"
            ],
        ),
        (
            "  activity.posters:",
            "  investigations.opened.sexual:",
            [
                "42:3 shared-code: investigations.opened.sexual is also the code 'sexual' of investigations.opened "
                "by form | give the indicator or the code another name"
            ],
        ),
    ],
)
def test_two_values_of_an_indicator_never_share_an_address(tmp_path, old, new, expected):
    content = CATALOGUE.replace(old, new)
    if expected:
        content = content.replace("dimensions: [form]", "dimensions: [form, person]")
    assert expected == wrong(tmp_path, content, "data/catalogue.yaml")


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    [
        ("data/catalogue.yaml", "  form:", "  By form:", "5:3 wrong-type: 'By form' is not a code"),
        ("data/catalogue.yaml", "      sexual:", "      Sexual:", "8:7 wrong-type: 'Sexual' is not a code"),
        (
            "data/catalogue.yaml",
            "  persons.convicted:",
            "  convicted:",
            "36:3 wrong-type: 'convicted' is no name of an indicator",
        ),
        ("data/XX/country.yaml", "  cc_1:", "  cc-1:", "6:3 wrong-type: 'cc-1' is not a code"),
        (
            "data/XX/country.yaml",
            "provisions:\n",
            "contacts: {1a: {name: {en: A}}}\nprovisions:\n",
            "5:12 wrong-type: '1a' is not a code",
        ),
        (
            "data/XX/country.yaml",
            "provisions:\n",
            "plans: {P 1: {name: {en: A}, period: 2020}}\nprovisions:\n",
            "5:9 wrong-type: 'P 1' is not a code",
        ),
        (
            YEAR,
            "figures:",
            "activities: {A.b: {kind: training, title: {en: A}, period: 2020}}\nfigures:",
            "3:14 wrong-type: 'A.b' is not a code",
        ),
    ],
)
def test_a_name_that_no_address_could_hold_is_refused_where_it_stands(tmp_path, name, old, new, expected):
    (said,) = wrong(tmp_path, small.FILES[name].replace(old, new, 1), name)
    place, _, remedy = said.partition(" | ")
    assert (expected, "write") == (place, remedy[:5])


def test_a_country_must_be_the_one_of_its_folder(tmp_path):
    content = small.FILES["data/XX/country.yaml"].replace("XX", "YY")
    assert [
        "1:7 wrong-country: the country is YY, but the folder is XX | write code: XX, or rename the folder"
    ] == wrong(tmp_path, content, "data/XX/country.yaml")


def test_a_catalogue_that_names_what_it_lacks_is_wrong(tmp_path):
    content = small.FILES["data/catalogue.yaml"]
    content = content.replace("within: adults", "within: adultz", 1).replace("[form]", "[forms]")
    assert [
        ("women names an unknown code 'adultz'", "did you mean 'adults'?"),
        ("unknown dimension 'forms'", "did you mean 'form'?"),
    ] == [
        (each.message, each.hint)
        for each in findings(tmp_path, {"data/catalogue.yaml": content})
        if each.mark.path == "data/catalogue.yaml"
    ]


def test_all_errors_of_all_files_are_told_at_once_in_file_order(tmp_path):
    changed = {
        "reporter.yaml": "title: T\nlanguages: [en]\n",
        "data/XX/2018.yaml": "year: 2018\nsource: polic\n",
        YEAR: FIGURES + "  victims.identified: 010\n  persons.convictd: 1\n",
        "data/XX/country.yaml": "code: XX\n",
        TEXT: "Hello.\n# general_situation\n",
    }
    told = [(each.mark.path, each.mark.line) for each in findings(tmp_path, changed)]
    assert [
        ("data/XX/2018.yaml", 2),
        (YEAR, 4),
        (YEAR, 5),
        ("data/XX/country.yaml", 1),
        ("data/XX/country.yaml", 1),
        ("data/XX/country.yaml", 1),
        (TEXT, 1),
        ("reporter.yaml", 1),
    ] == told


# narrative


def passages(text: str) -> list[tuple[str, str, int]]:
    """Code, text and first line of each passage."""
    return [(each.section, each.markdown, each.mark.line) for each in read_passages(text, TEXT, "en", 2020)[0]]


def test_a_passage_begins_below_its_heading():
    assert [("victims", "\nOne.\n", 2), ("forms", "Two.", 6)] == passages("# victims\n\nOne.\n\n# forms ##\nTwo.")


def test_a_heading_in_fenced_code_is_text():
    text = "# victims\n~~~~\n# a\n```\n~~~\n# b\n~~~~\n# forms\n"
    assert [("victims", "~~~~\n# a\n```\n~~~\n# b\n~~~~", 2), ("forms", "", 9)] == passages(text)


def test_inline_code_opens_no_fence():
    assert ["victims", "forms"] == [code for code, *_ in passages("# victims\n```a` b\n# forms\n")]


def test_only_line_ends_are_line_ends():
    assert [("victims", "a\u2028# forms\x85b", 2)] == passages("# victims\na\u2028# forms\x85b")


def test_text_before_the_first_heading_is_refused(tmp_path):
    hint = "begin the file with a heading such as # general_situation"
    assert [f"1:1 text-before-heading: text before the first heading | {hint}"] == wrong(tmp_path, "Hello\n", TEXT)


def test_a_section_written_twice_is_refused(tmp_path):
    assert ["3:1 duplicate-key: section 'victims' is written twice, first on line 1 | join the two passages"] == wrong(
        tmp_path, "# victims\na\n# victims\nb\n", TEXT
    )


def test_a_long_line_of_spaces_is_read_at_once():
    assert 1 == len(passages("# victims" + " " * 1_000_000 + "x"))


# anything at all


@given(st.text())
def test_any_text_is_an_amount_or_refused(text):
    try:
        amount = parse_amount(text)
    except ValueError as refused:
        assert " | " in str(refused)
    else:
        assert (amount.value is None) == (amount.status is not Status.GIVEN)


@given(st.integers(0, 10**15 - 1))
def test_a_count_is_read_as_it_is_written(number):
    assert number == parse_amount(str(number)).value
    assert str(number) == str(parse_amount(f"at least {number}").value)


YAML_TEXT = st.one_of(
    st.text(max_size=80),
    st.text(alphabet="{}[],:&*!|>-#?%@`'\"\n \tab01", max_size=80),
    st.lists(
        st.sampled_from(
            [
                *small.FILES[YEAR].splitlines(),
                "countries: [{kind: origin, named: []}]",
                "published: 2020",
                "note: {en: }",
            ]
        )
    ).map("\n".join),
    st.binary(max_size=80),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(YAML_TEXT, st.sampled_from([YEAR, "reporter.yaml", "data/catalogue.yaml", "data/XX/country.yaml", TEXT]))
def test_any_file_loads_or_is_a_finding(tmp_path, content, name):
    told = findings(tmp_path, {name: content if isinstance(content, bytes) else content.encode(errors="surrogatepass")})
    assert all(each.mark.line >= 1 and each.hint and each.message for each in told)


@given(st.text(alphabet=string.printable, max_size=200))
def test_passages_lose_no_line(text):
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for section, markdown, first in passages(text):
        assert lines[first - 1 : first - 1 + markdown.count("\n") + 1] == markdown.split("\n") or not markdown
        assert section in lines[first - 2]


def test_a_pipe_in_place_of_a_file_is_refused_at_once(tmp_path):
    small.write(tmp_path, {YEAR: None})
    os.mkfifo(tmp_path / YEAR)
    with pytest.raises(DataError) as caught:
        dataset_of(tmp_path, ("XX",))
    assert ["unreadable"] == [each.code for each in caught.value.findings]


# what the annexes need

DUTY = """article_19a:
  breakdowns:
    sex: {label: {en: Sex}, dimension: person, codes: [women]}
  items:
    a: {label: {en: Victims}, breakdowns: [sex]}
"""
ANSWERED = CATALOGUE.replace("dimensions: [person]\n", "dimensions: [person]\n    mappings: {art19a: a}\n")


def test_what_the_law_asks_for_is_read_as_written(tmp_path):
    read = load(tmp_path, {"data/catalogue.yaml": ANSWERED + DUTY}).catalogue.article_19a
    assert [("a", ("sex",))] == [(each.code, each.splits) for each in read.items]
    assert [("sex", "person", ("women",))] == [(each.code, each.dimension, each.codes) for each in read.splits]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("art19a: a", "art19a: z", "36:24 unknown-code: unknown item 'z' of Article 19a | known: a"),
        ("breakdowns: [sex]", "breakdowns: [sexes]", "unknown breakdown 'sexes' | did you mean 'sex'?"),
        ("dimension: person", "dimension: persons", "unknown dimension 'persons' | did you mean 'person'?"),
        ("[women]", "[woman]", "unknown code 'woman' of the dimension 'person' | did you mean 'women'?"),
        ("    a:", "    A:", "wrong-type: 'A' is not a code | write small letters, digits and _"),
    ],
)
def test_a_name_in_article_19a_that_leads_nowhere_is_wrong(tmp_path, old, new, said):
    content = ANSWERED + DUTY
    assert 1 == content.count(old)
    (found,) = wrong(tmp_path, content.replace(old, new), "data/catalogue.yaml")
    assert said in found


def test_an_answer_to_a_law_that_is_not_listed_is_wrong(tmp_path):
    assert [
        "36:24 unknown-code: unknown item 'a' of Article 19a | list it in article_19a, or take it out here"
    ] == wrong(tmp_path, ANSWERED, "data/catalogue.yaml")


@pytest.mark.parametrize(
    ("name", "line", "said"),
    [
        (
            "data/XX/country.yaml",
            "methodology: {contat: {en: X}}",
            "7:15 wrong-type: 'contat' is no heading of the methodology | did you mean 'contact'?",
        ),
        (
            "data/XX/country.yaml",
            "methodology: {contact: X}",
            "7:24 wrong-type: contact: a text needs its language | write {en: …}",
        ),
        (
            "data/catalogue.yaml",
            "abbreviations: {eu: {short: {en: EU}}}",
            "44:21 missing-key: key 'full' is missing | add a line full: …",
        ),
        (
            "data/catalogue.yaml",
            "abbreviations: {eu: {short: EU, full: {en: Union}}}",
            "44:29 wrong-type: short: a text needs its language | write {en: …}",
        ),
    ],
)
def test_a_text_of_the_annexes_that_is_badly_written_is_wrong(tmp_path, name, line, said):
    assert [said] == wrong(tmp_path, small.FILES[name] + line + "\n", name)
