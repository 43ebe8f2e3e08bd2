"""Messages of the program for a translation service, and its translations for the file of the workspace."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from reporter.data.errors import DataError, Mark, ReporterError, error_at
from reporter.data.files.sources import SourceFile, checksum
from reporter.data.i18n.locale import form_examples
from reporter.data.i18n.po_file import BROKEN, MACHINE, all_forms, has_words, read_po_file, texts_of
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
    files = [each for each in (state.own, *state.brought) if each]
    examples = form_examples(state.language)
    units = []
    for ids, message in program_messages(*kinds).items():
        if has_words(ids[0]):
            known = next((each.catalog[ids[0]] for each in files if ids[0] in each.translated), None)
            forms = texts_of(known.string) if known else ()
            place = "; ".join(
                filter(None, (" ".join(message.auto_comments), ", ".join(each for each, _ in message.locations)))
            )
            for n in range(len(examples) if len(ids) > 1 else 1):
                note = f"for {', '.join(map(str, examples[n]))}; {place}" if len(ids) > 1 else place
                units.append(
                    TranslationUnit(
                        code=f"{checksum(ids[0])[:SHORT]}-{n}",
                        source=ids[min(n, len(ids) - 1)],
                        target=forms[n] if n < len(forms) else "",
                        is_reviewed=bool(known and MACHINE not in known.flags),
                        note=note,
                    )
                )
    return write_xliff(units, "reporter", state.language)


def with_translations(state: LanguageState, content: bytes, name: str) -> str:
    """The file of the workspace with the translations of a .po or XLIFF file. Raises ReporterError if it is in another
    language or has none of the messages, and DataError if a translation has other placeholders or numbers."""
    language = state.language
    found = dict(
        _of_po(content, name, language) if name.lower().endswith(".po") else _of_xliff(content, name, language)
    )
    if not found:
        raise ReporterError(f"{name} has no translation of a message of the program", hint="export the messages again")
    tried = read_po_file(SourceFile(name, merged(None, language, found).encode), language)
    faults = [replace(each, mark=Mark(name)) for each in tried.faults()]
    for ids, (forms, _) in found.items():
        # A language may print a small number in figures that English spells.
        written, *said = map(_numbers, (ids[-1], *forms))
        if any(written - each or any(len(number) > 1 for number in each - written) for each in said):
            message = f"the numbers in the translation of {ids[0]!r} differ from those of the message"
            faults.append(error_at(Mark(name), BROKEN, message, "correct the translation: keep its numbers"))
        if lacking := [code for code in CODE.findall(ids[-1]) if not all(code in form for form in forms)]:
            message = f"the translation of {ids[0]!r} lacks {', '.join(lacking)}"
            faults.append(
                error_at(Mark(name), BROKEN, message, "correct the translation: keep codes and names of files")
            )
    if faults:
        raise DataError(tuple(faults))
    return merged(state.own, language, found)


def _numbers(text: str) -> Counter[str]:
    return Counter(re.sub(r"\D", "", each) for each in NUMBER.findall(text))


def _of_po(content: bytes, name: str, language: str) -> Iterator[Translation]:
    known, file = program_messages(), read_po_file(SourceFile(name, lambda: content), language)
    if (found := LANGUAGE.search(file.text)) and found[1] != language:
        raise ReporterError(f"{name} is in the language {found[1]}, not {language}", hint=OTHER)
    if file.catalog.num_plurals != len(form_examples(language)):
        hint = f"write the Plural-Forms that reporter admin messages {language} writes"
        raise ReporterError(f"{name} has {file.catalog.num_plurals} plural forms", hint=hint)
    for each in file.catalog:
        if texts_of(each.id) in known and all_forms(each) and not each.fuzzy:
            yield texts_of(each.id), (texts_of(each.string), MACHINE not in each.flags)


def _of_xliff(content: bytes, name: str, language: str) -> Iterator[Translation]:
    units: dict[str, TranslationUnit] = {}
    for of_file, unit in read_xliff(content, name):
        if of_file != language:
            raise ReporterError(f"{name} is in the language {of_file or 'unknown'}, not {language}", hint=OTHER)
        units[unit.code] = unit
    for ids in program_messages():
        count = len(form_examples(language)) if len(ids) > 1 else 1
        forms = [units.get(f"{checksum(ids[0])[:SHORT]}-{n}") for n in range(count)]
        made = tuple(each for each in forms if each)
        if len(made) == count:
            yield ids, (tuple(each.target for each in made), all(each.is_reviewed for each in made))
