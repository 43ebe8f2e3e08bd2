"""The package is a bag that other programs accept, with a crate; the same files give the same bytes."""

import hashlib
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from reporter.errors import ReporterError
from reporter.submission import CrateFile, CrateLicence, CrateOffice, RoCrate, bag, describe, edamis_name, pack
from tests.submission.packages import FILES, INFO


def test_the_same_files_give_the_same_bytes_in_any_order_and_from_memory_or_disk(package, tmp_path):
    for name, data in FILES.items():
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / name).write_bytes(data)
    from_disk = {name: tmp_path / "in" / name for name in reversed(FILES)}
    again = pack(tmp_path / "again.zip", from_disk, INFO)
    whole = again.path.read_bytes()
    assert package.read_bytes() == whole
    assert (len(whole), hashlib.sha256(whole).hexdigest()) == (again.size, again.sha256)


def test_the_bytes_of_a_package_are_those_that_were_sent_before(tmp_path):
    """A change of this sum means that published packages cannot be made again."""
    packed = pack(tmp_path / "a.zip", FILES, replace(INFO, identifier="urn:x:LT-2020"))
    assert "4243c3d2fdcb36921ae9fdc8c8e4c49ca7714a33592f669fab6a2c896bc14526" == packed.sha256


@pytest.mark.parametrize("name", ["../a", "/a", "a\\b", "a:b", "a/", "", "nul.txt", "a\nb", "50%.csv"])
def test_an_unsafe_name_is_not_packed(tmp_path, name):
    with pytest.raises(ReporterError, match="cannot go into a package"):
        pack(tmp_path / "a.zip", {name: b""}, INFO)
    assert [] == list(tmp_path.iterdir())


def test_what_cannot_be_packed_leaves_the_earlier_package(package):
    before = package.read_bytes()
    with pytest.raises(ReporterError, match="cannot be read: No such file"):
        pack(package, {"a.csv": Path("/nowhere/a.csv")}, INFO)
    with pytest.raises(ReporterError, match="cannot be written"):
        pack(package / "a.zip", FILES, INFO)
    with pytest.raises(ReporterError, match="the same name but for case"):
        pack(package, {"a.csv": b"", "A.csv": b""}, INFO)
    assert (before, [package]) == (package.read_bytes(), list(package.parent.iterdir()))


@pytest.mark.parametrize("name", ["", "a/b", "..", "a\\b", "con", "a\n", "a."])
def test_a_name_that_is_no_folder_on_some_system_names_no_package(tmp_path, name):
    with pytest.raises(ReporterError, match="cannot name a package"):
        pack(tmp_path / "a.zip", FILES, replace(INFO, name=name))
    assert [] == list(tmp_path.iterdir())


def test_a_package_holds_as_many_files_as_can_be_opened_again(tmp_path, monkeypatch):
    monkeypatch.setattr(bag, "MOST_FILES", len(FILES) + len(bag.TAGS))
    pack(tmp_path / "a.zip", FILES, INFO)
    with pytest.raises(ReporterError, match=f"a package holds at most {len(FILES) + len(bag.TAGS)} files"):
        pack(tmp_path / "b.zip", FILES | {"more.txt": b""}, INFO)


def test_data_files_are_named_as_eurostat_reads_them():
    assert "CRIM_THB_A_LT_2020_0000.CSV" == edamis_name("CRIM", "THB", "LT", 2020, "csv")
    assert "CRIM_THB_A_EL_2020_0000_V2.XML" == edamis_name("CRIM", "THB", "GR", 2020, "xml", option="V2")


@pytest.mark.parametrize(
    "parts",
    ["crim THB LT", "CRIMINALS THB LT", "CRIM THB_VICT LT", "CRIM THB LTU", "CRIM THB LT 20", "CRIM THB LT c.v"],
)
def test_what_breaks_the_naming_convention_is_refused(parts):
    domain, code, country, *more = parts.split()
    year, ending = (20 if "20" in more else 2020), ("c.v" if "c.v" in more else "csv")
    with pytest.raises(ReporterError, match="cannot stand in the name of an EDAMIS file"):
        edamis_name(domain, code, country, year, ending)


def test_a_crate_describes_its_files_the_same_way_every_time(golden):
    crate = RoCrate(
        "Prekyba žmonėmis: Lietuva 2020",
        "Country profile",
        date(2021, 6, 30),
        CrateLicence("CC-BY-4.0", "May be used again.", "https://creativecommons.org/licenses/by/4.0/"),
        CrateOffice("Ministry of the Interior", "https://ministry.example"),
        CrateOffice("Rapporteur", email="office@ministry.example", telephone="+000 1"),
        "urn:x:LT-2020",
        ("en", "lt"),
    )
    files = [
        CrateFile("LT-2020-lt.pdf", "Profilis", "application/pdf", 19, "ab", "lt", "", ("urn:iso:std:iso:19005:-3",)),
        CrateFile("figures/my table.csv", "Figures", "text/csv", 17, "cd"),
    ]
    described = describe(crate, files)
    assert described == describe(crate, reversed(files))
    assert {"@context", "@graph"} == set(json.loads(described))
    golden("crate.json", described.decode())


def test_without_a_licence_the_crate_says_so_in_an_entity_of_its_own():
    """What the context of RO-Crate 1.1 has is held against it by its validator, in exhaustive/; the rest is defined."""
    office = CrateOffice("Ministry")
    crate = RoCrate(
        "LT-2020", "Profile", date(2021, 6, 30), CrateLicence("No licence is stated", "Ask."), office, office
    )
    described = json.loads(describe(crate, [CrateFile("a.csv", "A", "text/csv", 1, "ab")]))
    graph = {each["@id"]: each for each in described["@graph"]}
    assert {"@id": "#licence"} == graph["./"]["license"]
    assert ("No licence is stated", "Ask.") == (graph["#licence"]["name"], graph["#licence"]["description"])
    assert {"@id": "#publisher", "@type": "Organization", "name": "Ministry"} == graph["#publisher"]
    context = ["https://w3id.org/ro/crate/1.1/context", {"sha256": "http://schema.org/sha256"}]
    assert context == described["@context"]
