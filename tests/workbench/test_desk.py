"""The desk reads what has changed, once at a time, and outlives whatever the files say."""

import html
import os
import re
import shutil
from collections.abc import Callable, Iterator
from operator import add
from pathlib import Path
from threading import Event, Semaphore, Thread
from time import monotonic, sleep

import pytest

from reporter.data.errors import WordedError
from reporter.data.files.sources import NO_SOURCES
from reporter.data.files.workspace import Workspace
from reporter.editions.all_findings import find_all
from reporter.editions.job import compared_years
from reporter.exchange.send.storage import FILE
from reporter.workbench.server import background_jobs as making_room
from reporter.workbench.server import server as watching
from reporter.workbench.server import workspace_reader as room
from reporter.workbench.server.background_jobs import Task, Workshop
from reporter.workbench.server.server import Watcher
from reporter.workbench.server.workspace_reader import FAULT, Desk
from tests import small
from tests.workbench.figures_bench import HELP, JUSTICE, Bench
from tests.workbench.serving import TODAY, Answer, come_in, hidden, running


def vanish(path: Path) -> None:
    path.unlink()


def hold(path: Path, content: bytes) -> None:
    """In one step: a watcher must not see half of it."""
    draft = path.with_name(f".{path.name}")
    draft.write_bytes(content)
    draft.replace(path)


def lead(path: Path, target: str | Path) -> None:
    """Put a link in the place of a file, in one step."""
    draft = path.with_name(f".{path.name}")
    draft.symlink_to(target)
    draft.replace(path)


def become_a_folder(path: Path) -> None:
    folder = path.with_name(f".{path.stem}")
    folder.mkdir()
    lead(path, folder)


def become_another_encoding(path: Path) -> None:
    hold(path, path.read_bytes() + b"# \xe0\xe8\n")


def lead_nowhere(path: Path) -> None:
    lead(path, "/nowhere")


def lead_outside(path: Path) -> None:
    lead(path, "/etc/passwd")


def become_a_picture(path: Path) -> None:
    hold(path, b"\x89PNG\0" * 10)


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
    leave = desk.news.listen(lambda: told.append(desk.reading.digest))
    first = desk.read_now()
    assert find_all(workspace.snapshot(), "XX", None).findings == first.findings != ()
    (tmp_path / small.YEAR).touch()
    assert first is desk.read_now()
    (tmp_path / small.YEAR).write_text(f"{small.FILES[small.YEAR]}# a word\n")
    second = desk.read_now()
    assert [first.digest, second.digest] == told
    assert ((), (small.YEAR,)) == (first.changed, second.changed)
    leave()
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
        bench.desk.read_now()
        assert 303 == asker.get("/").status


@pytest.mark.parametrize("happens", [vanish, lead_outside])
def test_whatever_becomes_of_a_file_every_page_answers_and_comes_back(tmp_path: Path, happens) -> None:
    assert_pages_come_back(tmp_path, happens)


def assert_pages_come_back(folder: Path, happens: Callable[[Path], None]) -> None:
    root = small.write(folder)
    with running(root) as bench:
        asker = come_in(bench)
        for name in (small.YEAR, small.TEXT, "data/catalogue.yaml", "reporter.yaml"):
            happens(root / name)
            bench.desk.read_now()
            for page in ("/", "/XX/2020", "/XX/2020/findings", "/XX/new", "/new/country", "/new"):
                answer = asker.get(page)
                assert answer.status in (200, 303, 404), (name, page)
                assert "root:" not in answer.text
            (root / name).unlink(missing_ok=True)
            (root / name).write_text(small.FILES[name])
            bench.desk.read_now()
            assert 200 == asker.get("/XX/2020").status


def test_a_fault_of_the_program_is_told_and_the_next_state_is_read(monkeypatch, tmp_path: Path, caplog) -> None:
    desk, check_all = desk_of(small.write(tmp_path)), room.check_all

    def fails(*_: object, **__: object) -> object:
        raise ZeroDivisionError

    monkeypatch.setattr(room, "check_all", fails)
    assert "fault in the program" == str(desk.read_now().problem).partition("\n")[0]
    assert "ZeroDivisionError" in caplog.text
    monkeypatch.setattr(room, "check_all", check_all)
    (tmp_path / small.YEAR).write_text(f"{small.FILES[small.YEAR]}# a word\n")
    assert desk.read_now().problem is None


