"""A workspace, a country and a year begin in the browser with the files that the commands write."""

from pathlib import Path

from reporter.cli.group import run
from reporter.files.workspace import packaged_folder
from reporter.theme.cover import cover_map
from reporter.theme.tokens import DEFAULT, load_theme
from tests import small
from tests.web.serving import come_in, running


def files_of(root: Path) -> dict[str, bytes]:
    """The files of a workspace, without what is kept of checks."""
    found = (path for path in root.rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in found if ".cache" not in path.parts}


def test_an_empty_folder_becomes_what_init_makes(tmp_path: Path) -> None:
    root, other = tmp_path / "here", tmp_path / "there"
    root.mkdir()
    with running(root) as bench:
        bench.desk.read_now()
        asker = come_in(bench)
        assert "/new" == asker.get("/").headers["location"]
        form = {"country": "FI", "year": "2020", "first": "fi"}
        wrong = asker.post("/new", {**form, "also.../x": "1"})
        assert (422, {}) == (wrong.status, files_of(root))
        # What an editor keeps in the folder stays.
        (root / ".vscode").mkdir()
        (root / ".vscode/settings.json").write_text("{}")
        begun = asker.post("/new", {**form, "also.sv": "1"})
        assert (303, "/FI/2020") == (begun.status, begun.headers["location"])
        assert 200 == asker.get("/FI/2020").status
    assert 0 == run(["init", str(other), "--country", "FI", "--languages", "fi,sv", "--year", "2020", "-q"])
    assert files_of(other) | {".vscode/settings.json": b"{}"} == files_of(root)


def test_a_new_year_is_what_new_writes_and_no_file_is_written_over(tmp_path: Path) -> None:
    root, other = small.write(tmp_path / "here"), small.write(tmp_path / "there")
    with running(root) as bench:
        bench.desk.read_now()
        asker = come_in(bench)
        assert "data/XX/2021.yaml" in asker.get("/XX/new").text
        assert files_of(root) == files_of(other)
        answer = asker.post("/XX/new", {"year": "2021"})
        assert (303, "/XX/2021") == (answer.status, answer.headers["location"])
        assert "figures wait for an answer" in asker.get("/XX/2021").title
        assert 0 == run(["new", "XX", "2021", "-w", str(other), "-q"])
        assert files_of(other) == files_of(root)
        (root / "data/XX/2021.yaml").write_text("year: 2021\nsource: police\n")
        assert 303 == asker.post("/XX/new", {"year": "2021"}).status
        assert b"year: 2021\nsource: police\n" == (root / "data/XX/2021.yaml").read_bytes()


WRONG = (
    ("/XX/new", {"year": "20"}, "&#39;20&#39; is no year"),
    ("/XX/new", {}, "&#39;&#39; is no year"),
    ("/XX/new", {"year": "1999"}, "XX has no year before 1999 to begin from"),
    ("/new/country", {"country": "ZZ", "year": "2020"}, "&#39;ZZ&#39; is no country code"),
    ("/new/country", {"country": "../..", "year": "2020"}, "is no country code"),
    ("/new/country", {"country": "FI", "year": "<b>"}, "&#39;&lt;b&gt;&#39; is no year"),
    ("/new", {"country": "FI", "year": "2020", "first": "en"}, "the folder is a workspace already"),
)


def test_what_cannot_begin_is_said_in_the_form_and_a_new_country_begins_beside_the_others(tmp_path: Path) -> None:
    root = small.write(tmp_path)
    before = files_of(root)
    with running(root) as bench:
        bench.desk.read_now()
        asker = come_in(bench)
        for path, fields, said in WRONG:
            answer = asker.post(path, fields)
            assert (422, True) == (answer.status, said in answer.text), fields
        assert before == files_of(root)
        # A file where the folder of the new country should be.
        (root / "data/FI").write_text("")
        answer = asker.post("/new/country", {"country": "FI", "year": "2020"})
        assert (422, True) == (answer.status, "a file lies where a folder should be" in answer.text)
        (root / "data/FI").unlink()
        answer = asker.post("/new/country", {"country": "FI", "year": "2020"})
        assert (303, "/FI/2020") == (answer.status, answer.headers["location"])
        assert 200 == asker.get("/FI/2020").status
        assert (root / "data/FI/country.yaml").is_file()


def test_the_map_beside_the_form_is_that_of_the_cover_and_of_nothing_else(tmp_path: Path) -> None:
    theme = load_theme(packaged_folder("assets"), DEFAULT)
    with running(small.write(tmp_path)) as bench:
        asker = come_in(bench)
        answer = asker.get("/new/cover/FI")
        assert (200, "image/svg+xml") == (answer.status, answer.headers["content-type"].partition(";")[0])
        assert cover_map(theme, "FI") == answer.body
        assert 200 == asker.get("/new/cover/none").status
        assert [404] * 3 == [asker.get(f"/new/cover/{each}").status for each in ("ZZ", "fi", "FI-SE")]
