"""Files that nobody reads are named, with what is to become of them."""

import pytest

from reporter.errors import Severity
from reporter.files.sources import Sources
from reporter.load.stray_files import stray_files, stray_folders

KNOWN = ("data/catalogue.yaml", "data/LT/country.yaml", "data/LT/2020.yaml", "data/LT/text/lt/2020.md")
OTHER = "not the name of a year's file"
HIDDEN = " (Windows may hide the ending .txt)"
TEXT = "not the name of a year's text"


def sources(*names: str) -> Sources:
    return Sources.from_contents(dict.fromkeys((*KNOWN, *names), b""))


@pytest.mark.parametrize(
    ("name", "message", "hint"),
    [
        *(
            (each, OTHER, "rename it to 2021.yaml")
            for each in ("2021.yml", "2021.YAML", "2021", "2021 (1).yaml", "LT-2021.yaml")
        ),
        *((each, OTHER, f"rename it to 2021.yaml{HIDDEN}") for each in ("2021.txt", "2021.yaml.txt")),
        ("2020 (1).yaml", "a second file of 2020, which is not read", "keep one of the two: data/LT/2020.yaml is read"),
        ("2020 - kopija.yaml", "a second file of 2020, which is not read", "keep one of the two: data/LT/2020.yaml is"),
        *(
            (each, "a table is not read", "write its figures into data/LT/2021.yaml")
            for each in ("2021.csv", "2021.xlsx", "figures 2021.ods")
        ),
        ("2021.docx", "a document is not read", "write its text into data/LT/text/lt/2021.md; reporter new LT 2021"),
        ("2020.xlsx", "a table is not read", "write its figures into data/LT/2020.yaml"),
        ("2021.md", TEXT, "move it to data/LT/text/lt/2021.md"),
        (
            "~$2021.docx",
            "left there while 2021.docx is open",
            "close it in Word or Excel; delete this file if it stays",
        ),
        ("country.yml", OTHER, "rename it to country.yaml"),
        ("notes.yaml", OTHER, "name it after its year, such as 2020.yaml"),
        ("text/EN/2020.md", "'EN' is not the code of a language", "rename the folder to en"),
        ("text/en-GB/2020.md", "'en-GB' is not the code of a language", "rename the folder to en"),
        ("text/LT/2020.md", "'LT' is not the code of a language", "keep one of the two: data/LT/text/lt/2020.md is"),
        ("text/LT/2019.md", "'LT' is not the code of a language", "move it to data/LT/text/lt/2019.md"),
        ("text/English/2020.md", "'English' is not the code of a language", "name the folder by a code such as en or"),
        ("text/2018.md", "a text outside the folder of its language", "move it to data/LT/text/lt/2018.md"),
        ("text/en/2020.docx", "a document is not read", "write its text into data/LT/text/en/2020.md"),
        *((f"text/en/2020{each}", TEXT, f"rename it to 2020.md{HIDDEN}") for each in (".txt", ".md.txt")),
        ("text/en/2020_final.md", TEXT, "rename it to 2020.md"),
        ("text/en/draft.md", TEXT, "name it after its year, such as 2020.md"),
        ("text/en/2021.md", "a text of 2021, but there is no file of that year", "write data/LT/2021.yaml first"),
        *((f"{each}en/2020.md", TEXT, "move it to data/LT/text/en/2020.md") for each in ("", "texts/")),
    ],
)
def test_a_stray_file_is_named_with_what_to_do(name: str, message: str, hint: str):
    (found,) = stray_files(sources(f"data/LT/{name}"), "LT")
    assert (f"data/LT/{name}", message, hint) == (found.mark.path, found.message, found.hint[: len(hint)])


@pytest.mark.parametrize(
    "name",
    ["README.md", "sources/police 2021.xlsx", "notes.txt", "2021.png", "editions/2020/0/data/LT/2020.yaml", "text/en"],
)
def test_what_nobody_takes_for_a_year_is_left_alone(name: str):
    assert [] == list(stray_files(sources(f"data/LT/{name}"), "LT"))


def test_only_what_looks_like_figures_or_text_stops_an_edition():
    found = stray_files(sources("data/LT/2021.yml", "data/LT/2021.xlsx", "data/LT/text/en/2020.md.txt"), "LT")
    assert [Severity.WARNING, Severity.ERROR, Severity.WARNING] == [each.severity for each in found]


@pytest.mark.parametrize(
    ("path", "place", "hint"),
    [
        ("data/lt/2021.yaml", "data/lt", "move what is in it to data/LT"),
        ("data/fi/2021.yaml", "data/fi", "rename the folder to data/FI"),
        ("data/gr/country.yaml", "data/gr", "rename the folder to data/EL"),
        (
            "data/Lithuania/text/en/2021.md",
            "data/Lithuania",
            "rename the folder to the two letters of its country, such as data/LT",
        ),
        ("data/2021.yaml", "data/2021.yaml", "move it to data/LT/2021.yaml"),
        ("data/2021.csv", "data/2021.csv", "write its figures into data/LT/2021.yaml"),
        ("data/catalogue.yml", "data/catalogue.yml", "rename it to catalogue.yaml"),
    ],
)
def test_a_folder_that_is_no_country_is_named(path: str, place: str, hint: str):
    assert [(place, hint)] == [(each.mark.path, each.hint) for each in stray_folders(sources(path))]


@pytest.mark.parametrize("path", ["data/sources/police.xlsx", "data/README.md", "data/notes.txt"])
def test_other_folders_and_files_are_left_alone(path: str):
    assert [] == list(stray_folders(sources(path)))
