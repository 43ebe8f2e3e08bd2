"""Render a document or a letter as HTML from templates. The user's folder comes first; errors name file and line."""

import re
import traceback
from collections.abc import Callable, Iterable, Mapping
from html import escape
from types import CodeType
from typing import Any

import jinja2
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from reporter.data.errors import Mark, ReporterError
from reporter.data.i18n import N_, NP_
from reporter.data.languages import sign_between
from reporter.data.records import Observation
from reporter.data.records.label import altered, language_of
from reporter.data.theme.cover import Addresses, Templates
from reporter.data.theme.line_ends import with_no_breaks
from reporter.data.theme.tokens import Theme
from reporter.formats.html import arrange
from reporter.formats.html.arrange import mark_class
from reporter.formats.html.embed import embed, look_of
from reporter.report.document import note_lines
from reporter.report.document.document import Document, Letter, Ranking, Section, StartPage
from reporter.text import tree
from reporter.text.tree import Text

# The address to which a printed value links.
Lead = Callable[[Observation], str]
CALLED = N_("Note {n}")


class HtmlWriter:
    """Writes texts of a document in a language; `translate` is for words of the program. A note is set in its first
    call, but not on a `screen`. In the workbench values link to what `lead` returns; `placed` fills unfilled places."""

    def __init__(
        self,
        language: str,
        translate: Callable[[str], str] = str,
        *,
        screen: bool = False,
        lead: Lead | None = None,
        placed: Callable[[int], str] = str,
    ) -> None:
        self.language, self.label = language, translate(CALLED)
        self.screen, self.lead, self.placed = screen, lead, placed
        self.around = language

    def __call__(self, text: Text | None) -> Markup:
        return Markup(self.html(text.nodes, text.language)) if text else Markup("")  # noqa: S704 - each word is escaped

    def html(self, nodes: Iterable[tree.TextBlock | tree.Inline], language: str = "") -> str:
        """HTML of a text in some language, by default the document's."""
        self.around = language or self.language
        return "".join(map(self._node, nodes))

    def _node(self, node: tree.TextBlock | tree.Inline) -> str:
        match node:
            case tree.Paragraph():
                inside = self._inside(node.inside)
                if node.sort == tree.PRE:
                    return f"<pre><code>{inside}</code></pre>\n"
                sort = f' class="{node.sort}"' if node.sort else ""
                return inside if node.tight else f"<p{sort}>{inside}</p>\n"
            case tree.Group():
                return self._group(node)
            case tree.Value() | tree.Marked() | tree.Link():
                return self._wrapper(node)
            case tree.Words():
                words = _escaped(node.text)
                return f"<span{self._lang(node.language)}>{words}</span>" if node.language else words
            case tree.Call():
                return self._call(node)
        return "<br />\n" if isinstance(node, tree.Break) else self.placed(node.number)

    def _wrapper(self, node: tree.Wrapper) -> str:
        inside = self._inside(node.inside)
        if isinstance(node, tree.Marked):
            return f"<{node.tag}>{inside}</{node.tag}>"
        if isinstance(node, tree.Link):
            kind = f'class="{node.sort}" ' if node.sort else ""
            title = f' title="{escape(node.title)}"' if node.title else ""
            return f'<a {kind}href="{escape(node.address)}"{title}{self._lang(node.language)}>{inside}</a>'
        if self.lead is None or not node.observations:
            return inside
        return f'<span data-at="{escape(self.lead(node.observations[0]))}">{inside}</span>'

    def _inside(self, nodes: Iterable[tree.Inline]) -> str:
        return "".join(map(self._node, nodes))

    def _group(self, group: tree.Group) -> str:
        if group.tag == "hr":
            return "<hr />\n"
        inside = ""
        for n, node in enumerate(group.inside):
            # After a tight paragraph the next block starts on a new line.
            inside += self._node(node)
            after = group.inside[n + 1] if n + 1 < len(group.inside) else None
            if after and isinstance(node, tree.Paragraph) and node.tight:
                inside += "" if isinstance(after, tree.Paragraph) and after.sort == tree.PRE else "\n"
        first = group.inside[0] if group.inside else None
        begins = "" if first is None or (isinstance(first, tree.Paragraph) and first.tight) else "\n"
        start = f' start="{group.start}"' if group.tag == "ol" and group.start != 1 else ""
        return f"<{group.tag}{start}>{begins}{inside}</{group.tag}>\n"

    def _call(self, call: tree.Call) -> str:
        n = call.number
        if call.first and not self.screen:
            place = f'id="note-{n}" data-number="{n}"{self._lang(call.language)}'
            return f'\u00a0<span class="note" {place}>{_escaped(call.text)}</span>'
        # In a text of another language the label of a call is marked with its own language.
        label, lang = escape(self.label).format(n=n), self._lang(language_of(self.label) or self.language)
        if not self.screen:
            return f'\u00a0<a class="note-call" href="#note-{n}" title="{label}"{lang}>({n})</a>'
        # The note links back to its first call.
        place = f' id="call-{n}"' if call.first else ""
        attributes = f'href="#note-{n}" role="doc-noteref" aria-label="{label}"{lang}'
        return f'\u00a0<a class="note-call"{place} {attributes}>({n})</a>'

    def _lang(self, language: str) -> str:
        return f' lang="{language}"' if language and language != self.around else ""


