"""The file that lies in the place of another is named by every command that misses it."""

import pytest

from reporter.errors import ExitCode
from tests import small


@pytest.mark.parametrize(
    ("command", "name", "hint"),
    [
        ("check", "2021.xlsx", "write its figures into data/XX/2021.yaml; reporter new XX 2021 begins it"),
        ("build", "2021.yml", "rename it to 2021.yaml"),
        ("status", "2021.yaml.txt", "rename it to 2021.yaml (Windows may hide the ending .txt)"),
        ("publish", "text/en/2021.docx", "write its text into data/XX/text/en/2021.md; reporter new XX 2021 begins it"),
        ("check", "~$2021.xlsx", "close it in Word or Excel; delete this file if it stays"),
    ],
)
def test_a_command_that_misses_a_year_names_the_file_that_lies_there(called, tmp_path, command, name, hint):
    root = small.write(tmp_path, {f"data/XX/{name}": b""})
    said = f"reporter: XX has no file for 2021, but there is data/XX/{name}\n  hint: {hint}\n"
    assert (ExitCode.USAGE, "", said) == called(command, "XX", "2021", "-w", root)


def test_a_table_beside_the_years_is_a_warning(called, tmp_path):
    root = small.write(tmp_path, {"data/XX/2021.xlsx": b""})
    for command in (("check", "XX", "-v"), ("build", "XX"), ("status", "XX")):
        _, out, err = called(*command, "-w", root)
        assert "data/XX/2021.xlsx:1:1: warning: a table is not read [file-name]\n  hint: write its figures" in out + err


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("data/xx/2021.yaml", "rename the folder to data/XX"),
        ("data/Ruritania/2021.yaml", "rename the folder to the two letters of its country, such as data/LT"),
    ],
)
def test_a_workspace_without_a_country_names_the_folder_that_lies_there(called, tmp_path, name, hint):
    only = {each: None for each in small.FILES if each.startswith("data/XX/")}
    root = small.write(tmp_path, only | {name: b""})
    code, _, err = called("check", "-w", root)
    assert (ExitCode.USAGE, f"reporter: no country in data/ has a file yet\n  hint: {hint}\n") == (code, err)
