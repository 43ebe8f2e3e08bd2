"""`reporter audit`: exit codes, answers for people and machines, and the gate of a public package."""

import json
import sys

import pytest

from tests import small
from tests.reconcile.invented import VICTIMS as VICTIM_ROWS
from tests.reconcile.invented import invented, person, total

HIDDEN = {small.YEAR: small.FINAL[small.YEAR].replace("men: 20", "men: suppressed")}
FOLLOWS = "victims.identified.men of 2020 can only be 20: victims.identified 80 = women 60 + men in 2020 (XX 2020)\n"


def test_what_follows_leaves_with_one_and_says_from_what(tmp_path, called):
    root = small.write(tmp_path, small.FINAL | HIDDEN)
    code, out, _ = called("audit", "XX", "2020", "-w", root)
    assert (1, True) == (code, out.startswith(FOLLOWS))
    assert "no finished file is among them: only figures were looked at; reporter build makes the files\n" in out
    assert "1 figures withheld, 1 of them exposed; 0 numbers read in 0 files of XX 2020\n" in out
    code, out, _ = called("audit", "XX", "2020", "-w", root, "--format", "json")
    answer = json.loads(out)
    (one,) = answer["exposed"]
    assert (1, False) == (code, answer["passes"])
    assert ("victims.identified.men", 20, 20) == (one["figure"], one["lowest"], one["highest"])


def test_what_is_no_edition_is_wrong_usage(tmp_path, called):
    root = small.write(tmp_path, small.FINAL)
    wrong = [("XX",), ("XX", "soon"), ("XX", "1990")]
    assert [2, 2, 2, 0] == [called("audit", *words, "-w", root)[0] for words in (*wrong, ("XX", "2020"))]


def test_without_the_solver_its_extra_is_named(tmp_path, called, monkeypatch):
    monkeypatch.setitem(sys.modules, "highspy", None)
    for name in [each for each in sys.modules if each.startswith("reporter.disclosure.") and "public" not in each]:
        monkeypatch.delitem(sys.modules, name)
    code, _, err = called("audit", "XX", "2020", "-w", small.write(tmp_path, small.FINAL))
    assert (2, True) == (code, 'pip install "reporter[protect]"' in err)


def with_parts(tmp_path, parts: str):
    year = small.FINAL[small.YEAR].replace("{women: 60, men: 20}", parts)
    return small.write(tmp_path, small.FINAL | {small.YEAR: year})


def test_a_public_package_does_not_leave_while_a_withheld_figure_follows(tmp_path, called):
    root = with_parts(tmp_path, "{women: 77, men: suppressed, children: suppressed}")
    code, _, err = called("package", "XX", "2020", "--to", "figures", "-w", root)
    assert (1, []) == (code, list(root.glob("build/XX/2020/package/*.zip*")))
    assert "victims.identified.children of 2020 lies between 0 and 3" in err
    assert "reporter protect XX 2020" in err


def test_one_whose_withheld_figures_are_protected_leaves_and_is_audited_without_a_workspace(tmp_path, called):
    root = with_parts(tmp_path, "{women: 60, men: suppressed, children: suppressed}")
    assert 0 == called("package", "XX", "2020", "--to", "figures", "-w", root)[0]
    (package,) = root.glob("build/XX/2020/package/*.zip")
    code, out, _ = called("audit", package)
    assert (0, True) == (code, "2 figures withheld, 0 of them exposed" in out)


FILE = "data/XX/protection/2020.yaml"
VICTIMS = "victims.identified"
PEOPLE = f"{small.HEAD}figures:\n  {VICTIMS}: {{total: 31, by person: {{women: 16, men: 13, children: 2}}}}\n"


@pytest.fixture
def root(tmp_path):
    return small.write(tmp_path, {small.YEAR: PEOPLE, small.TEXT: None})