def _escaped(words: str) -> str:
    return escape(words).replace("&#x27;", "'")


# More than all templates of the program, for several kinds of pages.
MOST_COMPILED = 500


class _Generator(CodeGenerator):
    """Evaluates nothing while compiling, so that pages with other filters can share the code."""

    def _output_child_to_const(self, node: jinja2.nodes.Expr, frame: Frame, finalize: Any) -> str:  # noqa: ANN401 - as it is
        if not isinstance(node, (jinja2.nodes.Const, jinja2.nodes.TemplateData)):
            raise jinja2.nodes.Impossible
        return super()._output_child_to_const(node, frame, finalize)


class _CompiledOnce(jinja2.BytecodeCache):
    """The compiled templates, shared by all pages of a process: keyed by text, place and the names they may call."""

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = _COMPILED.get(_compiled_as(bucket))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if len(_COMPILED) >= MOST_COMPILED:
            _COMPILED.clear()
        if bucket.code:
            _COMPILED[_compiled_as(bucket)] = bucket.code


_COMPILED: dict[tuple[object, ...], CodeType] = {}


def _compiled_as(bucket: Bucket) -> tuple[object, ...]:
    return bucket.key, bucket.checksum, frozenset(bucket.environment.filters), frozenset(bucket.environment.tests)


class Sandbox(ImmutableSandboxedEnvironment):
    """Lets templates call only what a page needs, and change nothing."""

    code_generator_class = _Generator

    def __init__(self, loader: jinja2.BaseLoader) -> None:
        super().__init__(
            loader=loader,
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            optimized=False,
            bytecode_cache=_CompiledOnce(),
        )
        # Random words would differ from build to build.
        del self.filters["random"], self.globals["lipsum"]


# Heights in mm, as in the stylesheet: a chapter, a section, each further line of a title; and letters per line.
CHAPTER, CHAPTER_MORE, MOST_OF_CHAPTER = 13.1, 4.7, 34
SECTION, SECTION_MORE, MOST_OF_SECTION = 6.4, 4.1, 42
# The height of a column in the usual setting, the most for the roomy one, and the factor of the tight one.
USUAL, ROOMY, TIGHT = 222.0, 172.0, 0.62


def halves(sections: tuple[Section, ...]) -> tuple[tuple[Section, ...], ...]:
    """Divide the chapters into two columns of about equal length for the contents."""
    lines = [2 + len(section.sections) for section in sections]
    cut = min(range(len(lines) + 1), key=lambda place: abs(sum(lines[:place]) - sum(lines[place:])))
    return sections[:cut], sections[cut:]


