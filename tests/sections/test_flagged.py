"""A draft can always be seen: built whatever is found, in a folder of its own, with what was found on its pages."""

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporter.edition.checked import load_checked
from reporter.edition.job import profiles
from reporter.files.sources import Sources
from reporter.i18n import load_locale
from reporter.produce.composed import document_of
from tests import small
from tests.cli.running import RIGHT

WRONG = small.FILES[small.YEAR].replace("status: provisional\n", "status: draft\n")
PAGE = "build/XX/2020/draft/XX-2020-en.html"


@pytest.fixture
def draft(tmp_path):
    """The small workspace as a draft whose parts do not make their total."""
    return small.write(tmp_path, {small.YEAR: WRONG})


def build(called, root, *words: str) -> tuple[int, str, str]:
    return called("build", "XX", 2020, "--format", "html", *words, "-w", root)


def page(root) -> str:
    return (root / PAGE).read_text(encoding="utf-8")


def test_a_draft_with_an_error_is_built_and_ends_with_1(called, draft):
    code, out, err = build(called, draft)
    assert (1, True) == (code, PAGE in out)
    assert "reporter: XX 2020 (en): the draft marks 1 finding to be mended; see reporter check XX 2020" in err
    assert "Draft, not for publication" in page(draft)


def test_a_draft_without_an_error_ends_with_0_and_its_list_says_so(called, tmp_path):
    root = small.write(tmp_path, {small.YEAR: WRONG.replace("labour: 6", "labour: 7")})
    assert 0 == build(called, root)[0]
    assert "No error and no warning is open." in page(root) or 'id="finding-1"' in page(root)


def test_a_draft_that_has_not_changed_still_ends_as_it_did(called, draft):
    assert [1, 1] == [build(called, draft)[0] for _ in range(2)]
    assert "unchanged" in build(called, draft)[1]


def test_no_other_file_is_touched(called, tmp_path):
    root = small.write(tmp_path, RIGHT)
    build(called, root)
    before = {path: path.read_bytes() for path in (root / "build/XX").rglob("*") if path.is_file()}
    (root / small.YEAR).write_text(WRONG)
    build(called, root)
    assert before == {path: path.read_bytes() for path in before}
    names = ("XX-2020-en", "XX-2020-data-and-methods-en")
    assert {f"{name}.{form}" for name in names for form in ("html", "json")} == {
        path.name for path in (root / "build/XX/2020/draft").iterdir()
    }


def test_the_figure_is_marked_with_sign_and_words_and_the_list_leads_to_it(called, draft):
    build(called, draft)
    html = page(draft)
    listed = re.search(r'<li id="finding-1".*?</li>', html, re.S)
    assert listed is not None
    assert "parts of investigations.opened make 10, total is 11" in listed[0]
    assert "data/XX/2020.yaml:4" in listed[0]
    targets = re.findall(r'href="#([\w-]+)"', listed[0])
    assert targets
    assert [] == [each for each in targets if f'id="{each}"' not in html]
    assert re.search(r"<sup[^>]*>▲1</sup>", html)
    assert "▲1:" in html


def test_the_paragraph_is_marked_where_a_text_cannot_be_printed(called, draft):
    text = "# general_situation\n\nFirst.\n\nThere were {{ nothing.known }} of them.\nOn.\n\nLast.\n"
    (draft / small.TEXT).write_text(text)
    build(called, draft)
    paragraph = next(each for each in re.findall(r"<p>.*?</p>", page(draft), re.S) if "There were" in each)
    assert re.search(r'On\. <a class="draft-mark" href="#finding-\d">▲\xa0Finding\xa0\d</a></p>$', paragraph)


@pytest.mark.parametrize("status", ["provisional", "final"])
def test_what_is_no_draft_is_refused_as_ever_and_nothing_is_written(called, draft, status):
    (draft / small.YEAR).write_text(WRONG.replace("draft", status))
    assert (1, False) == (build(called, draft)[0], (draft / "build/XX").exists())


def test_warnings_count_when_strict(called, tmp_path):
    jumped = WRONG.replace("total: 11", "total: 90").replace("labour: 6", "labour: 86")
    root = small.write(tmp_path, {small.YEAR: jumped})
    assert [0, 1] == [build(called, root, *words)[0] for words in ((), ("--strict", "-f"))]


