"""A .po file is read as it is meant, or its faults are told with their lines."""

import pytest

from reporter.data.errors import DataError
from reporter.data.files.sources import Sources
from reporter.data.i18n.po_file import PoFile, messages_of, read_po_file

PATH = "translations/fi.po"
HEAD = 'msgid ""\nmsgstr ""\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'


def read(content: str | bytes) -> PoFile:
    written = content.encode() if isinstance(content, str) else content
    return read_po_file(Sources.from_contents({PATH: written})[PATH], "fi")


def refused(content: str | bytes) -> list[str]:
    with pytest.raises(DataError) as problem:
        read(content)
    return [f"{each.mark.line}: {each.message}" for each in problem.value.findings]


UNQUOTED = "the text is not in straight quotation marks"
NO_LINE = "this line is not a msgid, msgstr, comment or text in quotation marks"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ('msgid "Source"\nmsgstr "Lähde\n', f"2: {UNQUOTED}"),
        ('msgid "Source"\nmsgstr Lähde\n', f"2: {UNQUOTED}"),
        ('msgid "Source"\nmsgstr “Lähde”\n', f"2: {UNQUOTED}"),
        ('msgid "Source"\nmsgstr "Lähde\\"\n', f"2: {UNQUOTED}"),
        ('msgid "Source"\nmsgstr "Läh"\n"de\n', f"3: {UNQUOTED}"),
        ('msgid "Source"\nLähde\n', f"2: {NO_LINE}"),
        ('<<<<<<< mine\nmsgid "Source"\nmsgstr ""\n', f"1: {NO_LINE}"),
        ('"Source"\nmsgstr ""\n', f"1: {NO_LINE}"),
        ('msgid "Source"\nmsgstr "Lähde"\nmsgstr "Lähteet"\n', "3: msgstr appears where msgctxt or msgid should be"),
        ('msgid "Source"\nmsgid "Year"\nmsgstr ""\n', "1: msgid has no msgstr below it"),
        ('msgid "Source"\n# Lähde?\nmsgstr "Lähde"\n', "1: msgid has no msgstr below it"),
        ('msgid "Source"\nmsgstr ""\n\nmsgid "Year"\n', "4: msgid has no msgstr below it"),
        ('msgid "Year"\nmsgstr "Vuosi"\n\nmsgid "Year"\nmsgstr ""\n', "4: 'Year' is already on line 1"),
        ("# Lähteet\n".encode("latin-1"), "1: the file is not utf-8"),
        ('msgid ""\nmsgstr "Content-Type: text/plain; charset=finnish\\n"\n', "1: unknown encoding finnish"),
    ],
)
def test_a_line_that_would_be_taken_for_something_else_is_told(content, expected):
    assert expected in refused(content)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ('msgid "Quoted"\nmsgstr "Sanoi \\"ei\\" heti"\n', 'Sanoi "ei" heti'),
        ('msgid "Quoted"\nmsgstr "Sanoi "ei" heti"\n', 'Sanoi "ei" heti'),
        ('msgid "Quoted"\r\nmsgstr ""\r\n"Sanoi "\r\n"ei"\r\n', "Sanoi ei"),
        ('\ufeffmsgid "Quoted"\nmsgstr "ei"\n', "ei"),
        ('msgid "Quoted"\nmsgstr "a\u2028b\x85c"\n', "a\u2028b\x85c"),
        ('#| msgid "Quote"\nmsgid "Quoted"\nmsgstr "ei"\n\n#~| msgid "O"\n#~ msgid "Old"\n#~ msgstr ""\n', "ei"),
        ('msgid ""\nmsgstr "charset=CHARSET\\n"\n\nmsgid "Quoted"\nmsgstr "ä"\n', "ä"),
        ('msgid ""\nmsgstr "charset=iso-8859-1\\n"\n\nmsgid "Quoted"\nmsgstr "ä"\n'.encode("latin-1"), "ä"),
    ],
)
def test_what_people_and_their_editors_write_is_read(content, expected):
    assert expected == read(content).catalog["Quoted"].string


@pytest.mark.parametrize(
    ("entry", "faults"),
    [
        ('msgid "From {first}"\nmsgstr "Alkaen {first}"', []),
        ('msgid "From {first}"\nmsgstr "Alkaen {fist}"', ["but not in the message", "leaves out {first}"]),
        ('msgid "From {first}"\nmsgstr "Alusta"', ["leaves out {first}"]),
        ('msgid "From {first}"\nmsgstr "Alkaen {first} {"', ["a brace is unmatched"]),
        ('msgid "From {first}"\nmsgstr "Alkaen {first} {0} {}"', ["{0} is in", "{} is in"]),
        ('msgid "From {first}"\nmsgstr ""', []),
        ('#, fuzzy\nmsgid "From {first}"\nmsgstr "Alusta"', []),
        ('msgid "Years"\nmsgstr "Vuodet {n}"', ["{n} is in"]),
        ('msgid "{n} year"\nmsgid_plural "{n} years"\nmsgstr[0] "{n} vuosi"\nmsgstr[1] "{n} vuotta"', []),
        ('msgid "{n} year"\nmsgid_plural "{n} years"\nmsgstr[0] "vuosi"\nmsgstr[1] "{n} vuotta"', ["leaves out {n}"]),
        ('msgid "{n} year"\nmsgid_plural "{n} years"\nmsgstr[0] "{n} vuosi"\nmsgstr[1] ""', ["forms, but has 1"]),
        ('msgid "A year"\nmsgid_plural "{n} years"\nmsgstr[0] "Vuosi"\nmsgstr[1] "{n} vuotta"', []),
    ],
)
def test_a_translation_keeps_the_places_of_its_message_and_has_every_form(entry, faults):
    found = list(read(f"{HEAD}{entry}\n").faults())
    assert len(faults) == len(found)
    assert all(part in each.message for part, each in zip(faults, found, strict=True))
    assert {5 + entry.startswith("#")} >= {each.mark.line for each in found}


def test_a_message_counts_as_translated_in_all_its_forms_only():
    file = read(
        f'{HEAD}msgid "A"\nmsgstr "a"\n\nmsgid "B"\nmsgstr ""\n\n#, fuzzy\nmsgid "C"\nmsgstr "c"\n\n'
        'msgid "{n} year"\nmsgid_plural "{n} years"\nmsgstr[0] "{n} vuosi"\nmsgstr[1] ""\n\n'
        '#~ msgid "D"\n#~ msgstr "d"\n'
    )
    assert ({"A"}, 8) == (file.translated, file.first_line)


def test_each_workspace_has_its_own_messages_and_those_of_the_program() -> None:
    def said(*files: str) -> list[str]:
        texts = (f"{HEAD}{text}".encode() for text in files)
        messages, _, _ = messages_of((Sources.from_contents({"lt.po": text})["lt.po"] for text in texts), "lt")
        return [messages.gettext("Year"), messages.gettext("Source")]

    brought = 'msgid "Year"\nmsgstr "Metai"\n\nmsgid "Source"\nmsgstr "Šaltinis"\n'
    for own in ("Laikas", "Metas"):
        assert [own, "Šaltinis"] == said(brought, f'msgid "Year"\nmsgstr "{own}"\n')
    assert ["Metai", "Šaltinis"] == said(brought)
