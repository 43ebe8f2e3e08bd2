"""The workspace is taken away as one file in the browser, and restored."""

import asyncio
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.requests import Request

from reporter.cli.group import run
from reporter.data.errors import ReporterError
from reporter.data.files.workspace import Workspace, packaged_folder
from reporter.data.theme.cover import cover_map
from reporter.data.theme.tokens import DEFAULT, load_theme
from reporter.exchange.backup import read_backup
from reporter.workbench.backup.backup_page import part_of
from reporter.workbench.server.form_post import read_form
from reporter.workbench.server.guard import BACKUP, most
from reporter.workbench.server.server import Workbench
from tests import small
from tests.package.backups import JOURNAL, bytes_of, contents
from tests.workbench.serving import OURS, Answer, Asker, come_in, running

BOUNDARY = "----browser"


def sent(asker: Asker, content: bytes, name: str = "archive", boundary: str = BOUNDARY) -> Answer:
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"; filename="a.zip"\r\n\r\n'.encode()
    body = head + content + f"\r\n--{boundary}--\r\n".encode()
    kind = f"multipart/form-data; boundary={boundary}"
    return asker.ask("POST", "/settings/backup", body, **OURS, **{"Content-Type": kind})


@pytest.fixture(scope="module")
def bench(tmp_path_factory) -> Iterator[Workbench]:
    with running(small.write(tmp_path_factory.mktemp("kept"))) as bench:
        bench.desk.read_now()
        yield bench


@pytest.fixture(scope="module")
def asker(bench) -> Asker:
    return come_in(bench)


def test_it_says_what_it_holds_and_the_file_is_that_of_the_command(tmp_path, bench, asker) -> None:
    (bench.desk.workspace.root / "notes.txt").write_text("")
    page = asker.get("/settings/backup").text
    for said in ("Settings, catalogue, templates and themes", "figures and texts, 2018–\u20602020", "notes.txt"):
        assert said in page
    answer = asker.get("/backup.zip")
    assert 'attachment; filename="reporter-backup-2021-11-02.zip"' == answer.headers["content-disposition"]
    assert str(len(answer.body)) == answer.headers["content-length"]
    (tmp_path / "a.zip").write_bytes(answer.body)
    assert small.FILES.keys() <= read_backup(tmp_path / "a.zip").keys()


def test_a_workspace_is_not_written_over_and_its_page_says_where_a_back_up_is_restored(bench, asker) -> None:
    page = asker.get("/settings/backup").text
    assert (True, False) == ("A backup is restored into an empty folder" in page, 'type="file"' in page)
    before, archive = contents(bench.desk.workspace), asker.get("/backup.zip").body
    answer = sent(asker, archive)
    assert (422, True) == (answer.status, "move it away first" in answer.text)
    assert before == contents(bench.desk.workspace)
    assert [] == [*(bench.desk.workspace.own / "incoming").iterdir()]


def test_an_empty_folder_becomes_the_workspace(tmp_path) -> None:
    archive = bytes_of({path: text.encode() for path, text in small.FILES.items()})
    with running(tmp_path) as bench:
        bench.desk.read_now()
        asker = come_in(bench)
        assert 'href="/settings/backup"' in asker.get("/new").text
        assert "Restore a backup" == asker.get("/settings/backup").title
        answer = sent(asker, archive)
        assert (303, "/") == (answer.status, answer.headers["location"])
        assert small.FILES == {path: text.decode() for path, text in contents(Workspace(tmp_path)).items()}
        assert 303 == asker.get("/").status


def test_each_file_belongs_to_a_part_that_a_person_knows() -> None:
    parts = {
        "reporter.yaml": ("shared", "", ""),
        "data/catalogue.yaml": ("shared", "", ""),
        "data/LT/country.yaml": ("country", "LT", ""),
        "data/LT/text/en/2020.md": ("year", "LT", "2020"),
        "data/LT/editions/2020/0/data/LT/2020.yaml": ("published", "LT", ""),
        "submission/outbox.sqlite3": ("sent", "", ""),
        JOURNAL: ("journal", "", ""),
    }
    assert parts == {path: part_of(path) for path in parts}


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "archive", "no file was chosen"),
        (b"PK", "other", "no file was chosen"),
        (b"<script>alert(1)</script>", "archive", "is not a ZIP"),
        (b"\r\n--" * 50_000, "archive", "is not a ZIP"),
    ],
)
def test_what_is_no_back_up_is_said_on_the_page_and_nothing_stays(bench, asker, content, name, said) -> None:
    answer = sent(asker, content, name)
    assert (422, True, False) == (answer.status, said in answer.text, "<script>alert" in answer.text)
    kept = {each.name for each in bench.desk.workspace.own.rglob("*") if each.is_file()}
    assert {".gitignore", "edit.lock"} >= kept


