"""`reporter audit`: exit codes, answers for people and machines, and the gate of a public package."""

import json
import sys

from tests import small

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
    # Neither part follows by itself, and both can only be very small.
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
