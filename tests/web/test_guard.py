"""Nobody is answered whom the guard does not know, on any route that there is."""

import re
import socket
from collections.abc import Iterator

import pytest
from starlette.routing import Route

from reporter.web.grounds import terms_for
from reporter.web.guard import HARMLESS, HEADERS, OPEN, SAFE
from reporter.web.pages import ROUTES
from reporter.web.server import Workbench
from tests import small
from tests.web.serving import FORM, OURS, Answer, Asker, come_in, running, stranger

most = terms_for(1).most
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
    """An address of a route; with what stands `instead` of all it takes."""
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


def refused(status: int, title: str, answer: Answer) -> None:
    assert (status, title) == (answer.status, answer.title)


@pytest.mark.parametrize(
    "host", ["", "evil.example", "127.0.0.1", "127.0.0.1:1", "127.0.0.1.evil.example:{port}", "[::1]"]
)
@pytest.mark.parametrize(("method", "path"), CALLS)
def test_a_name_that_is_not_ours_is_not_answered(bench, inside, method, path, host) -> None:
    answer = inside.ask(method, path, **OURS, Host=host.format(port=bench.port))
    assert 403 == answer.status
    assert method == "HEAD" or "This name is not that of the workbench" == answer.title


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "LOCALHOST", "[::1]"])
def test_the_names_of_this_machine_are_ours(bench, inside, name) -> None:
    assert 404 == inside.get("/no/page", Host=f"{name}:{bench.port}").status


@pytest.mark.parametrize(("method", "path"), CLOSED)
def test_who_has_not_come_in_sees_nothing(bench, method, path) -> None:
    for cookie in ("", f"{bench.entrance.cookie}=guessed", f"{bench.entrance.cookie}=", "x=\xff"):
        answer = stranger(bench).ask(method, path, **OURS, Cookie=cookie)
        assert 401 == answer.status
        assert method == "HEAD" or "This browser has not come in yet" == answer.title


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
@pytest.mark.parametrize(("method", "path"), CHANGING)
def test_what_does_not_come_from_a_page_of_ours_changes_nothing(bench, inside, method, path, headers) -> None:
    told = {name: value.format(port=bench.port) for name, value in headers.items()}
    refused(403, "This did not come from a page of the workbench", inside.ask(method, path, b"", **told))


@pytest.mark.parametrize(
    "headers",
    [{"Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "none"}, {"Origin": "http://localhost:{port}"}],
)
def test_a_page_of_ours_is_heard(bench, inside, headers) -> None:
    told = {name: value.format(port=bench.port) for name, value in headers.items()}
    assert 405 == inside.ask("POST", "/assets/1/desk.css", b"", **told).status


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.path)
def test_no_route_is_asked_in_another_way(inside, route) -> None:
    known = {method for each in ROUTES if each.path == route.path for method in each.methods or ()}
    for method in set(METHODS) - known:
        assert 405 == inside.ask(method, address(route), b"" if method in UNSAFE else None, **OURS).status, method


@pytest.mark.parametrize(("method", "path"), CHANGING)
def test_what_is_too_large_is_not_read(inside, method, path) -> None:
    for length in (most(path) + 1, 10**12):
        large = inside.ask(method, path, b"x" * 1000, **OURS, **{"Content-Length": str(length)})
        refused(413, "This is too large", large)


@pytest.mark.parametrize(("method", "path"), CHANGING)
def test_what_is_no_text_is_refused(inside, method, path) -> None:
    for body in (b"name=\xff\xfe", b"name=%ff%fe"):
        refused(400, "What arrived is no text", inside.ask(method, path, body, **OURS, **{"Content-Type": FORM}))


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.path)
def test_an_address_that_is_no_text_is_refused(inside, route) -> None:
    method = sorted(route.methods or ())[0]
    for path in (f"{address(route)}?show=%ff", f"{address(route)}?show=%00", address(route).rstrip("/") + "/%c3"):
        answer = inside.ask(method, path, **OURS)
        assert 400 == answer.status, path


