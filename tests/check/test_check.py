"""The rules: each finds what its broken file breaks, and nothing in a country that is in order."""

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporter.check import OVERALL, RULES, check
from reporter.check.rule import Rule
from reporter.cli.group import run
from reporter.document.outline import SECTIONS
from reporter.errors import Finding, Mark, Severity
from reporter.model import (
    Accepted,
    Confidentiality,
    CountryData,
    Dataset,
    EditionStatus,
    Flag,
    Label,
    ListKind,
    Observation,
    Passage,
    Qualifier,
    Status,
    YearFile,
)
from tests.fixtures import HERE, ROOT, RURITANIA, Golden
from tests.snapshots import dataset_of

DOCS = ROOT / "docs" / "rules.md"
YEAR, TEXT = "data/XX/2022.yaml", "data/XX/text/en/2022.md"
AGE = ("carried-over", "stale-text")
# The sections that a profile may tell about; the others are chapters and pages made from data.
CHAPTERS = [
    chapter for chapter in SECTIONS if not chapter.annex and chapter.code not in ("erratum", "figures", "compared")
]
FORMS = ("sexual", "labour", "begging", "marriage")


def checked(root: Path) -> tuple[Finding, ...]:
    dataset = dataset_of(root, ("XX",))
    return check(dataset.countries[0], dataset)


def line(finding: Finding) -> str:
    return str(finding).splitlines()[0].removeprefix(f"{finding.mark.path}:")


def lay_over(broken: Path, root: Path) -> Path:
    """Ruritania with one file replaced by a broken one; without text where figures are broken, since it prints them."""
    shutil.copytree(RURITANIA, root)
    first, rest = broken.read_text(encoding="utf-8").split("\n", 1)
    if broken.suffix == ".yaml":
        shutil.rmtree(root / "data/XX/text")
        (root / YEAR).write_text(f"{first}\n{rest}", encoding="utf-8")
    else:
        english, mark, lithuanian = rest.partition("<!-- lt -->")
        english, _, earlier = english.partition("<!-- 2021 -->")
        (root / TEXT).write_text(f"\n{english}", encoding="utf-8")
        if earlier:
            (root / TEXT.replace("2022", "2021")).write_text(earlier, encoding="utf-8")
        if mark:
            speak_twice(root, lithuanian)
    return root


def speak_twice(root: Path, text: str) -> None:
    """Publishes Ruritania in a second language, with the same texts but for that of the last year."""
    shutil.copytree(root / "data/XX/text/en", root / "data/XX/text/lt")
    (root / "data/XX/text/lt/2022.md").write_text(text, encoding="utf-8")
    settings = (root / "reporter.yaml").read_text(encoding="utf-8")
    (root / "reporter.yaml").write_text(settings.replace("[en]", "[en, lt]"), encoding="utf-8")


@dataclass(frozen=True)
class Example:
    """A file of tests/data/broken: the finding it is for and, where it is told, what to do.

    It is named RULE.yaml, or RULE.BRANCH.yaml where the rule finds something else too.
    """

    path: Path

    @property
    def rule(self) -> str:
        return self.path.name.partition(".")[0]

    @property
    def expected(self) -> str:
        return re.sub(r"^(# |<!-- )|( -->)$", "", self.path.read_text(encoding="utf-8").splitlines()[0])

    @property
    def hint(self) -> str:
        _, second, *_ = self.path.read_text(encoding="utf-8").splitlines()
        return second.removeprefix("# hint: ") if second.startswith("# hint: ") else ""


EXAMPLES = [Example(path) for path in sorted((HERE / "data" / "broken").iterdir())]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Example], list[Finding]]:
    """`found(example)` is what a broken file adds to the findings of Ruritania.

    That a short text carries others over is expected.
    """
    clean = checked(RURITANIA)

    @cache
    def added(example: Example) -> list[Finding]:
        expected = clean if example.rule in AGE else (*clean, *AGE)
        # A second language is missing in the data of Ruritania as well.
        expected = (*expected, "untranslated") if example.rule.startswith("translation") else expected
        findings = checked(lay_over(example.path, tmp_path_factory.mktemp("broken") / "root"))
        return [each for each in findings if each not in expected and each.code not in expected]

    return added


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.path.name)
def test_a_rule_finds_what_its_file_breaks_and_nothing_else_is_found(
    example: Example, found: Callable[[Example], list[Finding]]
):
    findings = found(example)
    assert ([example.expected], example.rule) == ([line(each) for each in findings], findings[0].code)
    assert findings[0].hint
    assert example.hint in ("", findings[0].hint)


