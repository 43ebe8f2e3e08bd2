"""Who is not known to the guard is answered on no route that there is."""

import re
import socket
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from starlette.routing import Route

from reporter.data.errors import UsageError
from reporter.data.files.sources import checksum
from reporter.data.files.workspace import Workspace
from reporter.workbench.routes import ROUTES
from reporter.workbench.server import server
from reporter.workbench.server.guard import BACKUP, HARMLESS, HEADERS, OPEN, SAFE, most, own_name
from reporter.workbench.server.server import PortInUseError, ServeRequest, Workbench
from reporter.workbench.server.shell import load_assets
from tests import small
from tests.fixtures import ROOT
from tests.workbench.serving import FORM, OURS, TODAY, Asker, come_in, running, stranger

UNSAFE = ("POST", "PUT", "PATCH", "DELETE")
METHODS = (*SAFE, *UNSAFE, "OPTIONS", "TRACE")
# What stands in the place of what a route takes from the address.
PLAIN = {"country": "XX", "year": "2020"}
OUTSIDE = (
    "..%2f..%2fetc%2fpasswd",
    "%2e%2e%2f%2e%2e%2freporter.yaml",
    "..%5c..%5creporter.yaml",
    "%00",
    "reporter.yaml%00",
)


def address(route: Route, instead: str = "") -> str:
    """An address of a route; with something `instead` of all it takes."""
    return re.sub(r"\{(\w+)[^}]*\}", lambda found: instead or PLAIN.get(found[1], "1"), route.path)


CALLS = [(method, address(route)) for route in ROUTES for method in sorted(route.methods or ())]
CLOSED = [(method, path) for method, path in CALLS if not path.startswith(OPEN)]
CHANGING = [(method, path) for method, path in CALLS if method not in SAFE]
TAKING = [route for route in ROUTES if "{" in route.path]


@pytest.fixture(scope="module")
def bench(tmp_path_factory) -> Iterator[Workbench]:
    with running(small.write(tmp_path_factory.mktemp("guarded"))) as bench:
        yield bench


@pytest.fixture(scope="module")
def inside(bench) -> Asker:
    return come_in(bench)


def refused(
    status: int, title: str | None, asker: Asker, method: str, path: str, body: bytes | None = None, **headers: str
) -> None:
    """Asks, and is not served: with which status, and under which heading, where there is one."""
    body = b"" if body is None and method in UNSAFE else body
    answer = asker.ask(method, path, body, **{**OURS, **headers})
    assert status == answer.status, (method, path)
    assert method == "HEAD" or title in (None, answer.title), (method, path)


@pytest.mark.parametrize(
    "host",
    ["", "evil.example", "127.0.0.1", "127.0.0.1:1", "127.0.0.1.evil.example:{port}", "[::1]", "r0.localhost:{port}"],
)
def test_a_name_that_is_not_ours_is_not_answered(bench, inside, host) -> None:
    for method, path in CALLS:
        refused(403, "This is not a name of the workbench", inside, method, path, Host=host.format(port=bench.port))


def test_this_machine_and_its_pages_are_heard_whatever_is_broken_off_and_no_socket_is_opened(bench, inside) -> None:
    own = bench.origin.removeprefix("http://").partition(":")[0]
    for name in ("127.0.0.1", "localhost", "LOCALHOST", "[::1]", own):
        assert 404 == inside.get("/no/page", Host=f"{name}:{bench.port}").status
    keys = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13"}
    assert 404 == inside.get("/no/page", **keys, **{"Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ=="}).status
    own = {"Origin": f"http://localhost:{bench.port}"}
    for headers in ({"Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "none"}, own):
        assert 405 == inside.ask("POST", "/assets/1/desk.css", b"", **headers).status
    with socket.create_connection(("127.0.0.1", bench.port), timeout=10) as broken:
        head = (
            "POST /language HTTP/1.1",
            f"Host: 127.0.0.1:{bench.port}",
            "Sec-Fetch-Site: none",
            "Content-Length: 100",
        )
        broken.sendall("\r\n".join((*head, f"Cookie: {inside.headers['Cookie']}", "", "x=1")).encode())
    assert 404 == inside.get("/no/page").status


def test_who_has_not_come_in_sees_nothing(bench) -> None:
    for cookie in ("", f"{bench.entrance.cookie}=guessed", f"{bench.entrance.cookie}=", "x=\xff"):
        for method, path in CLOSED:
            refused(401, "This browser is not signed in", stranger(bench), method, path, Cookie=cookie)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost:1"},
        {"Origin": "http://127.0.0.1:{port}.evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://127.0.0.1:{port}"},
    ],
)
def test_what_does_not_come_from_a_page_of_ours_changes_nothing(bench, inside, headers) -> None:
    told = {name: value.format(port=bench.port) for name, value in headers.items()}
    for method, path in CHANGING:
        answer = inside.ask(method, path, b"", **told)
        assert (403, "This request did not come from a page of the workbench") == (answer.status, answer.title), path


