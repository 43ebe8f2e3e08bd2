"""What agencies and reviewers sent lies in one file for each workbook and Word file, told apart by its name."""

import pytest

from reporter.files.received import ReceivedPlace, asked_file, is_received, received_places
from reporter.files.remarks import RemarksPlace, remarks_places
from reporter.files.sources import Sources

PLACES = [
    ReceivedPlace("XX", 2020, "police", 1),
    ReceivedPlace("XX", 2020, "police", 2),
    ReceivedPlace("XX", 2021, "state_border_2", 12),
]


def test_the_name_of_a_file_says_agency_year_and_number() -> None:
    assert [
        "data/XX/received/police-2020.yaml",
        "data/XX/received/police-2020-2.yaml",
        "data/XX/received/state_border_2-2021-12.yaml",
    ] == [each.path for each in PLACES]


def test_files_are_found_again_by_their_names() -> None:
    assert PLACES == sorted(received_places(Sources.from_contents({each.path: b"" for each in PLACES}), "XX"))


@pytest.mark.parametrize(
    "path",
    [
        "data/XX/received/asked.yaml",
        "data/YY/received/police-2020.yaml",
        "data/XX/received/police-2020-1.yaml",
        "data/XX/received/police-2020-02.yaml",
        "data/XX/received/police-2020-123.yaml",
        "data/XX/received/Police-2020.yaml",
        "data/XX/received/more/police-2020.yaml",
        "data/XX/received/police-2020.yml",
        "data/XX/2020.yaml",
    ],
)
def test_other_files_are_no_workbooks_of_the_country(path: str) -> None:
    assert [] == [*received_places(Sources.from_contents({path: b""}), "XX")]


def test_all_that_lies_there_is_of_agencies() -> None:
    assert is_received(asked_file("XX"))
    assert all(is_received(each.path) for each in PLACES)
    assert not is_received("data/XX/country.yaml")


def test_remarks_of_reviewers_are_found_by_their_names_and_never_leave() -> None:
    place = RemarksPlace("LT", 2020, "en", 2)
    others = ("data/LV/received/remarks/2020-en-1.yaml", "data/LT/received/remarks/2020-en.yaml", "data/LT/2020.yaml")
    sources = Sources.from_contents(dict.fromkeys((place.path, *others), b""))
    assert [place] == list(remarks_places(sources, "LT"))
    assert [] == list(received_places(sources, "LT"))
    assert is_received(place.path)
