"""The check, the workbench and each draft list the same findings of an edition; and what keeps a year from being final
is one list, of which each entry leads to where it is done."""

import json
import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from reporter.data.files.workspace import Workspace
from reporter.data.outline import Volume
from reporter.data.records import Audience
from reporter.editions.all_findings import STOPS_PUBLIC
from reporter.editions.job import Job
from reporter.editions.making.composed import documents_of
from reporter.editions.resources import locale_of
from reporter.editions.state import edition_state
from reporter.report.sections.draft_findings import CODE
from reporter.text.tree import Remarks
from tests import small
from tests.cli.running import RIGHT
from tests.countries import begin
from tests.fixtures import Say
from tests.workbench.figures_bench import begun
from tests.workbench.release_bench import RELEASE
from tests.workbench.serving import come_in, running

Begin = Callable[[Path, Say], Path]
COUNTRY, TOO, SETTINGS = "data/XX/country.yaml", "data/YY/country.yaml", small.FILES["reporter.yaml"]
PERMISSION = (
    "publish_small_counts: [{{country: {}, figures: [victims.unknown], years: 2020, reason: {{en: Known.}}}}]\n"
)


def typed(say: Say) -> Callable[..., None]:
    def act(*words: str) -> None:
        code, said = say(*words)
        assert 0 == code, said

    return act


def begin_portugal(root: Path, say: Say) -> Path:
    begin(root, ("PT", "2023"), ("pt", "en"), typed(say))
    return root


def begin_finland(root: Path, say: Say) -> Path:
    begin(root, ("FI", "2022"), ("fi", "sv", "en"), typed(say))
    return root


def begin_lithuania(root: Path, _: Say) -> Path:
    return begun(root)


def begin_two(root: Path, _: Say) -> Path:
    """Two countries with the year 2020, of which one is final. Settings and catalogue are wrong for both, or for one of
    them."""
    two = {path.replace("/XX/", "/YY/"): text for path, text in small.FILES.items() if "/XX/" in path}
    two |= {TOO: small.FILES[COUNTRY].replace("XX", "YY"), small.YEAR.replace("XX", "YY"): small.FINAL[small.YEAR]}
    own = {
        "reporter.yaml": "title: {en: '[Small]'}\nlanguages: [en, pt]\n" + PERMISSION.format("YY"),
        small.YEAR: RIGHT[small.YEAR].replace("provisional", "draft").replace("80", "unanswered"),
        "data/XX/text/pt/2020.md": "# general_situation\n\nTODO 漢\n",
        "data/XX/text/en/2019.md": "# victims\n\nIn 2018, {{ victims.identified }} fell.\n",
        "data/XX/~$2020.xlsx": "",
        "themes/other.md": "",
    }
    return small.write(root, {**two, **own})


def begin_withheld(root: Path, _: Say) -> Path:
    hidden = "confidentiality: C, confidentiality of: {women: C}"
    figures = RIGHT[small.YEAR].replace("total: 80,", f"total: 80, {hidden},").replace("provisional", "draft")
    text = small.FILES[small.TEXT] + "\nThere were 60 women.\n"
    return small.write(
        root, {small.YEAR: figures, small.TEXT: text, "reporter.yaml": SETTINGS + PERMISSION.format("QQ")}
    )


EDITIONS: tuple[tuple[Begin, tuple[tuple[str, int], ...]], ...] = (
    (begin_portugal, (("PT", 2023),)),
    (begin_finland, (("FI", 2022),)),
    (begin_lithuania, (("LT", 2021), ("LT", 2020))),
    (begin_two, (("XX", 2020), ("YY", 2020), ("XX", 2019))),
    (begin_withheld, (("XX", 2020),)),
)


# What the check says of files and settings that no page depends on, and of a public edition, no document repeats.
OUTSIDE = ("publish_small_counts", "the permission covers", "older than the catalogue", "a temporary file while")
OF_DRAFTS = ("unanswered", "in-brackets", "undecided-text")
Told = dict[str, Any]


def key(each: Told) -> tuple[str, str, str]:
    return each["code"], f"{each['path']}:{each['line']}:{each['column']}", each["message"]


def asks(each: Told) -> bool:
    return not each["accepted"] and (each["severity"] != "note" or each["code"] in OF_DRAFTS)


def since(each: Told) -> int:
    """The year that brings a finding; 0 for one that belongs to all."""
    of_file = re.search(r"/(\d{4})\.\w+$", each["path"])
    return max(each["year"] or 0, int(of_file[1]) if of_file else 0)


def is_printed(each: Told) -> bool:
    is_outside = each["message"].startswith(OUTSIDE) or each["hint"].startswith(STOPS_PUBLIC)
    return asks(each) and not is_outside and each["code"] not in ("withheld-typed", "remark")


def told_in_draft(root: Path, job: Job) -> list[tuple[str, str, str]] | None:
    """What a document lists as to be mended; None where it is no draft."""
    sources = Workspace(root).snapshot()
    state = edition_state(sources, job)
    document = documents_of(state.checked, job, locale_of(sources, job.language), anyway=True)[Volume.MAIN]
    if document.sections[-1].code != CODE:
        return None
    (block,) = document.sections[-1].blocks
    assert isinstance(block, Remarks)
    alike = {(each.severity, each.code, each.message) for each in document.flagged}
    assert len(alike) == len(block.remarks)
    return sorted((each.code, str(each.mark), str(each.message)) for each in document.flagged)


