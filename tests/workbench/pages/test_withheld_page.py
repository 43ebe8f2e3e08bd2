"""What the public does not get: proposed, written, reasoned, chosen and taken back."""

import re
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from time import monotonic, sleep
from urllib.parse import parse_qsl, urlsplit

import pytest

from reporter.data.errors import WordedError
from reporter.data.files.processes import Pool
from reporter.workbench.server.background_jobs import Finished
from reporter.workbench.server.server import Workbench
from reporter.workbench.withheld import withheld_page as judging
from tests import small
from tests.fixtures import SEED
from tests.workbench.serving import Answer, Asker, come_in, running, words

HERE, VICTIMS = "/XX/2020/withheld", "victims.identified"
FIGURES = small.FILES[small.YEAR].replace(
    "80, by person: {women: 60, men: 20}", "31, by person: {women: 16, men: 13, children: 2}"
)
FILE = "data/XX/protection/2020.yaml"
EARLIER = "data/XX/protection/2019.yaml"


@pytest.fixture(scope="module")
def bench(tmp_path_factory) -> Iterator[Workbench]:
    root = small.write(tmp_path_factory.mktemp("withheld"), {small.YEAR: FIGURES, EARLIER: f"seed: {SEED}\n"})
    with running(root) as bench:
        bench.desk.read_now()
        yield bench


@pytest.fixture
def asker(bench) -> Asker:
    file_of(bench).unlink(missing_ok=True)
    bench.desk.read_now()
    return come_in(bench, "Ana")


def file_of(bench: Workbench) -> Path:
    return bench.desk.workspace.root / FILE


def judged(asker: Asker) -> str:
    last = monotonic() + 60
    while (page := asker.get(HERE).text) and 'id="waiting"' in page:
        assert monotonic() < last
        sleep(0.1)
    return page


def fields(page: str, act: str, name: str = "") -> dict[str, str]:
    forms = re.findall(r"<form method.*?</form>", page.partition(f'id="{name}"')[2] if name else page, re.S)
    found = next(each for each in forms if f'value="{act}"' in each)
    return dict(re.findall(r'type="hidden" name="([\w.]+)" value="([^"]*)"', found)) | {"act": act}


def proposed(asker: Asker) -> Answer:
    return asker.post(HERE, fields(judged(asker), "propose"))


def test_the_proposal_is_shown_and_written_by_one_button_and_undo_takes_it_back(asker: Asker, bench: Workbench) -> None:
    page = words(judged(asker))
    assert "Men: 13 proposed If it were public, identified victims (children) could be derived." in page
    assert "Children: 2 proposed A count this small could identify a person." in page
    assert "Published: total 31 and women 16" in page
    assert "1 count could identify someone" in page
    assert "Identified victims (children) of 2020: 2 Say why" in page
    assert (True, True) == ("2 values should be withheld but are not yet" in page, "Write 2 decisions" in page)
    assert (303, HERE) == ((answer := proposed(asker)).status, answer.headers["location"])
    assert f"{VICTIMS}.children: {{because: small}}" in file_of(bench).read_text()
    page = judged(asker)
    assert "could identify someone" not in page
    assert (True, True) == ("This edition withholds 2 values." in page, "at least 5 values remain possible" in page)
    assert (303, False) == (asker.undo(HERE).status, file_of(bench).exists())
    form = fields(judged(asker), "propose")
    assert 409 == asker.post(HERE, form | {"digest": "withheld-XX-2020-0"}).status
    assert not file_of(bench).exists()


def test_a_person_s_reason_is_written_changed_and_taken_out_and_what_others_wrote_stays(
    bench: Workbench, asker: Asker
) -> None:
    proposed(asker)
    name = f"d-2020-{VICTIMS}.men"
    for typed in ("Asked for.", "Agreed.", ""):
        answer = asker.post(HERE, fields(asker.get(HERE).text, "reason", name) | {"reason.en": typed})
        assert (303, f"{HERE}#{name}") == (answer.status, answer.headers["location"])
        assert bool(typed) == ("reason: {en: " in file_of(bench).read_text())
        assert typed in file_of(bench).read_text()
    form = fields(asker.get(HERE).text, "reason", f"d-2020-{VICTIMS}.men")
    asker.post(HERE, form | {"reason.en": "Theirs."})
    answer = asker.post(HERE, form | {"reason.en": "Mine."})
    assert (409, True) == (answer.status, "Theirs." in file_of(bench).read_text())
    assert re.search(r"<details open>.*?\nMine\.</textarea>", answer.text, re.S)


