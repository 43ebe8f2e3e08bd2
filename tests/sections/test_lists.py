"""Lists of sources name their dates or say that there are none."""

from reporter.document.document import Entries
from tests.editions import document
from tests.sections.composed import section


def test_sources_name_their_dates_or_say_that_there_are_none():
    (lithuanian,), (ruritanian,) = (section(document(*each), "sources").blocks for each in (("LT", 2020), ("XX", 2022)))
    assert isinstance(lithuanian, Entries)
    assert "Date of publication: not stated" in lithuanian.entries[0].lines
    assert "Published: 30 June 2023" in ruritanian.entries[0].lines
