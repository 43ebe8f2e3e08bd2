"""A draft can always be seen: built whatever is found, in a folder of its own, with what was found on its pages."""

import json
import re
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporter.cli.group import run
from reporter.data.files.sources import Sources
from reporter.data.i18n import load_locale
from reporter.editions.checked import load_checked
from reporter.editions.job import profiles
from reporter.editions.making.composed import document_of
from tests import small
from tests.cli.running import RIGHT
from tests.snapshots import MEMORY

WRONG = small.FILES[small.YEAR].replace("status: provisional\n", "status: draft\n")
SUMS = {small.YEAR: WRONG.replace("labour: 6", "labour: 7")}
PAGE = "build/XX/2020/draft/XX-2020-en.html"
UNKNOWN = "# general_situation\n\nFirst.\n\nThere were {{ nothing.known }} of them.\nOn.\n\nLast.\n"
# Parts that do not make their total, a value that is none, a text that cannot be printed; another one of no such text.
FILES = {
    small.YEAR: WRONG.replace("total: 80", "total: n/a"),
    small.TEXT: UNKNOWN,
    "reporter.yaml": "title: {en: Small, lt: Mažas}\nlanguages: [en, lt]\n",
    "data/XX/text/lt/2020.md": "# general_situation\n\n{{ nothing.lithuanian }}\n",
}


def build(called, root: Path, *words: str) -> tuple[int, str, str]:
    return called("build", "XX", 2020, "--format", "html", *words, "-w", root)


@pytest.fixture(scope="module")
def draft(tmp_path_factory) -> tuple[Path, int, str, str]:
    """A draft of which all kinds of things are found, how its build ended, and what it said."""
    root, out, err = small.write(tmp_path_factory.mktemp("draft"), FILES), StringIO(), StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = run(["build", "XX", "2020", "--format", "html", "--lang", "en", "-w", str(root)])
    return root, code, out.getvalue(), err.getvalue()


@pytest.fixture
def html(draft) -> str:
    return (draft[0] / PAGE).read_text(encoding="utf-8")


def listed(html: str) -> list[str]:
    return re.findall(r'<li id="finding-\d+".*?</li>', html, re.S)


def test_a_draft_with_errors_is_built_and_ends_with_1_then_and_when_nothing_changed(called, draft, html):
    root, code, out, err = draft
    assert (1, True) == (code, PAGE in out)
    assert "XX 2020 (en): the draft marks 3 findings" in err
    assert "Draft, not for publication" in html
    code, out, _ = build(called, root, "--json", "--lang", "en")
    assert (1, [("unchanged", 3)] * 2) == (code, [(each["state"], each["faults"]) for each in json.loads(out)])


def test_the_figure_is_marked_with_sign_and_words_and_the_list_leads_to_it(html):
    (found,) = (each for each in listed(html) if "parts of investigations.opened add up to 10, the total is 11" in each)
    number = re.match(r'<li id="finding-(\d)"', found)[1]
    assert "data/XX/2020.yaml:4" in found
    targets = re.findall(r'href="#([\w-]+)"', found)
    assert targets
    assert [] == [each for each in targets if f'id="{each}"' not in html]
    assert re.search(rf"<sup[^>]*>▲{number}</sup>", html)
    assert f"▲{number}:" in html


def test_a_value_that_is_none_is_told_where_it_stands_and_a_paragraph_that_cannot_be_printed_is_marked(html):
    (found,) = (each for each in listed(html) if "is not a number" in each)
    number = re.match(r'<li id="finding-(\d)"', found)[1]
    assert re.search(rf"\?<sup[^>]*>▲{number}</sup>", html)
    paragraph = next(each for each in re.findall(r"<p>.*?</p>", html, re.S) if "There were" in each)
    assert re.search(r'On\. <a class="draft-mark" href="#finding-\d">▲\xa0Finding\xa0\d</a></p>$', paragraph)
    assert "nothing.lithuanian" not in html


