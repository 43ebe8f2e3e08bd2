"""What YAML reads otherwise than people mean is told where it stands, once, with what to write."""

import pytest

from tests.load.reading import FIGURES
from tests.small import HEAD, wrong

FIGURE = FIGURES + "  victims.identified:\n    total: 3\n    note:\n"
WORD = "the quotes are those of Word"
COMMA = "a comma within braces begins a new entry"
GLUED = "a blank is missing after the colon"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        # the quotes of Word round a text, in several languages, and round other values
        *(
            (FIGURE + f"      en: {one}Police{other}", f'7:11 broken-yaml: {WORD} | write "Police"')
            for one, other in ("“”", "„“", "„”", "«»", "»«", "‘’", "‚‘", "›‹", '“"')
        ),
        (HEAD + "status: “final”", f'3:9 broken-yaml: {WORD} | write "final"'),
        (FIGURES + "  victims.identified: „35“", f'4:23 broken-yaml: {WORD} | write "35"'),
        (FIGURE + "      en: “Police, or the courts”", f'7:11 broken-yaml: {WORD} | write "Police, or the courts"'),
        (FIGURE + '      en: Police"', '7:11 broken-yaml: the quote " is not opened | write "Police"'),
        # keys
        (FIGURE + "      “en”: Police", f"7:7 broken-yaml: {WORD} | write en: …"),
        (FIGURE + "      ‘en’: Police", f"7:7 broken-yaml: {WORD} | write en: …"),
        (
            FIGURES + "  victims.identified: {total: 3, by\u00a0person: {women: 3}}",
            "4:34 broken-yaml: the key 'by\\xa0person' has a sign that does not belong to it | write by person: …",
        ),
        (
            FIGURES + "  victims.identified: {total:: 3}",
            "4:24 broken-yaml: the key 'total:' has a sign that does not belong to it | write total: …",
        ),
        (
            HEAD + "countries:\n  -kind: destination\n",
            "4:3 broken-yaml: a list begins its lines with a hyphen and a blank | write - kind: …",
        ),
        (
            HEAD + "countries:\n  – kind: destination\n",
            "4:3 broken-yaml: a list begins its lines with a hyphen and a blank | write - kind: …",
        ),
        # a comma within braces
        (
            FIGURES + "  victims.identified: {total: 1,200}",
            "4:31 wrong-type: total: '1,200' has a separator between the thousands | write 1200",
        ),
        (
            FIGURES + "  victims.identified: {total: 1,200,000}",
            "4:31 wrong-type: total: '1,200,000' has a separator between the thousands | write 1200000",
        ),
        (
            FIGURES + "  victims.identified: {total: 8,5, flags: [b]}",
            "4:31 wrong-type: total: '8,5' has a decimal comma | write 8.5",
        ),
        (
            FIGURES + "  victims.identified: {total: 3, note: {en: Police, courts}}",
            f'4:45 broken-yaml: {COMMA} | write en: "Police, courts"',
        ),
        (
            FIGURES + "  victims.identified: {total: 3, note: {en: “Police, courts”}}",
            f'4:45 broken-yaml: {WORD} | write en: "Police, courts"',
        ),
        # a blank that is missing
        (FIGURES + "  victims.identified:\n    total:3", "5:5 wrong-type: victims.identified: 'total:3' has no blank"),
        (
            FIGURES + "  victims.identified: {total: 20, by person: {women:16, men: 4}}",
            f"4:47 broken-yaml: {GLUED} | write women: 16",
        ),
        (HEAD + "status:final", f"3:7 broken-yaml: {GLUED} | write status: final"),
        # a text that is cut, or that swallows another
        (
            FIGURE + "      en: Case #5 was closed",
            '7:11 broken-yaml: the text ends before #5 | put quotes round it: "Case #5 was closed"',
        ),
        (
            FIGURE + "      en: >-\n        One.\n        lt: Du.\n",
            "9:1 broken-yaml: line 9 is too deep: it is read as text | begin lt: like en:, on line 7",
        ),
    ],
)
def test_a_misreading_is_told_once_with_what_to_write(tmp_path, content, expected):
    (told,) = wrong(tmp_path, content)
    assert expected == told[: len(expected)]


@pytest.mark.parametrize(
    "text",
    [
        '"“Caritas”"',
        "“Caritas” and „Klaipėda“",
        "the organisation “Caritas”",
        "Police  # of 2020",
        "the source says so  # see p. 5",
        "'#5'",
        ">-\n        “One.”",
        ">-\n        One: two.\n        Three.",
    ],
)
def test_texts_that_are_meant_are_left_alone(tmp_path, text):
    assert [] == wrong(tmp_path, FIGURE + f"      en: {text}")
