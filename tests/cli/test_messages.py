"""The words of the program go out to a translation service and come back; what would damage them is refused."""

import shutil
from pathlib import Path

import pytest

from reporter.data.errors import ExitCode
from reporter.data.i18n.po_file import read_po_file
from tests.fixtures import RURITANIA
from tests.snapshots import snapshot

OWN = "translations/fi.po"


@pytest.fixture
def root(tmp_path) -> Path:
    shutil.copytree(RURITANIA, tmp_path / "w")
    settings = tmp_path / "w" / "reporter.yaml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("[en]", "[en, fi]"), encoding="utf-8")
    return tmp_path / "w"


def exported(called, root: Path) -> str:
    assert ExitCode.OK == called("admin", "messages", "fi", "--format", "xliff", "-w", root)[0]
    return (root / "build/fi.xlf").read_text(encoding="utf-8")


def taken_in(called, root: Path, text: str, name: str = "back.xlf") -> tuple[int, str]:
    (root.parent / name).write_text(text, encoding="utf-8")
    code, out, err = called("admin", "messages", "fi", "--from", root.parent / name, "-w", root)
    return code, out + err


def machine(root: Path) -> frozenset[str]:
    return read_po_file(snapshot(root)[OWN], "fi").machine


@pytest.mark.parametrize(("state", "left"), [("final", 0), ("signed-off", 0), ("translated", 1)])
def test_a_translation_is_reviewed_by_the_state_that_the_service_gave_it(called, root, state, left):
    sent = exported(called, root)
    assert ExitCode.OK == taken_in(called, root, sent.replace("needs-review-translation", state))[0]
    assert left == bool(machine(root))
    assert sent.count("<trans-unit") == exported(called, root).count("<trans-unit")


def test_a_translation_that_lost_a_placeholder_or_a_number_is_refused_and_nothing_is_written(called, root):
    sent = exported(called, root)
    place = '<x id="1" equiv-text="{n}" />'
    for damaged, told in (
        (sent.replace(f">Kuvio {place}<", ">Kuvio<"), "the translation of 'Figure {n}' leaves out {n}"),
        (sent.replace("2011/36/EU 19 ja 20 artikla<", "2011/36/EU 19 artikla<"), "the numbers in the translation of"),
    ):
        assert damaged != sent
        code, said = taken_in(called, root, damaged)
        assert (ExitCode.FINDINGS, True, False) == (code, told in said, (root / OWN).exists()), said


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("<xliff", "cannot be read"),
        ("<!DOCTYPE a [<!ENTITY b 'c'>]><xliff version='1.2'/>", "declares a document type"),
        ("<xliff version='2.0'/>", "is not an XLIFF 1.2 file"),
        ("<xliff version='1.2'/>", "has no translation of a message of the program"),
    ],
)
def test_what_is_no_translation_is_told_in_words(called, root, text, told):
    code, said = taken_in(called, root, text)
    assert (ExitCode.FINDINGS, True, False) == (code, told in said, (root / OWN).exists())


def test_a_file_in_another_language_is_refused(called, root):
    other = exported(called, root).replace('target-language="fi"', 'target-language="sv-FI"')
    code, said = taken_in(called, root, other)
    assert (ExitCode.FINDINGS, "back.xlf is in the language sv, not fi" in said) == (code, True)


def test_a_po_file_comes_back_and_the_rest_of_the_own_file_stays(called, root):
    (root / "translations").mkdir()
    (root / OWN).write_text('# Maija\nmsgid "Contents"\nmsgstr "Sisältö"\n', encoding="utf-8")
    assert ExitCode.OK == taken_in(called, root, 'msgid "Imprint"\nmsgstr "Tiedot"\n', "back.po")[0]
    text = (root / OWN).read_text(encoding="utf-8")
    assert '# Maija\nmsgid "Contents"\nmsgstr "Sisältö"\n' in text
    assert 'msgid "Imprint"\nmsgstr "Tiedot"\n' in text
    assert {"Contents", "Imprint"}.isdisjoint(machine(root))


def test_a_po_file_in_another_language_is_refused(called, root):
    code, said = taken_in(called, root, 'msgid ""\nmsgstr "Language: sv\\n"\n\nmsgid "Year"\nmsgstr "År"\n', "back.po")
    assert (ExitCode.FINDINGS, "back.po is in the language sv, not fi" in said) == (code, True)


def test_what_was_reviewed_is_not_replaced_by_a_machine_and_keeps_its_remark(called, root):
    (root / "translations").mkdir()
    reviewed = '# Maija: sovittu\nmsgid "Contents"\nmsgstr "Sisältö"\n'
    (root / OWN).write_text(reviewed, encoding="utf-8")
    taken_in(called, root, '#, machine\nmsgid "Contents"\nmsgstr "Sis"\n', "back.po")
    assert reviewed in (root / OWN).read_text(encoding="utf-8")
    taken_in(called, root, 'msgid "Contents"\nmsgstr "Sisällys"\n', "back.po")
    text = (root / OWN).read_text(encoding="utf-8")
    assert "# Maija: sovittu\n" in text
    assert 'msgstr "Sisältö"' not in text


def test_an_empty_translation_gives_way_to_the_one_by_machine(called, root):
    (root / "translations").mkdir()
    (root / OWN).write_text('msgid "Contents"\nmsgstr ""\n', encoding="utf-8")
    assert ExitCode.OK == called("admin", "messages", "fi", "-w", root)[0]
    assert "Contents" in machine(root)


@pytest.mark.parametrize("message", ["Back to the top", "{label} rose from {before} in {first} to {after} in {last}."])
def test_one_unreviewed_message_is_enough_to_stop_a_final_edition(called, root, message):
    called("admin", "messages", "fi", "-w", root)
    before, found, after = (root / OWN).read_text(encoding="utf-8").partition(f'msgid "{message}"')
    assert found
    kept = before.rfind("#, machine")
    text = before[:kept].replace("#, machine", "#,") + before[kept:] + found + after.replace("#, machine", "#,")
    (root / OWN).write_text(text, encoding="utf-8")
    assert frozenset([message]) == machine(root)
    order = ("build", "XX", "2022", "--lang", "fi", "--format", "html", "-w", root)
    assert ExitCode.FINDINGS == called(*order)[0]
    (root / OWN).write_text(text.replace("#, machine", "#,"), encoding="utf-8")
    assert ExitCode.OK == called(*order)[0]


def test_a_final_edition_needs_reviewed_words_or_a_permission_that_it_prints(called, root):
    order = ("build", "XX", "2022", "--lang", "fi", "--format", "html", "-w", root)
    code, out, err = called(*order)
    assert (ExitCode.FINDINGS, True) == (code, "words of the program were translated into fi by machine" in out + err)
    settings = root / "reporter.yaml"
    settings.write_text(f"{settings.read_text(encoding='utf-8')}publish_machine_translation: [fi]\n", encoding="utf-8")
    assert ExitCode.OK == called(*order)[0]
    assert "koneellisesti käännettyä" in (root / "build/XX/2022/XX-2022-fi.html").read_text(encoding="utf-8")
