"""A snapshot holds the files of a workspace as they were read, once each, also those that others sent."""

import os
import pickle
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporter.data.errors import Finding
from reporter.data.files.received import (
    ReceivedPlace,
    RemarksPlace,
    asked_file,
    is_received,
    received_places,
    remarks_places,
)
from reporter.data.files.sources import LARGEST_TEXT, SourceFile, Sources, folder_sources
from reporter.data.read.dataset import load_dataset
from reporter.data.records import Status, vintage
from reporter.editions.checked import load_checked
from reporter.editions.job import Job, edition_files, inputs_of
from tests import small
from tests.fixtures import LITHUANIA, RURITANIA
from tests.snapshots import snapshot

JOB = Job("XX", 2020, "en")


def counted(contents: dict[str, bytes]) -> tuple[Sources, list[str]]:
    read: list[str] = []

    def source(path: str) -> SourceFile:
        return SourceFile(path, lambda: read.append(path) or contents[path])

    return Sources({path: source(path) for path in contents}), read


# one shape, several origins


def test_a_folder_and_a_dict_of_its_bytes_give_the_same_dataset_which_travels_to_another_process() -> None:
    folder = snapshot(RURITANIA)
    loaded = load_dataset(Sources.from_contents(folder.contents), ("XX",))
    assert load_dataset(folder, ("XX",)) == loaded
    known = vintage(loaded.dataset, "XX", 2022)
    assert (loaded.dataset, known) == pickle.loads(pickle.dumps((loaded.dataset, known)))


def test_a_dict_is_read_without_opening_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    contents = snapshot(RURITANIA).contents

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a file was opened")

    monkeypatch.setattr("builtins.open", refuse)
    monkeypatch.setattr(Path, "open", refuse)
    monkeypatch.setattr(os, "open", refuse)
    assert "XX" == load_dataset(Sources.from_contents(contents), ("XX",)).dataset.countries[0].country.code


def test_unsaved_text_lies_over_a_folder_and_leaves_it_as_it_is(tmp_path: Path) -> None:
    saved = snapshot(small.write(tmp_path))
    unsaved = saved.overlay({small.YEAR: saved[small.YEAR].content.replace(b"total: 80", b"total: 81")})
    totals = [_totals(each) for each in (saved, unsaved)]
    assert [Decimal(80), Decimal(81)] == [each["victims.identified"] for each in totals]
    assert b"total: 81" in unsaved[small.YEAR].content
    assert b"total: 81" not in saved[small.YEAR].content
    assert b"total: 81" not in (tmp_path / small.YEAR).read_bytes()


def _totals(sources: Sources) -> dict[str, Decimal | None]:
    seen = load_dataset(sources, ("XX",)).dataset.countries[0].observations
    return {each.indicator: each.value for each in seen if each.year == 2020 and not each.code}


def test_every_part_of_a_snapshot_reads_a_file_once_and_when_it_is_asked_for() -> None:
    whole, read = counted(snapshot(RURITANIA).contents)
    assert [] == read
    part = edition_files(whole, JOB)
    for sources in (whole, part, inputs_of(part, JOB), part.overlay({"themes/a": b""})):
        load_checked(sources, "XX")
        assert all(each.sha256 for each in sources.values())
    assert sorted(read) == sorted(set(read))


@settings(max_examples=20)
@given(st.dictionaries(st.text("abc/.", min_size=1), st.binary(max_size=20)))
def test_a_snapshot_travels_to_another_process_as_a_value(contents: dict[str, bytes]) -> None:
    sources, read = counted(contents)
    copied = pickle.loads(pickle.dumps(sources))
    assert contents == copied.contents == sources.contents
    assert sorted(contents) == sorted(read)


def test_what_a_worker_gets_is_small() -> None:
    """Lithuania's edition with all its years, as a value: less than a megabyte."""
    assert len(pickle.dumps(edition_files(snapshot(LITHUANIA), Job("LT", 2020, "en")))) < 1_000_000


# what cannot be read


def problem(sources: Sources, path: str) -> str:
    found = sources[path].finding
    assert isinstance(found, Finding)
    return f"{found.mark}: {found.message} [{found.code}]"


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (
            lambda path: path.symlink_to(path.parents[3] / "outside"),
            "leads out of the workspace through a symbolic link",
        ),
        (lambda path: path.write_bytes(b" " * (LARGEST_TEXT + 1)), "file is larger than 400 kB"),
        (lambda path: path.mkdir(), "is not a file"),
        (os.mkfifo, "is not a file"),
        (lambda path: path.symlink_to(path), "symbolic links form a loop"),
    ],
)
def test_a_file_that_cannot_be_read_is_a_finding_and_the_rest_is_there(tmp_path: Path, make, told: str) -> None:
    (tmp_path / "outside").write_text("year: 2018\n")
    root = small.write(tmp_path / "work", {"data/XX/2018.yaml": None})
    make(root / "data/XX/2018.yaml")
    assert told in problem(folder_sources(root), "data/XX/2018.yaml")
    loaded = load_dataset(folder_sources(root), ("XX",))
    assert ["data/XX/2018.yaml"] == [each.mark.path for each in loaded.findings]
    assert [2019, 2020] == [each.year for each in loaded.dataset.countries[0].years]