TEXT = "/LT/2021/text/en/victims"
FORM = {"figure": "persons.convicted", "value": "12", "seen": "unanswered"}
WORDS = "The police <b>identified</b> Ą victims."


HAPPENINGS = [
    (vanish, "The file is missing", "Failo nėra"),
    (become_a_folder, "There is no readable file", "Nėra failo, kurį būtų galima perskaityti"),
    (become_another_encoding, "The file is not in UTF-8", "Failo koduotė ne UTF-8"),
    (lead_nowhere, "A link leads out of the workspace", "Nuoroda veda už darbo vietos ribų"),
    (lead_outside, "A link leads out of the workspace", "Nuoroda veda už darbo vietos ribų"),
    (become_a_picture, "The file is not plain text", "Tai ne paprasto teksto failas"),
]


def kept(answer: Answer) -> dict[str, str]:
    return hidden(answer.text.partition('id="kept"')[2].partition("</form>")[0])


@pytest.mark.parametrize(("happens", "english", "lithuanian"), HAPPENINGS)
def test_a_figure_comes_back_when_its_file_cannot_be_read_and_is_written_once_it_can(
    bench: Bench, happens: Callable[[Path], None], english: str, lithuanian: str
) -> None:
    ana = bench.person()
    happens(bench.file)
    # Before the workbench has read that, and after it.
    for language, said in (("lt", lithuanian), ("en", english)):
        answer = ana.knowing(**{"Accept-Language": language}).post(JUSTICE, FORM)
        assert (409, FORM, True) == (answer.status, kept(answer), said in answer.text)
        assert (True, False) == ("data/LT/2021.yaml" in answer.text, "root:" in answer.text)
        bench.bench.desk.read_now()
    assert {200, 303, 404} >= {ana.get(each).status for each in ("/", "/LT/2020", "/LT/2021", JUSTICE, "/keys", "/go")}
    bench.start_again()
    assert 303 == ana.post(JUSTICE, kept(answer)).status
    assert "+  persons.convicted: 12  # 2020: 17" in bench.lines


def test_a_column_and_a_text_come_back_too(bench: Bench) -> None:
    ana = bench.person()
    vanish(bench.file)
    column = {"figure": "assistance.persons", "column": "231\r\n178", "write": "1"}
    assert column == kept(ana.post(HELP, column))
    text = {"path": "victims", "seen": "", "head": "", "body": WORDS, "act": "save", "beside": "", "anchor": "0"}
    answer = ana.post(TEXT, text)
    assert (text, True) == (kept(answer), html.escape(WORDS, quote=False) in answer.text)


def test_a_folder_that_is_gone_is_told_and_the_workbench_goes_on_when_it_is_back(bench: Bench, tmp_path: Path) -> None:
    ana, root = bench.person(), bench.root
    shutil.move(root, tmp_path / "elsewhere")
    try:
        for is_read in (False, True):
            if is_read:
                bench.bench.desk.read_now()
            answer = ana.post(JUSTICE, FORM)
            assert (503, "The folder of the workspace is missing", FORM) == (answer.status, answer.title, kept(answer))
            for path in ("/", "/LT/2021", JUSTICE, "/new", "/go"):
                shown = ana.get(path)
                assert (503, "The folder of the workspace is missing") == (shown.status, shown.title), path
            began = ana.post("/new", {"country": "LT", "year": "2021", "first": "en"})
            assert (503, False) == (began.status, root.exists())
    finally:
        shutil.move(tmp_path / "elsewhere", root)
    bench.bench.desk.read_now()
    assert 303 == ana.post(JUSTICE, kept(answer)).status
    assert "+  persons.convicted: 12  # 2020: 17" in bench.lines


def test_a_check_under_way_does_not_bring_back_the_folder_that_was_moved(monkeypatch, tmp_path: Path) -> None:
    desk, check_all = desk_of(small.write(tmp_path / "here")), room.check_all

    def moved(*words: object, **named: object) -> object:
        shutil.move(tmp_path / "here", tmp_path / "there")
        return check_all(*words, **named)

    monkeypatch.setattr(room, "check_all", moved)
    assert desk.read_now().checked
    assert ["there"] == [path.name for path in tmp_path.iterdir()]


