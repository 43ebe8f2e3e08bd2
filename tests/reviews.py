"""Word files of editions as they go out to reviewers, and what comes back."""

from pathlib import Path

from reporter.data.files.sources import Sources
from reporter.data.files.workspace import Workspace
from reporter.data.records import ReviewRemark
from reporter.editions.job import Job
from reporter.editions.making.composed import documents_of
from reporter.editions.resources import locale_of
from reporter.editions.state import edition_state
from reporter.exchange.word_remarks.printed_places import Recomposed, recomposed
from reporter.exchange.word_remarks.reviewing import ReviewReception, remarks_of, take_in_review
from reporter.formats.word.package import properties_of, to_word
from reporter.formats.word.read_review import read_reviewed
from tests import small
from tests.word.reviewed import Change, reviewed
from tests.word.written import THEME, pictures

DAY = "2026-11-25"
TEXT = """\
# general_situation: {{ investigations.opened | rose("Many more cases") }}

In {{ year }}, {{ investigations.opened }} investigations were opened. Of the victims {{ victims.identified.women }}
were women. The law did not change.

{{ investigations.opened | change_sentence }} Nobody knows why that is so.

- The first of two measures is a campaign.
- The second is a line that is open at night.
"""
FILES = {small.TEXT: TEXT}
MADE: dict[tuple[object, ...], bytes] = {}


def workspace(root: Path) -> Workspace:
    return Workspace(small.write(root, FILES))


def word_file(sources: Sources, country: str = "XX", year: int = 2020, language: str = "en") -> bytes:
    """The Word file of an edition, with pictures of one colour; made once of the same files."""
    key = (frozenset((path, each.content) for path, each in sources.items()), country, year, language)
    if key not in MADE:
        MADE[key] = _word_file(sources, country, year, language)
    return MADE[key]


def _word_file(sources: Sources, country: str, year: int, language: str) -> bytes:
    job = Job(country, year, language)
    state, locale = edition_state(sources, job), locale_of(sources, language)
    made = documents_of(state.checked, job, locale, anyway=True)[""]
    known_by = properties_of(made.edition, job.audience, state.checksum)
    return to_word(made, THEME, locale, pictures(made), "2021-12-31", known_by)


def again(sources: Sources, content: bytes) -> Recomposed:
    return recomposed(sources, read_reviewed(content).properties)


def told(sources: Sources, content: bytes) -> tuple[ReviewRemark, ...]:
    """What a Word file says of an edition."""
    return remarks_of(read_reviewed(content), again(sources, content))


def came(root: Workspace, *changes: Change, name: str = "draft.docx", writes: bool = True) -> ReviewReception:
    """What is taken in of the workspace's own Word file after some changes."""
    sources = root.snapshot()
    content = reviewed(word_file(sources), *changes)
    return take_in_review(root, sources, content, name, DAY, writes=writes)
