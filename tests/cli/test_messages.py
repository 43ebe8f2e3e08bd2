"""The words of the program go out for translation and come back; nothing that a person wrote is lost."""

import re
import shutil
from pathlib import Path

import pytest

from reporter.data.errors import ExitCode
from reporter.data.i18n import NP_, load_locale
from reporter.data.i18n.po_file import program_files, read_po_file
from tests.fixtures import RURITANIA
from tests.snapshots import snapshot

ICELANDIC, OWN = "translations/is.po", "translations/fi.po"


@pytest.fixture
def root(tmp_path) -> Path:
    shutil.copytree(RURITANIA, tmp_path / "w")
    settings = tmp_path / "w" / "reporter.yaml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("[en]", "[en, is]"), encoding="utf-8")
    return tmp_path / "w"


@pytest.fixture
def finnish(root) -> Path:
    """The same in Finnish, whose words the program brings."""
    settings = root / "reporter.yaml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("[en, is]", "[en, fi]"), encoding="utf-8")
    return root


def write(root: Path, text: str, name: str = ICELANDIC) -> Path:
    path = root / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def exported(called, root: Path) -> str:
    assert ExitCode.OK == called("admin", "messages", "fi", "--format", "xliff", "-w", root)[0]
    return (root / "build/fi.xlf").read_text(encoding="utf-8")


def imported(called, root: Path, text: str, name: str = "back.xlf") -> tuple[int, str]:
    (root.parent / name).write_text(text, encoding="utf-8")
    code, out, err = called("admin", "messages", "fi", "--from", root.parent / name, "-w", root)
    return code, out + err


def machine(root: Path) -> frozenset[str]:
    return read_po_file(snapshot(root)[OWN], "fi").machine


def test_a_language_is_begun_and_then_counted_and_not_written_again(called, root):
    code, out, err = called("admin", "messages", "is", "-w", root)
    total = int(re.match(r"translations/is.po: 0 of (\d+) messages translated, \1 to do; \d+ added\n", out)[1])
    assert (ExitCode.OK, True) == (code, total > 600)
    assert f'next: fill every msgstr "" of {ICELANDIC}, the first in line ' in err
    assert re.search(r"^\d+ texts are missing in is: data/catalogue.yaml \d+, data/XX/country.yaml \d+, ", out, re.M)
    assert "next: add is: to these texts\n" in err
    assert "among the languages" not in err
    empty, filled = 'msgid "Contents"\nmsgstr ""', 'msgid "Contents"\nmsgstr "Sisällys"'
    write(root, (root / ICELANDIC).read_text(encoding="utf-8").replace(empty, filled))
    before = (root / ICELANDIC).stat()
    told = f"{ICELANDIC}: 1 of {total} messages translated, {total - 1} to do\n"
    assert told in called("admin", "messages", "is", "-w", root)[1]
    after = (root / ICELANDIC).stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    assert "Sisällys" == load_locale("is", [snapshot(root)[ICELANDIC]]).text("Contents")


def test_translations_comments_and_messages_of_long_ago_are_kept(called, root):
    written = '# Maijan huomautus\nmsgid "Contents"\nmsgstr "Sisällys"\n\nmsgid "Long ago"\nmsgstr "Kauan sitten"\n'
    path = write(root, written)
    _, out, _ = called("admin", "messages", "is", "-w", root)
    assert re.match(rf"{ICELANDIC}: 1 of \d+ messages translated, \d+ to do; \d+ added; 1 out of use\n", out)
    text = path.read_text(encoding="utf-8")
    assert '# Maijan huomautus\nmsgid "Contents"\nmsgstr "Sisällys"\n' in text
    assert '#~ msgid "Long ago"\n#~ msgstr "Kauan sitten"\n' in text


def test_a_broken_file_is_left_as_it_is_and_its_places_are_told(called, root):
    path, content = write(root, ""), b'msgid "Contents"\nmsgstr "Sis\xe4llys"\n'
    path.write_bytes(content)
    code, out, _ = called("admin", "messages", "is", "-w", root)
    assert (ExitCode.FINDINGS, content) == (code, path.read_bytes())
    assert out.startswith(f"{ICELANDIC}:2:1: error: the file is not utf-8")
    path.write_text('msgid "Table {n}"\nmsgstr "Taulukko"\n', encoding="utf-8")
    code, out, _ = called("admin", "messages", "is", "-w", root)
    line = path.read_text(encoding="utf-8").splitlines().index('msgid "Table {n}"') + 1
    said = f"{ICELANDIC}:{line}:1: error: the translation of 'Table {{n}}' leaves out {{n}}"
    assert (ExitCode.FINDINGS, True) == (code, said in out)
    assert f"{said} [bad-messages]" in called("check", "XX", "-v", "-w", root)[1]