def test_a_file_that_may_not_be_written_is_told_in_the_words_of_who_asks_and_undone_later(bench: Bench) -> None:
    bench.file.chmod(0o444)
    try:
        for language, said in (("en", "may not be changed"), ("lt", "rašyti neleidžiama")):
            answer = bench.person().knowing(**{"Accept-Language": language}).post(JUSTICE, FORM)
            assert (422, True, True) == (answer.status, said in answer.text, 'value="12"' in answer.text)
        assert bench.begun == bench.file.read_bytes()
    finally:
        bench.file.chmod(0o644)
    assert 303 == bench.person().post(JUSTICE, FORM).status
    bench.start_again()
    ana = bench.person()
    ana.post(JUSTICE, FORM)
    bench.file.chmod(0o444)
    try:
        answer = ana.undo(JUSTICE)
        assert (422, True) == (answer.status, "may not be changed" in answer.text)
    finally:
        bench.file.chmod(0o644)
    assert 303 == ana.post("/undo", kept(answer)).status
    assert bench.begun == bench.file.read_bytes()


def test_what_was_typed_comes_back_from_a_fault_of_the_program_but_no_secret(bench: Bench, monkeypatch, caplog) -> None:
    form = FORM | {"figure": "no.figure"}
    answer = bench.person().post(JUSTICE, form)
    assert (404, "This item no longer exists", form) == (answer.status, answer.title, kept(answer))

    def fails(*_: object) -> object:
        raise ZeroDivisionError

    monkeypatch.setattr("reporter.workbench.figures.figures._steps", fails)
    answer = bench.person().post(JUSTICE, FORM)
    assert (500, "Fault in the program", FORM) == (answer.status, answer.title, kept(answer))
    ana = bench.person()
    vanish(bench.file)
    secrets = {"passphrase": "hush-hush", "password": "hush-hush", "step": "sign"}
    for path in ("/LT/2021/release", "/LT/2021/release/sign"):
        answer = ana.post(path, secrets)
        assert answer.status >= 400
        assert "hush-hush" not in answer.text


LONG = 60.0


@pytest.fixture(scope="module")
def shared() -> Iterator[Workshop]:
    workshop = Workshop(3)
    yield workshop
    workshop.close()


def sum_of(name: str, *numbers: int, thing: str = "") -> Task:
    return Task(thing or name, name, add, numbers)


