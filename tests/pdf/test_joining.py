"""Pieces joined are the document laid out as a whole, however they came about."""

import io
import random
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Name, Object
from weasyprint import Document as Pages  # type: ignore[import-untyped]

from reporter.data.files.store import Store
from reporter.data.theme.tokens import Theme
from reporter.formats.pdf import Pdf, Work, write_part, write_pdf
from reporter.formats.pdf.pieces.engine import Engine, Fetcher, write_raw
from reporter.formats.pdf.pieces.layout import Step
from reporter.formats.pdf.pieces.manuscript import Manuscript, units_of
from reporter.formats.pdf.pieces.work import from_bytes, to_bytes
from tests.pdf.layouts import as_one
from tests.pdf.tag_checks import Facts, PdfTag, TaggedText, read_facts
from tests.pdf.tagged import CHART, FACE
from tests.pictures import pictures, unlike
from tests.snapshots import TEMPLATES

PAGE = """<!DOCTYPE html><html lang="en"><head><title>Figures</title><style>{face}
@page {{ size: 120mm 120mm; margin: 15mm 10mm;
  @top-left {{ content: string(section, start) }} @bottom-right {{ content: counter(page) }} }}
@page :left {{ @top-right {{ content: "left" }} }}
h1 {{ string-set: section content(); bookmark-level: 1 }} h2 {{ bookmark-level: 2; break-after: avoid }}
.opens, .contents {{ break-before: page }} .note {{ float: footnote }}
.note::footnote-call, .note::footnote-marker {{ content: attr(data-number) }}
p {{ margin: 2mm 0 }}
.wide {{ break-inside: avoid; height: 55mm }} .flow {{ columns: 2 }} td, th {{ border: 1px solid }}
.line .page::after {{ content: attr(data-page) }}
</style></head><body><section id="cover"><p>Cover</p></section>
<nav class="contents" id="contents"><h1>Contents</h1>{lines}</nav>
<main>{parts}</main><section id="back" class="opens"><p>Back</p></section></body></html>"""
WORDS = ("people", "who", "were", "found", "and", "helped", "by", "the", "police", "of", "country", "in", "a", "year")


def sentence(chance: random.Random, count: int) -> str:
    return " ".join(chance.choice(WORDS) for _ in range(count)).capitalize() + "."


def chapter(chance: random.Random, number: int, opens: str) -> str:
    rows = "".join(f"<tr><th scope=row>{year}</th><td>{chance.randrange(90)}</td></tr>" for year in range(2000, 2012))
    note = f'<span class="note" id="note-{number}" data-number="{number}">Note {number}</span>'
    link = f'<a href="#part-{(number + 1) % 3}">the next part</a>'
    return (
        f'<section class="chapter {opens}" id="part-{number}"><h1>Part {number}</h1>'
        f'<div class="flow"><div class="text"><p>{sentence(chance, 90)}{note}</p><p>See {link}.</p></div></div>'
        f'<section id="part-{number}-a"><h2>Figures {number}</h2>'
        '<div class="wide"><figure><img src="chart:one" alt="A"></figure></div>'
        f'<div class="flow"><p>{sentence(chance, 60)}</p></div></section>'
        f'<section id="part-{number}-b"><h2>Table {number}</h2><div class="table"><table><caption>Cases</caption>'
        f"<thead><tr><th scope=col>Year</th><th scope=col>Cases</th></tr></thead><tbody>{rows}</tbody></table></div>"
        f'<div class="flow"><p>{sentence(chance, 120)}</p></div></section></section>'
    )


def short(changed: str = "") -> str:
    """A page that is laid out soon: two chapters, a note and a link."""
    note = '<span class="note" id="note-1" data-number="1">Note</span>'
    parts = f'<section class="chapter opens" id="part-0"><h1>One</h1><p>Few{note} words.</p></section>'
    parts += '<section class="chapter opens" id="part-1"><h1>Two</h1><p>See <a href="#part-0">one</a>.</p></section>'
    return PAGE.format(face=FACE.replace("margin: 0; padding: 0", ""), lines="", parts=parts + changed)


def html_of(seed: int) -> str:
    chance = random.Random(seed)
    parts = "".join(chapter(chance, n, "opens" if n % 2 == 0 else "follows") for n in range(3))
    line = '<p class="line"><a href="#part-{0}">Part {0}</a><span class="page" data-target="#part-{0}"></span></p>'
    lines = "".join(line.format(n) for n in range(3))
    return PAGE.format(face=FACE.replace("margin: 0; padding: 0", ""), lines=lines, parts=parts)


def work(theme: Theme, html: str, kept: Store | None = None) -> Work:
    return Work(html, {"one": CHART}, theme, TEMPLATES, kept or Store())


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return Store(tmp_path_factory.mktemp("kept"))


@pytest.fixture(scope="module")
def joined(theme: Theme, kept: Store) -> Pdf:
    return write_pdf(work(theme, html_of(1), kept))


@pytest.fixture(scope="module")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("warm")


@pytest.fixture(scope="module")
def cold(theme: Theme, warm: Path) -> Pdf:
    return write_pdf(work(theme, short(), Store(warm)))


@pytest.fixture(scope="module")
def whole(theme: Theme, joined: Pdf) -> Pages:
    return as_one(joined.html, Fetcher({"one": CHART}, theme, TEMPLATES))


def facts(content: bytes, folder: Path) -> Facts:
    path = folder / "read.pdf"
    path.write_bytes(content)
    return read_facts(path)


def told(tag: PdfTag) -> Iterator[tuple[str, str]]:
    for each in tag.walk():
        yield each.role, "".join(kid.text for kid in each.kids if isinstance(kid, TaggedText))


def raw(whole: Pages) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(write_raw(whole)))


