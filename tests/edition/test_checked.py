"""Which findings and changes concern an edition: a text counts where it is printed, an audit looks at all of them."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from reporter.cli.group import run
from reporter.data.errors import UsageError
from reporter.data.files.workspace import Workspace
from reporter.data.records import Annexes, Audience, Label, is_withheld
from reporter.editions.audit.audit import Leak, audit
from reporter.editions.audit.audited_edition import audited_editions, withheld_truth
from reporter.editions.checked import blocking_findings, load_checked
from reporter.editions.job import Job, inputs_of, select, volumes
from reporter.editions.program import program_digest
from reporter.editions.public.public_files import for_audience
from reporter.editions.state import edition_state
from reporter.figures.compare.figures import Manner
from tests import small
from tests.fixtures import LITHUANIA
from tests.package.editions import JOB, published
from tests.snapshots import digest_now, freeze_now, is_due_now, snapshot

TWO = {
    "reporter.yaml": "title: {en: Small, lt: Mažas}\nlanguages: [en, lt]\n",
    small.YEAR: small.FILES[small.YEAR].replace("labour: 6", "labour: 7"),
}
WRONG = "# general_situation\n\n{{ nothing.known }}\n"
RIGHT = "# general_situation\n\nText.\n"
DECIDED = "still_holds: [{texts: [general_situation], by: Office, day: 2021-03-01}]\n"
BOTH = "# general_situation\n\nText.\n\n# victims\n\n{{ nothing.known }}\n"


def stopping(
    tmp_path, texts: dict[str, str], languages: tuple[str, ...] = (), year: int = 2020, more: Mapping[str, str] = {}
) -> list[str]:
    paths = {f"data/XX/text/{name}.md": text for name, text in texts.items()}
    checked = load_checked(snapshot(small.write(tmp_path, TWO | {small.TEXT: None} | paths | dict(more))), "XX")
    found = blocking_findings(checked, year, languages)
    return [f"{each.mark.path.removeprefix('data/XX/text/')}:{each.mark.line}" for each in found]


def test_a_text_stops_the_editions_in_the_languages_that_print_it(tmp_path):
    texts = {"en/2020": RIGHT, "lt/2020": WRONG}
    found = [stopping(tmp_path, texts, languages) for languages in ((), ("lt",), ("en",))]
    assert [["lt/2020.md:3"], ["lt/2020.md:3"], []] == found
    # It stands in for a language that has none.
    assert ["en/2020.md:3"] == stopping(tmp_path / "other", {"en/2020": WRONG}, ("lt",))


def test_a_text_that_a_newer_one_replaced_or_nobody_publishes_stops_nothing(tmp_path):
    assert [] == stopping(tmp_path, {"en/2020": RIGHT, "lt/2019": WRONG, "de/2020": WRONG}, ("lt",))
    (tmp_path / "data/XX/text/lt/2019.md").unlink()
    assert [] == stopping(tmp_path, {"en/2020": RIGHT, "en/2019": WRONG, "de/2020": WRONG})
    assert ["en/2019.md:3"] == stopping(tmp_path, {"en/2020": RIGHT, "en/2019": WRONG}, ("en",), 2019)


def test_a_decision_holds_for_every_language_and_is_asked_of_each(tmp_path):
    texts = {"en/2019": RIGHT, "lt/2019": RIGHT}
    assert [["en/2019.md:3"], ["lt/2019.md:3"]] == [stopping(tmp_path, texts, (each,)) for each in ("en", "lt")]
    assert [] == stopping(tmp_path, texts, more={small.YEAR: TWO[small.YEAR] + DECIDED})


def undecided(root: Path) -> list[str]:
    return [each.undecided for each in load_checked(snapshot(root), "XX").findings if each.undecided]


def test_what_was_published_with_an_earlier_text_is_not_asked_again_until_a_text_changes(tmp_path):
    text = "data/XX/text/en/2018.md"
    small.write(tmp_path, {small.TEXT: None, text: RIGHT, "data/XX/2019.yaml": "year: 2019\nsource: police\n"})
    freeze_now(Workspace(tmp_path), Job("XX", 2020, "en"), "2021-06-30", Label())
    assert ["general_situation"] == undecided(tmp_path)  # of 2019, a draft that is not published
    (tmp_path / text).write_text(RIGHT + "More.\n", encoding="utf-8")
    assert ["general_situation"] * 2 == undecided(tmp_path)


UNREAD = """\
figures:
  victims.identified: {total: 80, by person: {women: {value: WRITTEN, confidentiality: C}, men: 20}BEHIND
status: draft
"""


def test_a_withheld_value_is_in_no_public_message_about_how_it_is_written(tmp_path):
    written = [(each, "}") for each in ("4711x", "<4711", "'4 711'", "4711 persons")]
    for value, behind in (*written, ("4711", ""), ("4711", ", total: 4711}")):
        text = small.HEAD + UNREAD.replace("WRITTEN", value).replace("BEHIND", behind)
        shown = for_audience(snapshot(small.write(tmp_path, {small.YEAR: text})), Audience.PUBLIC)
        found = load_checked(shown, "XX").findings
        told = [f"{each.message} {each.hint}" for each in found if each.mark.path == small.YEAR]
        assert (True, []) == (len(told) > 0, [each for each in told if "711" in each])


LATER = {
    "data/XX/2021.yaml": "year: 2021\nsource: police\nstatus: final\nfigures: {investigations.opened: 12}\n",
    small.TEXT: None,
}


@pytest.mark.parametrize(
    ("was", "now", "code"),
    [
        ("men: 20", "men: {value: 20, confidentiality: C}", "withheld-but-derivable"),
        ("men: 20", "men: 19", "parts-make-total"),
    ],
)
def test_an_error_of_a_published_file_stops_no_later_edition_until_the_file_changes(tmp_path, was, now, code):
    text = TWO[small.YEAR].replace(was, now)
    root = small.write(tmp_path, LATER | {small.YEAR: text})
    assert [code] == [each.code for each in blocking_findings(load_checked(snapshot(root), "XX"), 2021)]
    freeze_now(Workspace(root), Job("XX", 2020, "en"), "2021-06-30", Label())
    checked = edition_state(snapshot(root), Job("XX", 2021, "en")).checked
    assert () == blocking_findings(checked, 2021)
    assert 0 == run(["compare", "XX", "2020", "2021", "--format", "text", "-w", str(root)])
    told = [(each.severity, each not in checked.printed) for each in checked.findings if each.code == code]
    assert [("warning", True)] == told
    # An error of the later edition itself stops it.
    later = (root / "data/XX/2021.yaml").read_text()
    wrong = later.replace("12}", "{total: 12, by form: {sexual: 13, labour: 0}}}")
    (root / "data/XX/2021.yaml").write_text(wrong)
    assert blocking_findings(edition_state(snapshot(root), Job("XX", 2021, "en")).checked, 2021)
    (root / "data/XX/2021.yaml").write_text(later)
    (root / small.YEAR).write_text(text + "# changed\n")
    assert [code] == [each.code for each in blocking_findings(load_checked(snapshot(root), "XX"), 2021)]


MEN = "victims.identified.men"
PARTS, HIDDEN = "{women: 60, men: 20}", "{women: 60, men: {value: 20, confidentiality: C}}"


def hide(workspace: Workspace) -> None:
    file = workspace.root / small.YEAR
    file.write_text(file.read_text().replace(PARTS, HIDDEN))


def test_what_a_published_edition_printed_is_out(tmp_path):
    workspace = Workspace(small.write(tmp_path, small.FINAL))
    published(workspace)
    hide(workspace)
    editions = audited_editions(workspace, workspace.snapshot(), "XX", 2020)
    assert [True, False] == [each.has_left for each in editions]
    (told,) = audit(editions).exposed
    assert (MEN, Leak.OUT, 20) == (told.figure, told.way, told.lowest)


def test_the_edition_is_as_the_public_may_see_it_and_its_holder_knows_the_truth(tmp_path):
    workspace = Workspace(small.write(tmp_path, small.FINAL))
    hide(workspace)
    sources = workspace.snapshot()
    (now,) = audited_editions(workspace, sources, "XX", 2020)
    assert (None, True) == (now.vintage.index[MEN, 2020].value, any(map(is_withheld, now.vintage.index.values())))
    truth = withheld_truth(sources, "XX", 2020, now.vintage)
    assert {(MEN, 2020): 20} == {key: seen.value for key, seen in truth.items()}


def test_its_public_files_and_comparisons_are_read_and_no_others(tmp_path):
    workspace = Workspace(small.write(tmp_path, small.FINAL))
    build = workspace.output
    names = (
        "XX/2020/XX-2020-en.pdf",
        "XX/compare-2019-2020/XX-compare-2019-2020-en.html",
        "compare-XX-YY-2020/a-en.html",
    )
    others = ("XX/2020/XX-2020-restricted-en.pdf", "XX/2020/draft/XX-2020-en.pdf", "compare-YY-ZZ-2020/b-en.html")
    for name in (*names, *others):
        (build / name).parent.mkdir(parents=True, exist_ok=True)
        (build / name).write_bytes(b"")
    (now,) = audited_editions(workspace, workspace.snapshot(), "XX", 2020)
    assert {name.rpartition("/")[2] for name in names} == now.files.keys()


def test_a_change_in_any_file_or_of_the_program_makes_the_edition_due(tmp_path):
    small.write(tmp_path, {"data/XX/text/en/2019.md": "# victims\n\nWords.\n"})
    workspace, job = Workspace(tmp_path), Job("XX", 2020, "en")
    seen = [digest_now(workspace, job)]
    assert seen == [digest_now(workspace, job, program_digest())]
    seen.append(digest_now(workspace, job, "another program"))
    for name, more in (
        ("data/XX/2018.yaml", "# a comment"),
        ("data/XX/text/en/2019.md", "more words"),
        ("data/catalogue.yaml", "# a comment"),
        ("reporter.yaml", "theme: eu-blue"),
    ):
        (tmp_path / name).write_text(f"{(tmp_path / name).read_text()}\n{more}\n")
        seen.append(digest_now(workspace, job))
    (tmp_path / "data/XX/text/en").rename(tmp_path / "data/XX/text/lv")
    assert 7 == len({*seen, digest_now(workspace, job)})


def test_a_damaged_page_is_due_and_one_built_with_open_warnings_when_warnings_count(tmp_path):
    workspace = Workspace(small.write(tmp_path, small.FINAL))
    assert 0 == run(["build", "XX", "2020", "--format", "html", "-q", "-w", str(tmp_path)])
    state, page = digest_now(workspace, JOB), JOB.file(workspace, "html")
    assert [False, True] == [is_due_now(workspace, JOB, state, "html", strict=strict) for strict in (False, True)]
    page.write_bytes(page.read_bytes()[:-1])
    assert is_due_now(workspace, JOB, state, "html")


@pytest.mark.parametrize(("year", "texts"), [(2019, {"2018"}), (2020, {"2018", "2020"})])
def test_an_edition_is_made_from_no_file_of_a_later_year_or_another_country(tmp_path, year, texts):
    text = {f"data/XX/text/en/{each}.md": "# general_situation\n\nWords.\n" for each in (2018, 2020)}
    root = small.write(tmp_path, text | dict.fromkeys(("data/YY/country.yaml", "data/YY/2018.yaml", "notes.md"), ""))
    paths = set(inputs_of(Workspace(root).snapshot(), Job("XX", year, "en")))
    assert {"reporter.yaml", "data/catalogue.yaml", "data/XX/country.yaml", "data/XX/2019.yaml"} <= paths
    assert texts == {Path(each).stem for each in paths if each.endswith(".md")}
    assert (year == 2020) == ("data/XX/2020.yaml" in paths)
    assert [] == [each for each in paths if "YY" in each or each == "notes.md"]


def test_a_year_without_a_file_is_refused_with_the_years_there_are():
    with pytest.raises(UsageError, match="years with a file: 2009–2020"):
        select(snapshot(LITHUANIA), "LT", 1999)


@pytest.mark.parametrize(
    ("job", "names"),
    [
        (Job("LT", 2020, "en"), ["LT-2020-en", "LT-2020-data-and-methods-en"]),
        (Job("LT", 2020, "lt", changed=True), ["LT-2020-unpublished-lt", "LT-2020-data-and-methods-unpublished-lt"]),
        (
            Job("LT", 2020, "en", Manner.YEARS, ("2019", "2020")),
            ["LT-compare-2019-2020-en", "LT-compare-2019-2020-texts-en"],
        ),
        (Job("LT", 2020, "en", Manner.COUNTRIES, ("LT", "LV")), ["compare-LT-LV-2020-en"]),
    ],
)
def test_each_volume_of_a_document_has_a_name_of_its_own(job, names):
    found = volumes(job, Annexes.SHORT)
    assert names == [each.name for each in found]
    assert {job} == {each.main for each in found}
    assert names[:1] == [each.name for each in volumes(job, Annexes.FULL)][:1]
    assert "LT 2020, data and methods (en)" == str(volumes(Job("LT", 2020, "en"), Annexes.SHORT)[-1])
