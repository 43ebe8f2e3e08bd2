"""Render a document as one page for screens: self-contained, without scripts or requests."""

import re
import textwrap
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from html import escape
from urllib.parse import quote

from markupsafe import Markup

from reporter.data.records import EditionStatus, Observation
from reporter.data.theme.cover import Addresses, Templates
from reporter.data.theme.tokens import FontFace, Theme
from reporter.formats.html.arrange import FULL, STRIP, chart_width
from reporter.formats.html.embed import PLAIN, ROOT, Look, embed, lean, look_of
from reporter.formats.html.html import HtmlWriter, Lead, Words, environment_of, fill, kind
from reporter.report.document.document import Document, Edition, Figure, Proposals, Section, Table
from reporter.report.document.note_lines import as_sentence, notes_by_mark
from reporter.report.document.plot import Columns, Drawing, DrawingJob, Ledger, Panels, Plot, Rows, YearStrip
from reporter.text.tree import Note, Text, calls


def description_of(document: Document, words: Words) -> str:
    """What a page is, and the headline of its first chapter unless the edition is restricted or unpublished."""
    edition = document.edition
    what = words("{title}: {country}, {about}", title=edition.title, country=edition.country_name, about=edition.about)
    line = document.sections[0].headline if document.sections else None
    hidden = edition.restricted or edition.unpublished or edition.status is EditionStatus.DRAFT
    if hidden or line is None or line.language:
        return what
    return f"{what}. {' '.join(line.words.split())}"


def before_contents(document: Document) -> int:
    """The number of chapters before the contents: 1 for key figures, which must come first on small screens."""
    first = document.sections[0] if document.sections else None
    if first is None or first.number or first.front:
        return 0
    return int(any(isinstance(block, (Figure, Table)) for block in first.blocks))


START = "data:image/svg+xml;charset=utf-8,"
# The characters that an address may have as they are, and the fallback typefaces.
KEPT, FALLBACK = "/:;=,!$'()*+-._~@?", "Source Sans Pro, Calibri, Carlito, Arial, sans-serif"
# In points: the margin, the gap between the parts, and the least width.
MARGIN, APART, LEAST = 12.0, 9.0, 280.0
TAG, PATH = re.compile(r"<[^<>]*>"), re.compile(r' d="([^"]*)"')
TOLD = re.compile(r'<g class="told".*?</g>', re.S)
# A letter is at most about this wide in any typeface, in em.
LETTER = 0.6


def picture_of(figure: Figure, edition: Edition, drawings: Mapping[str, bytes], words: Words, theme: Theme) -> str:
    """The address of a picture with all that a figure shows, its words included; usable as an attribute as it is."""
    opened = [_opened(name, drawings[name]) for name, _ in figure.drawings()]
    wide = max(LEAST, *(across for _, across, _ in opened))
    drawn, top = _lines(_over(figure, words), wide, MARGIN, theme)
    rows = figure.plot.rows if isinstance(figure.plot, Ledger) else ()
    for place, (inner, _, down) in enumerate(opened):
        if rows:
            row = rows[place]
            row_parts = (
                (" ".join(filter(None, (f"{row.label}: {row.value}", row.calls))), 10.0, 600),
                (" ".join(filter(None, (row.change, row.context))), 8.5, 400),
            )
            head, top = _lines(row_parts, wide, top, theme)
            drawn, top = drawn + head, top - APART
        drawn += f'<g transform="translate({MARGIN:g} {top:g})">{inner}</g>'
        top += down + APART
    if isinstance(figure.plot, Ledger):
        drawn += _years(figure.plot.labels, opened[-1][1], top, theme)
        top += APART
    below, bottom = _lines(_under(figure, edition, words), wide, top, theme)
    width, height = wide + 2 * MARGIN, bottom + MARGIN - APART
    size = f'viewBox="0 0 {width:g} {height:g}" width="{width:g}pt" height="{height:g}pt"'
    picture = (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="{escape(theme.family)}, {FALLBACK}"'
        f' stroke-linejoin="round" stroke-linecap="butt" role="img">'
        f"<title>{escape(figure.caption, quote=False)}</title><desc>{escape(figure.alt, quote=False)}</desc>"
        f'<rect width="{width:g}" height="{height:g}" fill="{theme.colours["paper"]}"/>{drawn}{below}</svg>'
    )
    # An address may have apostrophes and commas as they are; a quotation mark or a space takes three characters.
    brief = TAG.sub(
        lambda tag: PATH.sub(lambda path: f' d="{path[1].replace(" ", ",")}"', tag[0]).replace('"', "'"), picture
    )
    return START + quote(brief, safe=KEPT)