def test_what_is_too_large_or_no_text_or_asked_in_another_way_is_refused(inside) -> None:
    for route in ROUTES:
        known = {method for each in ROUTES if each.path == route.path for method in each.methods or ()}
        for method in sorted(set(METHODS) - known):
            refused(405, None, inside, method, address(route))
    for method, path in CHANGING:
        for length in (most(path) + 1, 10**12):
            headers = {"Content-Length": str(length)}
            title = "This file is too large" if path == BACKUP else "This is too large"
            refused(413, title, inside, method, path, b"x" * 1000, **headers)
        for body in (b"name=\xff\xfe", b"name=%ff%fe"):
            refused(400, "The request is not text", inside, method, path, body, **{"Content-Type": FORM})
    for route in ROUTES:
        method = sorted(route.methods or ())[0]
        for path in (f"{address(route)}?show=%ff", f"{address(route)}?show=%00", address(route).rstrip("/") + "/%c3"):
            refused(400, None, inside, method, path)


def test_no_address_leads_out_of_the_workspace(inside) -> None:
    for route, instead in product(TAKING, OUTSIDE):
        for method in route.methods or ():
            answer = inside.ask(method, address(route, instead), b"" if method in UNSAFE else None, **OURS)
            assert answer.status in (204, 400, 401, 404, 405), (route.path, instead)
            assert (False, False) == (b"root:" in answer.body, b"languages: [en]" in answer.body)


def test_every_answer_says_what_a_browser_may_do_with_it_and_no_script_is_in_a_page(bench, inside) -> None:
    for method, path in [*CALLS, ("GET", "/no/page"), ("POST", "/")]:
        # What holds nothing of the workspace may be kept.
        kept = {"cache-control"} if path.startswith(("/assets/", "/new/cover/")) else set()
        expected = {name: value for name, value in HEADERS.items() if name not in kept}
        for asker in (inside, stranger(bench)):
            answer = asker.ask(method, path, b"" if method in UNSAFE else None, **OURS)
            assert expected == {name: answer.headers.get(name) for name in expected}, path
    answers = [inside.get(path) for method, path in CALLS if method == "GET" and not path.startswith("/events")]
    pages = [each.text for each in answers if each.headers.get("content-type", "").startswith("text/")]
    assert [] == [each for page in pages for each in re.findall(r"<script(?![^>]*src=)|<style| style=| on\w+=", page)]
    assert "unsafe" not in HEADERS["content-security-policy"]


def test_a_workspace_has_its_own_port_so_that_a_browser_finds_again_what_it_kept(tmp_path: Path) -> None:
    root = small.write(tmp_path)
    with running(root) as first, running(root) as second:
        ports = first.port, second.port
    with running(root) as again:
        assert (ports[0], True) == (again.port, ports[0] != ports[1])


def test_an_address_works_once_until_a_newer_one_and_who_only_looks_does_not_use_it_up(bench) -> None:
    path = bench.new_address().partition(str(bench.port))[2]
    first, second = stranger(bench).get(path), stranger(bench).get(path)
    assert (200, "Signed in") == (first.status, first.title)
    assert (401, "This browser is not signed in") == (second.status, second.title)
    assert "set-cookie" not in second.headers
    wanted = {"httponly", "samesite=strict", "path=/"}
    assert wanted <= {each.strip().lower() for each in first.headers["set-cookie"].split(";")}
    old, new = (bench.new_address().partition(str(bench.port))[2] for _ in range(2))
    assert 401 == stranger(bench).get(old).status
    looks = stranger(bench).ask("HEAD", new), stranger(bench).get(new, **{"Sec-Purpose": "prefetch;prerender"})
    assert [204, 204, 200] == [*(each.status for each in looks), stranger(bench).get(new).status]


def test_for_reading_only_nothing_is_changed(tmp_path) -> None:
    with running(small.write(tmp_path), read_only=True) as bench:
        inside = come_in(bench)
        for method, path in CHANGING:
            if path not in HARMLESS:
                refused(403, "The workbench is read-only", inside, method, path)
        assert 303 == inside.post("/language", {"language": "lt", "here": "/"}).status
        bench.desk.read_now()
        page = inside.get("/XX/2020").text
        assert ("Read-only" in page, "New year" in page) == (True, False)
        figures = inside.get("/XX/2020/figures/justice").text
        assert figures.count('class="amount') == figures.count("readonly")
        findings = inside.get("/XX/2020/findings").text
        main = findings.partition("<main")[2].partition("</main>")[0]
        assert (False, False) == ('method="post"' in main, "Accept, because" in findings)
        entry = inside.get("/XX/lists/provisions/cc_1").text
        assert "<button" not in inside.get("/XX/2020/release").text.partition("<main")[2].partition("</main>")[0]
        assert (True, False, False) == ("Criminal Code" in entry, "Write the changes" in entry, "?remove=1" in entry)