CAMPAIGN = "activities:\n  walk:\n    kind: campaign\n    title: {en: Walk}\n"
RIGHT = [
    f"{CAMPAIGN}    period: 2021/2022\n    figures: {{posters: 50, large_format: {{value: 20, part_of: posters}}}}\n",
    "figures:\n  victims.recognised: {total: missing, flags: [m]}\n",
    "figures:\n  sentences.shortest: 11\n  sentences.longest: 11\n",
    "figures:\n  victims.recognised: {total: 12, period: 2021/2022}\n",
    "figures:\n  victims.identified: {total: missing, by person: {women: 16, men: 14}, incomplete: [person]}\n",
    "figures:\n  victims.identified: {total: suppressed, by person: {women: suppressed, men: suppressed}}\n",
    "revisions:\n  - {figure: cases.brought_to_trial, year: 2021, was: 7, now: 9, reason: {en: Late.}}\n",
]


@pytest.mark.parametrize("lines", RIGHT)
def test_what_is_written_rightly_is_not_found(tmp_path: Path, lines: str):
    right = tmp_path / "right.yaml"
    right.write_text(f"year: 2022\nsource: rapporteur_report\n{lines}", encoding="utf-8")
    clean = checked(RURITANIA)
    assert [] == [line(each) for each in checked(lay_over(right, tmp_path / "root")) if each not in clean]


def test_every_rule_has_a_broken_file_and_every_file_a_rule():
    codes = [rule.code for rule in (*RULES, *OVERALL)]
    assert [] == [code for code in codes if code not in {each.path.stem for each in EXAMPLES}]
    assert [] == [each.path.name for each in EXAMPLES if each.rule not in codes]


def row(rule: Rule, example: Finding) -> str:
    """The line of docs/rules.md about a rule: the languages whose words it knows, what its broken file shows."""
    only = f" (texts in {' and '.join(rule.reads)} only)" if rule.reads else ""
    cells = (f"`{rule.code}`", rule.severity, f"{rule.title}{only}", example.message, example.hint)
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |\n"


def test_the_rules_are_documented_in_their_order(golden: Golden, found: Callable[[Example], list[Finding]]):
    examples = {each.path.stem: each for each in EXAMPLES}
    rows = "".join(row(rule, found(examples[rule.code])[0]) for rule in (*RULES, *OVERALL))
    page = DOCS.read_text(encoding="utf-8")
    before, rule, rest = page.partition("|---|---|---|---|---|\n")
    golden("../../docs/rules.md", before + rule + rows + re.sub(r"\A(\|.*\n)*", "", rest))


def test_the_errors_of_reading_are_documented():
    sources = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "reporter/load").glob("*.py"))
    codes = {*re.findall(r'"([a-z]+(?:-[a-z0-9]+)+|unreadable)"', sources)} - {"utf-8", "utf-8-sig"}
    documented = {*re.findall(r"^\| `([a-z0-9-]+)` \|", DOCS.read_text(encoding="utf-8"), re.M)}
    assert set() == codes - documented


# Ruritania


def test_ruritania_is_in_order():
    findings = checked(RURITANIA)
    assert () == tuple(each for each in findings if each.severity is Severity.ERROR and not each.accepted)
    assert [line(each) for each in findings if each.severity is Severity.WARNING and not each.accepted] == []


def test_ruritania_has_something_of_everything(ruritania: Dataset):
    data = ruritania.countries[0]
    seen = [*data.observations, *(count for each in data.activities for count in each.figures)]
    assert set(Flag) == {flag for each in seen for flag in each.flags}
    assert set(Confidentiality) == {each.confidentiality for each in seen}
    assert set(Status) == {each.status for each in seen}
    assert set(Qualifier) == {each.qualifier for each in seen}
    assert set(ListKind) == {each.kind for each in data.lists}
    assert set(EditionStatus) == {each.status for each in data.years}
    assert {year.year for year in data.years} == {2018, 2019, 2021, 2022}
    assert any(each.value == 0 for each in seen)
    written = {each.section for each in data.passages if each.year == 2022}
    assert [] == [chapter.code for chapter in CHAPTERS if written.isdisjoint(part.code for part in chapter.walk())]


