"""Messages of the program for a translation service, and its translations for the file of the workspace."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from reporter.data.errors import DataError, Mark, ReporterError, error_at
from reporter.data.files.sources import SourceFile, checksum
from reporter.data.i18n.locale import form_examples
from reporter.data.i18n.po_file import (
    BROKEN,
    MACHINE,
    all_forms,
    has_words,
    ids_of,
    read_po_file,
    texts_of,
    without_context,
)
from reporter.data.i18n.refresh import merged, program_messages
from reporter.editions.resources import LanguageState
from reporter.formats.xliff import TranslationUnit, read_xliff, write_xliff

SHORT = 16
LANGUAGE = re.compile(r'^(?:msgstr )?"Language: ([a-z]+)', re.M)
NUMBER = re.compile(r"\d+(?:[\s.,]\d{3})*")
# Names of files, codes of lists, and standards, which are the same in every language.
CODE = re.compile(r"(?<!\w)(?:[\w-]+\.(?:csv|json|pem|txt|xlsx|yaml)|[a-z]+_[a-z_]+|PDF/\w+-\w+)(?![\w}])", re.ASCII)
OTHER = "name the language of the file"
Translation = tuple[tuple[str, ...], tuple[tuple[str, ...], bool]]


def xliff_of(state: LanguageState, *kinds: str) -> bytes:
    """The messages of these kinds, with their translations so far. A message with plural forms has a text for each."""
    files = [file for file in (state.own, *state.brought) if file]
    examples = form_examples(state.language)
    units = []
    for ids, message in program_messages(*kinds).items():
        if has_words(ids[0]):
            translated = (file.catalog.get(message.id, message.context) for file in files if ids[0] in file.translated)
            translation = next(translated, None)
            forms = texts_of(translation.string) if translation else ()
            meaning = f"meaning: {message.context}" if message.context else ""
            files_of = ", ".join(path for path, _ in message.locations)
            place = "; ".join(filter(None, (meaning, " ".join(message.auto_comments), files_of)))
            for n in range(len(examples) if len(ids) > 1 else 1):
                note = f"for {', '.join(map(str, examples[n]))}; {place}" if len(ids) > 1 else place
                units.append(
                    TranslationUnit(
                        code=f"{checksum(ids[0])[:SHORT]}-{n}",
                        source=without_context(ids[min(n, len(ids) - 1)]),
                        target=forms[n] if n < len(forms) else "",
                        is_reviewed=bool(translation and MACHINE not in translation.flags),
                        note=note,
                    )
                )
    return write_xliff(units, "reporter", state.language)


def with_translations(state: LanguageState, content: bytes, name: str) -> str:
    """The file of the workspace with the translations of a .po or XLIFF file. Raises ReporterError if it is in another
    language or has none of the messages, and DataError if a translation has other placeholders or numbers."""
    language = state.language
    translations = dict(
        _of_po(content, name, language) if name.lower().endswith(".po") else _of_xliff(content, name, language)
    )
    if not translations:
        raise ReporterError(f"{name} has no translation of a message of the program", hint="export the messages again")
    tried = read_po_file(SourceFile(name, merged(None, language, translations).encode), language)
    faults = [replace(finding, mark=Mark(name)) for finding in tried.faults()]
    for ids, (forms, _) in translations.items():
        words = without_context(ids[-1])
        # A language may print a small number in figures that English spells.
        written, *formnumbers_in = map(numbers_in, (words, *forms))
        if any(written - numbers or any(len(number) > 1 for number in numbers - written) for numbers in formnumbers_in):
            message = f"the numbers in the translation of {words!r} differ from those of the message"
            faults.append(error_at(Mark(name), BROKEN, message, "correct the translation: keep its numbers"))
        if lacking := [code for code in CODE.findall(words) if not all(code in form for form in forms)]:
            message = f"the translation of {words!r} lacks {', '.join(lacking)}"
            hint = "correct the translation: keep codes and names of files"
            faults.append(error_at(Mark(name), BROKEN, message, hint))
    if faults:
        raise DataError(tuple(faults))
    return merged(state.own, language, translations)


def numbers_in(text: str) -> Counter[str]:
    return Counter(re.sub(r"\D", "", number) for number in NUMBER.findall(text))


def _of_po(content: bytes, name: str, language: str) -> Iterator[Translation]:
    messages, file = program_messages(), read_po_file(SourceFile(name, lambda: content), language)
    if (match := LANGUAGE.search(file.text)) and match[1] != language:
        raise ReporterError(f"{name} is in the language {match[1]}, not {language}", hint=OTHER)
    if file.catalog.num_plurals != len(form_examples(language)):
        hint = f"write the Plural-Forms that reporter admin messages {language} writes"
        raise ReporterError(f"{name} has {file.catalog.num_plurals} plural forms", hint=hint)
    for message in file.catalog:
        if ids_of(message) in messages and all_forms(message) and not message.fuzzy:
            yield ids_of(message), (texts_of(message.string), MACHINE not in message.flags)


def units_in(content: bytes, name: str, language: str) -> dict[str, TranslationUnit]:
    """The translated texts of an XLIFF file by their codes. Raises ReporterError if it is in another language."""
    units: dict[str, TranslationUnit] = {}
    for of_file, unit in read_xliff(content, name):
        if of_file != language:
            raise ReporterError(f"{name} is in the language {of_file or 'unknown'}, not {language}", hint=OTHER)
        units[unit.code] = unit
    return units


def _of_xliff(content: bytes, name: str, language: str) -> Iterator[Translation]:
    units = units_in(content, name, language)
    for ids in program_messages():
        count = len(form_examples(language)) if len(ids) > 1 else 1
        forms = [units.get(f"{checksum(ids[0])[:SHORT]}-{n}") for n in range(count)]
        present_forms = tuple(form for form in forms if form)
        if len(present_forms) == count:
            yield ids, (tuple(form.target for form in present_forms), all(form.is_reviewed for form in present_forms))