@pytest.mark.parametrize(("begin_in", "editions"), EDITIONS, ids=lambda each: getattr(each, "__name__", ""))
def test_the_check_the_pages_and_each_draft_list_the_same_findings(
    tmp_path: Path, called, say: Say, begin_in, editions
):
    root = begin_in(tmp_path / "workspace", say)
    with running(root) as bench:
        reading = bench.desk.read_now()
        ana = come_in(bench)
        for country, year in editions:
            _, out, _ = called("check", country, year, "--format", "json", "-w", root)
            checked = json.loads(out)
            assert checked
            assert len(checked) == len({(each["year"], *key(each)) for each in checked})
            _, out, _ = called("check", country, "--format", "json", "-w", root)
            assert [each for each in json.loads(out) if since(each) in (0, year)] == [
                each for each in checked if since(each) in (0, year)
            ]
            page = ana.get(f"/{country}/{year}/findings").text
            rows = re.findall(r'<li id="f-\w+".*?<p class="where" title="([^"]*)"', page, re.S)
            # Texts that wait for a decision have pages of their own.
            waiting = {each["undecided"] for each in checked if each["severity"] != "warning" and not each["accepted"]}
            listed = [each for each in checked if each["undecided"] not in waiting - {""}]
            assert sorted(f"{each['path']}:{each['line']}" for each in listed) == sorted(map(unescape, rows))
            number = re.search(r'Findings <span class="count">(\d+)</span>', ana.get(f"/{country}/{year}").text)
            assert sum(map(asks, listed)) == int(number[1] if number else 0)
            assert reading.checked
            for language in reading.checked.dataset.settings.languages:
                job = Job(country, year, language, audience=Audience.RESTRICTED)
                found = told_in_draft(root, job)
                expected = sorted(key(each) for each in checked if is_printed(each))
                # What stops another language alone leaves a final document as it is.
                stopping = [each for each in checked if stops(each) and f"/text/{language}/" in each["path"]]
                assert expected == (found or []) or not (found or stopping), (country, year, language)


def stops(each: Told) -> bool:
    return each["severity"] == "error" and is_printed(each)


LINK = re.compile(r'<a class="button main" href="([^"]+)">Next')
FALLEN = """\
accepted:
  - {rule: jump, figure: victims.identified, values: {2019: {victims.identified: 1}}, reason: {en: Once.}}
"""
RIGHT_DRAFT = RIGHT[small.YEAR].replace("provisional", "draft")
OPEN = RIGHT_DRAFT.replace("total: 80", "total: unanswered") + FALLEN
# What somebody does, and what comes next then: its words, its address, and what there is at that.
TO_DO = (
    ({}, "1 figure waits for an answer", "/XX/2020/figures/general_situation", "victims.identified"),
    ({small.YEAR: OPEN.replace("unanswered", "80")}, "1 place is to be filled in", "/XX/lists/about", "publisher"),
    ({COUNTRY: small.FILES[COUNTRY]}, "1 error to correct", "/XX/2020/", ""),
    ({small.YEAR: RIGHT_DRAFT}, "Write the first text", "/XX/2020/text", ""),
)  # fmt: skip


def test_each_thing_that_keeps_a_year_from_being_final_leads_to_where_it_is_done_and_then_comes_the_next(
    tmp_path: Path,
):
    bracket = small.FILES[COUNTRY].replace("en: Ministry", "en: '[ministry that publishes]'")
    small.write(tmp_path, {small.YEAR: OPEN, small.TEXT: None, COUNTRY: bracket})
    with running(tmp_path) as bench:
        ana = come_in(bench)
        for left, (files, title, address, place) in zip(range(4, 0, -1), TO_DO, strict=True):
            for path, text in files.items():
                (tmp_path / path).write_text(text)
            bench.desk.read_now()
            page = ana.get("/XX/2020")
            leads_to = unescape(LINK.search(page.text)[1])
            after = re.search(r'<ol class="after">(.*?)</ol>', page.text, re.S)
            assert (title, left - 1) == (page.title, after[1].count("<a href=") if after else 0)
            path, _, anchor = leads_to.partition("#")
            assert (address, place) == (path[: len(address)], anchor[-len(place) :] if place else "")
            there = ana.get(path)
            assert there.status in (200, 303)
            assert not anchor or f'id="{anchor}"' in there.text, leads_to
            assert leads_to == unescape(LINK.search(ana.get(RELEASE).text)[1])
        small.write(tmp_path, {small.YEAR: RIGHT_DRAFT})
        bench.desk.read_now()
        assert "The year can be final" == ana.get("/XX/2020").title
        assert LINK.search(ana.get(RELEASE).text) is None


def test_a_character_without_a_glyph_is_found_before_the_year_is_final_but_not_in_a_comment(tmp_path: Path, called):
    text = "# general_situation\n\nHappy 😀.\n\nإحسان, 漢字. Ελληνικά, Български, ș, e\u0301, →.\n"
    files = {small.YEAR: f"{RIGHT[small.YEAR]}# A comment: 漢\n", small.TEXT: text}
    root = small.write(tmp_path, files)
    code, out, _ = called("check", "XX", 2020, "--format", "json", "-w", root)
    found = [(each["line"], each["column"], each["message"]) for each in json.loads(out) if each["code"] == "no-glyph"]
    assert (1, [(3, 7), (5, 1)]) == (code, [each[:2] for each in found])
    assert "no font of the theme has '😀' (U+1F600)" == found[0][2]
    assert ("'إ' (U+0625)" in found[1][2], "'字' (U+5B57)" in found[1][2], "Ε" in found[1][2]) == (True, True, False)
