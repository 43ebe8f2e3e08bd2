"""A back-up is written once, said before it is put back, and makes a workspace of an empty folder."""

from reporter.errors import ExitCode
from tests import small


def test_a_back_up_says_what_is_in_it_and_what_is_not(called, tmp_path, monkeypatch):
    root = small.write(tmp_path / "here")
    (root / "notes.txt").write_text("")
    monkeypatch.chdir(tmp_path)
    code, out, err = called("backup", "a.zip", "-w", root)
    assert (ExitCode.OK, "not in it: notes.txt\n") == (code, err)
    assert out.startswith(f"a.zip  {len(small.FILES)} files  ")
    # None is written over.
    (tmp_path / "a.zip").write_text("mine")
    code, _, err = called("backup", tmp_path / "a.zip", "-w", root)
    assert (2, "mine", True) == (code, (tmp_path / "a.zip").read_text(), "is there already" in err)


def test_without_write_it_is_only_said_what_would_change(called, tmp_path):
    root = small.write(tmp_path / "here")
    called("backup", tmp_path / "a.zip", "-w", root)
    (root / small.YEAR).write_text("year: 2020\n")
    assert (0, f"changed {small.YEAR}\n1 changed\n", "") == called("restore", tmp_path / "a.zip", "-w", root)
    assert "year: 2020\n" == (root / small.YEAR).read_text()
    assert 0 == called("restore", tmp_path / "a.zip", "-w", root, "--write", "-q")[0]
    assert small.FILES[small.YEAR] == (root / small.YEAR).read_text()
    assert (0, "nothing would change\n", "") == called("restore", tmp_path / "a.zip", "-w", root, "--write")


def test_any_command_finishes_what_was_broken_off(called, tmp_path, monkeypatch):
    root = small.write(tmp_path / "here")
    called("backup", tmp_path / "a.zip", "-w", root)
    (root / small.YEAR).write_text("year: 2020\n")
    with monkeypatch.context() as patched:
        patched.setattr("reporter.delivery.putting_back._carry_out", lambda _: None)
        called("restore", tmp_path / "a.zip", "-w", root, "--write", "-q")
    assert "year: 2020\n" == (root / small.YEAR).read_text()
    called("status", "-w", root)
    assert small.FILES[small.YEAR] == (root / small.YEAR).read_text()