# Lithuania


def test_the_contradictions_in_the_lithuanian_data_are_found(lithuania: Dataset):
    found = {(each.code, each.figure, each.year) for each in check(lithuania.countries[0], lithuania)}
    expected = {
        ("parts-make-total", "investigations.opened", 2014),
        ("parts-make-total", "investigations.opened", 2017),
        ("parts-make-total", "persons.prosecuted", 2017),
        ("conducted-covers-opened", "investigations.conducted", 2017),
        ("stock-flow", "investigations.conducted", 2018),
        ("break-in-series", "assistance.persons", 2012),
        ("jump", "persons.convicted", 2018),
        ("jump", "assistance.persons", 2017),
        ("convicted-over-prosecuted", "persons.convicted", 2016),
        *(("sex-not-derivable", "victims.identified", year) for year in (2016, 2018, 2019, 2020)),
    }
    assert set() == expected - found


def test_every_finding_in_the_lithuanian_data_is_answered(lithuania: Dataset):
    findings = check(lithuania.countries[0], lithuania)
    assert [line(each) for each in findings if each.severity is not Severity.NOTE and not each.accepted] == []


# acceptance


def test_an_accepted_finding_carries_its_reason_and_no_longer_blocks():
    found = next(each for each in checked(RURITANIA) if each.code == "parts-make-total")
    assert (found.severity, found.accepted) == (Severity.ERROR, "As published: the forms leave out two investigations.")


def accept(dataset: Dataset, rule: str, figure: str, year: int) -> list[str]:
    entry = Accepted(rule, figure, year, 2022, Label((("en", "Known."),)), Mark("data/XX/2022.yaml", 90))
    data = dataset.countries[0]
    findings = check(replace(data, accepted=(*data.accepted, entry)), dataset)
    return [each.message for each in findings if each.code == "accepted-not-needed"]


def test_accepting_what_does_not_exist_is_an_error(ruritania: Dataset):
    assert accept(ruritania, "jumps", "persons.convicted", 2019) == ["no rule is called 'jumps'"]
    assert accept(ruritania, "jump", "persons.convict", 2019) == ["no figure is called 'persons.convict'"]
    assert accept(ruritania, "jump", "persons.convicted", 2021) == [
        "no finding jump of persons.convicted in 2021 to accept"
    ]
    assert accept(ruritania, "break-in-series", "assistance.persons", 2019) == []


def test_a_finding_corrected_by_a_later_revision_still_concerns_the_earlier_edition(tmp_path: Path):
    root = tmp_path / "workspace"
    shutil.copytree(RURITANIA, root)
    year = root / YEAR
    revision = (
        "revisions:\n  - {figure: investigations.opened, year: 2021, was: 30, now: 28, reason: {en: Corrected.}}\n"
    )
    year.write_text(year.read_text(encoding="utf-8") + revision, encoding="utf-8")
    found = [(each.code, each.accepted != "") for each in checked(root) if each.severity is Severity.ERROR]
    assert found == [("parts-make-total", True)]


# text


def told(dataset: Dataset, year: int, section: str, markdown: str) -> list[str]:
    """The findings of one passage put in the place of all others, as lines of its file."""
    passage = Passage(section, "en", year, markdown, Mark(f"data/XX/text/en/{year}.md", 2))
    findings = check(replace(dataset.countries[0], passages=(passage,)), dataset)
    return [line(each) for each in findings if each.mark.path.endswith(".md") and each.code not in AGE]


def test_a_text_carried_over_needs_values_that_name_their_year(ruritania: Dataset):
    bare = "{{ victims.recognised }} victims were recognised."
    message = "2:1: error: victims.recognised has no value to print [no-value]"
    assert [message] == told(ruritania, 2019, "victims", bare)
    assert told(ruritania, 2019, "victims", "{{ victims.recognised | at(2019) }} victims were recognised.") == []


def unchanged(dataset: Dataset, old: str, new: str | None, heading: tuple[str, str] = ("", "")) -> list[str]:
    """What is said of a section of 2021, and of the same in 2022 when it is written anew."""
    written = [(2021, old, heading[0])] + ([(2022, new, heading[1])] if new is not None else [])
    passages = []
    for year, text, title in written:
        path = f"data/XX/text/en/{year}.md"
        headline = Passage("victims", "en", year, title, Mark(path, 1, 12)) if title else None
        passages.append(Passage("victims", "en", year, text, Mark(path, 2), headline))
    findings = check(replace(dataset.countries[0], passages=tuple(passages)), dataset)
    return [str(each.mark).removeprefix("data/XX/text/en/") for each in findings if each.code == "words-unchanged"]


