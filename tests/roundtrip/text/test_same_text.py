"""The text of a PDF is that of the page; what was changed in one of them is told with its place."""

from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Operator, Pdf

from reporter.marked import shown_texts
from reporter.roundtrip.stated import MalformedFileError
from reporter.roundtrip.text.same_text import is_spaced_alike, text_differences
from reporter.roundtrip.tagged_text import JOINT
from tests.roundtrip.forging import PAGE, PDF, rewritten

LEAD = '<p class="lead">In 2020, 11 investigations were opened.</p>'
ROW = '<tr><th scope="row">Identified victims</th><td data-figure="victims.identified@2019">60</td>'


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("In 2020, 11 investigations were opened.", "In 2020, 12 investigations were opened.",
         "page 5, under 'CHAPTER 1 Victims and the countries named': says 'In 2020, 11 investigations were opened.', "
         "and the web page 'In 2020, 12 investigations were opened.'"),
        ("In 2020, 11 investigations", "In 2020, 1 1 investigations", "and the web page 'In 2020, 1 1 investigations"),
        ("what the authorities detected", "what the authorities suspected", "and the web page 'Detected cases."),
        (LEAD, "", "'In 2020, 11 investigations were opened.' is not on the web page"),
        (LEAD, f"{LEAD}<p>More were hidden.</p>", "the web page says 'More were hidden.', which is not here"),
        (ROW, f'<tr><th scope="row">Men</th><td>9</td><td>8</td></tr>{ROW}', "the web page says 'Men', which is not"),
        (ROW, ROW.replace(">60<", ">61<"), "says '60', and the web page '61'"),
        (">+33%<", "><", "says '+33%', and the web page ''"),
        ('>Investigation and prosecution</a></h2>', '>Investigation</a></h2>', "and the web page 'Chapter"),
        (">What can be compared, 2019", ">What can be compared, 2018", "'What can be compared, 2019 and 2020', and"),
        ("Women: 60; Men: 20.", "Women: 50; Men: 30.", "page 4: a figure says 'Pictogram with one symbol for each"),
        (">80</text>", ">90</text>", "a figure of the web page says"),
        ("Labour exploitation came first", "Sexual exploitation came first", "page 4: a figure says 'Labour exploit"),
        (">final<", ">provisional<", "the web page says 'provisional', which is not here"),
        ('</span> Victims and the countries named</a>', '</span> Victims of fraud</a>', "contents of the web page"),
    ],
)  # fmt: skip
def test_a_change_of_the_page_is_told(files, old, new, said):
    page = files[PAGE].decode()
    if old not in page:
        pytest.fail(f"the page does not say {old}")
    found = list(text_differences(files[PDF], page.replace(old, new, 1).encode()))
    assert any(said in each for each in found), found


def swapped(old: str, new: str) -> Callable[[Pdf], object]:
    """Shows one text of a page in the place of another: both are drawn with letters that the file has."""

    def change(pdf: Pdf) -> None:
        for page in pdf.pages:
            shown = [each.text for each in shown_texts(page, {}) if each.text]
            if old in shown and new in shown:
                instructions = list(pikepdf.parse_content_stream(page))
                letters = [each for each in instructions if str(each.operator) in ("Tj", "TJ")]
                there, source = letters[shown.index(old)], letters[shown.index(new)]
                instructions[instructions.index(there)] = source
                page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(instructions))
                return
        raise AssertionError(f"no page says {old!r} and {new!r}")

    return change


def added(text: str, begin: bytes, end: bytes = b"EMC") -> Callable[[Pdf], object]:
    """Draws a text of a page once more, between other marks."""

    def change(pdf: Pdf) -> None:
        for page in pdf.pages:
            shown = [each.text for each in shown_texts(page, {}) if each.text]
            if text in shown:
                instructions = list(pikepdf.parse_content_stream(page))
                letters = [n for n, each in enumerate(instructions) if str(each.operator) in ("Tj", "TJ")]
                last = letters[shown.index(text)]
                first = max(n for n in range(last) if str(instructions[n].operator) == "BT")
                again = pikepdf.unparse_content_stream([*instructions[first : last + 1], ([], Operator("ET"))])
                page.Contents = pdf.make_stream(
                    page.Contents.read_bytes() + b" q " + begin + b" " + again + b" " + end + b" Q"
                )
                return
        raise AssertionError(f"no page says {text!r}")

    return change


def tags(pdf: Pdf, role: Name) -> list[tuple[Dictionary, int]]:
    """The tags of a role, as the tag above and the place in it."""
    found: list[tuple[Dictionary, int]] = []

    def walk(tag: Dictionary) -> None:
        kids = tag.get(Name.K, Array())
        for place, kid in enumerate(kids if isinstance(kids, Array) else [kids]):
            if isinstance(kid, Dictionary) and Name.S in kid:
                found.extend([(tag, place)] if kid.S == role else [])
                walk(kid)

    walk(pdf.Root.StructTreeRoot.K[0])
    return found


def without(role: Name, number: int) -> Callable[[Pdf], object]:
    """Takes a tag out: what it has is drawn, and nothing reads it."""

    def change(pdf: Pdf) -> None:
        around, place = tags(pdf, role)[number]
        del around.K[place]

    return change


def turned(role: Name, number: int) -> Callable[[Pdf], object]:
    def change(pdf: Pdf) -> None:
        around, place = tags(pdf, role)[number]
        around.K[place], around.K[place + 1] = around.K[place + 1], around.K[place]

    return change


def told_instead(pdf: Pdf) -> None:
    """Has other words read than those that are shown."""
    page = pdf.pages[4]
    page.Contents = pdf.make_stream(page.Contents.read_bytes().replace(b"/MCID 0", b"/MCID 0 /ActualText (many)", 1))


ARTIFACT = b"/Artifact BMC"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (swapped("60", "80"), "page 4, under 'XX 2020 Compared with the year before': says '80', and the web"),
        (added("+33%", ARTIFACT), "page 4 shows '+33%' outside its tags, which is no running title"),
        (added("80", b"q", b"Q"), "page 4 shows '80' outside its tags"),
        (added("+33%", b"/Span <</MCID 9999>> BDC"), "page 4 shows '+33%' outside its tags"),
        (added("+33%", b"/Span <</MCID 0>> BDC"), "says 'XX 2020:+33% AT A GLANCE"),
        (added("+33%", b"3 Tr " + ARTIFACT), "page 4 has letters that do not show: '+33%'"),
        (told_instead, "says 'many"),
        (without(Name.P, -9), "outside its tags, which is no running title"),
        (without(Name.TR, -3), "outside its tags, which is no running title"),
        (turned(Name.TD, 9), "says"),
        (turned(Name.TR, 3), "says"),
    ],
)  # fmt: skip
def test_a_change_of_the_pdf_is_told(files, change, said):
    try:
        found = list(text_differences(rewritten(files[PDF], change), files[PAGE]))
    except MalformedFileError as problem:
        found = [str(problem)]
    assert any(said in each for each in found), found


@pytest.mark.parametrize(("one", "other", "alike"), [
    ("1 024 persons", "1\u00a0024 persons", True),
    (f"in{JOINT}2020", "in 2020", True),
    (f"20{JOINT}24", "20 24", True),
    (f"note{JOINT}(1)", "note (1)", True),
    ("1 024 persons", "10 24 persons", False),
    ("12 3", "1 23", False),
    ("11 of 24", "1 1 of 24", False),
])  # fmt: skip
def test_spaces_between_digits_count(one, other, alike):
    assert alike == is_spaced_alike(one, other)
