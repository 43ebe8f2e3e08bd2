"""The desk reads what has changed, once at a time, and outlives whatever the files say."""

from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread
from time import monotonic, sleep

import pytest

from reporter.edition.all_findings import find_all
from reporter.files.workspace import Workspace
from reporter.submission.outbox import FILE
from reporter.web import desk as room
from reporter.web.desk import Desk
from tests import small
from tests.web.happenings import become_a_folder, lead_nowhere, lead_outside, vanish
from tests.web.serving import TODAY, come_in, running


def desk_of(root: Path) -> Desk:
    return Desk(Workspace(root), lambda: TODAY)


def until(holds: Callable[[], bool]) -> bool:
    last = monotonic() + 20
    while not holds() and monotonic() < last:
        sleep(0.02)
    return holds()


def test_its_findings_are_those_of_check_and_what_has_not_changed_is_not_read_again(tmp_path: Path) -> None:
    workspace = Workspace(small.write(tmp_path))
    desk = desk_of(tmp_path)
    told = []
    leave = desk.listen(lambda: told.append(desk.reading.digest))
    first = desk.read_now()
    assert find_all(workspace.snapshot(), "XX", None).findings == first.findings != ()
    (tmp_path / small.YEAR).touch()
    assert first is desk.read_now()
    (tmp_path / small.YEAR).write_text(f"{small.FILES[small.YEAR]}# a word\n")
    second = desk.read_now()
    assert [first.digest, second.digest] == told
    assert ((), (small.YEAR,)) == (first.changed, second.changed)
    leave()
    # Nor does an outbox that cannot be read hide a figure.
    workspace.outbox.mkdir()
    (workspace.outbox / FILE).write_bytes(bytes(range(256)))
    assert desk.read_now().checked
    assert 2 == len(told)


def test_it_reads_at_most_once_at_a_time(monkeypatch, tmp_path: Path) -> None:
    desk, inside, most = desk_of(small.write(tmp_path)), [], []
    check_all = room.check_all

    def slow(*words: object, **named: object) -> object:
        inside.append(1)
        most.append(len(inside))
        sleep(0.05)
        try:
            return check_all(*words, **named)
        finally:
            inside.pop()

    monkeypatch.setattr(room, "check_all", slow)
    threads = [Thread(target=desk.read_now) for _ in range(5)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert [1] == most


@pytest.fixture
def go_on(monkeypatch) -> Event:
    """Until this is set, nothing is checked."""
    may, check_all = Event(), room.check_all

    def waiting(*words: object, **named: object) -> object:
        assert may.wait(20)
        return check_all(*words, **named)

    monkeypatch.setattr(room, "check_all", waiting)
    return may


def test_before_anything_is_read_the_page_says_so_and_then_no_request_waits(go_on: Event, tmp_path: Path) -> None:
    with running(small.write(tmp_path)) as bench:
        asker = come_in(bench)
        titles = {asker.get(path).title for path in ("/", "/XX/2020", "/XX/2020/findings", "/XX/new", "/new")}
        go_on.set()
        assert {"The workspace is being read"} == titles
        assert until(lambda: "finding" in asker.get("/XX/2020/findings").title)
        go_on.clear()
        first = bench.desk.reading.digest
        (tmp_path / small.YEAR).write_text(f"{small.FILES[small.YEAR]}# a word\n")
        bench.desk.look_again()
        try:
            assert f'data-reading="{first}"' in asker.get("/XX/2020").text
        finally:
            go_on.set()
        assert until(lambda: first != bench.desk.reading.digest)


def test_what_cannot_be_read_is_told_on_every_page_until_it_can(tmp_path: Path) -> None:
    root, path = small.write(tmp_path), "data/catalogue.yaml"
    with running(root) as bench:
        asker = come_in(bench)
        (root / path).write_text("a: [\n")
        bench.desk.read_now()
        for page in ("/", "/XX/2020", "/XX/2020/findings", "/XX/new", "/new/country"):
            shown = asker.get(page)
            assert ("The files cannot be read", True) == (shown.title, f"{path}:" in shown.text)
        (root / path).write_text(small.FILES[path])
        (root / "reporter.yaml").write_text("languages: [en]\n")
        bench.desk.read_now()
        shown = asker.get("/XX/2020/findings").text
        assert (True, True) == ("Files and settings" in shown, "reporter.yaml:1" in shown)
        (root / "reporter.yaml").write_text(small.FILES["reporter.yaml"])
        first = bench.desk.read_now()
        assert 303 == asker.get("/").status
        pending = bench.desk.workspace.pending
        pending.parent.mkdir(parents=True, exist_ok=True)
        pending.write_text("{}")
        assert bench.desk.read_now().problem
        for page in ("/XX/2020", "/settings", "/settings/backup"):
            assert "a back-up is being put back into this workspace" in asker.get(page).text
        pending.unlink()
        assert first.digest == bench.desk.read_now().digest


def noise(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * 10)


@pytest.mark.parametrize("happens", [vanish, become_a_folder, noise, lead_nowhere, lead_outside])
def test_whatever_becomes_of_a_file_every_page_answers_and_comes_back(tmp_path: Path, happens) -> None:
    root = small.write(tmp_path)
    with running(root) as bench:
        asker = come_in(bench)
        for name in (small.YEAR, small.TEXT, "data/catalogue.yaml", "reporter.yaml"):
            happens(root / name)
            bench.desk.read_now()
            for page in ("/", "/XX/2020", "/XX/2020/findings", "/XX/new", "/new/country", "/new"):
                answer = asker.get(page)
                assert answer.status in (200, 303, 404), (name, page)
                assert "root:" not in answer.text
            if (root / name).is_dir():
                (root / name).rmdir()
            (root / name).unlink(missing_ok=True)
            (root / name).write_text(small.FILES[name])
            bench.desk.read_now()
            assert 200 == asker.get("/XX/2020").status


def test_a_fault_of_the_program_is_told_and_the_next_state_is_read(monkeypatch, tmp_path: Path, caplog) -> None:
    desk, check_all = desk_of(small.write(tmp_path)), room.check_all

    def fails(*_: object, **__: object) -> object:
        raise ZeroDivisionError

    monkeypatch.setattr(room, "check_all", fails)
    assert "a fault of the program" == str(desk.read_now().problem).partition("\n")[0]
    assert "ZeroDivisionError" in caplog.text
    monkeypatch.setattr(room, "check_all", check_all)
    (tmp_path / small.YEAR).write_text(f"{small.FILES[small.YEAR]}# a word\n")
    assert desk.read_now().problem is None
