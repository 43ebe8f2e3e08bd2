"""A page that runs, loads or sends something is refused, in whatever form it is written."""

from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporter.roundtrip.active_content import ELEMENTS, POLICY, active_content, picture_flaws
from reporter.roundtrip.style_content import declaration_flaws, sheet_flaws
from tests.fixtures import ROOT

TOP = (
    '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
)
CALM = f"""{TOP}<title>T</title>
<link rel="icon" href="data:image/svg+xml;base64,PHN2Zy8+">
<style>
@font-face {{font-family: "S"; src: url("data:font/ttf;base64,AA==")}}
@media (max-width: 9em) {{p {{color: red}}}}
p::after {{content: "» "; background: url(data:image/png;base64,AA==)}}
</style>
</head>
<body>
<h1 id="a">T &lt;script&gt;</h1>
<p class="x" style="color: #fff">See <a href="https://example.org/?a=1&amp;b=2">there</a>,
<a href="mailto:a@b.example">us</a>, <a href="#a">T</a>.</p>
<p><a download="d.csv" href="data:text/csv;charset=utf-8,a%2Cb">data</a></p>
<img src="data:image/png;base64,AA==" alt="A">
<svg viewBox="0 0 1 1" role="img" aria-label="x"><defs><style type="text/css">*{{fill:red}}</style></defs>
<path d="M0 0" clip-path="url(#c)"/></svg>
</body>
</html>
"""


# Where a part is laid in.
LINE = CALM[: CALM.index("<body>")].count("\n") + 2


def with_body(part: str) -> bytes:
    return CALM.replace("<body>\n", f"<body>\n{part}\n").encode()


def test_a_page_in_another_language_is_told_of_only_where_it_lies_beside() -> None:
    told = '<link rel="alternate" hreflang="lt" href="{}">'
    assert () == active_content(CALM.encode())
    assert () == active_content(CALM.replace("<style>", f"{told.format('XX-2020-lt.html')}<style>", 1).encode())
    for address in ("https://example.org/", "../XX-2020-lt.html", "data:image/png;base64,AA=="):
        page = CALM.replace("<style>", f"{told.format(address)}<style>", 1)
        assert 1 == len(active_content(page.encode())), address
    shared = CALM.replace("<style>", '<meta property="og:image" content="A"><style>', 1)
    assert 1 == len(active_content(shared.encode()))


def test_the_template_begins_with_the_policy_that_is_looked_for() -> None:
    template = (ROOT / "templates/web/page.html").read_text(encoding="utf-8")
    assert TOP.splitlines()[2:] == template.splitlines()[2:5]


