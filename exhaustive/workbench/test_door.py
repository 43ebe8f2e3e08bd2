"""Another server of this machine gets nothing from a browser that has come in to the workbench."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

from playwright.sync_api import Browser

from tests import small
from tests.workbench.looking import opened
from tests.workbench.serving import running


@contextmanager
def another() -> Iterator[tuple[int, list[tuple[str, str]]]]:
    """A server of somebody else on another port, and what it is asked: under which name, with which cookies."""
    asked: list[tuple[str, str]] = []

    class Asked(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append((self.headers["Host"], self.headers.get("Cookie", "")))
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(b"<p>another</p>")

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Asked)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_port, asked
    finally:
        server.shutdown()
        thread.join(30)
        server.server_close()


def test_no_other_server_of_this_machine_gets_a_cookie_of_the_workbench(browser: Browser, tmp_path: Path) -> None:
    root = small.write(tmp_path / "work")
    with another() as (port, asked), running(root) as bench, opened(browser, bench) as page:
        context = page.context
        names = {each["name"] for each in context.cookies()}
        assert bench.entrance.cookie in names
        own = bench.origin.rpartition(":")[0].removeprefix("http://")
        for host in ("127.0.0.1", "localhost", "other.localhost", own.replace("r", "r0", 1), own.partition(".")[2]):
            typed = context.new_page()
            typed.goto(f"http://{host}:{port}/typed")
            typed.goto(f"{bench.origin}/")
            # A link, as on a page of any other site.
            typed.goto(f"data:text/html,<a href='http://{host}:{port}/led'>led</a>")
            typed.click("a")
            typed.wait_for_url("**/led")
            typed.close()
        cookies = {(host, cookie) for host, cookie in asked}
        assert {""} == {cookie for _, cookie in cookies}, asked
        assert len(asked) >= 10
        page.goto(f"{bench.origin}/")
        assert page.title()


def test_a_browser_finds_again_under_the_name_what_it_kept(browser: Browser, tmp_path: Path) -> None:
    root = small.write(tmp_path / "work")
    with browser.new_context() as context:
        for kept in (None, "kept"):
            with running(root) as bench:
                page = context.new_page()
                page.goto(bench.new_address())
                page.wait_for_url(lambda url: "/enter/" not in url)
                assert kept == page.evaluate("localStorage.getItem('tried')")
                page.evaluate("localStorage.setItem('tried', 'kept')")
                page.close()
