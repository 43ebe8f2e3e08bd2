"""The workspace is taken away as one file in the browser, and put back after a look at what would change."""

import re
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from reporter.delivery.backup_reading import open_backup
from reporter.files.workspace import Workspace
from reporter.web.grounds import LARGEST_FILE
from reporter.web.server import Workbench
from tests import small
from tests.delivery.backups import bytes_of, contents
from tests.web.serving import OURS, Answer, Asker, come_in, running

BOUNDARY = "----browser"


def sent(asker: Asker, content: bytes, name: str = "archive", boundary: str = BOUNDARY) -> Answer:
    """A file as a browser sends it."""
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


def seen(page: Answer) -> str:
    return re.search(r'name="seen" value="([0-9a-f]+)"', page.text)[1]


def test_it_says_first_what_it_holds_and_how_large_it_is(bench, asker) -> None:
    page = asker.get("/settings/backup").text
    for row in ("Settings, catalogue, templates and themes", "figures and texts, 2018–2020"):
        assert row in page
    assert "Take the back-up" in page
    (bench.desk.workspace.root / "notes.txt").write_text("")
    assert "notes.txt" in asker.get("/settings/backup").text


def test_the_file_is_that_of_the_command(tmp_path, bench, asker) -> None:
    answer = asker.get("/backup.zip")
    assert 'attachment; filename="reporter-backup-2021-11-02.zip"' == answer.headers["content-disposition"]
    assert str(len(answer.body)) == answer.headers["content-length"]
    (tmp_path / "a.zip").write_bytes(answer.body)
    assert set(small.FILES) <= set(open_backup(tmp_path / "a.zip").sums)


def test_what_was_chosen_is_shown_and_put_back_under_a_name(tmp_path) -> None:
    workspace = Workspace(small.write(tmp_path))
    with running(tmp_path) as bench:
        bench.desk.read_now()
        asker = come_in(bench)
        before, archive = contents(workspace), asker.get("/backup.zip").body
        (tmp_path / small.YEAR).write_text("year: 2020\nsource: police\n")
        answer = sent(asker, archive)
        assert 303 == answer.status
        place = answer.headers["location"]
        assert "becomes as it was" in asker.get(place).text
        assert before != contents(workspace)
        assert "Who writes?" == asker.post(place, {"seen": seen(asker.get(place))}).title
        form = {"seen": seen(asker.get(place)), "person": "Ana"}
        assert 409 == asker.post(place, form | {"seen": "x"}).status
        assert (303, "/") == (asker.post(place, form).status, "/")
        assert before == contents(workspace)
        assert b"police" in bench.desk.reading.sources[small.YEAR].content
        # The state before is offered, and leads to the same look.
        page = asker.get("/settings/backup").text
        earlier = re.search(r'name="earlier" value="([^"]+)"', page)[1]
        answer = asker.post("/settings/backup", {"earlier": earlier})
        assert "What would change" == asker.get(answer.headers["location"]).title
        assert 404 == asker.get(place).status


def test_an_empty_folder_becomes_the_workspace(tmp_path) -> None:
    archive = bytes_of({path: text.encode() for path, text in small.FILES.items()})
    with running(tmp_path) as bench:
        bench.desk.read_now()
        asker = come_in(bench)
        assert 'href="/settings/backup"' in asker.get("/new").text
        assert "Put a back-up back" == asker.get("/settings/backup").title
        place = sent(asker, archive).headers["location"]
        assert "What would come into the empty folder" == asker.get(place).title
        assert 303 == asker.post(place, {"seen": seen(asker.get(place)), "person": "Ana"}).status
        assert small.FILES == {path: text.decode() for path, text in contents(Workspace(tmp_path)).items()}
        assert 303 == asker.get("/").status


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "archive", "no file was chosen"),
        (b"PK", "other", "no file was chosen"),
        (b"<script>alert(1)</script>", "archive", "is no ZIP"),
        (b"\r\n--" * 50_000, "archive", "is no ZIP"),
    ],
)
def test_what_is_no_back_up_is_said_on_the_page_and_nothing_stays(bench, asker, content, name, said) -> None:
    answer = sent(asker, content, name)
    assert 422 == answer.status
    assert said in answer.text
    assert "<script>alert" not in answer.text
    assert [] == [each for each in bench.desk.workspace.own.rglob("*") if each.is_file() and each.name != ".gitignore"]


def test_a_file_beyond_the_limit_is_not_received(asker) -> None:
    kind = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
    for length in (str(LARGEST_FILE + 1), "9" * 12):
        answer = asker.ask("POST", "/settings/backup", b"", **OURS, **kind, **{"Content-Length": length})
        assert (413, "This file is too large") == (answer.status, answer.title)


def test_names_in_a_back_up_are_shown_as_text_only(asker) -> None:
    files = {"reporter.yaml": b"title: {en: A}\n", "data/LT/b'&c.yaml": b""}
    page = asker.get(sent(asker, bytes_of(files)).headers["location"]).text
    assert "data/LT/b&#39;&amp;c.yaml" in page


@settings(max_examples=25)
@given(some.data())
def test_whatever_arrives_is_what_was_sent(bench, asker, data) -> None:
    content = data.draw(some.lists(some.sampled_from((b"\r\n--", b"----browser", b"\r", b"x", b"-")), max_size=40))
    body = b"".join(content)
    if f"\r\n--{BOUNDARY}".encode() in body:
        return
    archive = bytes_of({"reporter.yaml": b"title: {en: A}\n", "data/a.yaml": body})
    place = sent(asker, archive).headers["location"]
    waiting = bench.desk.workspace.own / "incoming" / f"{place.rpartition('/')[2]}.zip"
    assert archive == waiting.read_bytes()
