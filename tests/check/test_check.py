"""The rules: each finds what its broken file breaks, and nothing in a country that is in order."""

import json
import re
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from reporter.check import OVERALL, RULES, check, unread_languages
from reporter.check.rule import Rule
from reporter.cli.group import run
from reporter.data.errors import Finding, Mark, Severity
from reporter.data.i18n.refresh import translated_problem
from reporter.data.records import Accepted, Dataset, Label, Passage
from reporter.data.records.label import language_of
from reporter.data.records.message import Told
from reporter.text.expression import parse
from tests.check.broken import Example, checked, lay_over, line
from tests.fixtures import HERE, LITHUANIA, ROOT, RURITANIA
from tests.snapshots import dataset_of, translated

DOCS = ROOT / "docs" / "rules.md"
LITHUANIAN = translated("lt", LITHUANIA)
EXAMPLES = [Example(path) for path in sorted((HERE / "data" / "broken").iterdir())]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.path.name)
def test_a_rule_finds_what_its_file_breaks_and_nothing_else_is_found(example, found):
    findings = found(example)
    assert ([example.expected], example.rule) == ([line(each) for each in findings], findings[0].code)
    assert findings[0].hint
    assert example.hint in ("", findings[0].hint)
    assert example.path.stem != example.rule or row(findings[0]) in DOCS.read_text(encoding="utf-8").splitlines()


def untold(findings: Iterable[Finding]) -> list[str]:
    of_figures = [each.message for each in findings if each.figure and not each.private]
    told = {frame for each in of_figures if isinstance(each, Told) for frame in frames(each)}
    signs = re.compile(r"[\W\d_]|_\d")
    unknown = sorted(each for each in told - LITHUANIAN.translated if signs.sub("", re.sub(r"\{\w+\}", "", each)))
    return [str(each) for each in of_figures if not isinstance(each, Told)] + unknown


def test_whatever_is_found_and_what_mends_it_can_be_said_in_lithuanian(found):
    findings = [*checked(RURITANIA), *(each for example in EXAMPLES for each in found(example))]
    findings += unread_languages(("fi", "lt"), dataset_of(RURITANIA, ("XX",)).catalogue)
    texts = {each.hint for each in findings} | {each.message for each in findings if not isinstance(each.message, Told)}
    assert [] == sorted(each for each in texts if each and language_of(translated_problem(each, LITHUANIAN)))


def frames(message: Told) -> Iterator[str]:
    yield message.frame
    for part in message.parts.values():
        for each in part if isinstance(part, tuple) else (part,):
            if isinstance(each, Told):
                yield from frames(each)


def test_whatever_is_found_about_a_figure_can_be_told_in_lithuanian_and_what_a_hint_proposes_is_an_expression(found):
    findings = [each for example in EXAMPLES for each in found(example)]
    assert [] == untold((*checked(RURITANIA), *findings))
    proposed = [text for each in findings for text in re.findall(r"\{\{.*?\}\}", each.hint)]
    assert proposed
    assert [] == [text for text in proposed if parse(Passage("justice", "en", 2022, text, Mark("2022.md", 1)))[1]]


CAMPAIGN = "activities:\n  walk:\n    kind: campaign\n    title: {en: Walk}\n"
RIGHT = [
    f"{CAMPAIGN}    period: 2021/2022\n    figures: {{posters: 50, large_format: {{value: 20, part_of: posters}}}}\n",
    "figures:\n  victims.recognised: {total: missing, flags: [m]}\n",
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


def head(rule: Rule) -> str:
    """What docs/rules.md says of a rule: its code, its weight, its title and the languages whose words it knows."""
    only = f" (texts in {' and '.join(rule.languages)} only)" if rule.languages else ""
    return f"| `{rule.code}` | {rule.severity} | {rule.title}{only} |"


def row(example: Finding) -> str:
    rule = next(each for each in (*RULES, *OVERALL) if each.code == example.code)
    cells = (each.replace("|", chr(92) + "|") for each in (example.message, example.hint))
    return f"{head(rule)} {' | '.join(cells)} |"


def test_the_rules_are_documented_in_their_order(request: pytest.FixtureRequest, found):
    text = DOCS.read_text(encoding="utf-8")
    before, line, rest = text.partition("|---|---|---|---|---|\n")
    rows, blank, after = rest.partition("\n\n")
    rules = (*RULES, *OVERALL)
    if request.config.getoption("--update-golden"):
        examples = {each.path.stem: each for each in EXAMPLES}
        rows = "\n".join(row(found(examples[rule.code])[0]) for rule in rules)
        DOCS.write_text(f"{before}{line}{rows}{blank}{after}", encoding="utf-8")
    assert [head(rule) for rule in rules] == [" |".join(each.split(" |")[:3]) + " |" for each in rows.splitlines()]


def test_the_errors_of_reading_are_documented():
    sources = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "reporter/data/read").glob("*.py"))
    codes = {*re.findall(r'"([a-z]+(?:-[a-z0-9]+)+|unreadable)"', sources)} - {"utf-8", "utf-8-sig", "utf-16"}
    documented = {*re.findall(r"^\| `([a-z0-9-]+)` \|", DOCS.read_text(encoding="utf-8"), re.M)}
    assert set() == codes - documented


