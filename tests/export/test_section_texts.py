"""The texts of an edition as Markdown: whole, with their values, or not at all."""

import json
import re

import pytest
from jsonschema import Draft202012Validator

from reporter.data.errors import DataError, ReporterError
from reporter.data.files.workspace import Workspace
from reporter.data.records import Audience
from reporter.editions.checked import load_checked
from reporter.editions.job import Job
from reporter.editions.making.exports import MAKERS, export, extract_of
from reporter.editions.public.public_files import for_audience
from reporter.editions.resources import locale_of
from reporter.formats.export.observations import figures_schema
from tests import small
from tests.export.extracts import ENGLISH, extract
from tests.fixtures import LITHUANIA
from tests.snapshots import snapshot

MD, JSON = MAKERS["md"], MAKERS["json"]


def of_small(root, changed, **options):
    small.write(root, {small.YEAR: small.FILES[small.YEAR].replace("labour: 6", "labour: 7"), **changed})
    shown = for_audience(Workspace(root).snapshot(), Audience.PUBLIC)
    return extract_of(load_checked(shown, "XX"), Job("XX", 2020, "en"), ENGLISH, **options)


def narrative(extract) -> list[dict] | None:
    (content,) = export(extract, (JSON,)).values()
    told = json.loads(content)
    Draft202012Validator(figures_schema()).validate(told)
    return told["narrative"]


def test_every_section_is_a_file_and_stands_in_the_json(lithuania):
    language = "lt"
    made = extract(lithuania, "LT", 2020, locale=locale_of(snapshot(LITHUANIA), language))
    files, told = export(made, (MD,)), narrative(made)
    found = {name: content.decode() for name, content in files.items()}
    assert {f"LT-2020-{language}-{each['code']}.md": each["markdown"] for each in told} == found
    assert {language} == {each["language"] for each in told}
    whole = "".join(each["markdown"] for each in told)
    assert [] == re.findall(r"\{\{|\}\}|\{#|…\d|\b(?:Figure|Table) \d|\d+ paveiksl|\(žr\. *\)|\(see *\)", whole)
    assert [] == re.findall(r"[ ]{2}|[ ][.,;](?=\s)|\(\s*\)|[,;][.]", re.sub(r"(?m)^ +", "", whole))


@pytest.mark.parametrize("words", ["{{ persons.convicted }}", "<b>a</b>"])
def test_an_error_in_a_text_stops_the_texts_and_no_figure(tmp_path, words):
    made = of_small(tmp_path, {small.TEXT: f"# general_situation\n\nThere were {words} cases.\n"})
    with pytest.raises(DataError):
        export(made, (MD,))
    assert None is narrative(made)
    with pytest.raises(ReporterError, match="no section has a text yet"):
        export(of_small(tmp_path / "none", {small.TEXT: None}), (MD,))


def test_a_withheld_value_stands_in_no_text(tmp_path):
    figures = "figures:\n  investigations.opened: {total: 9876, confidentiality: C}\n"
    made = of_small(tmp_path, {small.YEAR: f"{small.HEAD}status: final\n{figures}"})
    assert None is narrative(made)
    with pytest.raises(DataError) as stopped:
        export(made, (MD,))
    assert "9876" not in str([str(each) for each in stopped.value.findings])


def test_a_text_of_another_language_says_so(tmp_path):
    settings = "title: {en: Small, lt: Maža}\nlanguages: [en, lt]\n"
    small.write(tmp_path, {"reporter.yaml": settings, small.YEAR: small.FILES[small.YEAR].replace("r: 6", "r: 7")})
    checked = load_checked(Workspace(tmp_path).snapshot(), "XX")
    (section,) = narrative(extract_of(checked, Job("XX", 2020, "en"), locale_of(snapshot(LITHUANIA), "lt")))
    remark = "\n\n> Šis skyrius neišverstas. Teksto kalba: anglų.\n\nIn 2020, 11 investigations were opened.\n"
    assert ("en", True) == (section["language"], section["markdown"].endswith(remark))


def test_a_draft_says_so_and_which_texts_nobody_confirmed(tmp_path):
    changed = {
        small.YEAR: small.FILES[small.YEAR].replace("labour: 6", "labour: 7").replace("provisional", "draft"),
        small.TEXT: None,
        "data/XX/text/en/2019.md": "# general_situation\n\nAs before.\n",
    }
    (section,) = narrative(of_small(tmp_path, changed))
    remark = "> Text of 2019; not yet confirmed for 2020."
    assert 2019 == section["year"]
    assert section["markdown"].endswith(f", 2020: draft\n\n{remark}\n\nAs before.\n")