@pytest.mark.parametrize("route", TAKING, ids=lambda route: route.path)
def test_no_address_leads_out_of_the_workspace(inside, route) -> None:
    for instead in OUTSIDE:
        for method in route.methods or ():
            answer = inside.ask(method, address(route, instead), b"" if method in UNSAFE else None, **OURS)
            assert answer.status in (204, 400, 401, 404, 405), instead
            assert b"root:" not in answer.body
            assert b"languages: [en]" not in answer.body


@pytest.mark.parametrize(("method", "path"), [*CALLS, ("GET", "/no/page"), ("POST", "/")])
def test_every_answer_says_what_a_browser_may_do_with_it(bench, inside, method, path) -> None:
    for asker in (inside, stranger(bench)):
        answer = asker.ask(method, path, b"" if method in UNSAFE else None, **OURS)
        # What holds nothing of the workspace may be kept.
        kept = {"cache-control"} if path.startswith(("/assets/", "/new/cover/")) else set()
        expected = {name: value for name, value in HEADERS.items() if name not in kept}
        assert expected == {name: answer.headers.get(name) for name in expected}


def test_no_script_and_no_style_stands_in_a_page(inside) -> None:
    answers = [inside.get(path) for method, path in CALLS if method == "GET" and not path.startswith("/events")]
    pages = [each.text for each in answers if each.headers.get("content-type", "").startswith("text/")]
    assert [] == [each for page in pages for each in re.findall(r"<script(?![^>]*src=)|<style| style=| on\w+=", page)]
    assert "unsafe" not in HEADERS["content-security-policy"]


def test_an_address_works_once(bench) -> None:
    path = bench.new_address().partition(str(bench.port))[2]
    first, second = stranger(bench).get(path), stranger(bench).get(path)
    assert (200, "You are in") == (first.status, first.title)
    refused(401, "This browser has not come in yet", second)
    assert "set-cookie" not in second.headers
    wanted = {"httponly", "samesite=strict", "path=/"}
    assert wanted <= {each.strip().lower() for each in first.headers["set-cookie"].split(";")}


def test_a_new_address_ends_the_one_before(bench) -> None:
    old, new = (bench.new_address().partition(str(bench.port))[2] for _ in range(2))
    assert [401, 200] == [stranger(bench).get(each).status for each in (old, new)]


def test_who_only_looks_does_not_use_the_address_up(bench) -> None:
    path = bench.new_address().partition(str(bench.port))[2]
    looks = stranger(bench).ask("HEAD", path), stranger(bench).get(path, **{"Sec-Purpose": "prefetch;prerender"})
    assert [204, 204, 200] == [*(each.status for each in looks), stranger(bench).get(path).status]


def test_for_reading_only_nothing_is_changed(tmp_path) -> None:
    with running(small.write(tmp_path), read_only=True) as bench:
        inside = come_in(bench)
        for method, path in CHANGING:
            if path not in HARMLESS:
                refused(403, "The workbench is open for reading only", inside.ask(method, path, b"", **OURS))
        assert 303 == inside.post("/language", {"language": "lt", "here": "/"}).status
        bench.desk.read_now()
        page = inside.get("/XX/2020").text
        assert ("For reading only" in page, "New year" in page) == (True, False)


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
        refused(403, "This name is not that of the workbench", known.get("/", Host=f"127.0.0.1:{bench.port}"))
        origins = ("https://desk.example.gov", "http://desk.example.gov", f"http://127.0.0.1:{bench.port}")
        asked = [known.ask("POST", "/no/page", b"", Origin=each).status for each in origins]
        assert [404, 403, 403] == asked


def test_no_socket_is_opened(bench, inside) -> None:
    keys = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13"}
    assert 404 == inside.get("/no/page", **keys, **{"Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ=="}).status


def test_a_request_that_is_broken_off_leaves_the_others_alone(bench, inside) -> None:
    with socket.create_connection(("127.0.0.1", bench.port), timeout=10) as broken:
        head = (
            "POST /language HTTP/1.1",
            f"Host: 127.0.0.1:{bench.port}",
            "Sec-Fetch-Site: none",
            "Content-Length: 100",
        )
        broken.sendall("\r\n".join((*head, f"Cookie: {inside.headers['Cookie']}", "", "x=1")).encode())
    assert 404 == inside.get("/no/page").status
