"""`reporter messages` begins and refreshes the .po file of a language, and says how much there is to do."""

import re
import shutil
from pathlib import Path

import pytest

from reporter.errors import ExitCode
from reporter.i18n import load_locale
from tests import small
from tests.fixtures import RURITANIA
from tests.snapshots import snapshot

FINNISH = "translations/fi.po"


@pytest.fixture
def root(tmp_path) -> Path:
    """Ruritania, which begins Finnish."""
    shutil.copytree(RURITANIA, tmp_path / "w")
    settings = tmp_path / "w" / "reporter.yaml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("[en]", "[en, fi]"), encoding="utf-8")
    return tmp_path / "w"


def write(root: Path, text: str, name: str = FINNISH) -> Path:
    path = root / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def translate(path: Path, message: str, words: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert 1 == text.count(f'msgid "{message}"\nmsgstr ""')
    path.write_text(
        text.replace(f'msgid "{message}"\nmsgstr ""', f'msgid "{message}"\nmsgstr "{words}"'), encoding="utf-8"
    )


def test_a_language_is_begun_and_then_counted(called, root):
    code, out, err = called("messages", "fi", "-w", root)
    total = int(re.match(r"translations/fi.po: 0 of (\d+) messages translated, \1 to do; \d+ added\n", out)[1])
    assert (ExitCode.OK, True) == (code, total > 600)
    assert f'next: fill every msgstr "" of {FINNISH}, the first in line ' in err
    translate(root / FINNISH, "Contents", "Sisällys")
    _, out, err = called("messages", "fi", "-w", root)
    assert f"{FINNISH}: 1 of {total} messages translated, {total - 1} to do\n" in out
    assert "Sisällys" == load_locale("fi", [snapshot(root)[FINNISH]]).text("Contents")


def test_texts_of_the_files_that_lack_the_language_are_counted(called, root):
    _, out, err = called("messages", "fi", "-w", root)
    assert re.search(r"^\d+ texts are not given in fi: data/catalogue.yaml \d+, data/XX/country.yaml \d+, ", out, re.M)
    assert "next: write fi: beside the other languages of these texts\n" in err


def test_of_files_that_cannot_be_read_no_texts_are_counted(called, tmp_path):
    small.write(tmp_path, {"data/catalogue.yaml": "a: ["})
    code, out, _ = called("messages", "fi", "-w", tmp_path)
    assert (ExitCode.OK, 1) == (code, out.count("\n"))


def test_what_is_up_to_date_is_not_written_again(called, root):
    called("messages", "fi", "-w", root)
    before = (root / FINNISH).stat()
    called("messages", "fi", "-w", root)
    after = (root / FINNISH).stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_translations_comments_and_messages_of_long_ago_are_kept(called, root):
    written = '# Maijan huomautus\nmsgid "Contents"\nmsgstr "Sisällys"\n\nmsgid "Long ago"\nmsgstr "Kauan sitten"\n'
    path = write(root, written)
    _, out, _ = called("messages", "fi", "-w", root)
    assert re.match(rf"{FINNISH}: 1 of \d+ messages translated, \d+ to do; \d+ added; 1 out of use\n", out)
    text = path.read_text(encoding="utf-8")
    assert '# Maijan huomautus\nmsgid "Contents"\nmsgstr "Sisällys"\n' in text
    assert '#~ msgid "Long ago"\n#~ msgstr "Kauan sitten"\n' in text


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b'msgid "Contents"\nmsgstr "Sis\xe4llys"\n', "2:1: error: the file is not utf-8"),
        (b'msgid "Contents"\nmsgstr "Sisu\n', "2:1: error: the words do not stand between straight quotation marks"),
        (b'msgid "Contents"\n\nmsgid "Imprint"\nmsgstr ""\n', "3:1: error: msgid stands where"),
    ],
)
def test_a_broken_file_is_left_as_it_is_and_its_places_are_told(called, root, content, place):
    path = write(root, "")
    path.write_bytes(content)
    code, out, _ = called("messages", "fi", "-w", root)
    assert (ExitCode.FINDINGS, content) == (code, path.read_bytes())
    assert out.startswith(f"{FINNISH}:{place}")


