"""A workspace, a country and a year begin in the browser with the files that the commands write."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from reporter.cli.group import run
from tests import small
from tests.chromium import violations
from tests.web.looking import BEYOND, opened
from tests.web.serving import come_in, running


def files_of(root: Path) -> dict[str, bytes]:
    """The files of a workspace, without what is kept of checks."""
    found = (path for path in root.rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in found if ".cache" not in path.parts}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_an_empty_folder_asks_for_country_and_languages_and_becomes_what_init_makes(
    browser: Browser, tmp_path: Path, width: int, scheme: str
) -> None:
    root, other = tmp_path / "here", tmp_path / "there"
    root.mkdir()
    with running(root) as bench, opened(browser, bench, width=width, scheme=scheme, language="lt") as page:
        page.wait_for_url("**/new")
        assert [] == violations(page)
        assert [] == page.evaluate(BEYOND)
        page.get_by_label("Valstybė").select_option("FI")
        expect(page.locator("#cover-name")).to_have_text("Suomija")
        expect(page.locator("#cover-map")).to_have_js_property("complete", value=True)
        page.get_by_label("Pagrindinė ataskaitos kalba").select_option("fi")
        page.get_by_label("Švedų").check()
        page.get_by_role("button", name="Sukurti darbo vietą").click()
        page.wait_for_url("**/FI/2020")
        expect(page.locator(".edition")).to_contain_text("Suomija 2020")
        assert [] == violations(page)
    assert 0 == run(["init", str(other), "--country", "FI", "--languages", "fi,sv", "--year", "2020", "-q"])
    assert files_of(other) == files_of(root)


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


def test_a_new_country_begins_beside_the_others(tmp_path: Path) -> None:
    root = small.write(tmp_path)
    with running(root) as bench:
        bench.desk.read_now()
        asker = come_in(bench)
        answer = asker.post("/new/country", {"country": "FI", "year": "2020"})
        assert (303, "/FI/2020") == (answer.status, answer.headers["location"])
        assert 200 == asker.get("/FI/2020").status
        assert (root / "data/FI/country.yaml").is_file()


@pytest.mark.parametrize(
    ("path", "fields", "said"),
    [
        ("/XX/new", {"year": "20"}, "&#39;20&#39; is no year"),
        ("/XX/new", {}, "&#39;&#39; is no year"),
        ("/XX/new", {"year": "1999"}, "XX has no year before 1999 to begin from"),
        ("/new/country", {"country": "ZZ", "year": "2020"}, "&#39;ZZ&#39; is no country code"),
        ("/new/country", {"country": "../..", "year": "2020"}, "is no country code"),
        ("/new/country", {"country": "FI", "year": "<b>"}, "&#39;&lt;b&gt;&#39; is no year"),
        ("/new", {"country": "FI", "year": "2020", "first": "en"}, "the folder is a workspace already"),
    ],
)
def test_what_cannot_begin_is_said_in_the_form_and_nothing_is_written(tmp_path: Path, path, fields, said) -> None:
    root = small.write(tmp_path)
    before = files_of(root)
    with running(root) as bench:
        bench.desk.read_now()
        answer = come_in(bench).post(path, fields)
    assert 422 == answer.status
    assert said in answer.text
    assert before == files_of(root)


def test_what_an_editor_keeps_in_the_folder_stays(tmp_path: Path) -> None:
    own = {".vscode/settings.json": b"{}", ".vscode/launch.json": b"[]"}
    (tmp_path / ".vscode").mkdir()
    for path, content in own.items():
        (tmp_path / path).write_bytes(content)
    with running(tmp_path) as bench:
        bench.desk.read_now()
        assert 303 == come_in(bench).post("/new", {"country": "FI", "year": "2020", "first": "en"}).status
    found = files_of(tmp_path)
    assert own == {path: found[path] for path in own}
    assert "data/FI/2020.yaml" in found


def test_a_language_that_is_none_begins_nothing(tmp_path: Path) -> None:
    with running(tmp_path) as bench:
        bench.desk.read_now()
        answer = come_in(bench).post("/new", {"country": "FI", "year": "2020", "first": "en", "also.../x": "1"})
    assert 422 == answer.status
    assert {} == files_of(tmp_path)


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    root = small.write(tmp_path)
    with running(root) as bench:
        bench.desk.read_now()
        asker = come_in(bench)
        # A file where the folder of the new country should be.
        (root / "data/FI").write_text("")
        answer = asker.post("/new/country", {"country": "FI", "year": "2020"})
        assert 422 == answer.status
        assert "a file lies where a folder should be" in answer.text
