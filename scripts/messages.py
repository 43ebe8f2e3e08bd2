"""Gathers the messages of the program for translation; behind `make messages`. messages.py brings the templates
translations/document.pot and tool.pot and the files of the languages up to date; exits 1 when a translation is missing.
messages.py --check the same without writing; exits 1 when a file is not up to date either"""

import ast
import io
import re
import sys
import tomllib
from collections.abc import Iterator, Sequence
from copy import deepcopy
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import yaml
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from jinja2 import Environment, nodes

from reporter.data.i18n.po_file import DOCUMENT, MACHINE, TOOL, all_forms, ids_of, texts_of
from reporter.data.i18n.po_file import JOINT as AFTER_CONTEXT
from reporter.data.i18n.refresh import PROBLEM as PROBLEM_FLAG
from reporter.data.i18n.refresh import TEMPLATE, WIDTH, head_of
from reporter.data.read.entry_fields import entry_fields
from reporter.data.read.key_examples import shapes_in
from reporter.data.read.shapes import SHAPES, ComponentShape, DataflowShape, FigureShape, TransmissionShape
from reporter.data.records.label import ENGLISH
from reporter.data.records.protection import Because

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "translations"
BLANK_HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
# The functions whose text is a message, and which of their arguments it is; Part is a line of the outline, Rule one
# of the checks.
ARGUMENTS = {"text": (0,), "N_": (0,), "count": (0, 1), "NN_": (0, 1), "Part": (1,), "Rule": (1,), "tell": (0,)}
ARGUMENTS |= {"WordedError": (0, 1), "extra": (0, 1), "_": (0,), "NP_": (0, 1)}
# What they say is printed by no document, also where the file has messages of documents.
PROBLEMS = ("WordedError", "extra")
# The files that have forms, and what of them has none: figures have sheets, tables of Eurostat are for maintainers.
FORMED = ("year", "country", "workspace", "catalogue")
UNFORMED = (FigureShape, TransmissionShape, ComponentShape, DataflowShape)
# Where messages that a document can print are. All others are those of the tool, with those of the checks: in a
# language that has no words for a finding, a document names its figure.
PRINTED = re.compile(
    r"reporter/(?:text/(?:change_sentences|evaluation|markdown|markdown_writer)\.py|report/.*"
    r"|formats/(?!export/questionnaire|bagit|validate|pdf).*|figures/analysis/.*|data/outline\.py|data/i18n/words\.py"
    r"|editions/(?:making|public)/.*|exchange/package/.*)"
    r"|templates/(?!workbench).*"
)
# Its labels are messages of documents, too; those that it has in a language are not translated.
LABELLED = "data/catalogue.yaml"
# Begins the comment with the words that a document printed: `make examples` writes them.
EXAMPLE = "Example: "
# Of these the two arguments are the forms of one message.
COUNTED = ("count", "NN_")
# Records whose titles are messages, also where they are named.
TITLED = ("Part", "Rule")
# Rooms whose problems and remedies the workbench shows. These are plain text and f-strings where they arise, in English
# for the terminal; reporter/data/i18n/refresh.py finds them in the catalogue again, with their values.
PROBLEM_ROOMS = re.compile(
    r"(?:check|data/write|workbench)/.*"
    r"|data/(?:errors|(?:files/(?!as_json)|read/(?!schema)).*|i18n/(?:locale|po_file)|theme/t\w+)\.py"
    r"|data/records/(?:approval|release)\.py"
    r"|editions/(?:(?!program)\w+|audit/audited_edition|making/(?:document_files|build_editions)|start/making)\.py"
    r"|editions/public/(?:country_files|public_files)\.py"
    r"|exchange/agencies/(?:\w*agenc\w+|asking|taking_in|safe\w+)\.py"
    r"|exchange/(?:backup|publications/importing|publish/(?:approving|publish\w+)|package/pack\w+ing|word_remarks/\w+)\.py"
    r"|exchange/send/(?:dispatching|recipients|message|out\w+|receipt|smtp|storage)\.py"
    r"|exchange/signature/(?:documents|keys|signable|signing|token)\.py"
    r"|figures/(?:analysis/(?:equations|populations|small_counts)|withhold/decisions)\.py"
    r"|formats/(?:html/html|bagit/(?:bag|result)|pdf/(?:paper|pieces/page_problems))\.py"
    r"|formats/validate/vera\.py"
    r"|text/(?:evaluation|expression|markdown)\.py"
)
# Rooms whose messages, made by `tell`, are parts of remedies, too.
TOLD_ROOMS = re.compile(r"reporter/(?:check|text/(?:claims|claim_numbers))")
# What a file, a page or a pattern is made of, or who maintains the program reads, is no problem of the user.
NO_PROBLEM = re.compile(
    r"<[a-z{!/]|[.)\]][*]|[\^$\\\t]|=\"\{|; charset|https?://\S|-src |^/|max-age|SELECT|tuple\[|is-changed|filename="
    r"|\ndata: |@page|!important|-set: |\S[|]|page: |attr[(]|font-weight=|^margin"
    r"| = [?]|VALUES|ISO codes, |status: draft\n|^(?:messages|faults) of |^at least $|^no file can hold|country: {"
    r"|^tags of the PDF"
)
# Two words and a value, or three; the first has no capital.
PROBLEM = re.compile(
    r"(?s)(?![A-Z][a-z ])(?=(?:.*\b[a-z]{2,}\b.*){2}|write |known: |or, |{}; but |{}, or )(?:.*{}.*|\S+ \S+ .*)"
)
JOINT = re.compile(r"^[;,:]? |\n$| [|] (?!counted|at[(])|[;:] $")
UNSEEN = {"text", "N_", "NN_", "count", "tell", "put", "compile", "fullmatch", "sub", "echo", "exception", "warning"}
UNSEEN |= {"TypeError", "AssertionError", "LookupError", "Field", "Rule", "Part", "WordedError", "meant"}
ANY_PLACE = re.compile(r"{\w+}")
# A number alone; and `count("/")` of a text.
NO_MESSAGES = re.compile(r"\{\w+\}|\W*")
LANGUAGE = re.compile(r"[a-z]{2}")


