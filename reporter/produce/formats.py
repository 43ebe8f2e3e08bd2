"""What passes between the making of an edition and the ways of making a file of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from reporter.context import Context
from reporter.document.document import Attachment, Document
from reporter.errors import Finding
from reporter.i18n import Locale
from reporter.produce.order import Content
from reporter.theme.templates import Templates
from reporter.theme.tokens import Theme


@dataclass(frozen=True, slots=True)
class Material:
    """A document with its charts drawn, what gives it a look (theme, language, templates), and its files of data.

    Context and findings are what the document was written from. In the folder `cache` is kept what layouts found out,
    for pages of the `design` that `design_digest` names.
    """

    context: Context
    findings: tuple[Finding, ...]
    document: Document
    images: Mapping[str, bytes]
    theme: Theme
    locale: Locale
    templates: Templates
    cache: Path
    design: str
    attachments: tuple[Attachment, ...] = ()


Make = Callable[[Material], Content]