def links(pdf: pikepdf.Pdf) -> list[list[str]]:
    return [[str(each.Dest) for each in page.obj.get(Name.Annots, ())] for page in pdf.pages]


def places(pdf: pikepdf.Pdf) -> dict[str, tuple[int, int, int]]:
    """The page of every named place, and where it is on it in points."""
    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    flat = list(pdf.Root.Names.Dests.Names)
    return {
        str(name): (pages[place[0].objgen], round(float(place[2])), round(float(place[3])))
        for name, place in zip(flat[::2], flat[1::2], strict=True)
    }


def outline(pdf: pikepdf.Pdf) -> list[tuple[int, str, int]]:
    """The entries of the outline with their depth, and the places they lead to."""
    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}

    def entries(items: list[pikepdf.OutlineItem], depth: int) -> Iterator[tuple[int, str, int]]:
        for each in items:
            target: Object = each.destination
            page = target[0]
            yield depth, each.title, page if isinstance(page, int) else pages[page.objgen]
            yield from entries(each.children, depth + 1)

    with pdf.open_outline() as found:
        return list(entries(found.root, 0))


def test_joined_pieces_look_like_the_whole(joined: Pdf, whole: Pages, tmp_path: Path) -> None:
    one, two = pictures(joined.content, tmp_path / "one"), pictures(write_raw(whole), tmp_path / "two")
    assert len(one) > 5
    assert [] == unlike(one, two)


def test_joined_pieces_lead_where_the_whole_leads(joined: Pdf, whole: Pages) -> None:
    with pikepdf.open(io.BytesIO(joined.content)) as pdf, raw(whole) as other:
        assert links(other) == links(pdf)
        assert places(other) == places(pdf)
        assert outline(other) == outline(pdf)
        assert [str(n) for n in range(1, joined.pages + 1)] == [page.label for page in pdf.pages]


def test_an_element_that_goes_on_in_the_next_piece_is_one_tag(joined: Pdf, tmp_path: Path) -> None:
    read = facts(joined.content, tmp_path)
    counted = Counter(role for role, _ in told(read.tree))
    assert (4, 6, 3, 3, 3) == tuple(counted[role] for role in ("H1", "H2", "Table", "Figure", "Note"))
    headings = [words for role, words in told(read.tree) if role in ("H1", "H2")]
    assert ["Contents", "Part 0", "Figures 0", "Table 0", "Part 1"] == headings[:5]
    # Cover, contents, the main part, back; in the main part three chapters.
    sections = [[kid for kid in tag.kids if isinstance(kid, PdfTag)] for tag in read.tree.walk()]
    assert 3 == max(len([each for each in kids if each.role == "Sect"]) for kids in sections)


def test_every_typeface_is_in_the_file_once(joined: Pdf) -> None:
    with pikepdf.open(io.BytesIO(joined.content)) as pdf:
        files = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and Name.FontFile2 in each]
        profiles = [each for each in pdf.objects if isinstance(each, pikepdf.Stream) and each.get(Name.N) == 3]
    assert len({str(each.FontName) for each in files}) == len(files) > 0
    assert 1 == len(profiles)


def test_a_file_of_pieces_is_hardly_larger(joined: Pdf, whole: Pages) -> None:
    with raw(whole) as pdf:
        target = io.BytesIO()
        pdf.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    assert len(joined.content) <= 1.1 * len(target.getvalue())


def test_what_did_not_change_is_not_laid_out_again(
    cold: Pdf, theme: Theme, warm: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    lay_out = Engine.lay_out
    monkeypatch.setattr(Engine, "lay_out", lambda *args: (seen.append(args[1].html), lay_out(*args))[1])
    assert cold == write_pdf(work(theme, short(), Store(warm)))
    assert [] == seen
    changed = short('<section class="chapter opens" id="part-9"><h1>Nine</h1><p>New.</p></section>')
    assert write_pdf(work(theme, changed)) == write_pdf(work(theme, changed, Store(warm)))
    # With nothing kept all of it; with what is kept only the new part.
    assert 1 == len([html for html in seen[-3:] if "New." in html])


def test_a_damaged_piece_is_made_again(cold: Pdf, theme: Theme, warm: Path, tmp_path: Path) -> None:
    shutil.copytree(warm, tmp_path, dirs_exist_ok=True)
    for path in tmp_path.glob("*.kept"):
        path.write_bytes(path.read_bytes()[:-9])
    assert cold == write_pdf(work(theme, short(), Store(tmp_path)))


def test_a_part_can_be_shown_on_paper_from_its_pieces(joined: Pdf, theme: Theme, kept: Store) -> None:
    with pikepdf.open(io.BytesIO(joined.content)) as pdf:
        first, after = (places(pdf)[name][0] for name in ("part-0", "part-2"))
        with pikepdf.open(io.BytesIO(write_part(work(theme, html_of(1), kept), "part-1-a"))) as part:
            assert [page.MediaBox for page in pdf.pages[first:after]] == [page.MediaBox for page in part.pages]
    with pytest.raises(KeyError):
        write_part(work(theme, short()), "nowhere")


def test_a_step_is_read_as_it_was_written() -> None:
    step = Step(late=("a", "b"))
    assert step == from_bytes(to_bytes(step))
    assert None is from_bytes(to_bytes(step)[1:])


def test_windows_of_a_part_hold_every_unit_once(theme: Theme) -> None:
    manuscript = Manuscript(html_of(3))
    part, in_main = next((part, in_main) for part, in_main in manuscript.parts() if in_main)
    start, seen = 0, []
    while (window := manuscript.window(part, start, 0.5, in_main=in_main)).units:
        seen += window.units
        start += len(window.units)
    assert list(units_of(part)) == seen
