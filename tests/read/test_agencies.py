"""Agencies, recipients, duties, permissions, rules of withholding and approvals, as they are written."""

import json
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from reporter.cli.group import run
from reporter.data.errors import DataError, Mark
from reporter.data.files.sources import Sources
from reporter.data.files.workspace import Workspace
from reporter.data.read.release import approvals_text, read_approvals
from reporter.data.read.schema import schema_text
from reporter.data.read.settings import read_settings
from reporter.data.records import DisclosureRules
from reporter.exchange.publish.approving import ApprovalRequest, approve
from tests import forms, post, small
from tests.package.editions import FINAL
from tests.read.reading import CATALOGUE
from tests.small import load, write, wrong
from tests.snapshots import snapshot

START = "agencies:\n  police: {name: {en: Police}, language: en, due: 03-01, answers: "


def told(root: Path, answers: str) -> list[str]:
    """What is wrong with an agency that answers something."""
    country = f"{small.FILES[forms.COUNTRY]}{START}{answers}}}\n"
    return [each.partition(": ")[2] for each in small.wrong(root, country, forms.COUNTRY)]


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        *((each, []) for each in ("[victims.identified by person, persons.convicted]", "[activities.posters]")),
        ("[persons.convicted], source: polis", ["unknown source 'polis' | did you mean 'police'?"]),
        ("[]", ["police: no figures are listed for it | list its figures under answers"]),
        (
            "[investigations.open]",
            ["police: no figure is called 'investigations.open' | did you mean 'investigations.opened'?"],
        ),
        (
            "[investigations.opened by person]",
            [
                "police: there is no breakdown 'investigations.opened by person' | did you mean "
                "'investigations.opened by form'?"
            ],
        ),
        (
            "[persons.convicted by person]",
            [
                "police: there is no breakdown 'persons.convicted by person' | persons.convicted is not broken down: "
                "write persons.convicted"
            ],
        ),
    ],
)
def test_what_an_agency_answers_is_known_or_told_with_what_is_meant(tmp_path, answers, expected):
    assert expected == told(tmp_path, answers)


@pytest.fixture
def office(tmp_path):
    """A workspace whose mail server does not exist."""
    folder = post.workspace(tmp_path, post.Server(port=1))
    text = (folder / "reporter.yaml").read_text()
    (folder / "reporter.yaml").write_text(text.replace("  authority: ca/ca.pem\n", ""))
    return folder


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("host: localhost", "host: a b"), "4:9: error: host: 'a b' is not the name of a server"),
        (("port: 1", "port: 70000"), "5:9: error: port: there is no port 70000"),
        (("security: starttls", "security: none"), "6:13: error: security: 'none' is not allowed here"),
        (('user: ""', "password: x"), "a password must not be in a file"),
        (("from: rapporteur@ministry.internal", "from: rapporteur"), "7:9: error: from: 'rapporteur' is not a mail"),
        (("from: rapporteur@ministry.internal", 'from: "a@b.c\\nBcc: d@e.f"'), "is not a mail address"),
        (("size_limit: 20", "size_limit: 20 MB"), "size_limit: '20 MB' is not a number of megabytes"),
        (("for {year}, file", "for {yaer}, file"), "contain {yaer} [wrong-type]\n  hint: did you mean 'year'?"),
        (("channel: email", "channel: fax"), "channel: 'fax' is not allowed here"),
        (("    address: unit@commission.internal\n", ""), "14:3: error: commission: channel email needs a key 'addr"),
        (("folder: edamis", "address: a@b.internal"), "eurostat: channel folder needs a key 'folder'"),
        (("folder: edamis", "folder: edamis, address: a@b.internal"), "eurostat: channel folder does not use address"),
        (("language: en\n    gets", "language: fr\n    gets"), "commission: 'fr' is not a language of the reports"),
        (("salutation: {en: ", "salutation: {lt: "), "salutation: the language of commission is en, but it has no sal"),
        (("gets: [pdf, csv]", "gets: []"), "error: commission: gets nothing [wrong-type]\n  hint: write gets: [pdf]"),
        (("    gets: [pdf, csv]\n", ""), "key 'gets' is missing"),
        (
            ("    audience: public\n", ""),
            "key 'audience' is missing [missing-key]\n  hint: add a line such as audience: public",
        ),
        (("audience: public", "audience: secret"), "audience: 'secret' is not allowed here"),
    ],
)
def test_a_mistake_in_reporter_yaml_is_told_with_its_line(office, change, said):
    text = (office / "reporter.yaml").read_text()
    assert change[0] in text
    (office / "reporter.yaml").write_text(text.replace(*change, 1))
    _, tree = read_settings(snapshot(office))
    assert any(said in str(each) for each in tree.findings), [str(each) for each in tree.findings]
    assert all(each.mark.path == "reporter.yaml" for each in tree.findings)


