"""Labels of the catalogue in a language that the program speaks: the workspace's own words come first."""

import shutil
from pathlib import Path

import pytest

from reporter.data.records.label import ENGLISH, OFFICIAL, PRINTED, language_of
from tests.fixtures import ROOT
from tests.snapshots import dataset_of

OWN = 'msgid "Identified victims"\nmsgstr "Uhrit"\n'


@pytest.fixture
def root(tmp_path) -> Path:
    shutil.copytree(ROOT / "data", tmp_path / "w/data")
    settings = (ROOT / "reporter.yaml").read_text(encoding="utf-8")
    (tmp_path / "w/reporter.yaml").write_text(settings.replace("[en, lt]", "[en, lt, fi]"), encoding="utf-8")
    return tmp_path / "w"


def label(root: Path, language: str = "fi") -> str:
    """The name of a figure in the catalogue as Estonia uses it."""
    indicator = dataset_of(root, ("EE",)).catalogue_of("EE").indicator("victims.identified")
    return indicator.label.text(language)


def test_every_label_is_in_every_language_of_documents(root):
    settings = root / "reporter.yaml"
    languages = ", ".join(sorted(OFFICIAL))
    settings.write_text(settings.read_text("utf-8").replace("[en, lt, fi]", f"[{languages}]"), encoding="utf-8")
    catalogue = dataset_of(root, ("EE",)).catalogue
    labels = [each.label for each in (*catalogue.indicators, *catalogue.dimensions, *catalogue.dimensions[0].codes)]
    assert [] == [each for each in labels for code in OFFICIAL if language_of(each.text(code)) or not each.text(code)]


def test_a_text_of_the_file_comes_before_the_messages_of_the_workspace_and_these_before_those_of_the_program(root):
    assert ("Tunnistetut uhrit", "Identified victims") == (label(root), label(root, ENGLISH))
    (root / "translations").mkdir()
    (root / "translations/fi.po").write_text(OWN, encoding="utf-8")
    assert "Uhrit" == label(root)
    path = root / "data/catalogue.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('en: "Identified victims"', 'en: "Identified victims", fi: "Omat uhrit"'), "utf-8")
    assert "Omat uhrit" == label(root)


def test_an_edited_label_is_not_translated_by_the_words_of_another(root):
    path = root / "data/catalogue.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('en: "Identified victims"', 'en: "Victims found"'), encoding="utf-8")
    assert ("Victims found", ENGLISH) == (label(root), language_of(label(root)))


def test_a_document_knows_which_labels_it_prints(root):
    token = PRINTED.set(printed := set[str]())
    try:
        label(root), label(root, ENGLISH)
    finally:
        PRINTED.reset(token)
    assert {"Identified victims"} == printed