def test_a_broken_value_is_told_in_the_draft_and_the_rest_is_there(called, draft):
    (draft / small.YEAR).write_text(WRONG.replace("total: 80", "total: n/a"))
    assert 1 == build(called, draft)[0]
    html = page(draft)
    assert "is not a number" in html
    number = re.search(r'<li id="finding-(\d)"[^>]*>(?:(?!</li>).)*is not a number', html, re.S)[1]
    assert re.search(rf"\?<sup[^>]*>▲{number}</sup>", html)


def test_a_file_that_cannot_be_read_at_all_is_no_draft(called, draft):
    (draft / small.YEAR).write_text("Dear all,\nhere are: x: y\n")
    code, _, err = build(called, draft)
    assert (1, False) == (code, (draft / "build/XX").exists())
    assert f"{small.YEAR}:" in err


def test_a_draft_with_a_brace_that_is_not_closed_is_built_as_it_was_meant(called, draft):
    written = (draft / small.YEAR).read_text()
    (draft / small.YEAR).write_text(written.replace("men: 20}}", "men: 20}"))
    code, _, err = build(called, draft)
    assert (1, True) == (code, (draft / "build/XX").exists())
    assert "the draft marks 2 findings to be mended" in err


def test_in_json_a_draft_says_how_many_findings_it_marks(called, draft):
    _, out, _ = build(called, draft, "--json")
    assert [("built", 1)] * 2 == [(each["state"], each["faults"]) for each in json.loads(out)]


def test_a_text_of_another_language_is_not_in_the_list(called, draft):
    (draft / "reporter.yaml").write_text("title: {en: Small, lt: Mažas}\nlanguages: [en, lt]\n")
    (draft / "data/XX/text/lt").mkdir(parents=True)
    (draft / "data/XX/text/lt/2020.md").write_text("# general_situation\n\n{{ nothing.known }}\n")
    build(called, draft, "--lang", "en")
    assert "nothing.known" not in page(draft)


VALUES = (
    "-5",
    "0",
    "999999999",
    "0.5",
    "suppressed",
    "unanswered",
    "missing",
    "n/a",
    "about 3",
    "at least 1000",
    "1,2",
    "[]",
    "<5",
)
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
@settings(max_examples=60)
def test_whatever_stands_in_the_files_a_draft_is_composed_and_its_findings_are_numbered_once(values, spoilt, words):
    numbers = iter(range(6))
    text = re.sub(r"(?<=: )\d+(?=[,}])", lambda found: values[n] if (n := next(numbers)) in spoilt else found[0], WRONG)
    paragraphs = "\n\n".join(("# general_situation", *words, "Text."))
    files = small.FILES | {small.YEAR: text, small.TEXT: paragraphs}
    sources = Sources.from_contents({path: content.encode() for path, content in files.items()})
    (job,) = profiles(sources, "XX", 2020, ["en"])
    document = document_of(load_checked(sources, "XX"), job, load_locale("en"))
    assert job.draft
    (front, *_) = document.sections
    (block,) = front.blocks
    assert [*range(1, len(document.flagged) + 1)] == [each.number for each in block.remarks]
    marked = {int(each) for each in re.findall(r"finding-(\d+)", repr(document.sections))}
    assert marked <= {each.number for each in block.remarks}


def test_an_earlier_text_that_waits_for_a_decision_is_marked_where_it_stands_and_ends_with_0(called, tmp_path):
    text = "# general_situation\n\nNothing changed.\n\n## Schools {#schools}\n\nOfficers visit schools.\n"
    earlier = {small.TEXT: None, "data/XX/text/en/2019.md": text}
    root = small.write(tmp_path, {small.YEAR: WRONG.replace("labour: 6", "labour: 7")} | earlier)
    code, _, _ = build(called, root)
    html = page(root)
    assert 0 == code
    assert 2 == sum("nobody has said that it still holds in 2020" in each for each in listed(html))
    assert re.search(r"Nothing changed\.[^<]*<a class=\"draft-mark\"", html)
    assert re.search(r"Officers visit schools\.[^<]*<a class=\"draft-mark\"", html)


def listed(html: str) -> list[str]:
    return re.findall(r'<li id="finding-\d+".*?</li>', html, re.S)