FIGURE, LISTED = "{{ victims.identified }}", "- Few.\n- Only {{ victims.identified }} victims came."


def test_a_paragraph_that_prints_other_figures_in_the_same_words_is_found(ruritania: Dataset):
    told = f"First.\n\nFew victims came: {FIGURE}."
    assert ["2021.md:4:19"] == unchanged(ruritania, told, None)
    assert ["2022.md:2:19"] == unchanged(ruritania, told, f"Few victims\ncame: {FIGURE}.".replace("\n", " "))
    assert ["2022.md:3:8"] == unchanged(ruritania, LISTED, LISTED.replace("- Few.", "- Many."))
    assert ["2022.md:1:12"] == unchanged(ruritania, "Old.", "New.", (f"{FIGURE} victims",) * 2)


def test_words_that_changed_with_their_figures_are_not_found(ruritania: Dataset):
    assert [] == unchanged(ruritania, f"Few: {FIGURE}.", f"More: {FIGURE}.")
    assert [] == unchanged(ruritania, "In 2021: {{ victims.identified | at(2021) }}.", None)
    assert [] == unchanged(ruritania, '{{ victims.identified | rose("More") }} victims came.', None)
    assert [] == unchanged(ruritania, "For {{ law.reflection.reflection }} days.", None)
    assert [] == unchanged(ruritania, "The partners: {{ countries.cooperation }}.", None)


@pytest.mark.parametrize(
    "text",
    [
        "Articles 147, 147-1 and 157 protect victims.",
        "Directive 2011/36/EU protects victims.",
        "The programme of 2017–2019 and its 3rd course reached clients on 18 October 2019.",
        "The STROM 2 posters warn victims aged 15 to 17.",
        "Call +370 5 271 97 93 or write to 24@victims.example, 24 hours a day.",
        "1. Victims first.\n2. Clients second.",
        "Persons assisted under 18 are children.",
        "Of the 27 Member States, some count victims.",
        "Some 5 persons came for 3 years.",
    ],
)
def test_names_dates_and_numbers_of_provisions_may_be_typed(ruritania: Dataset, text: str):
    assert told(ruritania, 2022, "victims", text) == []


@pytest.mark.parametrize(
    ("text", "place", "number"),
    [
        ("The police opened 33 investigations.", "2:19", "'33'"),
        ("Some 5 001 colourful\nposters were shown.", "2:6", "'5 001'"),
        ("Clients numbered\nabout 110.", "3:7", "'110'"),
        ("- Of victims\n- and of 12 victims", "3:10", "'12'"),
        ('Many{{ note("Not 30 victims.") }}.', "2:5", "'30'"),
    ],
)
def test_counts_typed_by_hand_are_found_at_their_place(ruritania: Dataset, text: str, place: str, number: str):
    found = told(ruritania, 2022, "prevention", text)
    assert [f"{place}: error: {number}"] == [each.split(" is typed")[0] for each in found]


def test_a_term_of_several_words_is_found_by_all_of_them(ruritania: Dataset):
    """Persons prosecuted and persons assisted begin alike; only the whole term says which figure is meant."""
    passage = Passage("victims", "en", 2022, "There were 13 persons convicted.", Mark("2022.md", 2))
    findings = check(replace(ruritania.countries[0], passages=(passage,)), ruritania)
    expected = (
        "2022.md:2:12: error: '13' is typed by hand beside 'persons convicted' [hand-typed-number]\n"
        "  hint: print the value itself, such as {{ persons.convicted }}"
    )
    assert [expected] == [str(each) for each in findings if each.code == "hand-typed-number"]