def test_a_value_is_chosen_by_hand_and_who_chooses_nothing_is_told_and_loses_nothing(
    bench: Workbench, asker: Asker
) -> None:
    form = {"act": "choose", "figure": f"{VICTIMS}.women 2020", "reason.en": "They asked."}
    assert f'<option value="{form["figure"]}">' in asker.get(HERE).text
    assert 303 == asker.post(HERE, form).status
    written = " ".join(file_of(bench).read_text().split())
    assert f'withheld: 2020: {VICTIMS}.women: because: chosen reason: {{en: "They asked."}}' in written
    assert "Decided by a person." in asker.get(HERE).text
    # What protects a rest that no part states protects no value with a name, and nobody decided that.
    text = file_of(bench).read_text()
    file_of(bench).write_text(text.replace("because: chosen", "because: protects"))
    bench.desk.read_now()
    told = asker.get(HERE).text
    assert ("Decided by a person." in told, "Without it, another withheld value could" in told) == (False, True)
    file_of(bench).write_text(text)
    bench.desk.read_now()
    assert 303 == asker.post(HERE, fields(asker.get(HERE).text, "remove")).status
    assert "withheld: {}" in file_of(bench).read_text()
    assert "Nothing is decided for this edition." in asker.get(HERE).text
    answer = asker.post(HERE, {"act": "choose", "figure": "", "reason.en": "They asked."})
    assert (422, True) == (answer.status, "Choose a value that is now public." in answer.text)
    assert (True, 404) == ("\nThey asked.</textarea>" in answer.text, asker.post(HERE, {"act": "publish"}).status)


def test_without_the_solver_the_extra_is_named_and_what_is_decided_shown(
    bench: Workbench, asker: Asker, monkeypatch
) -> None:
    proposed(asker)
    lacking = WordedError(judging.LACKING, judging.REMEDY, package="highspy", extra="protect")
    monkeypatch.setattr("reporter.workbench.server.background_jobs.Workshop.wait", lambda *_: Finished(problem=lacking))
    page = words(asker.get(HERE).text)
    assert (True, True) == ('pip install "reporter[protect]"' in page, "Men: 13 decided If it were public" in page)


def test_the_page_is_reached_from_figures_and_the_release_and_says_by_which_equation_a_value_is_known(
    asker: Asker, bench: Workbench
) -> None:
    pages = (asker.get(each).text for each in ("/XX/2020/figures/general_situation", "/XX/2020/release"))
    assert [True, True] == [f'href="{HERE}"' in page for page in pages]
    file_of(bench).parent.mkdir(exist_ok=True)
    file_of(bench).write_text(f"withheld:\n  2020: {{{VICTIMS}.children: {{because: small}}}}\n")
    bench.desk.read_now()
    page = words(judged(asker))
    assert "1 withheld value is not protected" in page
    assert f"{VICTIMS} 31 = women 16 + men 13 + children in 2020" in page


def test_of_a_count_that_no_decision_reaches_the_page_says_that_a_reason_is_due(asker: Asker, bench: Workbench) -> None:
    year = bench.desk.workspace.root / small.YEAR
    activity = "{kind: campaign, title: {en: Home}, period: 2020, figures: {posters: 3}}"
    try:
        year.write_text(f"{FIGURES}activities:\n  victims_home: {activity}\n")
        bench.desk.read_now()
        page = words(judged(asker))
        assert "Home, Posters of 2020: 3 No decision proposed here protects it: say why it is publ" in page
        assert (1, 1) == (page.count("No decision proposed here"), page.count("cannot be decided here, mark it in"))
    finally:
        year.write_text(FIGURES)
        bench.desk.read_now()


def test_why_a_count_is_published_is_asked_with_country_figure_and_year_filled_in(
    asker: Asker, bench: Workbench
) -> None:
    address = unescape(re.findall(r'href="(/settings/publish_small_counts/[^"]*)"', judged(asker))[0])
    form = asker.get(address).text
    country, years = '<option value="XX" selected>', 'name="v:years" value="2020"'
    assert (True, True, True) == (country in form, years in form, "\nIdentified victims, Children</textarea>" in form)
    written = dict(parse_qsl(urlsplit(address).query)) | {"v:reason/en": "Agreed with the families."}
    shown = {f"w:{name.removeprefix('v:')}": "" for name in written}
    assert 303 == asker.post(urlsplit(address).path, written | shown).status
    assert "could identify someone" not in words(judged(asker))
    assert 303 == asker.undo(HERE).status
    assert "1 count could identify someone" in words(judged(asker))


def test_a_visit_of_the_release_works_out_nothing_again_while_no_figure_changed(
    bench: Workbench, asker: Asker, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged(asker)
    asked: list[str] = []
    submit = Pool.submit

    def counted(pool: Pool, work: Callable[..., object], *given: object) -> object:
        asked.append(work.__name__)
        return submit(pool, work, *given)

    monkeypatch.setattr(Pool, "submit", counted)
    assert 200 == asker.get("/XX/2020/release").status
    text = bench.desk.workspace.root / small.TEXT
    text.write_text(f"{text.read_text()}\nA word more.\n")
    bench.desk.read_now()
    assert 200 == asker.get("/XX/2020/release").status
    assert "judge" not in asked


def test_why_several_counts_are_published_is_asked_in_one_form_with_a_line_for_each(
    asker: Asker, bench: Workbench
) -> None:
    year = bench.desk.workspace.root / small.YEAR
    try:
        year.write_text(FIGURES.replace("men: 13", "men: 3").replace("31, by", "21, by"))
        bench.desk.read_now()
        address = unescape(re.findall(r'href="(/settings/publish_small_counts/[^"]*)"', judged(asker))[0])
        assert "\nIdentified victims, Men\nIdentified victims, Children</textarea>" in asker.get(address).text
    finally:
        year.write_text(FIGURES)
        bench.desk.read_now()