def test_the_contradictions_in_the_lithuanian_data_are_found_and_answered(lithuania: Dataset):
    findings = check(lithuania.countries[0], lithuania)
    expected = {
        ("parts-make-total", "investigations.opened", 2014),
        ("conducted-covers-opened", "investigations.conducted", 2017),
        ("stock-flow", "investigations.conducted", 2018),
        ("break-in-series", "assistance.persons", 2012),
        ("jump", "persons.convicted", 2018),
        ("convicted-over-prosecuted", "persons.convicted", 2016),
        *(("sex-not-derivable", "victims.identified", year) for year in (2016, 2018, 2019, 2020)),
    }
    assert set() == expected - {(each.code, each.figure, each.year) for each in findings}
    assert [] == [line(each) for each in findings if each.severity is not Severity.NOTE and not each.accepted]


def accept(dataset: Dataset, rule: str, figure: str, year: int) -> list[str]:
    rests = (each for each in check(dataset.countries[0], dataset) if (each.code, each.figure) == (rule, figure))
    entry = Accepted(
        rule=rule,
        figure=figure,
        year=year,
        vintage=2022,
        values=next((each.values for each in rests if each.year == year), ()),
        reason=Label((("en", "Known."),)),
        mark=Mark("data/XX/2022.yaml", 90),
    )
    data = dataset.countries[0]
    findings = check(replace(data, accepted=(*data.accepted, entry)), dataset)
    return [each.message for each in findings if each.code == "accepted-not-needed"]


def test_accepting_what_does_not_exist_is_an_error(ruritania: Dataset):
    assert accept(ruritania, "jumps", "persons.convicted", 2019) == ["no rule is called 'jumps'"]
    assert accept(ruritania, "jump", "persons.convict", 2019) == ["no figure is called 'persons.convict'"]
    told = ["there is no finding jump for persons.convicted in 2021"]
    assert accept(ruritania, "jump", "persons.convicted", 2021) == told
    assert accept(ruritania, "break-in-series", "assistance.persons", 2019) == []


def test_a_language_that_the_program_does_not_speak_is_told_of(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    shutil.copytree(RURITANIA, tmp_path / "w", ignore=shutil.ignore_patterns("build"))
    settings = tmp_path / "w" / "reporter.yaml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("[en]", "[en, is]"), encoding="utf-8")
    command = ["check", "XX", "--format", "json", "-w", str(tmp_path / "w")]
    expected = "the program is not translated into is: headings, labels and sentences stay in English"

    def told() -> list[str]:
        run(command)
        findings = json.loads(capsys.readouterr().out)
        return [each["message"] for each in findings if each["code"] == "no-messages"]

    assert [expected] == told()
    (tmp_path / "w" / "translations").mkdir()
    (tmp_path / "w" / "translations" / "is.po").write_text('msgid "Contents"\nmsgstr "Efni"\n', encoding="utf-8")
    (message,) = told()
    lacking, total = map(int, re.findall(r"\d+", message))
    assert f"messages not translated into is, which stay in English: {lacking} of {total}" == message
    assert 1 == total - lacking


def test_rules_that_do_not_read_a_language_are_named_once(lithuania):
    told = unread_languages(("en", "lt", "fi", "et"), lithuania.catalogue)
    unread = "aims given as results", "steps of criminal justice not counted that year"
    others = "words such as fell or highest without a supporting figure", "notes that contradict their figure"
    numbers = "numbers typed by hand", "numbers written as words"
    assert [(each.message, each.hint) for each in told] == [
        ("some rules cannot check texts in lt", f"check these yourself: {', '.join(unread)}"),
        (
            "some rules cannot check texts in fi and et",
            f"check these yourself: {', '.join((unread[0], *others, unread[1], *numbers))}",
        ),
    ]
    assert [] == list(unread_languages(("en",), lithuania.catalogue))