def test_a_text_is_judged_for_the_year_it_was_written_and_not_again_when_carried_over(ruritania: Dataset):
    data = ruritania.countries[0]
    lost = [seen for seen in data.observations if (seen.figure, seen.year) != ("persons.charged", 2022)]
    before = [seen for seen in lost if (seen.figure, seen.year) != ("persons.charged", 2021)]
    later, neither = (
        replace(ruritania, countries=(replace(data, observations=tuple(seen)),)) for seen in (lost, before)
    )
    text = "Nobody was charged in court."
    expected = "2:12: warning: 'charged' is used, but persons.charged is not stated for {} [undefined-term]"
    assert [] == told(later, 2021, "criminal_justice", text)
    assert [expected.format(2022)] == told(later, 2022, "criminal_justice", text)
    assert [expected.format(2021)] == told(neither, 2021, "criminal_justice", text)
    # Meetings are counted since 2022 only.
    typed = "2:6: error: '12' is typed by hand beside 'meetings' [hand-typed-number]"
    assert [] == told(ruritania, 2021, "prevention", "Some 12 meetings were held.")
    assert [typed] == told(ruritania, 2022, "prevention", "Some 12 meetings were held.")


def test_a_word_for_a_step_of_justice_needs_its_figure(ruritania: Dataset):
    expected = ["2:12: warning: 'charged' is used, but persons.charged is not stated for 2021 [undefined-term]"]
    data = ruritania.countries[0]
    unsaid = [each for each in data.observations if (each.figure, each.year) != ("persons.charged", 2021)]
    dataset = replace(ruritania, countries=(replace(data, observations=tuple(unsaid)),))
    assert expected == told(dataset, 2021, "criminal_justice", "Nobody was charged in court.")
    assert told(dataset, 2021, "criminal_justice", "The number of persons charged is not available.") == []
    assert told(dataset, 2021, "criminal_justice", "In 2018, more persons were charged.") == []
    assert told(dataset, 2021, "criminal_code", "Whoever is charged has a lawyer.") == []
    assert told(ruritania, 2021, "criminal_justice", "Nobody was charged in court.") == []


def test_an_item_of_a_list_may_be_called_an_aim_by_the_sentence_before(ruritania: Dataset):
    item = "- {{ activities.town_meetings.meetings }} a year."
    assert len(told(ruritania, 2022, "prevention", f"Every town:\n\n- a poster;\n{item}")) == 1
    assert told(ruritania, 2022, "prevention", f"The aims for every town:\n\n- a poster;\n{item}") == []


# figures, whatever their values


def invented(dataset: Dataset, *figures: Observation) -> set[tuple[str, int | None]]:
    """What is found in a country with these figures alone."""
    years = sorted({each.year for each in figures})
    files = tuple(YearFile(year, EditionStatus.FINAL, "", "", "", Mark(f"data/XX/{year}.yaml")) for year in years)
    country = replace(dataset.countries[0].country, provisions=())
    data = CountryData(country, files, figures, (), (), (), (), (), ())
    return {(each.code, each.year) for each in check(data, dataset) if each.code != "jump"}


def figure(indicator: str, value: int, year: int = 2022, code: str = "", **more: object) -> Observation:
    axis = "" if not code else "form" if code in FORMS else "person"
    mark = Mark(f"data/XX/{year}.yaml", len(indicator), len(code) + 1)
    seen = Observation("XX", year, indicator, Decimal(value), mark, year, "", axis, code)
    return replace(seen, **more)


counts = st.integers(0, 300)


@given(st.lists(counts, min_size=1, max_size=4), st.data())
def test_parts_that_make_the_total_pass_and_one_changed_part_is_one_finding(ruritania, numbers, data):
    total = figure("investigations.opened", sum(numbers))
    breakdown = [figure("investigations.opened", n, code=code) for n, code in zip(numbers, FORMS, strict=False)]
    assert set() == invented(ruritania, total, *breakdown)
    place = data.draw(st.integers(0, len(numbers) - 1))
    value = data.draw(counts.filter(lambda n: n != numbers[place]))
    breakdown[place] = replace(breakdown[place], value=Decimal(value))
    assert len(invented(ruritania, total, *breakdown)) == 1


@given(st.lists(counts, min_size=1, max_size=4), st.integers(0, 50))
def test_a_remainder_is_allowed_only_where_parts_are_said_to_be_missing(ruritania, numbers, rest):
    total = figure("investigations.opened", sum(numbers) + rest, incomplete=("form",))
    breakdown = [figure("investigations.opened", n, code=code) for n, code in zip(numbers, FORMS, strict=False)]
    found = invented(ruritania, total, *breakdown)
    zeros = len(numbers) > 1 and not any(numbers) and rest
    assert ({("zero-or-missing", 2022)} if zeros else set()) == found
    breakdown[0] = replace(breakdown[0], value=Decimal(numbers[0] + rest + 1))
    assert len(invented(ruritania, total, *breakdown)) == 1