def contents_setting(sections: tuple[Section, ...]) -> str:
    """The setting in which the contents fit a page: `roomy`, `usual`, `tight`, or `chapters` without sections."""
    height = max(map(_height, halves(sections)), default=0.0)
    if height <= ROOMY:
        return "roomy"
    return "usual" if height <= USUAL else "tight" if TIGHT * height <= USUAL else "chapters"


def _height(sections: Iterable[Section]) -> float:
    return sum(
        CHAPTER
        + CHAPTER_MORE * ((len(section.title) - 1) // MOST_OF_CHAPTER)
        + sum(SECTION + SECTION_MORE * ((len(below.title) - 1) // MOST_OF_SECTION) for below in section.sections)
        for section in sections
    )


Words = Callable[..., str]
PAGE, LETTER, FOLDER = "profile.html", "letter.html", "templates/"
HEADINGS = {1: "h1", 2: "h2", 3: "h3"}
HINT = "correct the template, or remove it from your templates folder to use the program's own"
ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def to_html(document: Document, theme: Theme, words: Words, templates: Templates) -> str:
    """Render the publication as one HTML page; `words` translates messages, `templates` are the folders of pages.
    Raises ReporterError with file and line of a template that fails."""
    values = {
        "document": document,
        "edition": document.edition,
        "look": look_of(theme, document.edition.country),
        "headings": HEADINGS,
        "screen": False,
    }
    environment = environment_of(words, templates)
    environment.filters["html"] = HtmlWriter(document.edition.language, words)
    return fill(environment, PAGE, values, document.edition.language)


def letter_html(letter: Letter, theme: Theme, words: Words, templates: Templates) -> str:
    """Render the letter of a package. Raises ReporterError with file and line of a template that fails."""
    values = {"letter": letter, "edition": letter.edition, "look": look_of(theme, letter.edition.country)}
    return fill(environment_of(words, templates), LETTER, values, letter.edition.language)


def fill(environment: jinja2.Environment, page: str, values: Mapping[str, object], language: str = "") -> str:
    """Fill in a template for a page in a language. Raises ReporterError with file and line of one that fails."""
    colon = sign_between(": ", language).rstrip(" ")
    try:
        head, body, rest = environment.get_template(page).render(values, colon=colon).partition("<body")
    except ReporterError:
        raise
    except Exception as problem:  # a template may fail in any way that Python can
        failed = _failure(problem)
        if failed is None:
            raise
        raise failed from problem
    return head + body + with_no_breaks(rest, language)


class _Loader(jinja2.BaseLoader):
    """Loads templates by name; those in the folder `first` come before the others."""

    def __init__(self, templates: Templates, first: str) -> None:
        self.templates = templates
        self.first = first

    def get_source(self, _environment: jinja2.Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        names = (f"{self.first}/{template}", template) if self.first else (template,)
        template_file = next((source for name in names if (source := self.templates.find(name))), None)
        if template_file is None:
            raise jinja2.TemplateNotFound(template)
        path = template_file.path if template_file.path.startswith(FOLDER) else f"{FOLDER}{template_file.path}"
        if template_file.finding:
            raise ReporterError(template_file.finding.message, hint="replace it with the file itself", mark=Mark(path))
        try:
            return template_file.content.decode(), path, lambda: True
        except UnicodeDecodeError:
            raise ReporterError("the template is not UTF-8", hint=HINT, mark=Mark(path)) from None

    def load(self, environment: jinja2.Environment, name: str, globals: Any = None) -> jinja2.Template:  # noqa: A002, ANN401 - as it is
        try:
            return super().load(environment, name, globals)
        except (RecursionError, SyntaxError, MemoryError):
            # Python limits how deep loops may nest.
            problem = "loops, conditions or brackets are nested too deeply"
        except ValueError as many:  # a number of thousands of digits
            problem = str(many)
        raise jinja2.TemplateSyntaxError(problem, 1, name, self.get_source(environment, name)[1])


def environment_of(words: Words, templates: Templates, first: str = "") -> jinja2.Environment:
    """The environment of templates; templates in the folder `first` come before the others."""
    environment = Sandbox(_Loader(templates, first))
    environment.globals |= {"_": words, "NP_": NP_, "colon": ":"}
    environment.filters.update(FILTERS)
    environment.tests.update(TESTS)
    return environment


def _failure(problem: Exception) -> ReporterError | None:
    """The error that names where a template is wrong; None when no template is to blame."""
    if isinstance(problem, jinja2.TemplateSyntaxError):
        # For a block that is never closed, the library gives the file as the name.
        place = _place(problem.filename or problem.name or "", problem.lineno)
        return ReporterError(problem.message or "syntax error", hint=HINT, mark=place)
    places = [_place(frame.filename, frame.lineno) for frame in traceback.extract_tb(problem.__traceback__)]
    marks = [place for place in places if place]
    if isinstance(problem, jinja2.TemplateNotFound):
        message = f"no template named {problem.name!r}"
    elif marks and isinstance(problem, RecursionError):
        message = "a macro or file calls itself endlessly"
    elif marks and isinstance(problem, MemoryError):
        message = "the template needs more memory than there is"
    elif marks:
        message = str(problem) if isinstance(problem, jinja2.TemplateError) else f"{type(problem).__name__}: {problem}"
    else:
        return None
    return ReporterError(message, hint=HINT, mark=marks[-1] if marks else None)


def _place(filename: str, line: int | None) -> Mark | None:
    return Mark(filename, line or 1) if filename.startswith(FOLDER) else None


def kind(block: object) -> str:
    return type(block).__name__.lower()


FILTERS = {
    "beside": note_lines.turned_note,
    "bands": arrange.bands,
    "in_columns": arrange.balanced_columns,
    "by_mark": note_lines.notes_by_mark,
    "column_classes": arrange.column_classes,
    "drawn_groups": arrange.drawn_groups,
    "contents_setting": contents_setting,
    "foot": arrange.foot,
    "halves": halves,
    "is_sign": note_lines.is_sign,
    "kind": kind,
    "lang": lambda text: Markup(' lang="{}"').format(language) if (language := language_of(text)) else "",
    # A line in which words link to their address.
    "linked": lambda line, links: Markup("").join(
        Markup('<a href="{}">{}</a>').format(address, words) if address else words
        for words, address in note_lines.with_links(line, links)
    ),
    # Only a page of the workbench links from a value to its source.
    "leads": lambda _: "",
    "listed": arrange.listed,
    "other_sources": note_lines.other_sources,
    "mark_class": mark_class,
    "row_groups": arrange.row_groups,
    "runs": arrange.runs,
    # Words as they are, marked with their language where it differs.
    "said": lambda text: (
        Markup('<span lang="{}">{}</span>').format(language, text) if (language := language_of(text)) else text
    ),
    "sentence": lambda text: altered(text, note_lines.as_sentence),
    "shown": note_lines.short_address,
    "split_lead": arrange.split_lead,
    "table_classes": arrange.table_classes,
}
TESTS = {
    "iso_date": ISO_DATE.fullmatch,
    "linkable": note_lines.ADDRESS.match,
    "ledger": arrange.is_ledger,
    "ranking": lambda block: isinstance(block, Ranking),
    "whole": arrange.is_whole,
}


TEMPLATE = "start.html"


def start_html(page: StartPage, theme: Theme, words: Words, templates: Templates) -> str:
    """Render the start page of a package, small because it uses the reader's typefaces. Raises ReporterError with file
    and line of a template that fails, or with what the page would have to load."""
    values = {"page": page, "edition": page.edition, "look": look_of(theme, page.edition.country)}
    html = fill(environment_of(words, templates), TEMPLATE, values, page.edition.language)
    return embed(html, Addresses({}, theme, templates))
