"""The settings are forms: unchanged they write nothing, and what is typed is one line of the file."""

import re
import shutil
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from reporter.files.workspace import Workspace
from reporter.web.server import Workbench
from tests import small
from tests.delivery.editions import FINAL, published
from tests.fixtures import LITHUANIA
from tests.web.serving import Asker, come_in, running

PERSON = {"person": "Ana"}
PAGES = (
    "reports",
    "looks",
    "thresholds",
    "mail",
    "recipients/commission",
    "recipients/eurostat",
    "deadlines/article_20",
    "publish_small_counts/0",
    "disclosure",
)


class Posted(HTMLParser):
    """What a browser posts of the form of a record."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self._here = False
        self._select = self._area = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        own = {name: value or "" for name, value in attributes}
        if tag == "form":
            self._here = own.get("class") == "entry-form"
        if not self._here:
            return
        if tag == "input" and (own.get("type") != "checkbox" or "checked" in own):
            self.fields[own["name"]] = own.get("value", "")
        elif tag == "select":
            self._select = own["name"]
        elif tag == "option" and self._select and ("selected" in own or self._select not in self.fields):
            self.fields[self._select] = own["value"]
        elif tag == "textarea":
            self._area = own["name"]
            self.fields[self._area] = ""

    def handle_endtag(self, tag: str) -> None:
        self._select = "" if tag == "select" else self._select
        self._area = "" if tag == "textarea" else self._area

    def handle_data(self, data: str) -> None:
        if self._area:
            # A browser drops the first line end, and sends others as it must.
            self.fields[self._area] = (self.fields[self._area] + data).removeprefix("\n").replace("\n", "\r\n")


@pytest.fixture(scope="module")
def bench(tmp_path_factory) -> Iterator[Workbench]:
    root = tmp_path_factory.mktemp("set")
    shutil.copytree(LITHUANIA, root, dirs_exist_ok=True)
    with running(root) as bench:
        bench.desk.read_now()
        yield bench


@pytest.fixture(scope="module")
def asker(bench) -> Asker:
    return come_in(bench)


def settings(bench: Workbench) -> str:
    return (bench.desk.workspace.root / "reporter.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["en", "lt"])
@pytest.mark.parametrize("page", PAGES)
def test_a_form_that_nobody_typed_into_writes_nothing(bench, asker, page, language) -> None:
    before = settings(bench)
    there = asker.get(f"/settings/{page}", **{"Accept-Language": language})
    assert 200 == there.status
    answer = asker.post(f"/settings/{page}", Posted(there.text).fields | PERSON, **{"Accept-Language": language})
    assert 303 == answer.status
    assert before == settings(bench)


@pytest.mark.parametrize(
    ("page", "field", "typed", "line"),
    [
        ("mail", "v:mail/host", "smtp.other.example", "  host: smtp.other.example"),
        ("thresholds", "v:thresholds/percent_base", "40", "percent_base: 40"),
        ("looks", "v:theme", "eu-blue", "theme: eu-blue"),
        ("recipients/commission", "v:address", "desk@commission.example", "    address: desk@commission.example"),
        ("deadlines/article_20", "v:due", "05-31", "    due: 05-31"),
    ],
)
def test_what_is_typed_is_written_as_one_line(bench, asker, page, field, typed, line) -> None:
    before = settings(bench).splitlines()
    fields = Posted(asker.get(f"/settings/{page}").text).fields
    assert field in fields
    assert 303 == asker.post(f"/settings/{page}", fields | PERSON | {field: typed}).status
    (new,) = set(settings(bench).splitlines()) - set(before)
    assert line in new
    assert 303 == asker.post(f"/settings/{page}", Posted(asker.get(f"/settings/{page}").text).fields | PERSON).status


def test_what_is_wrong_is_said_at_its_field_and_nothing_is_written(bench, asker) -> None:
    before = settings(bench)
    fields = Posted(asker.get("/settings/mail").text).fields | PERSON | {"v:mail/from": "nobody"}
    answer = asker.post("/settings/mail", fields)
    assert 422 == answer.status
    assert 'id="p-mail/from"' in answer.text
    assert 'value="nobody"' in answer.text
    assert before == settings(bench)


@pytest.mark.parametrize("address", ["mail#at-mail/host", "reports#at-title", "recipients/minister#at-gets"])
def test_a_field_is_found_by_its_address(asker, address) -> None:
    page, _, name = address.partition("#")
    assert f'id="{name}"' in asker.get(f"/settings/{page}").text


def test_a_recipient_comes_and_goes(bench, asker) -> None:
    fields = Posted(asker.get("/settings/recipients/-").text).fields | PERSON
    typed = {
        "v:channel": "folder",
        "v:folder": "out",
        "v:gets=pdf": "1",
        "v:audience": "public",
        "v:name/en": "Archive",
        "v:name/lt": "Archyvas",
    }
    answer = asker.post("/settings/recipients/-", fields | typed | {"v:language": "en"})
    assert (303, "/settings/recipients/archive") == (answer.status, answer.headers["location"])
    assert "  archive:\n    channel: folder\n" in settings(bench)
    gone = asker.get("/settings/recipients/archive?remove=1")
    seen = re.search(r'name="seen" value="([0-9a-f]+)"', gone.text)[1]
    assert 303 == asker.post("/settings/recipients/archive", {"remove": "1", "seen": seen} | PERSON).status
    assert "archive" not in settings(bench)


def test_all_that_can_be_set_is_named_with_the_back_up(asker) -> None:
    page = asker.get("/settings").text
    for address in (
        "reports",
        "looks",
        "thresholds",
        "mail",
        "recipients",
        "deadlines",
        "publish_small_counts",
        "backup",
    ):
        assert f'href="/settings/{address}"' in page


def test_what_published_editions_were_made_with_is_said_where_it_would_change(tmp_path: Path) -> None:
    workspace = Workspace(small.write(tmp_path, FINAL))
    with running(tmp_path) as bench:
        bench.desk.read_now()
        asker = come_in(bench)
        words = "made anew with others, each would be a corrigendum"
        assert words not in asker.get("/settings/reports").text
        published(workspace)
        bench.desk.read_now()
        assert words in asker.get("/settings/reports").text
        assert words not in asker.get("/settings/mail").text


@pytest.mark.parametrize("path", ["nothing", "mail/host", "reports/title", "recipients/nobody", "recipients/-/x/y"])
def test_an_address_of_nothing_is_no_page(asker, path) -> None:
    assert 404 == asker.get(f"/settings/{path}").status
