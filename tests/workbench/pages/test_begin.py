"""The page that begins a workspace: what it is, where it will lie, four ways to begin, and what a language lacks."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from reporter.cli import options
from reporter.data.records.label import OFFICIAL
from reporter.workbench.server.server import Workbench
from tests import small
from tests.fixtures import ROOT
from tests.workbench.serving import OURS, Answer, Asker, come_in, hidden, running


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    with running(tmp_path_factory.mktemp("empty")) as bench:
        bench.desk.read_now()
        yield bench


def test_languages_are_offered_by_who_translated_their_words(empty: Workbench) -> None:
    page = come_in(empty).get("/new").text
    groups = dict(re.findall(r'<optgroup label="(.*?)">(.*?)</optgroup>', page, re.S))
    offered = {title: set(re.findall(r'value="(\w+)"', options)) for title, options in groups.items()}
    assert {"Reviewed": {"en", "lt"}, "Translated by machine": OFFICIAL - {"en", "lt"}} == offered


HOME = {"letter.odt": b"Dear", "data/other.csv": b"1", "reporter.txt": b"2"}


def home(folder: Path) -> Path:
    for path, content in HOME.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


def files_of(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


@contextmanager
def begun(root: Path) -> Iterator[tuple[Workbench, Asker]]:
    with running(root) as bench:
        bench.desk.read_now()
        yield bench, come_in(bench)


def test_the_first_page_says_what_the_program_is_where_files_will_lie_and_offers_four_ways(empty: Workbench) -> None:
    page = come_in(empty).get("/new")
    assert "makes the yearly report on trafficking in human beings" in page.main
    assert f"The files will be in this folder: {empty.desk.workspace.root}" in page.main
    ways = re.search(r'<ul class="beginnings".*?</ul>', page.text, re.S)[0]
    assert ["My country", "Look at the example", "Import figures", "Restore a backup"] == re.findall(
        r">([A-Z][^<]+)</(?:a|button)>", ways
    )
    assert 'id="folder"' not in page.text
    # Without scripts no year is named that somebody may not choose.
    assert [] == re.findall(r"data/[^ ]*20\d\d", page.main)


EST = ROOT / "tests/data/glotip/EST.csv"


def sent_file(asker: Asker, fields: Mapping[str, str], content: bytes, path: str = "/new/figures") -> Answer:
    parts = [f'Content-Disposition: form-data; name="{name}"\r\n\r\n{value}'.encode() for name, value in fields.items()]
    parts.append(b'Content-Disposition: form-data; name="file"; filename="file.csv"\r\n\r\n' + content)
    body = b"--b\r\n" + b"\r\n--b\r\n".join(parts) + b"\r\n--b--\r\n"
    return asker.ask("POST", path, body, **{"Content-Type": "multipart/form-data; boundary=b", **OURS})


def test_figures_of_a_publication_make_the_workspace_of_a_country_in_its_own_language(tmp_path: Path) -> None:
    content = EST.read_bytes()
    fields = {"country": "EE", "first": "", "year": "2023", "form": "glotip"}
    with begun(tmp_path / "new") as (bench, asker):
        for wrong, words in (({"form": "word"}, "unknown format"), ({"country": ""}, "not a country code")):
            refused = sent_file(asker, {**fields, **wrong}, content)
            assert (422, True) == (refused.status, words in refused.main)
        refused = sent_file(asker, fields, b"")
        assert (422, False) == (refused.status, (tmp_path / "new").exists())
        done = sent_file(asker, fields, content)
        assert (303, "/") == (done.status, done.headers["location"])
        root = bench.desk.workspace.root
        assert (tmp_path / "new", True) == (root, "languages: [et]" in (root / "reporter.yaml").read_text())
        assert len([path for path in files_of(root) if re.fullmatch(r"data/EE/20\d\d\.yaml", path)]) > 2
        here = asker.get("/").headers["location"]
        assert here.startswith("/EE/20")
        # Later ones are looked at on a page of the year before anything is written.
        assert f'href="{here}/import"' in asker.get(here).text
        wrong = (("word", content, "Unknown format"), ("glotip", b"", "No file was chosen"))
        for form, sent, told in (*wrong, ("eurostat", content, "is missing")):
            refused = sent_file(asker, {"form": form}, sent, f"{here}/import")
            assert (422, True, False) == (refused.status, told in refused.main, "in the data" in refused.main)
        came = asker.get(sent_file(asker, {"form": "glotip"}, content, f"{here}/import").headers["location"])
        assert "The file was imported before, and nothing has changed since" in came.main
        (year,) = root.glob("data/EE/2021.yaml")
        year.unlink()
        bench.desk.read_now()
        other = content.replace(
            b"persons,Total,Total,Total,Total,2020,Counts,20", b"persons,Total,Total,Total,Total,2020,Counts,77"
        )
        came = asker.get(sent_file(asker, {"form": "glotip"}, other, f"{here}/import").headers["location"])
        assert ("New years 2021" in came.main, "1 value that differs from a file" in came.main) == (True, True)
        assert not year.exists()
        asked = asker.post(f"{here}/import", hidden(came.text))
        assert (422, "Enter your name") == (asked.status, asked.title)
        done = asker.post(f"{here}/import", {**hidden(asked.text), "person": "Ana"})
        assert (303, "/EE/2020/agencies#decide", True) == (done.status, done.headers["location"], year.exists())
        assert "77" in asker.get("/EE/2020/agencies").main


def test_among_other_files_a_new_folder_is_proposed_and_nothing_is_written_beside_them(tmp_path: Path) -> None:
    folder = home(tmp_path)
    root = options._find_or_choose(None, None, folder).root
    assert folder / "reporter" == root
    with begun(root) as (_, asker):
        page = asker.get("/new")
        assert f"New folder in {folder}" in page.main
        assert 'name="folder" required maxlength="100" value="reporter"' in page.text
        assert set(HOME) == files_of(folder)
        form = {"country": "PT", "year": "2023", "first": "", "folder": "Relatório 2023"}
        for wrong in ("../up", "/x", "data", ".hidden", "a/b", "letter.odt", "..", "C:\\x"):
            refused = asker.post("/new", {**form, "folder": wrong})
            assert (422, True) == (refused.status, "is not a new folder" in refused.main)
        assert set(HOME) == files_of(folder)
        done = asker.post("/new", form)
        assert (303, "/PT/2023") == (done.status, done.headers["location"])
        assert (set(HOME), {"Relatório 2023"}) == (
            {path for path in files_of(folder) if not path.startswith("Relatório 2023/")},
            {path.name for path in folder.iterdir()} - {"letter.odt", "data", "reporter.txt"},
        )
        assert "languages: [pt]" in (folder / "Relatório 2023/reporter.yaml").read_text()
        assert "/PT/2023" == asker.get("/").headers["location"]
        found = asker.get("/PT/2023/findings").main
        assert "Words of the program were translated into Portuguese by machine" in found
        assert (True, False) == ("Some rules cannot check texts in Portuguese" in found, "texts of this file" in found)
        # It is followed as any other one, also when it goes.
        (folder / "Relatório 2023").rename(folder / "gone")
        assert "The folder of the workspace is missing" in asker.get("/PT/2023").main


def test_the_folder_that_was_made_is_found_again_and_one_with_other_files_is_not_taken(tmp_path: Path) -> None:
    folder = home(tmp_path)
    (folder / "reporter").mkdir()
    for here in (folder, folder / "reporter"):
        assert folder / "reporter" == options._find_or_choose(None, None, here).root
    (folder / "reporter" / "notes.txt").touch()
    assert folder / "reporter-2" == options._find_or_choose(None, None, folder).root
    small.write(folder / "reporter")
    assert folder / "reporter" == options._find_or_choose(None, None, folder).root
