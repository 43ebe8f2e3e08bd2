"""What reviewers said lies in a file for each Word file, beside what agencies sent."""

from reporter.files.received import is_received, received_places
from reporter.files.remarks import RemarksPlace, remarks_places
from reporter.files.sources import Sources

PLACE = RemarksPlace("LT", 2020, "en", 2)


def test_the_place_is_read_from_the_path() -> None:
    others = ("data/LV/received/remarks/2020-en-1.yaml", "data/LT/received/remarks/2020-en.yaml", "data/LT/2020.yaml")
    sources = Sources.from_contents(dict.fromkeys((PLACE.path, *others), b""))
    assert [PLACE] == list(remarks_places(sources, "LT"))
    assert [] == list(received_places(sources, "LT"))


def test_it_is_among_what_never_leaves() -> None:
    assert is_received(PLACE.path)