def test_a_file_beyond_the_limit_is_not_received(asker) -> None:
    kind = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
    for length in (str(most(BACKUP) + 1), "9" * 12):
        answer = asker.ask("POST", "/settings/backup", b"", **OURS, **kind, **{"Content-Length": length})
        assert (413, "This file is too large") == (answer.status, answer.title)


KIND = "multipart/form-data; boundary=----x7"


def read(body: bytes, kind: str = KIND) -> tuple[dict[str, str], dict[str, tuple[str, bytes]]]:
    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": body, "more_body": False}

    scope = {"type": "http", "method": "POST", "headers": [(b"content-type", kind.encode())]}
    return asyncio.run(read_form(Request(scope, receive))), scope["files"]


def part(head: str, content: bytes) -> bytes:
    return f"------x7\r\nContent-Disposition: form-data; {head}\r\n\r\n".encode() + content + b"\r\n"


END = b"------x7--\r\n"


def test_of_a_form_with_files_every_byte_stays_and_the_last_part_of_a_name_and_too_many_fields_are_refused() -> None:
    content = bytes(range(256)) + b"\r\n--\r\n----x\r\n\r\n"
    body = part('name="note"', "Ačiū.\r\nB.".encode()) + part('name="file"; filename="Gauta ė.eml"', content) + END
    assert ({"note": "Ačiū.\nB."}, {"file": ("Gauta ė.eml", content)}) == read(body)
    for name in ("../../etc/passwd", "C:\\\\Users\\\\a\\\\passwd", "/passwd"):
        assert {"file": ("passwd", b"x")} == read(part(f'name="file"; filename="{name}"', b"x") + END)[1]
    assert ({}, {}) == read(part('name="file"; filename=""', b"") + END)
    for body in (b"", b"------x7", END):
        assert ({}, {}) == read(body)
    for body in (b"nothing\r\n------x7--", b"".join(part(f'name="n{each}"', b"x") for each in range(1100)) + END):
        with pytest.raises(ReporterError, match="cannot be read"):
            read(body)


def files_of(root: Path) -> dict[str, bytes]:
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
        assert (422, {}) == (asker.post("/new", {**form, "also.../x": "1"}).status, files_of(root))
        (root / ".vscode").mkdir()
        (root / ".vscode/settings.json").write_text("{}")
        begun = asker.post("/new", {**form, "also.sv": "1"})
        assert (303, "/FI/2020", 200) == (begun.status, begun.headers["location"], asker.get("/FI/2020").status)
    assert 0 == run(["init", str(other), "--country", "FI", "--languages", "fi,sv", "--year", "2020", "-q"])
    assert files_of(other) | {".vscode/settings.json": b"{}"} == files_of(root)


def test_a_new_year_is_what_new_writes_and_no_file_is_written_over(tmp_path: Path) -> None:
    root, other = small.write(tmp_path / "here"), small.write(tmp_path / "there")
    with running(root) as bench:
        bench.desk.read_now()
        asker = come_in(bench)
        assert "data/XX/2021.yaml" in re.sub(r"<[^>]*>", "", asker.get("/XX/new").text)
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
    ("/XX/new", {"year": "20"}, "&#39;20&#39; is not a valid year"),
    ("/XX/new", {}, "&#39;&#39; is not a valid year"),
    ("/XX/new", {"year": "1999"}, "XX has no year before 1999 to start from"),
    ("/new/country", {"country": "ZZ", "year": "2020"}, "&#39;ZZ&#39; is not a country code"),
    ("/new/country", {"country": "../..", "year": "2020"}, "is not a country code"),
    ("/new/country", {"country": "FI", "year": "<b>"}, "&#39;&lt;b&gt;&#39; is not a valid year"),
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
        assert (422, True) == (answer.status, "there is a file where a folder should be" in answer.text)
        (root / "data/FI").unlink()
        answer = asker.post("/new/country", {"country": "FI", "year": "2020"})
        assert (303, "/FI/2020", 200) == (answer.status, answer.headers["location"], asker.get("/FI/2020").status)
        assert (root / "data/FI/country.yaml").is_file()
        answer = asker.get("/new/cover/FI")
        assert (200, "image/svg+xml") == (answer.status, answer.headers["content-type"].partition(";")[0])
        assert cover_map(load_theme(packaged_folder("assets"), DEFAULT), "FI") == answer.body
        assert 200 == asker.get("/new/cover/none").status
        assert [404] * 3 == [asker.get(f"/new/cover/{each}").status for each in ("ZZ", "fi", "FI-SE")]
