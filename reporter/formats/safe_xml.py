"""Read XML that others wrote: nothing in it expands; its number and depth of elements are limited."""

from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers.expat import ExpatError, ParserCreate

from reporter.data.errors import ReporterError, one_line

# A profile in Word has about ten thousand elements.
MOST_ELEMENTS, DEEPEST = 1_500_000, 200


def parse_xml(content: bytes, name: str, hint: str) -> Element:
    """The root of a file or part; tags and attributes are without namespaces. Raises ReporterError with the hint."""
    builder, depth, count = TreeBuilder(), 0, 0
    parser = ParserCreate(namespace_separator="}")
    parser.buffer_text = True

    def begins(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth, count
        depth, count = depth + 1, count + 1
        if count > MOST_ELEMENTS or depth > DEEPEST:
            raise ReporterError(f"{name} has more elements than any report", hint=hint)
        bare = {key.rpartition("}")[2]: value for key, value in attributes.items()}
        builder.start(tag.rpartition("}")[2], bare)

    def ends(tag: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(tag.rpartition("}")[2])

    def declares(*_: object) -> None:
        raise ReporterError(f"{name} declares a document type, which is not accepted", hint=hint)

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = begins, ends, builder.data
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = declares
    try:
        parser.Parse(content, True)
    except (ExpatError, ValueError, LookupError) as problem:
        raise unreadable(name, problem, hint) from None
    return builder.close()


def unreadable(name: str, problem: Exception, hint: str) -> ReporterError:
    return ReporterError(f"{name} cannot be read: {one_line(str(problem))[:60]}", hint=hint)
