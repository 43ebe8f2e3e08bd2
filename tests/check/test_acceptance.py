"""An accepted finding is accepted for what it rests on: another number, year, text or message ends it."""

import re
from collections.abc import Mapping

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from reporter.check import check
from reporter.cli.finding_lines import lines_to_accept
from reporter.data.errors import EVERY_YEAR, Finding
from reporter.data.files.sources import Sources
from reporter.data.read.dataset import load_dataset
from reporter.data.records import Status
from tests import small
from tests.check.broken import Example
from tests.fixtures import HERE
from tests.snapshots import MEMORY

BROKEN = HERE / "data" / "broken"
YEARS = (2018, 2019, 2020)
# Totals and parts by both breakdowns, as the small catalogue has them.
FIGURES = {
    "investigations.opened": ("form", ("sexual", "labour")),
    "victims.identified": ("person", ("women", "men", "children", "girls", "boys")),
    "persons.convicted": ("", ()),
}
Figures = dict[tuple[int, str], str]


def found_in(files: Mapping[str, str | None], *, frozen: bool = False) -> tuple[Finding, ...]:
    contents = {name: text.encode() for name, text in {**small.FILES, **files}.items() if text is not None}
    dataset, faults = load_dataset(Sources.from_contents(contents), ["XX"], frozen=frozen, memory=MEMORY)
    assert () == faults
    return check(dataset.countries[0], dataset)


def year_file(year: int, figures: Figures, entries: str = "") -> str:
    lines = [f"year: {year}", "source: police", "status: provisional", "figures:"]
    for name, (axis, codes) in FIGURES.items():
        parts = ", ".join(f"{code}: {v}" for code in codes if (v := figures.get((year, f"{name}.{code}"))))
        total = figures.get((year, name), "missing")
        broken_down = f", by {axis}: {{{parts}}}" if parts else ""
        lines.append(f"  {name}: {{total: {total}{broken_down}}}")
    return "\n".join([*lines, *([f"accepted:\n{entries}"] if entries else []), ""])


def files_of(figures: Figures, entries: Mapping[int, str] | None = None) -> dict[str, str | None]:
    known = {f"data/XX/{year}.yaml": year_file(year, figures, (entries or {}).get(year, "")) for year in YEARS}
    return {**known, small.TEXT: None}


def entry_of(finding: Finding) -> str:
    """The lines that are printed to be pasted, without what is said above them."""
    _, *lines = lines_to_accept(finding, ["en"])
    return "\n".join(lines)


def answerable(findings: tuple[Finding, ...]) -> list[Finding]:
    return [each for each in findings if lines_to_accept(each, ["en"])]


values = st.one_of(
    st.integers(0, 90).map(str),
    st.sampled_from(["missing", "suppressed", "not collected", "at least 5", "about 30", "0", "4", "40"]),
)
addresses = list(FIGURES) + [f"{name}.{code}" for name, (_, codes) in FIGURES.items() for code in codes]
cells = st.dictionaries(st.tuples(st.sampled_from(YEARS), st.sampled_from(addresses)), values, min_size=4, max_size=24)


@settings(max_examples=20)
@given(cells, st.data())
def test_an_entry_accepts_what_it_was_printed_for_and_no_other_number(figures: Figures, data: st.DataObject):
    before = answerable(found_in(files_of(figures)))
    assume(before)
    finding = data.draw(st.sampled_from(before))
    entry = {finding.since: entry_of(finding)}
    after = found_in(files_of(figures, entry))
    (same,) = [each for each in after if (each.code, each.message, each.mark.path) == key(finding) and each.accepted]
    assert (finding.values, finding.words) == (same.values, same.words)
    assert [] == [each.message for each in after if each.code == "accepted-not-needed"]
    assert [] == [each for each in after if each.accepted and each != same]

    known = [each for each in finding.values if each[2] != Status.SUPPRESSED]
    assume(known)
    year, address, text = data.draw(st.sampled_from(known))
    other = data.draw(values.filter(lambda each: each != text))
    changed = found_in(files_of({**figures, (year, address): other}, entry))
    assert [] == [each.message for each in changed if each.accepted]
    assert 1 == len([each for each in changed if each.code == "accepted-not-needed"])


