"""The .po file of a language gets what it lacks; nothing that somebody wrote in it is touched."""

from reporter.data.files.sources import Sources
from reporter.data.i18n.po_file import PoFile, has_words, read_po_file
from reporter.data.i18n.refresh import program_messages, refreshed

PATH = "translations/{}.po"
WRITTEN = """\
# Sanaston teki Maija, 2026.
# Kysy termit lakimieheltä!
msgid ""
msgstr ""
"Last-Translator: Maija\\n"
"Language: fi\\n"
"Plural-Forms: nplurals=2; plural=n != 1;\\n"

# tekijän huomautus
#, fuzzy
msgid   "Contents"
msgstr "Sisä"
"llys"

#: old/place.py
msgid "A message of long ago"
msgstr "Vanha"

# kept
#~ msgid "Imprint"
#~ msgstr "Julkaisutiedot"
"""


def po_file(text: str | bytes, language: str = "fi") -> PoFile:
    path = PATH.format(language)
    content = text.encode() if isinstance(text, str) else text
    return read_po_file(Sources.from_contents({path: content})[path], language)


def worded() -> set[str]:
    """The messages of the program that have words."""
    return {ids[0] for ids in program_messages() if has_words(ids[0])}


def test_a_new_file_has_every_message_once_with_the_plural_forms_of_its_language():
    made = refreshed(None, "pl")
    file = po_file(made.text, "pl")
    assert program_messages().keys() == {each.ids for each in file.entries if any(each.ids)}
    assert (len(worded()), 0) == (made.added, made.ended)
    assert 'msgid_plural "{n} years"\nmsgstr[0] ""\nmsgstr[1] ""\nmsgstr[2] ""\n' in made.text
    assert "# The words of the program in Polish (pl).\n" in made.text
    # What has no words needs no translation, and stands there as it is.
    assert file.translated == {ids[0] for ids in program_messages()} - worded()
    assert 'msgid "{title} ({words})"\nmsgstr "{title} ({words})"\n' in made.text
    assert [] == list(file.faults())


def test_a_new_file_begins_with_what_a_reader_meets_first():
    text = refreshed(None, "fi").text
    places = [
        text.index(f'msgid "{each}"')
        for each in ("Contents", "Victims and the countries named", "Target countries", "Dear Sir or Madam,")
    ]
    assert sorted(places) == places


def test_what_is_written_stays_letter_by_letter():
    made = refreshed(po_file(WRITTEN), "fi")
    assert made.text.startswith(WRITTEN.partition("#: old/place.py")[0])
    assert '#: old/place.py\n#~ msgid "A message of long ago"\n#~ msgstr "Vanha"\n' in made.text
    assert '# kept\nmsgid "Imprint"\nmsgstr "Julkaisutiedot"\n' in made.text
    assert (len(worded()) - 1, 1) == (made.added, made.ended)


def test_a_file_that_is_up_to_date_is_left_as_it_is():
    for text in (WRITTEN, "", 'msgid "Contents"\nmsgstr "Sisällys"\n'):
        once = refreshed(po_file(text), "fi")
        again = refreshed(po_file(once.text), "fi")
        assert (once.text, 0, 0) == (again.text, again.added, again.ended)


def test_what_the_program_has_translated_is_not_asked_for():
    known = {ids[0] for ids in program_messages()} - {"Contents"}
    made = refreshed(po_file('msgid "Imprint"\nmsgstr "Omat tiedot"\n'), "fi", known)
    assert [("",), ("Imprint",), ("Contents",)] == [each.ids for each in po_file(made.text).entries]


def test_a_file_keeps_its_ends_of_lines_and_becomes_utf_8():
    head = 'msgid ""\r\nmsgstr "Content-Type: text/plain; charset=iso-8859-1\\n"\r\n\r\n'
    windows = f'{head}msgid "Contents"\r\nmsgstr "Sisällys"\r\n'
    made = refreshed(po_file(windows.encode("latin-1")), "fi")
    assert made.text.startswith(windows.replace("iso-8859-1", "utf-8"))
    assert made.text.count("\n") == made.text.count("\r\n")
    assert "Sisällys" == po_file(made.text).catalog["Contents"].string


def test_messages_of_another_program_are_put_aside_and_one_that_got_a_plural_is_new():
    (singular, plural) = next(ids for ids in program_messages() if len(ids) == 2)
    made = refreshed(po_file(f'msgid "{singular}"\nmsgstr "{{n}}"\n'), "fi")
    assert f'\nmsgid "{singular}"\nmsgid_plural "{plural}"\n' in made.text
    made = refreshed(po_file('msgctxt "menu"\nmsgid "Contents"\nmsgstr "Sisällys"\n'), "fi")
    assert '#~ msgctxt "menu"\n#~ msgid "Contents"\n' in made.text
    assert '\nmsgid "Contents"\nmsgstr ""\n' in made.text