def test_a_draft_touches_no_other_file_and_ends_with_0_without_an_error(called, tmp_path):
    root = small.write(tmp_path, RIGHT)
    build(called, root)
    before = {path: path.read_bytes() for path in (root / "build/XX").rglob("*") if path.is_file()}
    (root / small.YEAR).write_text(SUMS[small.YEAR])
    assert 0 == build(called, root)[0]
    assert before == {path: path.read_bytes() for path in before}
    names = ("XX-2020-en", "XX-2020-data-and-methods-en")
    assert {f"{name}.{form}" for name in names for form in ("html", "json")} == {
        path.name for path in (root / "build/XX/2020/draft").iterdir()
    }


def test_a_file_that_cannot_be_read_at_all_is_no_draft(called, tmp_path):
    root = small.write(tmp_path, {small.YEAR: "Dear all,\nhere are: x: y\n"})
    code, _, err = build(called, root)
    assert (1, False, True) == (code, (root / "build/XX").exists(), f"{small.YEAR}:" in err)


def test_warnings_count_when_strict_and_an_earlier_text_that_waits_for_a_decision_is_marked(called, tmp_path):
    text = "# general_situation\n\nNothing changed.\n\n## Schools {#schools}\n\nOfficers visit schools.\n"
    # A jump in the year itself; one of an earlier year belongs to the edition of that.
    jump = {small.YEAR: re.sub(r"(80|60|20)\b(?=[,}])", r"\g<1>0", SUMS[small.YEAR])}
    root = small.write(tmp_path, jump | {small.TEXT: None, "data/XX/text/en/2019.md": text})
    assert [0, 1] == [build(called, root, *words)[0] for words in ((), ("--strict", "-f"))]
    html = (root / PAGE).read_text(encoding="utf-8")
    assert 2 == sum("not confirmed for 2020" in each for each in listed(html))
    assert re.search(r"Nothing changed\.[^<]*<a class=\"draft-mark\"", html)
    assert re.search(r"Officers visit schools\.[^<]*<a class=\"draft-mark\"", html)


VALUES = ("-5", "0", "0.5", "999999999", "suppressed", "unanswered", "n/a", "about 3", "at least 1000", "1,2", "[]")
WORDS = (
    '{{ victims.identified | rose("x") }}', "{{ nope }}", "<b>x</b>", '{{ figure("nope") }}', "# nope", "![a](b)",
    "{{ victims.identified.women | share }}", "{{ countries.origin }}", "{{ persons.convicted | change }}",
    "{{ unclosed", "## Title {{ year }}", '{{ victims.identified | counted("a") }}',
    "<!-- note -->", '{{ note("x") }}',
)  # fmt: skip


@given(
    values=st.lists(st.sampled_from(VALUES), min_size=6, max_size=6),
    spoilt=st.sets(st.integers(0, 5)),
    words=st.lists(st.sampled_from(WORDS), max_size=4),
)
@settings(max_examples=15)
def test_whatever_stands_in_the_files_a_draft_is_composed_and_its_findings_are_numbered_once(values, spoilt, words):
    numbers = iter(range(6))
    text = re.sub(r"(?<=: )\d+(?=[,}])", lambda found: values[n] if (n := next(numbers)) in spoilt else found[0], WRONG)
    paragraphs = "\n\n".join(("# general_situation", *words, "Text."))
    files = small.FILES | {small.YEAR: text, small.TEXT: paragraphs}
    sources = Sources.from_contents({path: content.encode() for path, content in files.items()})
    (job,) = profiles(sources, "XX", 2020, ["en"])
    document = document_of(load_checked(sources, "XX", memory=MEMORY), job, load_locale("en"))
    assert job.draft
    (*_, listed) = document.sections
    (block,) = listed.blocks
    alike = {(each.severity, each.code, each.message) for each in document.flagged}
    assert [*range(1, len(alike) + 1)] == [each.number for each in block.remarks]
    marked = {int(each) for each in re.findall(r"finding-(\d+)", repr(document.sections))}
    assert marked <= {each.number for each in block.remarks}
