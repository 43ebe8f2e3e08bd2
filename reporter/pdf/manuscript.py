"""The HTML of a document, read once for many layouts."""

import re
from collections.abc import Collection, Iterator
from copy import deepcopy
from itertools import pairwise
from typing import Any
from xml.etree.ElementTree import tostring

from weasyprint import CSS, HTML, Document  # type: ignore[import-untyped]
from weasyprint.css import find_stylesheets  # type: ignore[import-untyped]
from weasyprint.text.fonts import FontConfiguration  # type: ignore[import-untyped]

from reporter.pdf.fetch import Fetcher
from reporter.pdf.page_fullness import CHAPTER

# WeasyPrint writes one standard or the other; the repair adds PDF/UA-1 to this one.
VARIANT = "pdf/a-3a"
# Chapters of this class go on where the one before them ends.
ANNEX = "annex"


class Manuscript:
    """The HTML of a document, to lay out whole or in part.

    Its stylesheets are read and its typefaces loaded once for every layout.
    """

    def __init__(self, html: str, fetcher: Fetcher) -> None:
        self.page = HTML(string=html, url_fetcher=fetcher)
        self.fonts = FontConfiguration()
        page = self.page
        # What cannot be read of the stylesheets that the page names is logged.
        self.sheets: list[CSS] = list(
            find_stylesheets(
                page.wrapper_element, page.media_type, fetcher, page.base_url, self.fonts, None, None, None, None
            )
        )
        head = self.page.etree_element.find("head")
        taken = [each for each in head if each.tag in ("style", "link")]
        for each in taken:
            head.remove(each)
        # What the page itself says of its look; the other stylesheets are the same for every page of a design.
        self.style = "".join(each.text or "" for each in taken)

    def lay_out(self, breaking: int, rules: str) -> Document:
        """Lay out the whole document.

        `breaking` is how many lines of a paragraph are kept together (0: as the stylesheet says), `rules` is further
        CSS.
        """
        return self._render(self.page, breaking, rules)

    def lay_out_part(self, html: str, breaking: int, rules: str) -> Document:
        """Lay out a part of the document, as `extract` gives it."""
        return self._render(HTML(string=html, url_fetcher=self.page.url_fetcher), breaking, rules)

    def extract(self, names: Collection[str]) -> str:
        """Return HTML with some of the chapters only, by their ids.

        The stylesheets are not in it.
        """
        tree = deepcopy(self.page.etree_element)
        for part in (tree.find("body"), tree.find("body/main")):
            for child in [each for each in part if each.tag != "main" and each.get("id") not in names]:
                part.remove(child)
        return tostring(tree, encoding="unicode", method="html")

    def chapter_runs(self) -> Iterator[tuple[str, ...]]:
        """Yield the ids of the chapters, those that share pages together."""
        main = self.page.etree_element.find("body/main")
        chapters = [each for each in ([] if main is None else main) if CHAPTER in _classes(each)]
        begins = [
            True,
            *(not (ANNEX in _classes(one) and ANNEX in _classes(next_)) for one, next_ in pairwise(chapters)),
        ]
        run: list[str] = []
        for chapter, begin in zip(chapters, begins, strict=False):
            if begin and run:
                yield tuple(run)
                run = []
            run.append(chapter.get("id"))
        if run:
            yield tuple(run)

    def named_page(self, name: str) -> str:
        """Return the named page of CSS that a chapter stands on.

        It is read in the style of the page itself; empty when that says nothing of it.
        """
        found = re.search(rf"#{re.escape(name)} {{ page: ([\w-]+) }}", self.style)
        return found[1] if found else ""

    def _render(self, page: HTML, breaking: int, rules: str) -> Document:
        lines = f"p {{ orphans: {breaking} !important; widows: {breaking} !important }}\n" if breaking else ""
        sheets = [*self.sheets, CSS(string=lines + rules, font_config=self.fonts)]
        return page.render(font_config=self.fonts, stylesheets=sheets, pdf_variant=VARIANT)


def _classes(element: Any) -> list[str]:
    return str(element.get("class", "")).split()