def key(finding: Finding) -> tuple[str, str, str]:
    return finding.code, finding.message, finding.mark.path


@settings(max_examples=20)
@given(cells)
def test_findings_of_one_rule_figure_and_year_rest_on_different_things_and_on_all_that_they_say(figures: Figures):
    found = found_in(files_of(figures))
    rests = [(each.code, each.figure, each.year, each.values, each.words) for each in found if each.figure]
    assert len(rests) == len({*rests})
    for each in answerable(found):
        assert set() == numbers_only_said(each), each.message


# What parts make together, and what is left, follows from the values.
WORKED_OUT = ("parts-make-total", "assisted-parts", "nested-ages", "stock-flow", "presumed-and-identified")


def numbers_only_said(finding: Finding) -> set[str]:
    """The numbers of a message that the finding does not say it rests on; years and how many are no values."""
    numbers = {
        each for each in re.findall(r"\b\d+(?:\.\d+)?\b", finding.message) if not re.fullmatch(r"[12]\d{3}", each)
    }
    known = {text.rpartition(" ")[2] for _, _, text in finding.values} | {*re.findall(r"\d+(?:\.\d+)?", finding.words)}
    return set() if finding.code in WORKED_OUT else numbers - known - {str(len(finding.values))}


BASE = {
    "data/XX/2019.yaml": "year: 2019\nsource: police\nfigures: {victims.identified: 39}\nstatus: final\n",
    small.TEXT: None,
}
JUMP = "  - {rule: jump, figure: victims.identified, reason: {en: Known.}, VALUES}\n"
NAMED = "jump of victims.identified in 2020"
FELL = "values: {2019: {victims.identified: 39}, 2020: {victims.identified: 12}}"


def told(value: int | str, written: str = FELL, **frozen: bool) -> list[str]:
    figures = f"figures: {{victims.identified: {value}}}\n"
    entry = JUMP.replace("VALUES", written) if written else JUMP.replace(", VALUES", "")
    found = found_in({**BASE, small.YEAR: f"{small.HEAD}{figures}accepted:\n{entry}"}, **frozen)
    return [f"{each.code}: {each.message}" for each in found if each.mark.path == small.YEAR and not each.accepted]


def test_an_entry_holds_for_its_numbers_however_they_are_written():
    assert [] == told(12)
    assert [] == told(12, FELL.replace("12", "12.0"))
    assert 2 == len(told(12, FELL.replace("12", "at least 12")))
    assert [
        "jump: victims.identified rose from 39 in 2019 to 70 in 2020",
        f"accepted-not-needed: {NAMED} is accepted for 12, now 70 (victims.identified of 2020)",
    ] == told(70)


def test_an_entry_without_values_accepts_nothing_and_is_told_what_to_write():
    found = [each for each in told(12, "") if each.startswith("accepted-not-needed")]
    assert [f"accepted-not-needed: {NAMED} is accepted without values"] == found
    entry = JUMP.replace(", VALUES", "")
    figures = "figures: {victims.identified: 12}\n"
    findings = found_in({**BASE, small.YEAR: f"{small.HEAD}{figures}accepted:\n{entry}"})
    (hint,) = [each.hint for each in findings if each.code == "accepted-not-needed"]
    assert f"check it again: if the reason is right, add {FELL}" == hint