def _opened(name: str, drawing: bytes) -> tuple[str, float, float]:
    """The content of a drawing, and its width and height in points."""
    root = ROOT.search(drawing.decode())
    if root is None:
        raise ValueError(f"the chart {name} is no drawing with a viewBox")
    _, _, across, down = map(float, root["box"].split())
    inner, _, _ = drawing.decode()[root.end() :].rpartition("</svg>")
    return lean(TOLD.sub("", inner)).strip(), across, down


def _years(labels: Sequence[str], across: float, top: float, theme: Theme) -> str:
    pitch = across / max(len(labels), 1)
    return "".join(
        f'<text x="{MARGIN + (place + 0.5) * pitch:g}" y="{top:g}" font-size="7.5" text-anchor="middle"'
        f' fill="{theme.colours["text"]}">{escape(label, quote=False)}</text>'
        for place, label in enumerate(labels)
    )


def _over(figure: Figure, words: Words) -> Iterable[tuple[str, float, int]]:
    """The text over a figure: text, size and weight of each part."""
    yield words("Figure {n}", n=figure.number), 8.5, 600
    if figure.headline:
        yield figure.headline.words, 12.0, 600
        yield " ".join(filter(None, (as_sentence(figure.caption), figure.unit_line))), 8.5, 400
    else:
        yield figure.caption, 12.0, 600
        yield figure.unit_line, 8.5, 400


def _under(figure: Figure, edition: Edition, words: Words) -> Iterable[tuple[str, float, int]]:
    """The text under a figure: notes, source, and where it was taken from."""
    for own, text in notes_by_mark(figure.notes):
        mark = f"({own})" if len(own) == 1 else own if own[:1] in ("", "(") else f"{own}:"
        yield f"{mark} {as_sentence(text)}".strip(), 7.5, 400
    yield f"{words('Source:')} {as_sentence(figure.source_note)}", 7.5, 400
    sentence = words(
        "{country}: {subtitle} – {title}", country=edition.country_name, subtitle=edition.subtitle, title=edition.title
    )
    notes = (sentence, edition.publisher, edition.unpublished, edition.restricted)
    yield ". ".join(filter(None, notes)), 7.5, 400


def _lines(parts: Iterable[tuple[str, float, int]], wide: float, top: float, theme: Theme) -> tuple[str, float]:
    lines: list[str] = []
    for words, size, weight in parts:
        colour = theme.colours["ink"] if weight > 400 else theme.colours["text"]
        for line in textwrap.wrap(words, max(int(wide / size / LETTER), 20)):
            top += size * 1.25
            lines.append(
                f'<text x="{MARGIN:g}" y="{top:g}" font-size="{size:g}" font-weight="{weight}" fill="{colour}">'
                f"{escape(line, quote=False)}</text>"
            )
    return "".join(lines), top + APART


# In mm: a chart on a phone. The sheet figure.css has the same width, and that of a chart across the page.
NARROW = 68.0
# The ending of a narrow drawing's name.
ENDING = "-narrow"
# A phone has room for this many bars; of more, each series keeps this many years.
MOST_BARS, YEARS = 36, 6


