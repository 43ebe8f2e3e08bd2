"""`reporter reconcile`: its exit codes and its answers for people and machines."""

import json

import pytest

from tests.fixtures import LITHUANIA
from tests.reconcile.invented import DIFFERS, EXPLAINED, THERE, invented, person, total


@pytest.mark.parametrize(
    ("figures", "more", "code", "said"),
    [
        (DIFFERS, "", 1, "Differ, not explained (1)\n  victims.identified 2020: 14 here, 64 there\n"),
        (DIFFERS, EXPLAINED, 0, "    reason: A misprint.\n"),
        (DIFFERS.replace("14", "64"), "", 0, "Agree (1)\n  victims.identified: 2020\n"),
        (DIFFERS, EXPLAINED.replace("64", "65"), 1, "Explained, but not so (1)\n  victims.identified 2020: 65 there"),
        (DIFFERS, EXPLAINED.replace("office", "police"), 1, "Differ, not explained (1)"),
    ],
)
def test_an_unexplained_difference_leaves_with_one(tmp_path, called, figures, more, code, said):
    root, file = invented(tmp_path, figures, THERE, more)
    left, out, _ = called("reconcile", "XX", file, "-w", root)
    assert (code, True) == (left, said in out)


def test_an_indicator_that_is_called_otherwise_is_named_and_leaves_with_one(tmp_path, called):
    renamed = [total("Victims found", 14), person("Victims found", "men", 9)]
    root, file = invented(tmp_path, DIFFERS, renamed)
    for quiet in ([], ["-q"]):
        left, out, _ = called("reconcile", "XX", file, "-w", root, *quiet)
        assert 1 == left
        assert (
            "Called otherwise, it seems (1)\n  Detected trafficking victims: not in the file, which has Victims found\n"
        ) in out
        assert "  hint: write the new words as glotip: in data/catalogue.yaml\n" in out
    told = json.loads(called("reconcile", "XX", file, "-w", root, "--format", "json")[1])
    assert (["Detected trafficking victims"], ["Victims found"]) == (told["absent"], told["unknown"])


def test_the_answer_in_json_is_data_and_nothing_else(tmp_path, called):
    root, file = invented(tmp_path, DIFFERS, THERE, EXPLAINED)
    code, out, err = called("reconcile", "XX", file, "-w", root, "--format", "json")
    told = json.loads(out)
    (figure,) = told["figures"]
    assert (0, "XX", 0, [2020]) == (code, told["country"], told["unexplained"], told["years"])
    expected = ("victims.identified", 2020, "differs", "14", "64", "A misprint.")
    assert expected == tuple(figure[name] for name in ("figure", "year", "verdict", "here", "there", "reason"))
    assert ["a digit mistyped"] == [each["pattern"] for each in figure["likely"]]
    assert "1 differ, 0 of them unexplained" in err
    assert (0, "", "") == called("reconcile", "XX", file, "-w", root, "-q")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["LV", "../glotip/LTU.csv"], "there is no row of LVA in the file [other-country]\n  hint: it holds: LTU\n"),
        (["LT", "../glotip/README.md"], "reporter: 1 error in ../glotip/README.md; nothing was compared\n"),
        (["LT", "../glotip/LTU.csv", "1999"], "LT has no file for 1999\n  hint: years with a file: 2009–2020"),
        (["LT", "nothing.csv"], "nothing.csv does not exist\n  hint: name the CSV file of the publication"),
        (["LT", "../glotip/LTU.csv", "abc"], "reporter: 'abc' is no year\n  hint: write four digits"),
        (["LT", "."], ". is a folder"),
    ],
)
def test_wrong_words_on_the_command_line(monkeypatch, called, arguments, said):
    monkeypatch.chdir(LITHUANIA)
    code, out, err = called("reconcile", *arguments)
    assert (2, "", True) == (code, out, said in err)


def test_a_difference_is_told_with_both_places_the_likely_cause_and_the_reason_below_it(tmp_path, called, monkeypatch):
    root, file = invented(tmp_path, DIFFERS, THERE, EXPLAINED)
    monkeypatch.chdir(file.parent)
    assert """\
XX against UNODC 14/04/2025
outside.csv, 2020; in both: 2020

Differ, explained (1)
  victims.identified 2020: 14 here, 64 there
      data/XX/2020.yaml:4:23
      outside.csv:4:1
    likely: 14 and 64 differ in one digit: one may be a misprint
    reason: A misprint.
""" == called("reconcile", "XX", file, "-w", root)[1]