BODY = [
    ("<p>\u202e42</p>", "has a character '\\u202e'"),
    ('<p title="&#8294;42">a</p>', "a character '\\u2066' in title"),
    ('<bdo dir="rtl">42</bdo>', "<bdo>, which no page of ours has"),
    ('<p popovertarget="a">a</p>', "an attribute that no page of ours has: popovertarget"),
    ('<svg><a href="&#106;avascript:x()">a</a></svg>', "href of <a> is 'javascript:x()'"),
    ('<a href="data:text/html,a">a</a>', "href of <a> is 'data:text/html,a'"),
    ('<a href="source/%2E%2e/%2e%2e/a.html">a</a>', "href of <a> is 'source/%2E%2e/%2e%2e/a.html'"),
    ('<a href="figures/..%2fa.csv">a</a>', "href of <a> is 'figures/..%2fa.csv'"),
    ('<div style="background: u\\72l(//e.example/a)">a</div>', "an address that is loaded: url('//e.example/a')"),
    ("<div style=\"width: -webkit-image-set('a' 1x)\">a</div>", "-webkit-image-set()"),
    ("<script>1</script>", "a script: <script>"),
    ("<noscript>x</noscript>", "a script: <noscript>"),
    ('<p onclick="x()">a</p>', "a handler: onclick of <p>"),
    ('<p OnPointerRawUpdate="x()">a</p>', "a handler: onpointerrawupdate of <p>"),
    ("<p/onclick=x()>a</p>", "onclick"),
    ('<svg><animate attributeName="href" values="javascript:1"/></svg>', "a change that runs by itself: <animate>"),
    ("<svg><foreignObject><p>a</p></foreignObject></svg>", "a page within a drawing: <foreignobject>"),
    ('<svg><image href="https://e.example/a.png"/></svg>', "an address that is loaded: <image>"),
    ('<svg><use href="https://e.example/a.svg#a"/></svg>', "href of <use>"),
    ('<svg><a xlink:href="javascript:x()">a</a></svg>', "an address that is loaded: xlink:href of <a>"),
    ('<svg><path d="M0" fill="url(https://e.example/a#b)"/></svg>', "an address that is loaded: url("),
    ('<math><mi href="https://e.example">a</mi></math>', "<math>"),
    ('<form action="https://e.example"></form>', "a form: <form>"),
    ("<input autofocus>", "a form: <input>"),
    ('<p formaction="https://e.example">a</p>', "an address that something is sent to: formaction of <p>"),
    ('<a href="#a" ping="https://e.example">a</a>', "an address that something is sent to: ping of <a>"),
    ('<a href="java&#10;script:x()">a</a>', "href of <a>"),
    ('<a href="&#106;avascript&colon;x()">a</a>', "href of <a>"),
    ('<a href=" javascript:x()">a</a>', "href of <a>"),
    ('<a href="file:///etc/passwd">a</a>', "href of <a>"),
    ('<a href="//e.example">a</a>', "href of <a>"),
    ('<a href="other.html">a</a>', "href of <a>"),
    ('<img src="https://e.example/a.png" alt="">', "src of <img>"),
    ('<img src="data:text/html,a" alt="">', "src of <img>"),
    ('<img srcset="https://e.example/a.png 2x" alt="">', "an address that is loaded: srcset of <img>"),
    ('<iframe src="https://e.example"></iframe>', "another page inside it: <iframe>"),
    ('<object data="a"></object>', "another page inside it: <object>"),
    ('<video src="a"></video>', "an address that is loaded: <video>"),
    ('<base href="https://e.example/">', "another place for all its addresses: <base>"),
    ('<meta http-equiv="refresh" content="0;url=https://e.example">', "a refresh: <meta>"),
    ('<meta http-equiv=" REFRESH" content="0">', "a refresh: <meta>"),
    ('<meta http-equiv="Set-Cookie" content="a=b">', "a command to the browser: <meta>"),
    ('<link rel="stylesheet" href="https://e.example/a.css">', "an address that is loaded: <link>"),
    ('<link rel="icon" href="https://e.example/a.ico">', "href of <link>"),
    ('<p background="https://e.example">a</p>', "an address that is loaded: background of <p>"),
    ('<p style="background: url(https://e.example)">a</p>', "an address that is loaded: url("),
    (r'<p style="background: u\72l(https://e.example)">a</p>', "an address that is loaded: url("),
    ("<p style=\"background: image-set('https://e.example' 1x)\">a</p>", "image-set()"),
    ("<p contenteditable>a</p>", "an attribute that no page of ours has: contenteditable"),
    ("<x-own>a</x-own>", "<x-own>"),
    ("<!-- a -->", "a comment"),
    ("<!--> <script>1</script> -->", "'<!-->"),
    ("<![CDATA[<script>1</script>]]>", "'<![CDATA["),
    ("<?xml-stylesheet href='a'?>", "'<?xml"),
    ("<p a='<script>'>a</p>", "'<p a="),
    ('<p class="a" class="b" onx>a</p>', "a handler: onx of <p>"),
    ('<p><body onload="x()">a</p>', "a handler: onload of <body>"),
    ("</p onclick=x()>", "'</p onclick"),
    ("<p", "'<p"),
    ("<style>@import 'https://e.example';</style>", "a rule that no page of ours has: @import"),
    (r"<style>@\69mport 'https://e.example';</style>", "@"),
    ("<style>p {a: src('https://e.example')}</style>", "an address that may be loaded: src()"),
    ("<style>p {b: {c: url(https://e.example)}}</style>", "an address that is loaded: url("),
    ("<style>/* </style><script>1</script> */</style>", "a script: <script>"),
    (
        "<svg><style>p {a: ur&#108;(https://e.example)}</style></svg>",
        "as browsers read it, has an address that is loaded: url(",
    ),
    ('<svg><title><p onclick="x()">a</p></title></svg>', "a handler: onclick of <p>"),
    (f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">', "a second Content-Security-Policy"),
    ('<meta http-equiv="content-security-policy" content="default-src *">', "another Content-Security-Policy"),
    ('<meta charset="utf-7">', "another encoding"),
    ("\x00<p>a</p>", "has a character"),
]


@pytest.mark.parametrize(("part", "expected"), BODY)
def test_what_is_active_is_told_with_its_line_and_what_it_is(part: str, expected: str) -> None:
    flaws = active_content(with_body(part))
    assert any(expected.lower() in each.lower() for each in flaws), flaws
    assert f"line {LINE}: " in flaws[0] or flaws[0].startswith("as browsers read it")


@pytest.mark.parametrize(
    "content",
    [
        CALM.replace("'none'", "*"),
        CALM.replace("default-src 'none'; ", ""),
        CALM.replace(TOP.splitlines()[4] + "\n", ""),
        CALM.replace(TOP.splitlines()[4], f"<title>T</title>\n{TOP.splitlines()[4]}"),
        CALM.replace("<head>", '<head><link rel="icon" href="data:image/png;base64,AA==">'),
        CALM.replace("<!DOCTYPE html>\n", ""),
        CALM.replace("<!DOCTYPE html>", '<!DOCTYPE html PUBLIC "a">'),
        CALM.replace('<html lang="en">', '<html lang="en" manifest="a">'),
        CALM.replace('charset="utf-8"', 'charset="utf-7"'),
        f"\ufeff{CALM}",
        f" {CALM}",
        "",
    ],
)
def test_a_page_that_does_not_begin_as_ours_is_refused(content: str) -> None:
    assert active_content(content.encode())


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32", "utf-7"])
def test_a_page_in_another_encoding_is_refused(encoding: str) -> None:
    part = with_body("<p>\u2014</p>").decode()
    assert active_content(part.encode(encoding))
    assert active_content(CALM.encode().replace(b"See", b"\xff"))


@settings(max_examples=40)
@given(st.text("<>/=\"'& \n\t!-[]?abons:;", min_size=1, max_size=40))
def test_no_mutation_hides_a_tag(noise: str) -> None:
    """Whatever stands before it: a script that a browser could see is told."""
    assert active_content(with_body(f"{noise}<script>1</script>"))
    assert active_content(with_body(f'{noise}<p onclick="x()">a</p>'))


@settings(max_examples=40)
@given(st.sampled_from(sorted(ELEMENTS)), st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=12))
def test_no_element_may_have_a_handler(tag: str, event: str) -> None:
    assert f"line {LINE}: has a handler: {f'on{event}'[:20]} of <{tag}>" in active_content(
        with_body(f'<{tag} on{event}="x()">')
    )