def labels() -> Iterator[tuple[str, dict[str, str]]]:
    """The texts of the catalogue in their languages, with their path."""

    def texts_in(value: object, path: str) -> Iterator[tuple[str, dict[str, str]]]:
        if isinstance(value, dict) and isinstance(value.get(ENGLISH), str):
            yield path, {language: " ".join(text.split()) for language, text in value.items()}
        elif isinstance(value, dict):
            for key, item in value.items():
                yield from texts_in(item, f"{path}.{key}".lstrip("."))

    yield from texts_in(yaml.safe_load((ROOT / LABELLED).read_bytes()), "")


def parts_of(catalog: Catalog) -> dict[str, Catalog]:
    """The messages of documents, and those of the tool."""
    printed = {
        message if isinstance(message, str) else message[0]
        for name, message in (*_in_program(without=PROBLEMS), *_in_templates())
        if PRINTED.fullmatch(name)
    }
    with (FOLDER / f"{DOCUMENT}{TEMPLATE}").open("rb") as file:
        examples = {ids_of(each): each.auto_comments for each in read_po(file) if each.id}
    parts = {kind: Catalog(project="reporter", charset="utf-8") for kind in (DOCUMENT, TOOL)}
    for each in catalog:
        is_label = (LABELLED, None) in each.locations
        kind = DOCUMENT if each.id and (is_label or ids_of(each)[0] in printed) else TOOL
        if each.id:
            parts[kind].add(
                each.id,
                locations=each.locations,
                flags=each.flags,
                context=each.context,
                auto_comments=each.auto_comments if is_label else examples.get(ids_of(each), ()),
            )
    return parts


def gathered() -> Catalog:
    """Every message of program and templates, with its file."""
    catalog = Catalog(project="reporter", charset="utf-8")
    for name, message in (*_in_program(), *_in_templates(), *_in_shapes()):
        if isinstance(message, tuple) or not NO_MESSAGES.fullmatch(message):
            context, _, words = message.rpartition(AFTER_CONTEXT) if isinstance(message, str) else ("", "", message)
            catalog.add(words, locations=[(name, None)], context=context or None)
        if isinstance(message, str) and TOLD_ROOMS.match(name) and PROBLEM.fullmatch(ANY_PLACE.sub("{}", message)):
            catalog.add(message, flags=[PROBLEM_FLAG])
    for name, message in problem_frames():
        catalog.add(message, locations=[(name, None)], flags=[PROBLEM_FLAG])
    for path, texts in labels():
        catalog.add(texts[ENGLISH], locations=[(LABELLED, None)], auto_comments=[path])
    return catalog