def test_a_language_that_the_program_brings_has_nothing_to_do_and_words_of_a_workspace_stay_alone(called, root):
    code, out, _ = called("admin", "messages", "lt", "-w", root)
    assert (ExitCode.OK, False) == (code, (root / "translations").exists())
    assert re.match(r"lt: the program comes with all \d+ messages, there is nothing to translate\n", out)
    content = 'msgid ""\nmsgstr "Language: lt\\n"\n\nmsgid "Contents"\nmsgstr "Rodyklė"\n'
    path = write(root, content, "translations/lt.po")
    out = called("admin", "messages", "lt", "-w", root)[1]
    assert re.match(r"translations/lt.po: (\d+) of \1 messages translated, 0 to do\n", out)
    assert content == path.read_text(encoding="utf-8")


def test_without_a_language_every_one_of_the_settings_is_looked_at(called, root):
    _, out, _ = called("admin", "messages", "-w", root)
    assert (True, True) == (out.startswith("en: the program is written in it"), f"\n{ICELANDIC}: 0 of " in out)
    assert [ICELANDIC] == [path.relative_to(root).as_posix() for path in root.glob("translations/*")]
    assert (ExitCode.OK, "", "") == called("admin", "messages", "-q", "-w", root)
    assert "next: add sv to the languages in reporter.yaml\n" in called("admin", "messages", "sv", "-w", root)[2]


def test_a_code_of_the_settings_that_is_no_language_is_told_of(called, root):
    settings = root / "reporter.yaml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("[en, is]", "[en, xx]"), encoding="utf-8")
    write(root, 'msgid "Contents"\nmsgstr "X"\n', "translations/xx.po")
    code, _, err = called("admin", "messages", "-w", root)
    assert (ExitCode.USAGE, True) == (code, "'xx' is not a language code" in err)
    assert ExitCode.OK == called("check", "XX", "-w", root)[0]
    write(root, "a: [", "data/catalogue.yaml")
    code, out, _ = called("admin", "messages", "is", "-w", root)
    assert (ExitCode.OK, 1) == (code, out.count("\n"))


@pytest.mark.parametrize(("state", "left"), [("final", 0), ("signed-off", 0), ("translated", 1)])
def test_a_translation_is_reviewed_by_the_state_that_the_service_gave_it(called, finnish, state, left):
    sent = exported(called, finnish)
    assert ExitCode.OK == imported(called, finnish, sent.replace("needs-review-translation", state))[0]
    assert left == bool(machine(finnish))
    assert sent.count("<trans-unit") == exported(called, finnish).count("<trans-unit")


def test_a_translation_that_lost_a_placeholder_a_number_or_a_code_is_refused_and_nothing_is_written(called, finnish):
    sent = exported(called, finnish)
    place = '<x id="1" equiv-text="{n}" />'
    for damaged, message in (
        (sent.replace(f">Kuvio {place}<", ">Kuvio<"), "the translation of 'Figure {n}' leaves out {n}"),
        (sent.replace("2011/36/EU 19 ja 20 artikla<", "2011/36/EU 19 artikla<"), "the numbers in the translation of"),
        (sent.replace("ro-crate-metadata.json kuvaa", "Tiedosto kuvaa"), "lacks ro-crate-metadata.json"),
    ):
        assert damaged != sent
        code, said = imported(called, finnish, damaged)
        assert (ExitCode.FINDINGS, True, False) == (code, message in said, (finnish / OWN).exists()), said


def test_a_word_with_two_meanings_has_two_translations_that_go_out_and_come_back(called, finnish):
    """A change between two figures, and one of an entry: the context leaves as a note for the translator."""
    changes = NP_("added, amended or ended", "Change")
    locale = load_locale("fr", program_files("fr"))
    assert ("Variation", "Modification") == (locale.text("Change"), locale.text(changes))
    assert "Change" == load_locale("en").text(changes) == load_locale("is").text(changes)
    unit = re.search(r"<trans-unit [^\n]*<note>meaning: added, amended or ended; [^\n]*", exported(called, finnish))[0]
    assert "<source>Change</source>" in unit
    back = re.sub("<target.*</target>", '<target state="final">Kirjauksen muutos</target>', unit)
    head = '<xliff version="1.2"><file target-language="fi"><body>'
    assert ExitCode.OK == imported(called, finnish, f"{head}{back}</body></file></xliff>")[0]
    text = (finnish / OWN).read_text(encoding="utf-8")
    assert 'msgctxt "added, amended or ended"\nmsgid "Change"\nmsgstr "Kirjauksen muutos"\n' in text
    assert ("Change" in machine(finnish), changes in machine(finnish)) == (True, False)
    again = load_locale("fi", [*program_files("fi"), snapshot(finnish)[OWN]])
    assert ("Muutos", "Kirjauksen muutos") == (again.text("Change"), again.text(changes))
    po = 'msgctxt "added, amended or ended"\nmsgid "Change"\nmsgstr "Muutettu"\n'
    assert ExitCode.OK == imported(called, finnish, po, "back.po")[0]
    assert "Muutettu" == load_locale("fi", [snapshot(finnish)[OWN]]).text(changes)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<xliff", "cannot be read"),
        ("<!DOCTYPE a [<!ENTITY b 'c'>]><xliff version='1.2'/>", "declares a document type"),
        ("<xliff version='2.0'/>", "is not an XLIFF 1.2 file"),
        ("<xliff version='1.2'/>", "has no translation of a message of the program"),
    ],
)
def test_what_is_no_translation_is_refused_in_words(called, finnish, text, message):
    code, said = imported(called, finnish, text)
    assert (ExitCode.FINDINGS, True, False) == (code, message in said, (finnish / OWN).exists())


