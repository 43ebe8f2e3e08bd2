"""Packages are audited without the workspace that they come from."""

import pytest

from reporter.disclosure.audit import audit
from reporter.disclosure.audited_packages import audited_package
from reporter.disclosure.verdict import Leak
from reporter.errors import ReporterError
from reporter.submission import pack
from tests.roundtrip.forging import CSV, INFO, payload

MEN = "victims.identified.men"


def repacked(packaged, tmp_path, change):
    return pack(tmp_path / "XX-2020-office.zip", change(payload(packaged.package)), INFO).path


def hidden(files: dict[str, bytes]) -> dict[str, bytes]:
    """The files with the men withheld in the sources, and nowhere else."""
    name = "source/data/XX/2020.yaml"
    assert b"men: 20" in files[name]
    return files | {name: files[name].replace(b"men: 20", b"men: suppressed")}


def test_a_package_is_read_by_its_sources_and_its_files_are_held_against_them(packaged, tmp_path):
    found = audit([audited_package(repacked(packaged, tmp_path, hidden))])
    (told,) = found.exposed
    assert (MEN, Leak.OUT, 20) == (told.figure, told.way, told.lowest)
    assert any("XX-2020-en.pdf" in each for each in told.places)


def test_a_number_in_a_file_of_data_is_told_although_it_is_withheld_there(packaged, tmp_path):
    name = "source/data/XX/2020.yaml"

    def source_only(files: dict[str, bytes]) -> dict[str, bytes]:
        coded = b"men: {value: 20, confidentiality: C}, children: suppressed"
        kept = {each: content for each, content in files.items() if each.startswith("source/")}
        return kept | {name: files[name].replace(b"men: 20", coded)}

    found = audit([audited_package(repacked(packaged, tmp_path, source_only))]).exposed
    assert (20, (name.rpartition("/")[2],)) == next((each.lowest, each.places) for each in found if each.figure == MEN)


def test_without_sources_its_figures_are_read(packaged, tmp_path):
    def figures_only(files: dict[str, bytes]) -> dict[str, bytes]:
        lines = files[CSV].decode().splitlines(keepends=True)
        changed = [
            line.replace(",20,", ",,").replace("given,exact", "suppressed,") if ",men," in line else line
            for line in lines
        ]
        return {CSV: "".join(changed).encode()}

    (told,) = audit([audited_package(repacked(packaged, tmp_path, figures_only))]).exposed
    assert (MEN, Leak.FOLLOWS, 20, 20) == (told.figure, told.way, told.lowest, told.highest)


def test_nothing_is_found_in_a_package_that_withholds_nothing(packaged):
    found = audit([audited_package(packaged.package)])
    assert (0, (), ()) == (found.withheld, found.exposed, found.unread)
    assert found.numbers > 100


def test_a_package_without_figures_is_refused(packaged, tmp_path):
    path = repacked(packaged, tmp_path, lambda files: {"XX-2020-office-letter.pdf": files["XX-2020-office-letter.pdf"]})
    with pytest.raises(ReporterError, match="holds no figures that could be audited"):
        audited_package(path)
