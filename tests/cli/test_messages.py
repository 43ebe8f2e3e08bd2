"""`reporter messages` begins and refreshes the .po file of a language, and says how much there is to do."""

import re
import shutil
from pathlib import Path

import pytest

from reporter.errors import ExitCode
from reporter.i18n import load_locale
from tests.fixtures import RURITANIA
from tests.snapshots import snapshot

FINNISH = "translations/fi.po"


@pytest.fixture
def root(tmp_path) -> Path:
    shutil.copytree(RURITANIA, tmp_path / "w")
    settings = tmp_path / "w" / "reporter.yaml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("[en]", "[en, fi]"), encoding="utf-8")
    return tmp_path / "w"


def write(root: Path, text: str, name: str = FINNISH) -> Path:
    path = root / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_language_is_begun_and_then_counted_and_not_written_again(called, root):
    code, out, err = called("messages", "fi", "-w", root)
    total = int(re.match(r"translations/fi.po: 0 of (\d+) messages translated, \1 to do; \d+ added\n", out)[1])
    assert (ExitCode.OK, True) == (code, total > 600)
    assert f'next: fill every msgstr "" of {FINNISH}, the first in line ' in err
    assert re.search(r"^\d+ texts are not given in fi: data/catalogue.yaml \d+, data/XX/country.yaml \d+, ", out, re.M)
    assert "next: write fi: beside the other languages of these texts\n" in err
    assert "among the languages" not in err
    empty, filled = 'msgid "Contents"\nmsgstr ""', 'msgid "Contents"\nmsgstr "Sisällys"'
    write(root, (root / FINNISH).read_text(encoding="utf-8").replace(empty, filled))
    before = (root / FINNISH).stat()
    told = f"{FINNISH}: 1 of {total} messages translated, {total - 1} to do\n"
    assert told in called("messages", "fi", "-w", root)[1]
    after = (root / FINNISH).stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    assert "Sisällys" == load_locale("fi", [snapshot(root)[FINNISH]]).text("Contents")


def test_translations_comments_and_messages_of_long_ago_are_kept(called, root):
    written = '# Maijan huomautus\nmsgid "Contents"\nmsgstr "Sisällys"\n\nmsgid "Long ago"\nmsgstr "Kauan sitten"\n'
    path = write(root, written)
    _, out, _ = called("messages", "fi", "-w", root)
    assert re.match(rf"{FINNISH}: 1 of \d+ messages translated, \d+ to do; \d+ added; 1 out of use\n", out)
    text = path.read_text(encoding="utf-8")
    assert '# Maijan huomautus\nmsgid "Contents"\nmsgstr "Sisällys"\n' in text
    assert '#~ msgid "Long ago"\n#~ msgstr "Kauan sitten"\n' in text


def test_a_broken_file_is_left_as_it_is_and_its_places_are_told(called, root):
    path, content = write(root, ""), b'msgid "Contents"\nmsgstr "Sis\xe4llys"\n'
    path.write_bytes(content)
    code, out, _ = called("messages", "fi", "-w", root)
    assert (ExitCode.FINDINGS, content) == (code, path.read_bytes())
    assert out.startswith(f"{FINNISH}:2:1: error: the file is not utf-8")
    # Places for values that are wrong are told with their lines.
    path.write_text('msgid "Table {n}"\nmsgstr "Taulukko"\n', encoding="utf-8")
    code, out, _ = called("messages", "fi", "-w", root)
    line = path.read_text(encoding="utf-8").splitlines().index('msgid "Table {n}"') + 1
    said = f"{FINNISH}:{line}:1: error: the translation of 'Table {{n}}' leaves out {{n}}"
    assert (ExitCode.FINDINGS, True) == (code, said in out)
    assert f"{said} [bad-messages]" in called("check", "XX", "-v", "-w", root)[1]


def test_a_language_that_the_program_brings_has_nothing_to_do_and_words_of_a_workspace_stay_alone(called, root):
    code, out, _ = called("messages", "lt", "-w", root)
    assert (ExitCode.OK, False) == (code, (root / "translations").exists())
    assert re.match(r"lt: the program comes with all \d+ messages, nothing is to be translated\n", out)
    content = 'msgid ""\nmsgstr "Language: lt\\n"\n\nmsgid "Contents"\nmsgstr "Rodyklė"\n'
    path = write(root, content, "translations/lt.po")
    out = called("messages", "lt", "-w", root)[1]
    assert re.match(r"translations/lt.po: (\d+) of \1 messages translated, 0 to do\n", out)
    assert content == path.read_text(encoding="utf-8")


def test_without_a_language_every_one_of_the_settings_is_looked_at(called, root):
    _, out, _ = called("messages", "-w", root)
    assert out.startswith("en: the program speaks it by itself")
    assert f"\n{FINNISH}: 0 of " in out
    assert [FINNISH] == [path.relative_to(root).as_posix() for path in root.glob("translations/*")]
    assert (ExitCode.OK, "", "") == called("messages", "-q", "-w", root)
    assert "next: write sv among the languages of reporter.yaml\n" in called("messages", "sv", "-w", root)[2]


def test_a_code_of_the_settings_that_is_no_language_is_told_of(called, root):
    settings = root / "reporter.yaml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("[en, fi]", "[en, xx]"), encoding="utf-8")
    write(root, 'msgid "Contents"\nmsgstr "X"\n', "translations/xx.po")
    code, _, err = called("messages", "-w", root)
    assert (ExitCode.USAGE, True) == (code, "'xx' is no language code" in err)
    assert ExitCode.OK == called("check", "XX", "-w", root)[0]
    # Of files that cannot be read no texts are counted.
    write(root, "a: [", "data/catalogue.yaml")
    code, out, _ = called("messages", "fi", "-w", root)
    assert (ExitCode.OK, 1) == (code, out.count("\n"))
