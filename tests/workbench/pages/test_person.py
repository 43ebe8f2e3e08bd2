"""Who writes is asked once with what was typed, can be changed, and is a name."""

import re

import pytest

from reporter.workbench.server.form_post import READY, typed_values
from tests.fixtures import HERE
from tests.workbench.figures_bench import JUSTICE, Bench
from tests.workbench.serving import Asker, come_in, hidden

CONVICTED = "persons.convicted"
VALUE = {"figure": CONVICTED, "value": "12", "seen": "unanswered"}


def known_as(asker: Asker, cookie: str) -> Asker:
    rest = asker.headers["Cookie"].partition("; reporter-person")[0]
    return asker.knowing(Cookie=f"{rest}; {cookie.partition(';')[0]}")


def test_a_name_is_changed_from_the_foot_of_a_page_and_stands_beside_what_is_written_then(bench: Bench) -> None:
    ana = bench.person()
    link = re.search(r'<a href="(/person\?here=[^"]*)"[^>]*>Ana</a>', ana.get(JUSTICE).text)[1]
    asked = ana.get(link)
    assert ("Enter your name", 200, True) == (asked.title, asked.status, 'value="Ana"' in asked.text)
    form = re.search(r"<form[^>]* data-person>.*?</form>", asked.text, re.S)[0]
    done = ana.post("/person", {**hidden(form), "person": "Rasa Petraitė"})
    assert (303, JUSTICE) == (done.status, done.headers["location"])
    rasa = known_as(ana, done.headers["set-cookie"])
    assert 303 == rasa.post(JUSTICE, VALUE).status
    assert '"person": "Rasa Petraitė"' in "".join(
        path.read_text() for path in (bench.bench.desk.workspace.own / "journal").iterdir()
    )
    assert "/person" not in come_in(bench.bench).get(JUSTICE).text


@pytest.mark.parametrize("here", ["//evil.example", "https://evil.example", "/\\evil.example", ""])
def test_changing_a_name_leads_to_no_page_of_others(bench: Bench, here: str) -> None:
    done = bench.person().post("/person", {"here": here, "person": "Rasa"})
    assert (303, "/") == (done.status, done.headers["location"])


@pytest.mark.parametrize("name", ["-1", "...", "12 345", "\u200b", "?", " "])
def test_what_is_no_name_is_refused_and_what_was_typed_is_shown_and_kept(bench: Bench, name: str) -> None:
    stranger = come_in(bench.bench)
    asked = stranger.post(JUSTICE, VALUE)
    assert (422, "Enter your name") == (asked.status, asked.title)
    assert '<pre class="sent" tabindex="0">12</pre>' in asked.text
    refused = stranger.post(JUSTICE, {**hidden(asked.text), "person": name})
    assert (422, "Enter your name", True) == (refused.status, refused.title, "A name needs letters" in refused.main)
    assert [] == bench.lines
    assert "set-cookie" not in refused.headers
    assert 303 == stranger.post(JUSTICE, {**hidden(refused.text), "person": "Rasa"}).status
    assert len(bench.lines) == 2
    assert 422 == bench.person().post("/person", {"here": JUSTICE, "person": name}).status


@pytest.mark.parametrize(
    ("path", "form", "back"),
    [
        (JUSTICE, VALUE, JUSTICE),
        (
            "/settings/recipients/-",
            {"ready": "1", "code": "commission", "v:channel": "folder"},
            "/settings/recipients/-",
        ),
        ("/LT/2021/findings", {"remark": "20a1922d8c5c", "act": "open"}, "/LT/2021/findings"),
        ("/file", {"path": "data/LT/2021.yaml", "here": JUSTICE}, JUSTICE),
        ("/person", {"here": "//evil.example", "person": "-1"}, "/person"),
    ],
)
def test_the_question_for_a_name_shows_no_code_that_nobody_typed_and_leads_back(
    bench: Bench, path: str, form: dict[str, str], back: str
) -> None:
    asked = come_in(bench.bench).post(path, form)
    assert "Enter your name" == asked.title
    assert f'<a class="button" href="{back}">Cancel</a>' in asked.text
    assert (path == JUSTICE) == ("Your input is kept" in asked.main)
    assert [] == bench.lines


def test_what_a_page_sends_by_itself_counts_as_typed_nowhere() -> None:
    templates = "".join(each.read_text() for each in (HERE.parent / "templates/workbench").rglob("*.html"))
    names = set(re.findall(r'type="hidden" name="([\w.]+)"', templates)) - {"value", "base"}
    assert [] == [name for name in sorted(names) if READY != name and typed_values({name: "1f"})]


def test_a_name_is_remembered_although_the_value_was_refused(bench: Bench) -> None:
    refused = come_in(bench.bench).post(JUSTICE, {**VALUE, "value": "n.d.", "person": "Rasa"})
    assert (422, True) == (refused.status, "reporter-person=Rasa;" in refused.headers["set-cookie"])