def test_a_file_in_another_language_is_refused(called, finnish):
    xliff = exported(called, finnish).replace('target-language="fi"', 'target-language="sv-FI"')
    po = 'msgid ""\nmsgstr "Language: sv\\n"\n\nmsgid "Year"\nmsgstr "År"\n'
    for text, name in ((xliff, "back.xlf"), (po, "back.po")):
        code, said = imported(called, finnish, text, name)
        assert (ExitCode.FINDINGS, f"{name} is in the language sv, not fi" in said) == (code, True)


def test_a_po_file_comes_back_and_the_rest_of_the_own_file_stays(called, finnish):
    (finnish / "translations").mkdir()
    (finnish / OWN).write_text('# Maija\nmsgid "Contents"\nmsgstr "Sisältö"\n', encoding="utf-8")
    assert ExitCode.OK == imported(called, finnish, 'msgid "Imprint"\nmsgstr "Tiedot"\n', "back.po")[0]
    text = (finnish / OWN).read_text(encoding="utf-8")
    assert '# Maija\nmsgid "Contents"\nmsgstr "Sisältö"\n' in text
    assert 'msgid "Imprint"\nmsgstr "Tiedot"\n' in text
    assert {"Contents", "Imprint"}.isdisjoint(machine(finnish))


def test_what_was_reviewed_is_not_replaced_by_a_machine_and_keeps_its_remark(called, finnish):
    (finnish / "translations").mkdir()
    reviewed = '# Maija: sovittu\nmsgid "Contents"\nmsgstr "Sisältö"\n'
    (finnish / OWN).write_text(reviewed, encoding="utf-8")
    imported(called, finnish, '#, machine\nmsgid "Contents"\nmsgstr "Sis"\n', "back.po")
    assert reviewed in (finnish / OWN).read_text(encoding="utf-8")
    imported(called, finnish, 'msgid "Contents"\nmsgstr "Sisällys"\n', "back.po")
    text = (finnish / OWN).read_text(encoding="utf-8")
    assert "# Maija: sovittu\n" in text
    assert 'msgstr "Sisältö"' not in text


def test_an_empty_translation_gives_way_to_the_one_by_machine(called, finnish):
    (finnish / "translations").mkdir()
    (finnish / OWN).write_text('msgid "Contents"\nmsgstr ""\n', encoding="utf-8")
    assert ExitCode.OK == called("admin", "messages", "fi", "-w", finnish)[0]
    assert "Contents" in machine(finnish)


@pytest.mark.parametrize("message", ["Back to the top", "{label} rose from {before} in {first} to {after} in {last}."])
def test_one_unreviewed_message_is_enough_to_stop_a_final_edition(called, finnish, message):
    called("admin", "messages", "fi", "-w", finnish)
    before, found, after = (finnish / OWN).read_text(encoding="utf-8").partition(f'msgid "{message}"')
    assert found
    kept = before.rfind("#, machine")
    text = before[:kept].replace("#, machine", "#,") + before[kept:] + found + after.replace("#, machine", "#,")
    (finnish / OWN).write_text(text, encoding="utf-8")
    assert frozenset([message]) == machine(finnish)
    order = ("build", "XX", "2022", "--lang", "fi", "--format", "html", "-w", finnish)
    assert ExitCode.FINDINGS == called(*order)[0]
    (finnish / OWN).write_text(text.replace("#, machine", "#,"), encoding="utf-8")
    assert ExitCode.OK == called(*order)[0]


def test_a_final_edition_needs_reviewed_words_or_a_permission_that_it_prints(called, finnish):
    order = ("build", "XX", "2022", "--lang", "fi", "--format", "html", "-w", finnish)
    code, out, err = called(*order)
    assert (ExitCode.FINDINGS, True) == (code, "words of the program were translated into fi by machine" in out + err)
    settings = finnish / "reporter.yaml"
    settings.write_text(f"{settings.read_text(encoding='utf-8')}publish_machine_translation: [fi]\n", encoding="utf-8")
    assert ExitCode.OK == called(*order)[0]
    assert "koneellisesti käännettyä" in (finnish / "build/XX/2022/XX-2022-fi.html").read_text(encoding="utf-8")


def test_a_draft_is_made_and_counts_the_words_that_no_person_has_reviewed(called, finnish):
    year = finnish / "data/XX/2022.yaml"
    year.write_text(year.read_text(encoding="utf-8").replace("status: provisional", "status: draft"), encoding="utf-8")
    order = ("build", "XX", "2022", "--lang", "fi", "--format", "html", "-w", finnish)
    assert ExitCode.OK == called(*order)[0]
    page = (finnish / "build/XX/2022/draft/XX-2022-fi.html").read_text(encoding="utf-8")
    assert re.search(r"this edition prints \d+ of them; have a person review them before you publish", page)
