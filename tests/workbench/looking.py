"""A page of the workbench in Chromium: what is loaded, and what is complained about."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page

from reporter.workbench.server.server import Workbench

# What reaches over the edge of the page.
BEYOND = """() => [...document.querySelectorAll("#desk *")].filter(each => {
    const box = each.getBoundingClientRect();
    return box.width > 1 && box.height > 1 && box.right > document.documentElement.clientWidth + 0.5;
}).map(each => each.outerHTML.slice(0, 120))"""


@contextmanager
def opened(
    browser: Browser,
    bench: Workbench,
    *,
    width: int = 1280,
    scheme: str = "light",
    language: str = "en",
    refused: int = 0,
    times: int = 1,
) -> Iterator[Page]:
    """A browser that has come in; nothing of what it looks at may be complained about. But for an answer that is
    `refused`, by its status, so many times, of which browsers tell."""
    said: list[str] = []
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, locale=language, reduced_motion="reduce"
    )
    page = context.new_page()
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda problem: said.append(str(problem)))
    ours = f"{bench.origin}/"
    page.on("request", lambda request: said.append(request.url) if not request.url.startswith(ours) else None)
    try:
        page.goto(bench.new_address())
        page.wait_for_url(lambda url: "/enter/" not in url)
        yield page
        told = [each for each in said if f"the server responded with a status of {refused} " not in each]
        assert not told, told
        assert len(said) - len(told) == (times if refused else 0)
    finally:
        context.close()
