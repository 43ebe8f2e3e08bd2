"""Gathers the messages of the program for translation; behind `make messages`.

messages.py                brings translations/*.po up to date; exits 1 when a translation is missing
messages.py --check        the same without writing; exits 1 when a catalogue is not up to date either
"""

import ast
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
# The functions whose text is a message, and which of their arguments it is; Part is a line of the outline, Rule one
# of the checks.
ARGUMENTS = {"text": (0,), "N_": (0,), "count": (0, 1), "NN_": (0, 1), "Part": (1,), "Rule": (2,)}
# Records whose title is a message, also where it is named.
TITLED = ("Part", "Rule")
# A number alone; `text("en")`, which asks a label for its text in a language; and `count("/")` of a text.
NO_MESSAGES = re.compile(r"\{n\}|[a-z]{2}|\W*")


def gathered() -> Catalog:
    """Every message of program and templates, with its file."""
    catalog = Catalog(project="reporter", charset="utf-8")
    for name, message in (*_in_program(), *_in_templates()):
        if isinstance(message, tuple) or not NO_MESSAGES.fullmatch(message):
            catalog.add(message, locations=[(name, None)])
    return catalog


def _in_program() -> Iterator[tuple[str, str | tuple[str, ...]]]:
    for path in sorted((ROOT / "reporter").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and (message := _message(node)):
                yield path.relative_to(ROOT).as_posix(), message if len(message) > 1 else message[0]


def _message(call: ast.Call) -> tuple[str, ...]:
    """The messages among the arguments of a call.

    A label that is asked for its text names a language only.
    """
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    wanted = [call.args[n] for n in ARGUMENTS.get(name, ()) if n < len(call.args)]
    wanted += [each.value for each in call.keywords if each.arg == "title" and name in TITLED]
    return tuple(each.value for each in wanted if isinstance(each, ast.Constant) and isinstance(each.value, str))


def _in_templates() -> Iterator[tuple[str, str | tuple[str, ...]]]:
    methods = [("templates/**.html", "jinja2.ext:babel_extract")]
    for name, _, message, _, _ in extract_from_dir(ROOT, methods, keywords={"_": None}):
        yield name, message


def updated(path: Path, template: Catalog) -> Catalog:
    """The catalogue of a language with the messages of today.

    New ones are empty, old ones dropped.
    """
    with path.open("rb") as file:
        catalog = read_po(file, locale=path.stem, ignore_obsolete=True)
    catalog.update(template, no_fuzzy_matching=True)
    catalog.obsolete.clear()
    return catalog


def written(catalog: Catalog) -> bytes:
    """A catalogue as the bytes of its file, sorted.

    Without dates and line numbers, which change with every edit.
    """
    target = io.BytesIO()
    write_po(
        target, catalog, width=110, sort_output=True, include_previous=False, include_lineno=False, omit_header=True
    )
    rule = f"nplurals={catalog.num_plurals}; plural={catalog.plural_expr};"
    head = (
        f'msgid ""\nmsgstr ""\n"Language: {catalog.locale}\\n"\n'
        f'"Content-Type: text/plain; charset=utf-8\\n"\n"Plural-Forms: {rule}\\n"\n\n'
    )
    return head.encode() + target.getvalue()


def missing(catalog: Catalog) -> list[str]:
    """The messages without a translation, or without one of its plural forms."""
    found = []
    for message in catalog:
        forms = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
        if message.id and not all(forms):
            found.append(message.id if isinstance(message.id, str) else message.id[0])
    return found


def main(*, check: bool) -> int:
    """Goes through all catalogues; the exit code says whether anything is missing."""
    template, faults = gathered(), 0
    for path in sorted((ROOT / "translations").glob("*.po")):
        catalog = updated(path, template)
        content = written(catalog)
        if check and content != path.read_bytes():
            print(f"{path.name} is not up to date: run make messages")
            faults += 1
        elif not check:
            path.write_bytes(content)
        lacking = missing(catalog)
        faults += len(lacking)
        print(f"{path.name}: {len(catalog)} messages, {len(lacking)} not translated")
        print(*(f"  {each}" for each in lacking), sep="\n", end="\n" if lacking else "")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(check="--check" in sys.argv[1:]))