@given(counts, counts, counts, counts, st.integers(1, 50))
def test_children_are_girls_and_boys_and_adults_women_and_men(ruritania, women, men, girls, boys, more):
    numbers = {
        "adults": women + men,
        "women": women,
        "men": men,
        "children": girls + boys,
        "girls": girls,
        "boys": boys,
    }
    total = figure("victims.identified", women + men + girls + boys)
    parts = {code: figure("victims.identified", n, code=code) for code, n in numbers.items()}
    assert set() == invented(ruritania, total, *parts.values())
    parts["girls"] = replace(parts["girls"], value=Decimal(girls + more))
    assert len(invented(ruritania, total, *parts.values())) == 1


@given(st.lists(st.tuples(counts, counts), min_size=2, max_size=6), st.data())
def test_nothing_is_carried_over_that_was_not_there(ruritania, numbers, data):
    conducted = 0
    figures, carried = {}, {}
    for year, (opened, over) in enumerate(numbers, 2000):
        carried[year] = min(over, conducted) if figures else over
        conducted, before = opened + carried[year], conducted
        figures["o", year] = figure("investigations.opened", opened, year)
        figures["c", year] = figure("investigations.conducted", conducted, year)
        spare = before - carried[year]
    assert set() == invented(ruritania, *figures.values()) - {("repeated-value", year) for year in carried}
    last = figures["c", year]
    figures["c", year] = replace(last, value=last.value + spare + data.draw(st.integers(1, 50)))
    assert {("stock-flow", year)} == invented(ruritania, *figures.values())


# changes


def jumps(dataset: Dataset, *values: int | None, **last: object) -> list[str]:
    series = [figure("persons.convicted", n, year) for year, n in enumerate(values, 2000) if n is not None]
    series[-1] = replace(series[-1], **last)
    country = replace(dataset.countries[0].country, provisions=())
    files = tuple(YearFile(each.year, EditionStatus.FINAL, "", "", "", each.mark) for each in series)
    data = CountryData(country, files, tuple(series), (), (), (), (), (), ())
    return [each.message.partition(" ")[2] for each in check(data, dataset) if each.code == "jump"]


def test_a_jump_is_more_than_ten_and_more_than_half(ruritania: Dataset):
    assert jumps(ruritania, 20, 31) == ["rose from 20 in 2000 to 31 in 2001"]
    assert jumps(ruritania, 20, 30) == []
    assert jumps(ruritania, 30, 45) == []
    assert jumps(ruritania, 48, 14) == ["fell from 48 in 2000 to 14 in 2001"]


def test_a_jump_leaves_the_usual_range_of_five_years(ruritania: Dataset):
    assert jumps(ruritania, 100, 102, 98, 101, 104, 125) == ["rose from 104 in 2004 to 125 in 2005"]
    assert jumps(ruritania, 102, 98, 104, 125) == []
    assert jumps(ruritania, 100, 102, 98, 101, 160, 148)[1:] == []


def test_nothing_jumps_across_a_break_a_definition_or_a_missing_year(ruritania: Dataset):
    assert jumps(ruritania, 20, 60, flags=frozenset({Flag.BREAK})) == []
    assert jumps(ruritania, 20, 60, definition="other") == []
    assert jumps(ruritania, 20, 60, qualifier=Qualifier.AT_LEAST) == []
    assert jumps(ruritania, 20, None, 60) == []


def test_a_language_that_the_program_does_not_speak_is_told_of(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    shutil.copytree(RURITANIA, tmp_path / "w", ignore=shutil.ignore_patterns("build"))
    settings = tmp_path / "w" / "reporter.yaml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("[en]", "[en, lt, de]"), encoding="utf-8")
    command = ["check", "XX", "--format", "json", "-w", str(tmp_path / "w")]
    expected = "the program has no words in de: its headings, labels and sentences stay English"

    def told() -> list[str]:
        run(command)
        findings = json.loads(capsys.readouterr().out)
        return [each["message"] for each in findings if each["code"] == "no-messages"]

    assert [expected] == told()
    (tmp_path / "w" / "translations").mkdir()
    (tmp_path / "w" / "translations" / "de.po").write_text('msgid "Contents"\nmsgstr "Inhalt"\n', encoding="utf-8")
    assert [] == told()