def test_it_shows_why_each_value_goes_and_what_is_left(root, called):
    code, out, err = called("protect", "XX", "2020", "-w", root)
    assert 0 == code
    expected = (
        "XX 2020: what the public does not get\n\n"
        f"2020  {VICTIMS}\n"
        "  + men 13      without it, children could be worked out; costs 10\n"
        "  + children 2  so small a count could show who is meant\n"
        "    the public gets: total 31, women 16\n"
    )
    assert expected == out
    assert "2 values are withheld, 2 of them new\nof everything withheld at least 5 values stay possible" in err
    assert f"wrote {FILE}\n" in err
    assert f"    {VICTIMS}.children: {{because: small}}\n" in (root / FILE).read_text(encoding="utf-8")


def test_a_dry_run_and_a_second_time_write_nothing_and_the_journal_knows_who_decided(root, called):
    code, _, err = called("protect", "XX", "2020", "-w", root, "--dry-run")
    assert (0, False) == (code, (root / FILE).exists())
    assert f"nothing was written: without --dry-run, {FILE} would be\n" in err
    called("protect", "XX", "2020", "-w", root, "-q", "--by", "Ona")
    (journal,) = (root / ".reporter/journal").iterdir()
    line = json.loads(journal.read_text(encoding="utf-8"))
    assert ("Ona", FILE, ["withheld"]) == (line["person"], line["file"], line["path"])
    before = (root / FILE).read_bytes()
    code, out, err = called("protect", "XX", "2020", "-w", root)
    assert (0, before, True) == (code, (root / FILE).read_bytes(), "    children 2  so small" in out)
    assert (True, False) == ("2 values are withheld\n" in err, "wrote" in err)


def test_machines_get_values_bounds_and_places(root, called):
    code, out, _ = called("protect", "XX", "2020", "-w", root, "--format", "json", "--dry-run")
    answer = json.loads(out)
    assert (0, FILE, True, False) == (code, answer["file"], answer["changed"], answer["written"])
    men, children = answer["withheld"]
    assert (f"{VICTIMS}.men", "protects", [f"{VICTIMS}.children"]) == (men["figure"], men["because"], men["protects"])
    told = tuple(children[name] for name in ("value", "because", "new", "place"))
    assert ("2", "small", True, "data/XX/2020.yaml:4:77") == told
    found = [(each["lowest"], each["highest"], each["protected"]) for each in answer["possible"]]
    assert [(0, 15, True), (0, 15, True)] == found


def test_of_a_figure_that_is_small_itself_nothing_is_left_and_a_published_year_becomes_a_corrigendum(root, called):
    parts = "{total: 31, by person: {women: 16, men: 13, children: 2}}"
    few = PEOPLE.replace(parts, "{total: 3, by person: {women: 3}}")
    small.write(root, {small.YEAR: few, small.TEXT: None, "data/XX/editions/2020.yaml": ""})
    code, out, err = called("protect", "XX", "2020", "-w", root)
    assert (0, True) == (code, "the public gets: nothing of it" in out)
    assert "XX 2020 is published: with this change it becomes a corrigendum\n" in err
    assert [2, 2] == [called("protect", *words, "-w", root)[0] for words in (("XX", "2017"), ("YY", "2020"))]


def test_what_others_publish_protects_nothing(tmp_path, called):
    figures = f"  {VICTIMS}: {{total: 31, by person: {{women: 16, men: 13, children: 2}}}}"
    there = [total(VICTIM_ROWS, 31), person(VICTIM_ROWS, "men", 13), person(VICTIM_ROWS, "women", 16)]
    root, file = invented(tmp_path, figures, there)
    assert 0 == called("protect", "XX", "2020", "-w", root, "--dry-run")[0]
    code, out, _ = called("protect", "XX", "2020", "-w", root, "--dry-run", "--publication", file)
    assert (1, True) == (code, f"{VICTIMS}.children of 2020 is not protected: for readers it is 2: " in out)


def test_a_table_can_be_rounded_instead(root, called):
    code, out, err = called("protect", "XX", "2020", "-w", root, "--round", VICTIMS)
    assert (0, True) == (code, "    children 2  printed as about 0\n" in out)
    assert "printed as multiples of 5: 4\n" in err
    assert "rounded:\n  2020:\n" in (root / FILE).read_text(encoding="utf-8")
    assert 2 == called("protect", "XX", "2020", "-w", root, "--round", "victims.men")[0]
