"""The narrative of a year goes out for translation and comes back; no value leaves, and nothing written is lost."""

import re
import shutil
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest

from reporter.data.errors import ExitCode
from reporter.data.read.text import read_passages
from reporter.exchange.narrative_translation import narrative_xliff, translated_narrative
from tests.fixtures import ROOT
from tests.small import FILES, write

NARRATIVES = sorted((ROOT / "data").glob("*/text/*/*.md"))
SOURCE, TARGET = "data/XX/text/en/2020.md", "data/XX/text/fi/2020.md"
TEXT = """\
# victims: Fewer victims

{{ victims.identified }} victims were identified, 3 of them in {{ year }}.

::: restricted
The girl from Riga.
:::

## Children {#children}

- {{ victims.identified.women | counted("one woman", "{n} women") }}
- none of the children
"""


@pytest.fixture
def root(tmp_path) -> Path:
    settings = FILES["reporter.yaml"].replace("[en]", "[en, fi]")
    return write(tmp_path / "w", FILES | {"reporter.yaml": settings, SOURCE: TEXT})


def sent_back(xliff: str, state: str = "final", alter: Callable[[str], str] = str) -> str:
    """What a service returns whose translation of a text is the text."""
    return re.sub(
        r"<source>(.*?)</source>",
        lambda found: f'{found[0]}<target state="{state}">{alter(found[1])}</target>',
        xliff,
        flags=re.S,
    )


def exported(called, root: Path) -> str:
    assert ExitCode.OK == called("admin", "translate", "XX", "2020", "fi", "-w", root)[0]
    return (root / "build/XX/2020/XX-2020-en-fi.xlf").read_text(encoding="utf-8")


def imported(called, root: Path, text: str) -> tuple[int, str]:
    (root.parent / "back.xlf").write_text(text, encoding="utf-8")
    code, out, err = called("admin", "translate", "XX", "2020", "fi", "--from", root.parent / "back.xlf", "-w", root)
    return code, out + err


@pytest.mark.parametrize("path", NARRATIVES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_narrative_that_comes_back_as_it_went_is_the_same(path: Path):
    text = path.read_text(encoding="utf-8")
    xliff = narrative_xliff(text, "t.md", "en", "fi").decode()
    again = translated_narrative(text, "t.md", sent_back(xliff).encode(), "t.xlf", "fi")
    words = [
        [
            (each.name, each.headline and each.headline.markdown, each.markdown.replace("\n> ", " ").split())
            for each in found
        ]
        for found in (read_passages(text, "t.md", "en", 2022)[0], read_passages(again, "t.md", "en", 2022)[0])
    ]
    assert words[0] == words[1]


def test_what_only_a_restricted_edition_prints_and_values_do_not_leave(called, root):
    text = exported(called, root)
    assert ["Riga" in text, 'equiv-text="{{ victims.identified }}"' in text] == [False, True]
    # The forms of a noun are translated with their sentence.
    assert 'counted("one woman", "<x id="1" equiv-text="{n}" /> women")' in unescape(text)


def test_paragraphs_that_nobody_reviewed_stop_a_final_edition_until_they_are_permitted(called, root):
    code, said = imported(called, root, sent_back(exported(called, root), "translated"))
    text = (root / TARGET).read_text(encoding="utf-8")
    assert (ExitCode.OK, 5, f"{TARGET}: paragraphs to review: 5\n") == (code, text.count("<!-- machine -->"), said)
    errors = called("check", "XX", "-w", root)[1]
    assert "[left-unreviewed]" in errors
    settings = root / "reporter.yaml"
    settings.write_text(f"{settings.read_text(encoding='utf-8')}publish_machine_translation: [fi]\n", encoding="utf-8")
    assert "left-unreviewed" not in called("check", "XX", "-w", root)[1]


def test_a_section_that_is_written_in_the_language_stays(called, root):
    own = "# victims: Uhreja vähemmän\n\nOmat sanat.\n\n# coordination\n\n<!-- to be written -->\n"
    (root / TARGET).parent.mkdir()
    (root / TARGET).write_text(own, encoding="utf-8")
    code, said = imported(called, root, sent_back(exported(called, root)))
    text = (root / TARGET).read_text(encoding="utf-8")
    assert (ExitCode.OK, own) == (code, text)
    assert said.endswith("victims: stays as it is written in fi\n")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "3 of them",
            "4 of them",
            f"{SOURCE}:3:1: error: back.xlf: the numbers differ in the translation of '{{{{ victims.",
        ),
        (
            'equiv-text="{{ year }}"',
            'equiv-text="{{ previous_year }}"',
            ": the expressions differ in the translation of '{{ ",
        ),
        (
            ", 3 of them in",
            "",
            ": the numbers differ in the translation of '{{ victims.identified }} victims were identified",
        ),
        ('id="49c0667f133d-1', 'id="0', f"{SOURCE}:12:1: error: back.xlf has no translation of 'none of the children'"),
        ('target-language="fi"', 'target-language="sv"', "back.xlf is in the language sv, not fi"),
        ("<xliff", "<!DOCTYPE x><xliff", "back.xlf"),
        ('version="1.2"', 'version="2.0"', "back.xlf is not an XLIFF 1.2 file"),
    ],
)
def test_a_translation_with_another_number_or_expression_is_refused_and_nothing_is_written(
    called, root, old, new, expected
):
    xliff = exported(called, root)
    altered = sent_back(xliff, alter=lambda words: words.replace(old, new)).replace(old, new)
    code, said = imported(called, root, altered)
    assert [code != ExitCode.OK, expected in said, (root / TARGET).exists()] == [True, True, False]


def test_without_a_text_there_is_nothing_to_translate(called, root):
    shutil.rmtree(root / "data/XX/text")
    code, _, err = called("admin", "translate", "XX", "2020", "fi", "-w", root)
    assert (ExitCode.USAGE, True) == (code, "there is no text to translate: data/XX/text/LANG/2020.md" in err)


def test_a_line_added_to_the_text_meanwhile_changes_no_other(called, root):
    xliff = exported(called, root)
    (root / SOURCE).write_text(f"<!-- Read again. -->\n{TEXT}", encoding="utf-8")
    assert (ExitCode.OK, f"{TARGET}: paragraphs to review: 0\n") == imported(called, root, sent_back(xliff))
