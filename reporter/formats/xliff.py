"""Texts for a translation service and back, as XLIFF 1.2 (OASIS 2008), which the Commission's eTranslation and all
translation programs read. Placeholders such as {label} are empty elements, which translators cannot damage."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, tostring

from reporter.data.errors import ReporterError
from reporter.data.records.label import ENGLISH
from reporter.formats.safe_xml import parse_xml

HINT = "save it as XLIFF 1.2 in the translation program, and try again"
NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
# An expression with words of its own, such as the forms of a noun, is translated with its sentence.
PLACE = re.compile(r"(\{\w*\}|\{\{(?:[^{}\"']|(?<=figure\()\"\w+\"|(?<=table\()\"\w+\")*\}\})", re.S)
# States of a target: by machine, and those in which a person has read it.
TO_REVIEW = "needs-review-translation"
REVIEWED = ("final", "signed-off")


@dataclass(frozen=True, slots=True)
class TranslationUnit:
    """A text to translate, with a `note`, or its translation: `target`, empty before."""

    code: str
    target: str
    is_reviewed: bool
    source: str = ""
    note: str = ""


def write_xliff(units: Iterable[TranslationUnit], original: str, language: str, source: str = ENGLISH) -> bytes:
    """The texts of a file in the `source` language, to be translated into a language."""
    root = Element("xliff", {"version": "1.2", "xmlns": NAMESPACE})
    heads = {"original": original, "source-language": source, "target-language": language, "datatype": "plaintext"}
    body = SubElement(SubElement(root, "file", heads), "body")
    for translation in units:
        unit = SubElement(body, "trans-unit", {"id": translation.code, "xml:space": "preserve"})
        _fill(SubElement(unit, "source"), translation.source)
        if translation.target:
            state = REVIEWED[0] if translation.is_reviewed else TO_REVIEW
            _fill(SubElement(unit, "target", {"state": state}), translation.target)
        if translation.note:
            SubElement(unit, "note").text = translation.note
        unit.tail = "\n"
    content: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return content + b"\n"


def read_xliff(content: bytes, name: str) -> Iterator[tuple[str, TranslationUnit]]:
    """The translated texts of a file, each with its language. Raises ReporterError if it is no XLIFF 1.2."""
    root = parse_xml(content, name, HINT)
    if root.tag != "xliff" or not root.get("version", "").startswith("1"):
        raise ReporterError(f"{name} is not an XLIFF 1.2 file", hint=HINT)
    for file in root.iter("file"):
        language = file.get("target-language", "").replace("_", "-").partition("-")[0].lower()
        for unit in file.iter("trans-unit"):
            target = unit.find("target")
            if target is not None and (words := _words(target).strip()):
                is_reviewed = unit.get("approved") == "yes" or target.get("state", "") in REVIEWED
                yield language, TranslationUnit(unit.get("id", ""), words, is_reviewed)


def _fill(element: Element, text: str) -> None:
    before, *rest = PLACE.split(text)
    element.text = before
    for n in range(0, len(rest), 2):
        # The number tells equal placeholders of a text apart.
        place = SubElement(element, "x", {"id": f"{n // 2 + 1}", "equiv-text": rest[n]})
        place.tail = rest[n + 1]


def _words(element: Element) -> str:
    """The text with its placeholders on one line; of other elements of the translation program, their text is kept."""
    parts = [element.text or ""]
    for child in element:
        parts += [child.get("equiv-text", "") if child.tag == "x" else _words(child), child.tail or ""]
    return re.sub(r"[ \t\r\n]+", " ", "".join(parts))
