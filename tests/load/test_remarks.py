"""What reviewers wrote is read again as it was written, whatever letters it has."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from reporter.errors import Mark
from reporter.files.sources import Sources
from reporter.load.remarks import read_remarks, remarks_place, remarks_text
from reporter.model import ChangedWords, ReceivedRemarks, RemarkKind, RemarkReply, ReviewRemark

NONE = Mark("")
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), max_size=20).map(" ".join)
PLAIN = st.one_of(WORDS, st.sampled_from(["no", "010", "- a", "{{ b }}", "# c", "'", '"', "2026-11-28", "~", "¶ d"]))


def remark(words: str) -> ReviewRemark:
    change = ChangedWords(old=words, new="x", figure="victims.identified", year=2020, at=words, mark=NONE)
    reply = RemarkReply(author=words, day="2026-11-21", text=words, mark=NONE)
    said = ReviewRemark(number="7", kind=RemarkKind.COMMENT, author=words, text=words, mark=NONE)
    return replace(said, changes=(change,), replies=(reply,), resolved=True, day="2026-11-20", line=3)


def bare(read: ReceivedRemarks) -> ReceivedRemarks:
    return replace(
        read,
        mark=NONE,
        remarks=tuple(
            replace(
                each,
                mark=NONE,
                changes=tuple(replace(one, mark=NONE) for one in each.changes),
                replies=tuple(replace(one, mark=NONE) for one in each.replies),
            )
            for each in read.remarks
        ),
    )


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
