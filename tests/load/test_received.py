"""What agencies and reviewers said is read again as it was written."""

from dataclasses import fields, is_dataclass, replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reporter.errors import DataError, Mark
from reporter.files.received import asked_file
from reporter.files.sources import Sources
from reporter.load.received import asked_text, place_of, read_asked, read_received, received_text
from reporter.load.remarks import read_remarks, remarks_place, remarks_text
from reporter.model import Asked, ChangedWords, Received, ReceivedRemarks, RemarkKind, RemarkReply, ReviewRemark
from tests.agencies import sent, written

NONE = Mark("")
ANSWERS = {"victims.identified": "12", "victims.identified.women": "missing"}


def bare(record):
    """A record without its places."""
    inner = {each.name: getattr(record, each.name) for each in fields(record)}
    inner = {name: each for name, each in inner.items() if isinstance(each, tuple) and each and is_dataclass(each[0])}
    return replace(record, mark=NONE, **{name: tuple(map(bare, each)) for name, each in inner.items()})


def read(*texts: Received) -> tuple[Received, ...]:
    """What is read of what was written, without its places."""
    contents = {path: text.encode() for path, text in written(*texts).items()}
    return tuple(map(bare, read_received(Sources.from_contents(contents), "XX")))


@given(
    st.text(st.characters(exclude_categories=("Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp")), max_size=40).map(str.strip)
)
@example('0"')
@example("„a“")
@example("it's: a # sign")
@example("=1+1")
@settings(max_examples=20)
def test_what_was_written_is_read_again(words: str) -> None:
    made = sent("police", ANSWERS, remark=" ".join(words.split()))
    assert (made,) == read(made)


def test_workbooks_come_in_the_order_of_year_agency_and_number() -> None:
    made = [sent("police", ANSWERS, 2), sent("courts", ANSWERS), sent("police", ANSWERS)]
    assert [("courts", 1), ("police", 1), ("police", 2)] == [(each.agency, each.number) for each in read(*made)]
    contents = {path: text.encode() for path, text in written(*made).items()}
    assert () == read_received(Sources.from_contents(contents), "XX", (2019,))


@pytest.mark.parametrize("wrong", ["answers: [", "sha256: 12\n", "answers: {victims.identified: 12}\n"])
def test_a_file_that_somebody_broke_is_told_at_its_place(wrong: str) -> None:
    made = sent("police", ANSWERS)
    text = received_text(made).partition("answers:")[0] + wrong
    path = place_of(made).path
    with pytest.raises(DataError) as problem:
        read_received(Sources.from_contents({path: text.encode()}), "XX")
    assert {path} == {each.mark.path for each in problem.value.findings}


def test_who_was_asked_and_reminded_is_read_again() -> None:
    made = [
        Asked(agency="police", year=2020, day="2021-01-10", sha256="0" * 64, reminded=("2021-03-02",), mark=NONE),
        Asked(agency="courts", year=2020, day="2021-01-10", sha256="1" * 64, mark=NONE),
    ]
    sources = Sources.from_contents({asked_file("XX"): asked_text(made).encode()})
    assert made == [bare(each) for each in read_asked(sources, "XX")]
    assert () == read_asked(Sources.from_contents({}), "XX")


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), max_size=20).map(" ".join)
PLAIN = st.one_of(WORDS, st.sampled_from(["no", "010", "- a", "{{ b }}", "# c", "'", '"', "2026-11-28", "~", "¶ d"]))


def remark(words: str) -> ReviewRemark:
    change = ChangedWords(old=words, new="x", figure="victims.identified", year=2020, at=words, mark=NONE)
    reply = RemarkReply(author=words, day="2026-11-21", text=words, mark=NONE)
    said = ReviewRemark(number="7", kind=RemarkKind.COMMENT, author=words, text=words, mark=NONE)
    return replace(said, changes=(change,), replies=(reply,), resolved=True, day="2026-11-20", line=3)


@given(PLAIN)
def test_what_is_written_is_read_again(words: str) -> None:
    made = ReceivedRemarks(
        country="XX",
        year=2020,
        language="en",
        number=2,
        file="a.docx",
        sha256="0" * 64,
        received="2026-11-28",
        remarks=(remark(words),),
        mark=NONE,
    )
    sources = Sources.from_contents({remarks_place(made).path: remarks_text(made).encode()})
    assert [made] == [bare(each) for each in read_remarks(sources, "XX")]