def test_a_folder_that_leads_out_is_not_walked(tmp_path: Path) -> None:
    root = small.write(tmp_path / "work")
    (tmp_path / "elsewhere" / "en").mkdir(parents=True)
    (tmp_path / "elsewhere" / "en" / "2020.md").write_text("# general_situation\n\nSecret.\n")
    (root / "data/YY").symlink_to(tmp_path / "elsewhere")
    sources = folder_sources(root)
    assert "data/YY/en/2020.md" not in sources
    assert "leads out of the workspace" in problem(sources, "data/YY")
    assert sources.find("data/YY/country.yaml").finding == sources["data/YY"].finding


# what takes what with it


@pytest.mark.parametrize(
    ("was", "now", "address"),
    [
        ("total: 80", "total: 8O", "victims.identified"),
        ("women: 60", "women: 6O", "victims.identified.women"),
        ("total: 11, by form: {sexual: 4, labour: 6}", "total: 1l", "investigations.opened"),
    ],
)
def test_of_a_figure_only_the_value_that_cannot_be_read_is_gone_and_its_place_is_known(
    tmp_path: Path, was: str, now: str, address: str
) -> None:
    year = small.FILES[small.YEAR].replace(was, now)
    loaded = load_dataset(snapshot(small.write(tmp_path, {small.YEAR: year})), ("XX",))
    seen = [each for each in loaded.dataset.countries[0].observations if each.year == 2020]
    assert [address] == [each.address for each in seen if each.status is Status.UNREADABLE]
    assert [each.mark for each in loaded.findings] == [each.mark for each in seen if each.value is None]


def test_an_error_in_the_catalogue_is_told_without_what_follows_from_it(tmp_path: Path) -> None:
    catalogue = small.FILES["data/catalogue.yaml"].replace("unit: persons", "unit: heads", 1)
    checked = load_checked(snapshot(small.write(tmp_path, {**small.FINAL, "data/catalogue.yaml": catalogue})), "XX")
    assert ["data/catalogue.yaml"] == [each.mark.path for each in checked.findings if each.severity == "error"]


@pytest.mark.parametrize("content", [None, b"]]: [: {", b"\xff"])
def test_without_the_file_of_its_country_the_figures_are_there(tmp_path: Path, content: bytes | None) -> None:
    root = small.write(tmp_path, {**small.FINAL, "data/XX/country.yaml": content})
    checked = load_checked(snapshot(root), "XX")
    assert ["data/XX/country.yaml"] == [each.mark.path for each in checked.findings if each.severity == "error"]
    assert [2018, 2019, 2020] == [each.year for each in checked.dataset.countries[0].years]


def test_what_is_absent_in_an_earlier_edition_is_told_though_a_later_file_is_broken(tmp_path: Path) -> None:
    """Only from the year of the fault on may something be absent because it could not be read."""
    text = "# general_situation\n\n{{ persons.convicted }} persons were convicted.\n"
    files = {**small.FINAL, small.TEXT: text, "data/XX/2021.yaml": b"]]: [: {"}
    checked = load_checked(snapshot(small.write(tmp_path, files)), "XX")
    told = {(each.code, each.mark.path) for each in checked.findings if each.severity == "error"}
    assert {("broken-yaml", "data/XX/2021.yaml"), ("no-value", small.TEXT)} == told


def test_a_bad_entry_of_a_list_leaves_the_others_with_their_lines(tmp_path: Path) -> None:
    entries = ("destination, named: [DE]", "nonsense, named: [FR]", "target, named: [NO]")
    year = f"{small.HEAD}countries:\n" + "".join(f"  - {{kind: {each}}}\n" for each in entries)
    loaded = load_dataset(snapshot(small.write(tmp_path, {small.YEAR: year})), ("XX",))
    lists = [each for each in loaded.dataset.countries[0].lists if each.year == 2020]
    (wrong,) = (each.mark.line for each in loaded.findings)
    assert [(("DE",), wrong - 1), (("NO",), wrong + 1)] == [(each.countries, each.mark.line) for each in lists]


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