def test_behind_a_proxy_its_host_counts_and_the_person_it_names(tmp_path) -> None:
    proxy = {"proxy": "desk.example.gov", "user_header": "X-Person"}
    with running(small.write(tmp_path), **proxy) as bench:
        asker = Asker(bench.port, {"Host": "desk.example.gov"})
        known = asker.knowing(**{"X-Person": "R. Petraite"})
        assert "https://desk.example.gov/" == bench.new_address()
        assert [401, 404] == [each.get("/no/page").status for each in (asker, known)]
        with socket.create_connection(("127.0.0.1", bench.port), timeout=10) as twice:
            named = "X-Person: R. Petraite\r\nX-Person: Somebody\r\n"
            twice.sendall(f"GET /no/page HTTP/1.1\r\nHost: desk.example.gov\r\n{named}\r\n".encode())
            assert twice.recv(100).startswith(b"HTTP/1.1 401 ")
        refused(403, "This is not a name of the workbench", known, "GET", "/", Host=f"127.0.0.1:{bench.port}")
        origins = ("https://desk.example.gov", "http://desk.example.gov", f"http://127.0.0.1:{bench.port}")
        assert [404, 403, 403] == [known.ask("POST", "/no/page", b"", Origin=each).status for each in origins]
        bench.desk.read_now()
        form = {"figure": "persons.convicted", "value": "3", "seen": "", "all": "1", "person": "Somebody"}
        answer = known.post("/XX/2020/figures/justice", form)
        assert (303, False) == (answer.status, "set-cookie" in answer.headers)
        assert '"person": "R. Petraite"' in next((bench.desk.workspace.own / "journal").glob("*.jsonl")).read_text()


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state/reporter/workbench-name.key"


def test_its_name_is_known_to_this_user_alone_and_stays(tmp_path, state) -> None:
    """A browser keeps what was typed by the name; who has not the secret cannot lead it to a server of that name."""
    name = own_name(tmp_path)
    assert re.fullmatch(r"r[0-9a-f]{32}\.localhost", name)
    assert (name, False) == (own_name(tmp_path), name == own_name(tmp_path / "other"))
    assert (0o600, 0o700) == (state.stat().st_mode & 0o777, state.parent.stat().st_mode & 0o777)
    with running(small.write(tmp_path / "w")) as bench:
        assert f"http://{own_name(tmp_path / 'w')}:{bench.port}" == bench.origin
        assert bench.new_address().startswith(f"{bench.origin}/enter/")
    state.chmod(0o644)
    assert name != own_name(tmp_path)
    assert 0o600 == state.stat().st_mode & 0o777
    state.write_bytes(b"")
    assert own_name(tmp_path) == own_name(tmp_path)


def test_where_nothing_can_be_kept_its_name_is_of_this_run_alone(tmp_path, state) -> None:
    state.parent.parent.write_text("no folder")
    assert own_name(tmp_path) != own_name(tmp_path)


def test_a_port_is_taken_only_where_both_addresses_of_this_machine_are_free(tmp_path, monkeypatch) -> None:
    """A browser may ask either of them by the name; the other must be no server of somebody else."""
    root, taking = small.write(tmp_path), server._open_socket
    with running(root) as bench:
        usual = bench.port

    def taken(host: str, port: int) -> socket.socket:
        if (host, port) == (server.IPV6, usual):
            raise PortInUseError(f"port {port} is in use")
        return taking(host, port)

    monkeypatch.setattr(server, "_open_socket", taken)
    with running(root) as bench:
        assert usual != bench.port
    with pytest.raises(UsageError, match=f"port {usual} is in use"):
        Workbench(ServeRequest(Workspace(root), lambda: TODAY, usual))


FOLDER = ROOT / "assets" / "workbench"


def test_what_pages_load_comes_with_the_program_and_is_what_was_published() -> None:
    told = dict(re.findall(r"^\| `([\w.]+)`.* ([0-9a-f]{64}) \|$", (FOLDER / "README.md").read_text(), re.M))
    assert ({"codemirror.js", "htmx.js"}, told) == (
        told.keys(),
        {name: checksum((FOLDER / name).read_bytes()) for name in told},
    )
    assert {"README.md", "LICENSE"} == {path.name for path in FOLDER.iterdir()} - load_assets().keys()
    assets = load_assets()
    sheets = " ".join(assets[name].content.decode() for name in ("tokens.css", "desk.css"))
    asked = set(re.findall(r"url\((.*?)\)", sheets))
    assert any(each.endswith(".ttf") for each in asked)
    assert set() == asked - {each.path for each in assets.values()}
    assert len(assets) == len({each.path for each in assets.values()})
    assert all(checksum(each.content)[:16] in each.path for each in assets.values())
    known, used = (set(re.findall(each, sheets)) for each in (r"--([a-z-]+):", r"var\(--([a-z-]+)"))
    assert set() == used - known
    own = re.sub(r"url\(.*?\)", "", assets["desk.css"].content.decode())
    assert [] == re.findall(r"#[0-9a-fA-F]{3,8}\b(?! )", own)