def test_a_recipient_by_mail_needs_a_mail_server(office):
    text = (office / "reporter.yaml").read_text()
    start, end = text.index("mail:\n"), text.index("recipients:")
    (office / "reporter.yaml").write_text(text[:start] + text[end:])
    _, tree = read_settings(snapshot(office))
    assert "commission gets mail, but no mail server is set" == tree.findings[0].message
    assert Mark("reporter.yaml", 4, 3) == tree.findings[0].mark


REASON = "reason: {en: The source has them.}"
NO_KEY, ADD = "4:5 missing-key: ", "add a line"


def refused(root: Path, lines: str) -> list[str]:
    return small.wrong(root, f"{small.FILES['reporter.yaml']}publish_small_counts:\n{lines}\n", "reporter.yaml")


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (f"country: XX, years: 2020, {REASON}",
         f"{NO_KEY}the permission names neither a source nor figures | {ADD} source: …, or figures: […]"),
        (f"country: XX, source: police, {REASON}", f"{NO_KEY}key 'years' is missing | {ADD} such as years: 2020/2021"),
        ("country: XX, source: police, years: 2020", f"{NO_KEY}key 'reason' is missing | {ADD} such as reason: "
         "{en: The police publish the same numbers on their website.}"),
        (f"country: XX, source: police, years: 2020-05/2021, {REASON}",
         "4:42 wrong-type: years: 2020-05/2021 includes days or months | write years: 2020/2021"),
        *(
            (
                f"country: XX, source: police, years: 2020, reason: {{en: {each}}}",
                "4:61 wrong-type: no reason is given in en why the counts may be published"
                " | write en: and the reason in words",
            )
            for each in ("…", "'[why may it be. Say so].'", "'[why]'")
        ),
    ],
)  # fmt: skip
def test_what_is_left_out_or_cannot_be_is_told_with_the_line_to_write(tmp_path: Path, keys: str, expected: str) -> None:
    assert [expected] == refused(tmp_path, f"  - {{{keys}}}")


def test_one_without_errors_is_read_and_one_that_is_no_item_is_refused(tmp_path: Path) -> None:
    assert [
        "4:3 wrong-type: publish_small_counts: a list is expected | write [a, b], or lines that start with a hyphen "
        "and a space"
    ] == refused(tmp_path, f"  country: XX\n  source: police\n  years: 2020\n  {REASON}")
    right = f"  - {{country: XX, source: police, years: 2020, {REASON}}}"
    assert [] == refused(tmp_path, right)
    settings = f"{small.FILES['reporter.yaml']}publish_small_counts:\n{right}\n"
    (read,) = small.load(tmp_path, {"reporter.yaml": settings}).settings.small_counts
    assert ("XX", "police", "2020") == (read.country, read.source, read.years)


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
        ("art19a: a", "art19a: z", "38:24 unknown-code: unknown item 'z' of Article 19a | known: a"),
        ("breakdowns: [sex]", "breakdowns: [sexes]", "unknown breakdown 'sexes' | did you mean 'sex'?"),
        ("dimension: person", "dimension: persons", "unknown dimension 'persons' | did you mean 'person'?"),
        ("[women]", "[woman]", "unknown code 'woman' of the dimension 'person' | did you mean 'women'?"),
        ("    a:", "    A:", "wrong-type: 'A' is not a code | write lower-case letters, digits and _"),
    ],
)
def test_a_name_in_article_19a_that_leads_nowhere_is_wrong(tmp_path, old, new, said):
    content = ANSWERED + DUTY
    assert 1 == content.count(old)
    (found,) = wrong(tmp_path, content.replace(old, new), "data/catalogue.yaml")
    assert said in found


def test_an_answer_to_a_law_that_is_not_listed_is_wrong(tmp_path):
    assert ["38:24 unknown-code: unknown item 'a' of Article 19a | list it in article_19a, or remove it here"] == wrong(
        tmp_path, ANSWERED, "data/catalogue.yaml"
    )


