"""What passes between the build and the ways of making a file of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from reporter.context import Context
from reporter.document.document import Attachment, Document
from reporter.errors import Finding
from reporter.i18n import Locale
from reporter.theme.tokens import Theme


@dataclass(frozen=True, slots=True)
class Material:
    """A document with its charts drawn, what gives it a look (theme, language, templates), and its files of data.

    Context and findings are what the document was written from. In the folder `cache` is kept what layouts found
    out, for pages of the `design` that `design_digest` names.
    """

    context: Context
    findings: tuple[Finding, ...]
    document: Document
    images: Mapping[str, bytes]
    theme: Theme
    locale: Locale
    templates: tuple[Path, ...]
    cache: Path
    design: str
    attachments: tuple[Attachment, ...] = ()


class Content(NamedTuple):
    """A file in the making: its bytes, its pages if it has any, and the HTML it was made from if that is another."""

    content: bytes
    pages: int | None = None
    html: str = ""


Make = Callable[[Material], Content]