def chart_widths(document: Document) -> dict[str, float]:
    """The width in mm at which each chart must be drawn to fit its page, by the code of its figure."""
    return {name: chart_width(plot) for name, plot in document.plots().items()}


def paper_drawings(document: Document) -> tuple[DrawingJob, ...]:
    widths, language = chart_widths(document), document.edition.language
    return tuple(DrawingJob(name, plot, widths[name], language=language) for name, plot in document.plots().items())


def screen_drawings(document: Document) -> tuple[DrawingJob, ...]:
    """The drawings of a document for screens, with words on their marks, as wide as on paper where possible so that
    both look the same. Charts across the page also get a narrow drawing, as do the years of a key figure."""
    labels = {
        name: figure.plot.labels
        for figure in document.figures()
        if isinstance(figure.plot, Ledger)
        for name, _ in figure.drawings()
    }
    widths, jobs, language = chart_widths(document), list[DrawingJob](), document.edition.language
    for name, on_paper in document.plots().items():
        plot = replace(on_paper, labels=labels.get(name, ())) if isinstance(on_paper, YearStrip) else on_paper
        width = widths[name] if has_narrow(plot) else min(widths[name], NARROW)
        jobs.append(DrawingJob(name, plot, width, titled=True, language=language))
        if has_narrow(plot):
            jobs.append(DrawingJob(f"{name}{ENDING}", narrowed(plot), NARROW, titled=True, language=language))
    return tuple(jobs)


def has_narrow(plot: Drawing) -> bool:
    return chart_width(plot) in (FULL, STRIP)


def narrowed(plot: Drawing) -> Drawing:
    """The chart for a phone: all of it, or the latest years of many columns."""
    if not leaves_out(plot):
        return plot
    if isinstance(plot, Panels):
        return replace(plot, panels=tuple(map(_latest, plot.panels)))
    if not isinstance(plot, Rows):
        return plot
    return replace(plot, rows=tuple(map(_latest, plot.rows)), totals=_latest(plot.totals) if plot.totals else None)


def leaves_out(plot: Drawing | Plot) -> bool:
    """Whether a phone shows only the latest years of a chart; the page then says where the earlier ones are."""
    series = plot.panels if isinstance(plot, Panels) else plot.rows if isinstance(plot, Rows) else ()
    longest = max((len(panel.labels) for panel in series), default=0)
    years = all(label.isdecimal() for panel in series for label in panel.labels)
    return years and longest > YEARS and len(series) * longest > MOST_BARS


def _latest(series: Columns) -> Columns:
    first, *later = series.bars[-YEARS:]
    return replace(series, labels=series.labels[-YEARS:], bars=(replace(first, broken=False), *later))


# Templates in this folder override those of the same name in the parent, which the PDF uses.
FOLDER = "web"
PAGE = "page.html"
HEADINGS = {1: "h2", 2: "h3", 3: "h4"}
WEIGHTS, UPRIGHT = (400, 600), "normal"
# Text between tags; the number of an inserted article, such as 147-1.
TEXT = re.compile(r">[^<]+<")
ARTICLE = re.compile(r"(?<![\w./-])\d{1,4}-\d{1,2}(?![\w/-])")


@dataclass(frozen=True, slots=True)
class WebData:
    """The charts as SVG by name, and the CSV of each chart and table by its code, for a page."""

    images: Mapping[str, bytes]
    csv: Mapping[str, str]


def to_web(document: Document, theme: Theme, words: Words, templates: Templates, data: WebData) -> str:
    """Render the publication as one self-contained page; `words` translates, `templates` are the folders of pages.
    Raises ReporterError with file and line of a template that fails, or with what the page would have to load."""
    csv = {code: f"data:text/csv;charset=utf-8,{quote(text, safe=PLAIN)}" for code, text in data.csv.items()}
    html = WebRenderer(words, templates).fill(document, theme, csv, pictures_of(document, theme, words, data.images))
    return embed(html, Addresses(data.images, theme, templates))


