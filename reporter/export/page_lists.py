"""The references and contacts of the page, with their links."""

import re
from collections.abc import Callable, Iterator, Mapping

from reporter.i18n import N_, Locale
from reporter.model import Contact, Country
from reporter.prose.markdown_writer import in_line

# As the page has them.
MAIN, ORGANISATIONS = "National Rapporteur or equivalent mechanism", "NGOs"
GROUPS = {
    "legislation": "Legislation",
    "plan": "National Action Plans",
    "report": "Reports",
    "link": "Links",
}
LAST_SIGNS, BACKSLASH = re.compile(r"(?=#+\Z)"), r"\\"


def heading_line(level: int, title: str) -> str:
    # Signs at its end would be taken for the end of the heading.
    return f"{'#' * level} {LAST_SIGNS.sub(BACKSLASH, in_line(title))}"


def references(country: Country, locale: Locale, level: int) -> Iterator[str]:
    for group, title in GROUPS.items():
        named = [each for each in country.references if each.group == group]
        items = [f"- {_link(each.title.text(locale.language), each.url)}" for each in named]
        if items:
            yield heading_line(level, title)
            yield "\n".join(items)


def contacts(country: Country, locale: Locale, level: int) -> Iterator[str]:
    """Offices with what they can be reached by: rapporteur, others, organisations."""
    rapporteur = [each for each in country.contacts if each.code == "rapporteur"]
    others = [each for each in country.contacts if each not in rapporteur]
    organisations = [each for each in others if each.ngo]
    for heading, found in (
        (MAIN, rapporteur),
        ("", [each for each in others if not each.ngo]),
        (ORGANISATIONS, organisations),
    ):
        if heading and found:
            yield heading_line(level, heading)
        for each in found:
            name = each.name.text(locale.language)
            yield f"**{in_line(name)}**" if heading else heading_line(level, name)
            if lines := [f"- {line}" for line in _contact(each, locale)]:
                yield "\n".join(lines)


def _contact(each: Contact, locale: Locale) -> Iterator[str]:
    if role := each.role.text(locale.language):
        yield in_line(role)
    if each.person:
        yield in_line(each.person)
    if each.telephone:
        yield locale.text(N_("Telephone: {n}"), n=_link(each.telephone, each.dialled))
    if each.email:
        yield locale.text(N_("E-mail: {address}"), address=_link(each.email, f"mailto:{each.email}"))
    if each.website:
        yield locale.text(N_("Website: {address}"), address=_link(each.website, each.website))


def _link(words: str, address: str) -> str:
    # Between angle brackets an address may have all but these.
    safe = re.sub(r"[<>\\\s]", lambda sign: f"%{ord(sign[0]):02X}", address).replace("&", "&amp;")
    return f"[{in_line(words)}](<{safe}>)" if address else in_line(words)


LISTS: Mapping[str, Callable[[Country, Locale, int], Iterator[str]]] = {"references": references, "contacts": contacts}