def _in_program(without: Sequence[str] = ()) -> Iterator[tuple[str, str | tuple[str, ...]]]:
    for path in sorted((ROOT / "reporter").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _name_of(node) not in without:
                yield from ((path.relative_to(ROOT).as_posix(), message) for message in _messages(node))


def problem_frames() -> Iterator[tuple[str, str]]:
    """Problems and remedies with places for their values: `write {code}`, from the program's `f"write {each.code}"`."""
    known: set[str] = set()
    for path in sorted((ROOT / "reporter").rglob("*.py")):
        name = path.relative_to(ROOT / "reporter").as_posix()
        if PROBLEM_ROOMS.fullmatch(name):
            for node in _texts_in(ast.parse(path.read_text(encoding="utf-8"))):
                for frame in frames_of(node):
                    # What differs in the names of its values only is one message.
                    if ANY_PLACE.sub("{}", frame) not in known:
                        known.add(ANY_PLACE.sub("{}", frame))
                        yield f"reporter/{name}", frame


def _texts_in(node: ast.AST) -> Iterator[ast.JoinedStr | ast.Constant]:
    """The texts of a program that may be problems; not what describes it, nor what is translated by itself."""
    # What a table is asked by is no text of ours, such as the words of a parser.
    children = node.values if isinstance(node, ast.Dict) else ast.iter_child_nodes(node)
    for child in children:
        is_text = isinstance(child, ast.JoinedStr) or (isinstance(child, ast.Constant) and isinstance(child.value, str))
        if is_text and not isinstance(node, ast.Expr):
            yield child
        elif isinstance(child, ast.Call) and _name_of(child) in UNSEEN:
            yield from (each for each in _texts_in(child) if isinstance(each, ast.JoinedStr))
        else:
            yield from _texts_in(child)


def frames_of(node: ast.expr) -> list[str]:
    """The frames of a text. An f-string that chooses between words has one for each choice; what stands behind ` | ` is
    the remedy of a field."""
    names: dict[str, str] = {}
    choices = [
        [each.value.replace("{", "{{").replace("}", "}}")] if isinstance(each, ast.Constant) else _places(each, names)
        for each in (node.values if isinstance(node, ast.JoinedStr) else [])
    ]
    whole = ["".join(each) for each in product(*choices)] if choices else [node.value]
    frames = [frame for each in whole for frame in JOINT.split(each)]
    plain = ((each, ANY_PLACE.sub("{}", each)) for each in frames)
    return [each for each, signs in plain if " " in each and PROBLEM.fullmatch(signs) and not NO_PROBLEM.search(each)]


def _places(value: ast.FormattedValue, names: dict[str, str]) -> list[str]:
    chosen = (value.value.body, value.value.orelse) if isinstance(value.value, ast.IfExp) else ()
    if chosen and all(isinstance(each, ast.Constant) for each in chosen):
        return [str(each.value) for each in chosen]
    named = value.value
    while not isinstance(named, ast.Name | ast.Attribute):
        inner = [each for each in ast.iter_child_nodes(named) if isinstance(each, ast.expr)]
        if not inner:
            break
        named = inner[-1]
    name = getattr(named, "attr", getattr(named, "id", "value")).strip("_").lower()
    # Locale.text has names of its own.
    name = {"": "value", "message": "said", "self": "it"}.get(name, name)
    source = ast.unparse(value)
    while names.setdefault(name, source) != source:
        name = f"{name}_"
    return [f"{{{name}}}"]


def _name_of(call: ast.Call) -> str:
    return str(getattr(call.func, "attr", getattr(call.func, "id", "")))


def _messages(call: ast.Call) -> Iterator[str | tuple[str, ...]]:
    """The messages among the arguments of a call. The two forms of a count are one message. A label that is asked for
    its text names a language only."""
    name = _name_of(call)
    wanted = [call.args[n] for n in ARGUMENTS.get(name, ()) if n < len(call.args)]
    wanted += [each.value for each in call.keywords if each.arg in ("title", "alone") and name in TITLED]
    found = [each.value for each in wanted if isinstance(each, ast.Constant) and isinstance(each.value, str)]
    yield from _forms(name, [each for each in found if name != "text" or not LANGUAGE.fullmatch(each)])


def _forms(name: str, found: list[str]) -> list[str | tuple[str, ...]]:
    """What is a message of the texts in a call. Something else is counted where a count has not two of them."""
    if name == "NP_":
        return [AFTER_CONTEXT.join(found)]
    return ([tuple(found)] if len(found) > 1 else []) if name in COUNTED else [*found]


def _in_templates() -> Iterator[tuple[str, str | tuple[str, ...]]]:
    environment = Environment()
    for path in sorted((ROOT / "templates").rglob("*.html")):
        for call in environment.parse(path.read_text(encoding="utf-8")).find_all(nodes.Call):
            name = getattr(call.node, "attr", getattr(call.node, "name", ""))
            wanted = [call.args[n] for n in ARGUMENTS.get(name, ()) if n < len(call.args)]
            found = [each.value for each in wanted if isinstance(each, nodes.Const) and isinstance(each.value, str)]
            for message in _forms(name, found):
                yield path.relative_to(ROOT).as_posix(), message


def _in_shapes() -> Iterator[tuple[str, str]]:
    """What keys and their words mean, as the forms say it."""
    shapes = (shape for kind in FORMED for shape in shapes_in(SHAPES[kind]) if shape not in UNFORMED)
    fields = [field for shape in shapes for field in entry_fields(shape)]
    meanings = dict.fromkeys(each for field in fields for each in (field.help, *(words for _, words in field.options)))
    meanings |= dict.fromkeys(each.meaning for each in Because)
    return (("reporter/data/read/entry_fields.py", message) for message in meanings if message)


def updated(path: Path, template: Catalog) -> Catalog:
    """The catalogue of a language with the messages of today. New ones are empty, old ones dropped."""
    with path.open("rb") as file:
        catalog = read_po(file, locale=path.stem, ignore_obsolete=True)
    catalog.update(deepcopy(template), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    for _, texts in labels():
        if (message := catalog[texts[ENGLISH]]) and path.stem in texts:
            message.string = texts[path.stem]
    return catalog


def written(catalog: Catalog) -> bytes:
    """A catalogue or the template as the bytes of its file, sorted. Without dates and line numbers, which change with
    every edit."""
    target = io.BytesIO()
    write_po(
        target, catalog, width=WIDTH, sort_output=True, include_previous=False, include_lineno=False, omit_header=True
    )
    head = head_of(str(catalog.locale)) if catalog.locale else BLANK_HEAD
    return f"{head}\n".encode() + target.getvalue()


def missing(catalog: Catalog) -> list[str]:
    """The messages without a translation, or without one of its plural forms."""
    return [texts_of(each.id)[0] for each in catalog if each.id and (each.fuzzy or not all_forms(each))]


@cache
def glossary() -> dict[str, dict[str, dict[str, Any]]]:
    """By language and English word, the term of its translation and the stems to avoid."""
    return tomllib.loads((FOLDER / "glossary.toml").read_text(encoding="utf-8"))


def misused(catalog: Catalog, language: str) -> list[str]:
    """The messages whose translation has another word than the term of the glossary."""
    found = []
    for message in (each for each in catalog if each.id):
        english, said = (" ".join(texts_of(each)) for each in (message.id, message.string))
        words = set(re.findall(r"[a-z]+", ANY_PLACE.sub("", english).lower()))
        for word, entry in glossary().get(language, {}).items():
            if {word, f"{word}s"} & words and re.search("|".join(entry["avoid"]), said, re.IGNORECASE):
                found.append(f"{english}: write {entry['term']!r}, not {said!r}")
    return found


def _written(path: Path, content: bytes, *, check: bool) -> int:
    """Write a file, or say that it is not up to date. Returns the number of faults."""
    if not check:
        path.write_bytes(content)
    elif not path.is_file() or content != path.read_bytes():
        print(f"{path.name} is not up to date: run make messages")
        return 1
    return 0


def main(*, check: bool) -> int:
    """Goes through all catalogues; the exit code says whether anything is missing."""
    faults = 0
    for kind, template in parts_of(gathered()).items():
        faults += _written(FOLDER / f"{kind}{TEMPLATE}", written(template), check=check)
        faults += sum(_brought_up_to_date(path, template, check=check) for path in sorted(FOLDER.glob(f"{kind}/*.po")))
    return 1 if faults else 0


def _brought_up_to_date(path: Path, template: Catalog, *, check: bool) -> int:
    """Update the file of a language, and print what it lacks. Returns the number of faults."""
    catalog = updated(path, template)
    lacking = missing(catalog)
    print(f"{path.parent.name}/{path.name}: {len(catalog)} messages, {len(lacking)} not translated")
    print(*(f"  {each}" for each in lacking), sep="\n", end="\n" if lacking else "")
    # A new message waits for the next translation by machine; until then it is printed in English.
    strange = misused(catalog, path.stem)
    print(*strange, sep="\n", end="\n" if strange else "")
    is_machine = any(MACHINE in each.flags for each in catalog)
    return (0 if is_machine else len(lacking)) + len(strange) + _written(path, written(catalog), check=check)


if __name__ == "__main__":
    sys.exit(main(check="--check" in sys.argv[1:]))