def test_what_is_made_comes_back_once_and_what_failed_is_told_and_tried_again(
    shared: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert 3 == shared.wait(sum_of("three", 1, 2), LONG).result
    assert 3 == shared.ask(sum_of("three", 5, 5)).result
    problem = shared.wait(Task("x", "no year", compared_years, (NO_SOURCES, "XX", [2020])), LONG).problem
    assert isinstance(problem, WordedError)
    assert ("only {year} is named: a comparison needs two", 2020) == (problem.words, problem.values["year"])
    assert FAULT == shared.wait(Task("x", "fault", add, (1, "2")), LONG).problem.message
    assert 9 == shared.wait(sum_of("nine", 4, 5), LONG).result
    assert FAULT == shared.wait(Task("x", "death", os._exit, (1,)), LONG).problem.message
    assert 11 == shared.wait(sum_of("eleven", 5, 6), LONG).result
    assert shared.wait(Task("x", "tried", add, (1, "2")), LONG).problem
    assert shared.ask(sum_of("tried", 1, 2)).problem
    monkeypatch.setattr(making_room, "FORGIVEN", -1.0)
    assert shared.ask(sum_of("tried", 1, 2)) is None
    for number in range(4):
        assert number == shared.wait(sum_of(f"kept {number}", number, 0), LONG).result
    assert (None, 3) == (shared.ask(sum_of("kept 0", 0, 0)), shared.ask(sum_of("kept 3", 3, 0)).result)


def test_the_newest_is_made_first_and_of_one_thing_nothing_older() -> None:
    told = list[list[str]]()
    tasks = {each.digest: each for each in (sum_of("old", 1, 1, thing="page"), sum_of("between", 3, 3))}
    tasks |= {"new": sum_of("new", 2, 2, thing="page")}
    workshop = Workshop(9, lambda: told.append([each for each in tasks if not workshop.is_due(each)]))
    # It keeps the process busy until all are asked for.
    assert workshop.ask(Task("first", "first", sleep, (0.5,))) is None
    while not workshop._due["first"][1].running():
        sleep(0.01)
    for each in tasks.values():
        assert workshop.ask(each) is None
    try:
        assert (4, 6) == (workshop.wait(tasks["new"], LONG).result, workshop.wait(tasks["between"], LONG).result)
    finally:
        workshop.close()
    assert [["old"], ["old", "new"]] == told[:2]


def test_it_ends_at_once_and_a_thread_that_waits_goes_on() -> None:
    workshop = Workshop(1)
    task = Task("long", "long", sleep, (300.0,))
    workshop.ask(task)
    workshop.close()
    assert workshop.wait(task, LONG) is None


@pytest.fixture
def noticed(tmp_path: Path, monkeypatch) -> Iterator[Callable[..., bool]]:
    """Whether a change is noticed, and not only because somebody looks now and then."""
    monkeypatch.setattr(watching, "LONGEST_WAIT", 60.0)
    small.write(tmp_path)
    (tmp_path / "build").mkdir()
    told = Semaphore(0)
    watcher = Watcher(lambda: Workspace(tmp_path), told.release)
    watcher.open()
    settle(told)
    yield lambda seconds=10.0: told.acquire(timeout=seconds)
    watcher.close()


def settle(told: Semaphore) -> None:
    sleep(1)
    while told.acquire(blocking=False):
        pass


def test_what_is_written_replaced_or_laid_in_a_new_folder_is_noticed_and_what_is_built_is_not(
    tmp_path, noticed
) -> None:
    (tmp_path / "build" / "LT.pdf").write_bytes(b"%PDF")
    assert not noticed(1.5)
    (tmp_path / small.YEAR).write_text("year: 2020\n")
    assert noticed()
    for name in (small.YEAR, small.YEAR, "reporter.yaml"):
        draft = tmp_path / "draft"
        draft.write_text("year: 2020\n")
        draft.replace(tmp_path / name)
        assert noticed(), name
    (tmp_path / "templates").mkdir()
    assert noticed()
    sleep(1)
    (tmp_path / "templates" / "cover.html").write_text("x")
    assert noticed()


def test_where_nothing_can_be_watched_somebody_looks_now_and_then(tmp_path, monkeypatch) -> None:
    def fails(*_: object, **__: object) -> Iterator[object]:
        raise OSError("no space left for watches")

    monkeypatch.setattr(watching, "watch", fails)
    monkeypatch.setattr(watching, "LONGEST_WAIT", 0.05)
    told = Semaphore(0)
    workspace = Workspace(small.write(tmp_path))
    watcher = Watcher(lambda: workspace, told.release)
    watcher.open()
    assert all(told.acquire(timeout=10) for _ in range(5))
    watcher.close()


def test_the_header_leads_to_the_other_countries_at_the_nearest_year(tmp_path: Path) -> None:
    own = {path: text for path, text in small.FILES.items() if path.startswith("data/XX/") and "2018" not in path}
    others = {path.replace("XX", "EE"): text.replace("code: XX", "code: EE") for path, text in own.items()}
    late = {"data/LV/country.yaml": others["data/EE/country.yaml"].replace("code: EE", "code: LV")}
    late["data/LV/2020.yaml"] = small.FILES[small.YEAR]
    with running(small.write(tmp_path, others)) as bench:
        bench.desk.read_now()
        asker = come_in(bench)
        for year, nearest in ((2018, 2019), (2019, 2019), (2020, 2020)):
            menu = re.search(r'<details class="others">.*?</details>', asker.get(f"/XX/{year}").text, re.S)[0]
            assert [(f"/EE/{nearest}", f"Estonia {nearest}")] == re.findall(r'<a href="(.*?)">(.*?)</a>', menu)
        small.write(tmp_path, {**others, **late})
        bench.desk.read_now()
        menu = re.search(r'<details class="others">.*?</details>', asker.get("/EE/2019").text, re.S)[0]
        assert ["/LV/2020", "/XX/2019"] == sorted(re.findall(r'<a href="(.*?)">', menu))
    with running(small.write(tmp_path / "one")) as bench:
        bench.desk.read_now()
        assert '<details class="others">' not in come_in(bench).get("/XX/2020").text