class WebRenderer:
    """Fills in the templates of a page, cached. `lead` gives the address to which a printed value links; without it, as
    in what is published, values do not link, and cells of tables name the figure that they print."""

    def __init__(self, words: Words, templates: Templates, lead: Lead | None = None) -> None:
        self.words, self.templates, self.lead = words, templates, lead
        self.environment = environment_of(words, templates, FOLDER)
        if lead:
            self.environment.filters["leads"] = lambda item: Markup(' data-at="{}"').format(lead(item)) if item else ""

    def fill(self, document: Document, theme: Theme, csv: Mapping[str, str], pictures: Mapping[str, str]) -> str:
        """The page with the addresses of what it loads, and of chart data and pictures by code. Raises as `fill`."""
        self.environment.filters.update(_filters(document, self.words, self.lead))
        if not self.lead:
            self.environment.filters["leads"] = partial(_named, of_country=bool(document.edition.sides))
        look = look_of(theme, document.edition.country)
        values = {
            # The workbench has no such files.
            "companions": () if self.lead else document.companions,
            "description": description_of(document, self.words),
            "before_contents": before_contents(document),
            "document": document,
            "edition": document.edition,
            "look": replace(look, faces=_faces(look)),
            "headings": HEADINGS,
            "screen": True,
            "csv": csv,
            "pictures": pictures,
        }
        head, body, rest = fill(self.environment, PAGE, values, document.edition.language).partition("<body")
        # Numbers of articles such as 147-1 stay on one line: browsers would break them at the hyphen.
        rest = TEXT.sub(lambda text: ARTICLE.sub(r'<span class="article">\g<0></span>', text[0]), rest)
        return head + body + rest


def pictures_of(document: Document, theme: Theme, words: Words, images: Mapping[str, bytes]) -> dict[str, str]:
    """The addresses of charts as separate pictures, by the codes of their figures."""
    return {
        figure.code: picture_of(figure, document.edition, images, words, theme)
        for figure in document.figures()
        if all(name in images for name, _ in figure.drawings())
    }


def _named(observation: Observation | None, *, of_country: bool) -> Markup:
    """The address and year of the figure in a cell, and its country where several are compared."""
    if not observation:
        return Markup("")
    country = Markup(' data-country="{}"').format(observation.country) if of_country else Markup("")
    return Markup(' data-figure="{}@{}"').format(observation.address, observation.year or "") + country


def _filters(document: Document, words: Words, lead: Lead | None) -> dict[str, Callable[..., object]]:
    """The filters of templates for one document; they know where chart data are and which notes a chapter calls."""
    behind = {figure.table.code for figure in document.figures()}

    def placed(block: object) -> str:
        return "pointer" if isinstance(block, Table) and block.code in behind else kind(block)

    def footnotes(chapter: Section) -> tuple[Note, ...]:
        blocks = [block for section in chapter.walk() for block in section.blocks]
        texts = [block for block in blocks if isinstance(block, Text)]
        texts += [text for block in blocks if isinstance(block, Proposals) for text in block.texts()]
        called = {call.number for text in texts for call in calls(text.nodes)}
        return tuple(note for note in document.notes if note.number in called)

    return {
        "kind": placed,
        "footnotes": footnotes,
        "html": HtmlWriter(document.edition.language, words, screen=True, lead=lead),
        # The data below a chart omit the source and the note that refers to the chart.
        "beneath": lambda table: replace(table, source_note="", notes=tuple(note for note in table.notes if note[0])),
        "has_narrow": has_narrow,
        "leaves_out": leaves_out,
    }


def _faces(look: Look) -> tuple[FontFace, ...]:
    """The typefaces for screens, upright only: each adds 250 kB, and browsers slant the few italic words."""
    text, upright = look.faces[0].family, (face for face in look.faces if face.style == UPRIGHT)
    return tuple(
        face for face in upright if face.weight in WEIGHTS and (face.family == text or face.weight == WEIGHTS[0])
    )
