"""A stylesheet loads nothing but what it holds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporter.roundtrip.style_content import declaration_flaws, sheet_flaws


@pytest.mark.parametrize(
    "css",
    [
        '@font-face {font-family: A; src: url("data:font/ttf;base64,AA==") format("truetype"), local("B")}',
        "@media print {p {color: var(--a); width: calc(1px + 2em)}} @supports (a: b) {p {c: d}}",
        "p {fill: url(#a); background: url(data:image/png;base64,AA==)}",
        'p::before {content: "https://example.org"}',
    ],
)
def test_what_lies_inside_is_no_flaw(css):
    assert [] == list(sheet_flaws(css))


@pytest.mark.parametrize(
    "address", ["https://e.example", "//e.example", "a.css", "data:text/html,a", "javascript:1", "file:///a", ""]
)
@pytest.mark.parametrize("form", ["url({})", "url('{}')", 'URL( "{}" )', "u\\52 l({})", "\\000075rl({})"])
def test_any_other_address_is_told_in_every_form(address, form):
    assert list(declaration_flaws(f"a: {form.format(address)}"))
    assert list(sheet_flaws(f"@media screen {{p {{a: b {form.format(address)}}}}}"))


@given(
    st.sampled_from(["import", "IMPORT", "im\\70ort", "namespace", "document", "charset"]), st.text("; {}", max_size=9)
)
def test_a_rule_that_none_of_ours_has_is_told(rule, before):
    assert list(sheet_flaws(f"{before}@{rule} 'a';"))
