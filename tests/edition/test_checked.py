"""Which findings concern an edition: a text counts where it is printed."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from reporter.cli.group import run
from reporter.disclosure.public import for_audience
from reporter.edition.checked import blocking_findings, load_checked
from reporter.edition.job import Job
from reporter.edition.state import edition_state
from reporter.files.workspace import Workspace
from reporter.model import Audience, Label
from tests import small
from tests.snapshots import freeze_now, snapshot

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