def test_a_number_that_is_masked_now_ends_what_was_accepted_for_it():
    figures = "figures: {victims.identified: {total: missing, by person: {women: 20, men: suppressed}}}\n"
    values = "{2020: {victims.identified: missing, victims.identified.women: 20, victims.identified.men: 3}}"
    entry = f"  - {{rule: zero-or-missing, figure: victims.identified, reason: {{en: Known.}}, values: {values}}}\n"
    found = found_in({**BASE, small.YEAR: f"{small.HEAD}{figures}accepted:\n{entry}"})
    (message,) = [each.message for each in found if each.code == "accepted-not-needed"]
    assert message.endswith(" is accepted for 3, now suppressed (victims.identified.men of 2020)")


def test_an_entry_of_a_published_file_accepts_what_it_accepted_then():
    assert [] == told(12, "", frozen=True)
    assert [] == told(70, FELL, frozen=True)


TEXT = "# general_situation\n\nNumbers are small.\n\nThere were 12 investigations, most of them of labour.\n"


def text_findings(text: str, entries: str = "") -> list[Finding]:
    year = small.FILES[small.YEAR] + (f"accepted:\n{entries}" if entries else "")
    found = found_in({small.TEXT: text, small.YEAR: year})
    return [each for each in found if each.code in ("hand-typed-number", "accepted-not-needed")]


@pytest.mark.parametrize(
    "other",
    [TEXT.replace("12", "13"), TEXT.replace("labour", "begging"), TEXT.replace("most of them", "17 investigations")],
)
def test_a_finding_about_words_is_accepted_for_its_paragraph(other: str):
    (finding,) = text_findings(TEXT)
    entry = entry_of(finding)
    assert [True] == [bool(each.accepted) for each in text_findings(TEXT, entry)]
    assert [True] == [bool(each.accepted) for each in text_findings(TEXT.replace("are small", "vary"), entry)]
    assert not any(each.accepted for each in text_findings(other, entry))
    assert "other words" in text_findings(other, entry)[-1].message + text_findings(other, entry)[0].message


def test_a_withheld_value_that_a_later_file_repeats_is_one_too():
    women = "by person: {women: {value: 3, confidentiality: C}}, incomplete: [person]"
    files = {
        "data/XX/2019.yaml": f"year: 2019\nsource: police\nfigures: {{victims.identified: {{total: 60, {women}}}}}\n",
        small.YEAR: f"{small.HEAD}earlier: {{2019: {{victims.identified.women: 3}}}}\n"
        "revisions:\n  - {figure: victims.identified.women, year: 2019, was: 2, now: 3, reason: {en: Late.}}\n",
        small.TEXT: None,
    }
    found = [each.values for each in found_in(files) if each.code == "unrecorded-revision"]
    assert found
    assert {((2019, "victims.identified.women", "3"),)} == {*found}


def test_an_entry_for_a_provision_names_no_year():
    country = small.FILES["data/XX/country.yaml"].replace("prison_max: 12", "prison_max: -2")
    found = [each for each in answerable(found_in({"data/XX/country.yaml": country})) if each.figure.startswith("law")]
    assert [((0, "law.cc_1.prison_max", "-2"),)] == [each.values for each in found]
    assert f"values: {{{EVERY_YEAR}: {{law.cc_1.prison_max: -2}}}}" == found[0].foundation[0]
    entry = f"accepted:\n{entry_of(found[0])}\n"
    after = found_in({"data/XX/country.yaml": country, small.YEAR: small.FILES[small.YEAR] + entry})
    assert [True] == [bool(each.accepted) for each in after if each.figure == "law.cc_1.prison_max"]


def test_every_finding_that_can_be_accepted_says_what_it_rests_on(found):
    findings = [each for path in sorted(BROKEN.iterdir()) for each in found(Example(path)) if each.figure]
    assert [] == [each.message for each in findings if not (each.values or each.words)]
    assert [] == [(each.message, said) for each in findings if (said := numbers_only_said(each))]
    prose = [each for each in findings if each.figure.startswith("text.")]
    assert [] == [each.message for each in prose if each.message not in each.words]
    # A text begins with an empty line, at which its problems are.
    assert "section challenges is not written in lt: Much remains to be done." in {each.words for each in prose}
