"""`reporter init` makes a workspace that checks and builds."""

from reporter.errors import ExitCode
from tests.fixtures import ROOT


def test_init_makes_a_workspace_that_checks_without_error(called, tmp_path):
    made = tmp_path / "new" / "place"
    code, out, err = called("init", made)
    assert (0, f"{made} is ready\n", f"next: cd {made} && reporter build\n") == (code, out, err)
    assert 0 == called("check", "-q", "-w", made)[0]
    assert (ROOT / "data/LT/2020.yaml").read_bytes() == (made / "data/LT/2020.yaml").read_bytes()
    assert {"build", "data", "reporter.yaml", "schema"} == {path.name for path in made.iterdir()} - {"themes"}
    assert [made] == list(made.parent.iterdir())
    assert (ROOT / "build/README.md").read_bytes() == (made / "build/README.md").read_bytes()
    assert [".gitignore", "README.md"] == sorted(path.name for path in (made / "build").iterdir())


def test_the_next_step_after_init_can_be_typed_as_it_stands(called, tmp_path):
    made = tmp_path / "my country"
    assert f"next: cd '{made}' && reporter build\n" == called("init", made)[2]


def test_init_in_the_place_of_a_file_says_that_it_is_no_folder(called, tmp_path):
    (tmp_path / "file").write_text("")
    code, _, err = called("init", tmp_path / "file")
    assert (ExitCode.USAGE, True) == (code, f"{tmp_path}/file is no folder\n" in err)


def test_init_fills_an_empty_folder_and_no_other(called, tmp_path):
    (tmp_path / "empty").mkdir()
    assert [0, 2] == [called("init", tmp_path / "empty")[0] for _ in range(2)]


def test_init_under_a_file_is_told_plainly(called, tmp_path):
    (tmp_path / "file").write_text("")
    code, out, err = called("init", tmp_path / "file" / "new")
    assert (ExitCode.FINDINGS, "") == (code, out)
    assert "cannot be made: " in err


def test_init_into_the_current_folder_keeps_the_folder(called, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    before = tmp_path.stat().st_ino
    assert 0 == called("init", ".")[0]
    assert (before, True) == (tmp_path.stat().st_ino, (tmp_path / "reporter.yaml").is_file())