def read(text: str) -> tuple[DisclosureRules, list[str]]:
    """The rules of a workspace with these lines, and what is wrong with them."""
    settings, tree = read_settings(
        Sources.from_contents({"reporter.yaml": (small.FILES["reporter.yaml"] + text).encode()})
    )
    assert settings
    return settings.disclosure, [f"{each.mark.line}: {each.message} | {each.hint}" for each in tree.findings]


def test_thresholds_and_weights_are_read() -> None:
    rules, found = read(
        "disclosure:\n  thresholds:\n    - {figures: [victims.identified], by: citizenship, below: 10}\n"
        "  zeros: false\n  width: 7\n  weights:\n    - {figures: [persons.convicted.men], weight: 50}\n"
    )
    assert [] == found
    assert ([("citizenship", 10)], False, 7) == ([(e.by, e.below) for e in rules.thresholds], rules.zeros, rules.width)
    assert [(("persons.convicted.men",), 50)] == [(each.figures, each.weight) for each in rules.weights]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("width: 4", "width: 4 possible values protect no one | write width: 5 or more"),
        ("thresholds: [{figures: [victims.identified], below: 1}]",
         "below: 1 withholds nothing, as only counts from 1 on are withheld | write below: 10, for example, or "
         "delete the entry"),
        ("thresholds: [{figures: [], below: 9}]", "no figure is listed | write figures: [victims.identified]"),
        ("weights: [{figures: [victims.identified], weight: 0}]",
         "weight: 0 is not a weight | write a number from 1, withheld first, to 100, withheld last"),
    ],
)  # fmt: skip
def test_what_cannot_hold_is_left_out_with_its_line(line: str, expected: str) -> None:
    rules, found = read(f"disclosure:\n  {line}\n")
    assert DisclosureRules() == rules
    number = small.FILES["reporter.yaml"].count("\n") + 2
    assert [f"{number}: {expected}"] == found


FILE = "data/XX/editions/2020-approvals.yaml"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = Workspace(write(tmp_path, FINAL))
    approve(made, ApprovalRequest("XX", 2020, "Vida", "2021-02-28", note="The totals agree: 11 = 4 + 7"))
    return made


def test_it_is_valid_by_its_schema_and_read_as_it_was_written(workspace: Workspace) -> None:
    text = (workspace.root / FILE).read_text()
    schema = json.loads(schema_text("approvals", None))
    assert [] == [each.message for each in Draft202012Validator(schema).iter_errors(yaml.safe_load(text))]
    assert text == approvals_text(read_approvals(workspace.snapshot(), "XX", 2020), "XX", 2020)


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        *(("", each, "") for each in ("", "approvals: []\n", "[]\n", "# nothing\n", "\x00")),
        ("by: Vida", "by: Somebody", "the approval by Somebody was changed by hand: its seal does not match"),
        ("warnings: ", "warnings: 1", "its seal does not match"),
        ("number: 0", "number: 1", "its seal does not match"),
        ("  date: '2021-02-28'", "  date: soon", "date"),
        ("  by: Vida\n", "", "key 'by' is missing"),
        ("year: 2020", "year: 2019", "year is 2019, but by the file name it should be 2020"),
        ("country: XX", "country: YY", "country is YY, but by the file name it should be XX"),
        ("  by: Vida", "  by: [", "] is missing"),
        ("approvals:\n", "approvals: none\nmore:\n", "list"),
        ("  program", "  surprise: 1\n  program", "surprise"),
    ],
)
def test_an_altered_file_is_told_with_its_place(workspace, capsys, was, now, said):
    path = workspace.root / FILE
    assert was in path.read_text()
    path.write_text(path.read_text().replace(was, now, 1) if was else now)
    with pytest.raises(DataError) as problem:
        read_approvals(workspace.snapshot(), "XX", 2020)
    told = "\n".join(map(str, problem.value.findings))
    assert (True, True, True) == (said in told, f"{FILE}:" in told, "hint:" in told)
    assert 1 == run(["check", "XX", "2020", "-w", str(workspace.root)])
    assert f"{FILE}:" in capsys.readouterr().out


def test_an_approval_fits_no_other_year(workspace: Workspace) -> None:
    content = (workspace.root / FILE).read_text()
    other = workspace.root / FILE.replace("2020", "2019")
    other.write_text(content.replace("year: 2020", "year: 2019"))
    with pytest.raises(DataError) as problem:
        read_approvals(workspace.snapshot(), "XX", 2019)
    assert "its seal does not match" in str(problem.value.findings[0])
