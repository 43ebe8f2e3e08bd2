"""`reporter reconcile unodc`: what agrees and differs, where the other file contradicts itself."""

import pytest

from reporter.check import check
from reporter.data.errors import ExitCode
from reporter.data.i18n import load_locale, three_letters
from reporter.data.read.glotip import read_glotip
from reporter.data.records import vintage
from reporter.figures.reconcile import Agreement, reconcile
from reporter.report.sections import compose
from tests import small
from tests.fixtures import LITHUANIA, Golden
from tests.reconcile.invented import (
    CONVICTED,
    DIFFERS,
    EXPLAINED,
    FILES,
    STAMP,
    THERE,
    VICTIMS,
    invented,
    one,
    result,
    total,
)
from tests.snapshots import dataset_of


@pytest.mark.parametrize("country", FILES)
def test_the_report_of_a_real_file(country, monkeypatch, called, golden: Golden):
    monkeypatch.chdir(LITHUANIA)
    code, out, err = called("reconcile", "unodc", country, f"../glotip/{FILES[country]}.csv")
    assert ExitCode.OK == code
    golden(f"reconcile/{country}.txt", out + err)
    assert 80 >= max(len(line) for line in out.splitlines())


def test_a_year_alone_is_compared_alone():
    found = result("LT", 2017)
    assert {2017} == {each.year for each in found.comparisons}
    assert () == found.stale


def test_a_confidential_number_is_nowhere_in_the_answer(tmp_path, called):
    figures = (
        "  victims.identified: {total: 7331, confidentiality: C}\n  persons.convicted: {total: 4, confidentiality: C}\n"
    )
    root, file = invented(tmp_path, figures, [total(VICTIMS, 12), total(CONVICTED, "<5")])
    for form in ("text", "json"):
        code, out, err = called("reconcile", "unodc", "XX", file, "-w", root, "--format", form)
        assert (0, False) == (code, "7331" in out + err)


def test_a_file_without_a_stamp_is_told_as_one(tmp_path, called):
    root, file = invented(tmp_path, DIFFERS, THERE, EXPLAINED)
    file.write_text(file.read_text().removeprefix(STAMP))
    out = called("reconcile", "unodc", "XX", file, "-w", root)[1]
    assert "XX against a publication that names neither publisher nor date\n" == out.splitlines(keepends=True)[0]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("victims.identified, pub", "victims.identifed, pub", "unknown-indicator: unknown indicator"),
        ("victims.identified, pub", "victims.identified.woman, pub", "unknown-code: unknown code 'woman'"),
        ("office", "ofice", "unknown-source: unknown source 'ofice' | did you mean 'office'?"),
        ("published: 64", "published: many", "'many' cannot be a published figure | write a number, or a mask such"),
        (
            "published: 64",
            "published: 64, year: 2021",
            "wrong-year: a difference explained in 2020 cannot concern 2021",
        ),
        (", reason: {en: A misprint.}", "", "missing-key: key 'reason' is missing"),
    ],
)
def test_an_explanation_that_cannot_be_is_an_error_with_its_place(tmp_path, old, new, said):
    content = f"{small.HEAD}figures:\n{DIFFERS}{EXPLAINED.replace(old, new)}"
    found = small.wrong(tmp_path, content)
    assert any(said in each for each in found)
    assert all(each.startswith("6:") for each in found)


@pytest.mark.parametrize(
    ("figures", "published", "needed"),
    [
        (DIFFERS, "64", True),
        (DIFFERS, "14", False),
        (DIFFERS, "<5", True),
        (DIFFERS, "<20", False),
        ("  victims.identified: missing\n", "64", False),
        ("  victims.identified: suppressed\n", "64", False),
        # Who may know the number may know the difference.
        ("  victims.identified: {total: 14, confidentiality: C}\n", "64", True),
        ("  persons.convicted: 3\n", "64", False),
    ],
)
def test_an_explanation_of_no_difference_is_a_finding(tmp_path, figures, published, needed):
    root, _ = invented(tmp_path, figures, THERE, EXPLAINED.replace("published: 64", f'published: "{published}"'))
    dataset = dataset_of(root, ("XX",))
    codes = [each.code for each in check(dataset.countries[0], dataset)]
    assert needed is ("difference-not-needed" not in codes)


def test_a_difference_that_a_later_edition_settles_is_printed_in_the_earlier_one_only(tmp_path):
    settled = """year: 2021
source: police
revisions:
  - {figure: victims.identified, year: 2020, was: 14, now: 64, reason: {en: A misprint.}}
"""
    root, file = invented(tmp_path, DIFFERS, THERE, EXPLAINED)
    (root / "data/XX/2021.yaml").write_text(settled, encoding="utf-8")
    dataset = dataset_of(root, ("XX",))
    composed = [compose(vintage(dataset, "XX", year), load_locale("en")) for year in (2020, 2021)]
    assert [True, False] == ["differences" in [table.code for table in each.document.tables()] for each in composed]
    assert "difference-not-needed" not in [each.code for each in check(dataset.countries[0], dataset)]
    found = reconcile(vintage(dataset, "XX", 2021), read_glotip(file, "outside.csv", "XXX"))
    assert Agreement.AGREES is one(found, "victims.identified", 2020).agreement


def test_a_country_has_three_letters():
    assert ["LTU", "GRC", "GBR", "XXX", "Q1"] == [three_letters(each) for each in ("LT", "EL", "UK", "XX", "Q1")]