def test_places_for_values_that_are_wrong_are_told_with_their_lines(called, root):
    path = write(root, 'msgid "Figure {n}"\nmsgstr "Kuva {m}"\n\nmsgid "Table {n}"\nmsgstr "Taulukko"\n')
    code, out, _ = called("messages", "fi", "-w", root)
    lines = path.read_text(encoding="utf-8").splitlines()
    figure, table = (lines.index(f'msgid "{each}"') + 1 for each in ("Figure {n}", "Table {n}"))
    assert ExitCode.FINDINGS == code
    assert f"{FINNISH}:{figure}:1: error: {{m}} stands in the translation of 'Figure {{n}}'" in out
    assert f"{FINNISH}:{figure}:1: error: the translation of 'Figure {{n}}' leaves out {{n}}" in out
    assert f"{FINNISH}:{table}:1: error: the translation of 'Table {{n}}' leaves out {{n}}" in out
    told = called("check", "XX", "-v", "-w", root)[1]
    assert f"{FINNISH}:{table}:1: error: the translation of 'Table {{n}}' leaves out {{n}} [bad-messages]" in told


def test_a_language_that_the_program_brings_has_nothing_to_do(called, root):
    code, out, _ = called("messages", "lt", "-w", root)
    assert code == ExitCode.OK
    assert re.match(r"lt: the program comes with all \d+ messages, nothing is to be translated\n", out)
    assert (
        "en: the program speaks it by itself, nothing is to be translated\n" == called("messages", "en", "-w", root)[1]
    )
    assert not (root / "translations").exists()


def test_words_of_a_workspace_for_such_a_language_stay_alone(called, root):
    content = 'msgid ""\nmsgstr "Language: lt\\n"\n\nmsgid "Contents"\nmsgstr "Rodyklė"\n'
    path = write(root, content, "translations/lt.po")
    _, out, _ = called("messages", "lt", "-w", root)
    assert re.match(r"translations/lt.po: (\d+) of \1 messages translated, 0 to do\n", out)
    assert content == path.read_text(encoding="utf-8")


def test_without_a_language_every_one_of_the_settings_is_looked_at(called, root):
    _, out, _ = called("messages", "-w", root)
    assert out.startswith("en: the program speaks it by itself")
    assert f"\n{FINNISH}: 0 of " in out
    assert [FINNISH] == [path.relative_to(root).as_posix() for path in root.glob("translations/*")]


def test_a_language_that_is_not_among_the_settings_is_to_be_written_there(called, root):
    assert "next: write sv among the languages of reporter.yaml\n" in called("messages", "sv", "-w", root)[2]
    assert "among the languages" not in called("messages", "fi", "-w", root)[2]


@pytest.mark.parametrize("word", ["FI", "fi_FI", "fi-FI", "Finnish", "suomi", "SUOMI"])
def test_of_what_people_write_for_a_language_its_code_is_told(called, root, word):
    expected = (ExitCode.USAGE, "", f"reporter: {word!r} is no language code\n  hint: write fi\n")
    assert expected == called("messages", word, "-w", root)


@pytest.mark.parametrize("word", ["xx", "../fi", "", "english?"])
def test_an_unknown_language_is_refused_with_how_a_code_looks(called, root, word):
    code, out, err = called("messages", word, "-w", root)
    assert (ExitCode.USAGE, "") == (code, out)
    assert "hint: write two small letters, such as en or fi\n" in err


def test_a_folder_that_cannot_be_made_is_told_of(called, root):
    (root / "translations").write_text("no folder")
    code, _, err = called("messages", "fi", "-w", root)
    assert ExitCode.FINDINGS == code
    assert "a file lies where a folder should be: move it away" in err


def test_only_faults_are_told_when_nothing_else_is_asked_for(called, root):
    assert (ExitCode.OK, "", "") == called("messages", "fi", "-q", "-w", root)
    assert (root / FINNISH).is_file()