def test_a_page_too_large_or_too_deep_is_refused() -> None:
    assert active_content(b"a" * ((64 << 20) + 1))
    assert active_content(with_body(f"<style>{'{' * 5000}</style>"))


# stylesheets and pictures that a page offers


@pytest.mark.parametrize(
    "css",
    [
        '@font-face {font-family: A; src: url("data:font/ttf;base64,AA==") format("truetype"), local("B")}',
        "@media print {p {color: var(--a); width: calc(1px + 2em)}} @supports (a: b) {p {c: d}}",
        "p {fill: url(#a); background: url(data:image/png;base64,AA==)}",
        'p::before {content: "https://example.org"}',
    ],
)
def test_what_a_stylesheet_holds_is_no_flaw(css):
    assert [] == list(sheet_flaws(css))


@pytest.mark.parametrize("address", ["https://e.example", "//e.example", "a.css", "data:text/html,a", ""])
@pytest.mark.parametrize("form", ["url({})", "url('{}')", 'URL( "{}" )', "u\\52 l({})", "\\000075rl({})"])
def test_any_other_address_is_told_in_every_form(address, form):
    assert list(declaration_flaws(f"a: {form.format(address)}"))
    assert list(sheet_flaws(f"@media screen {{p {{a: b {form.format(address)}}}}}"))


@settings(max_examples=40)
@given(
    st.sampled_from(["import", "IMPORT", "im\\70ort", "namespace", "document", "charset"]), st.text("; {}", max_size=9)
)
def test_a_rule_that_none_of_ours_has_is_told(rule, before):
    assert list(sheet_flaws(f"{before}@{rule} 'a';"))


START = "data:image/svg+xml;charset=utf-8,"
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">'


def told_of_picture(inner: str) -> list[str]:
    return list(picture_flaws(START + quote(f"{DRAWING}{inner}</svg>")))


@pytest.mark.parametrize(
    "inner",
    [
        "<script>1</script>",
        '<g onload="x()"/>',
        '<image href="https://example.org/a.png"/>',
        '<use href="#a"/>',
        '<a href="https://example.org"><text>a</text></a>',
        '<path style="fill:url(https://example.org/a)"/>',
        '<path fill="url(https://example.org/a)"/>',
        "<foreignObject><p>a</p></foreignObject>",
        '<animate attributeName="x"/>',
        "<!DOCTYPE svg [<!ENTITY a 'b'>]>",
        "<?xml-stylesheet href='https://example.org/a.css'?>",
        "<text>&a;</text>",
        '<g xmlns="http://www.w3.org/1999/xhtml"/>',
        "<style>*{fill:red}</style>",
    ],
)
def test_what_would_act_in_a_picture_is_found(inner):
    assert [] == told_of_picture(
        '<title>A &amp; B</title><g><path d="M0,0" style="fill:#fff"/><text x="1">a</text></g>'
    )
    assert told_of_picture(inner)


def test_a_picture_that_acts_is_found_on_its_page():
    address = START + quote(f"{DRAWING}<script>1</script></svg>")
    (flaw,) = active_content(with_body(f'<p><a download="a.svg" href="{address}">a</a></p>'))
    assert f"line {LINE}: has <script> in a picture" == flaw
