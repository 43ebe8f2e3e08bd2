"""The .po file of a language gets what it lacks; translations and comments stay."""

import json

from reporter.data.files.sources import Sources
from reporter.data.i18n.po_file import DOCUMENT, JOINT, PoFile, has_words, ids_of, read_po_file
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


def messages_in(file: PoFile) -> set[tuple[str, ...]]:
    return {ids_of(each) for each in file.catalog if each.id}


def worded() -> set[str]:
    """The messages of the program that have words."""
    return {ids[0] for ids in program_messages() if has_words(ids[0])}


def test_a_new_file_has_every_message_once_with_the_plural_forms_of_its_language():
    made = refreshed(None, "pl")
    file = po_file(made.text, "pl")
    assert program_messages().keys() == messages_in(file)
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


def test_translations_and_comments_stay():
    made = refreshed(po_file(WRITTEN), "fi")
    assert made.text.startswith(WRITTEN.partition("# tekijän")[0])
    assert '# tekijän huomautus\n#, fuzzy\nmsgid "Contents"\nmsgstr "Sisällys"\n' in made.text
    assert '\n#~ msgid "A message of long ago"\n#~ msgstr "Vanha"\n' in made.text
    assert '# kept\nmsgid "Imprint"\nmsgstr "Julkaisutiedot"\n' in made.text
    assert (len(worded()) - 1, 1) == (made.added, made.ended)


def test_a_file_that_is_up_to_date_is_left_as_it_is():
    for text in (WRITTEN, "", 'msgid "Contents"\nmsgstr "Sisällys"\n'):
        once = refreshed(po_file(text), "fi")
        again = refreshed(po_file(once.text), "fi")
        assert (once.text, 0, 0) == (again.text, again.added, again.ended)


def test_what_the_program_has_translated_is_not_asked_for():
    known = (ids for ids in program_messages() if ids != ("Contents",))
    brought = "".join(translation_of(*ids) for ids in known)
    made = refreshed(po_file('msgid "Imprint"\nmsgstr "Omat tiedot"\n'), "fi", [po_file(HEAD + brought)])
    assert {("Imprint",), ("Contents",)} == messages_in(po_file(made.text))


def test_a_translation_by_machine_is_put_into_the_file_of_the_workspace_to_be_reviewed():
    brought = po_file(f'{HEAD}#, machine\nmsgid "Contents"\nmsgstr "Sisällys"\n\nmsgid "Imprint"\nmsgstr "Tiedot"\n')
    made = po_file(refreshed(None, "fi", [brought], DOCUMENT).text)
    assert ("Sisällys", frozenset(["Contents"])) == (made.catalog["Contents"].string, made.machine)
    assert "Imprint" not in made.catalog
    reviewed = po_file(made.text.replace("#, machine\n", ""))
    assert frozenset() == reviewed.machine


HEAD = 'msgid ""\nmsgstr "Plural-Forms: nplurals=2; plural=n != 1;\\n"\n\n'


def translation_of(one: str, *more: str) -> str:
    context, _, one = one.rpartition(JOINT)
    head = f"msgctxt {json.dumps(context)}\n" if context else ""
    id_, plural = (json.dumps(each, ensure_ascii=False) for each in (one, *more, "")[:2])
    said = f'msgid_plural {plural}\nmsgstr[0] "x"\nmsgstr[1] "x"\n' if more else f"msgstr {id_}\n"
    return f"{head}msgid {id_}\n{said}\n"
