"""The references and contacts of the page, with their links."""

import re
from collections.abc import Callable, Iterator, Mapping

from reporter.i18n import N_, Locale
from reporter.model import Contact, Country
from reporter.prose.markdown_writer import in_line

# As the page has them.
MAIN = "National Rapporteur or equivalent mechanism"
GROUPS = {
    "legislation": "Legislation",
    "plan": "National Action Plans",
    "report": "Reports",
    "link": "Links",
}
LAST_SIGNS, BACKSLASH = re.compile(r"(?=#+\Z)"), r"\\"
# A single number as people write it; digits and a plus sign are what a telephone needs of it.
TELEPHONE = re.compile(r"\+?\d[\d\s().\u2010-\u2013-]*")


def heading_line(level: int, title: str) -> str:
    """A heading in Markdown."""
    # Signs at its end would be taken for the end of the heading.
    return f"{'#' * level} {LAST_SIGNS.sub(BACKSLASH, in_line(title))}"


def references(country: Country, locale: Locale, level: int) -> Iterator[str]:
    """Legislation, plans, reports and links, a list each."""
    for group, title in GROUPS.items():
        named = [each for each in country.references if each.group == group]
        items = [f"- {_link(each.title.text(locale.language), each.url)}" for each in named]
        if items:
            yield heading_line(level, title)
            yield "\n".join(items)


def contacts(country: Country, locale: Locale, level: int) -> Iterator[str]:
    """Offices, the rapporteur first, with what they can be reached by."""
    main = country.main_contact
    for each in sorted(country.contacts, key=lambda each: each is not main):
        name = each.name.text(locale.language)
        if each is main and each.code == "rapporteur":
            yield heading_line(level, MAIN)
            yield in_line(name)
        else:
            yield heading_line(level, name)
        if lines := tuple(_contact(each, locale)):
            yield "\n".join(f"- {line}" for line in lines)


def _contact(each: Contact, locale: Locale) -> Iterator[str]:
    if role := each.role.text(locale.language):
        yield in_line(role)
    if each.telephone:
        digits = re.sub(r"[^\d+]", "", each.telephone)
        address = f"tel:{digits}" if TELEPHONE.fullmatch(each.telephone) else ""
        yield locale.text(N_("Telephone: {n}"), n=_link(each.telephone, address))
    if each.email:
        yield locale.text(N_("E-mail: {address}"), address=_link(each.email, f"mailto:{each.email}"))
    if each.website:
        yield locale.text(N_("Website: {address}"), address=_link(each.website, each.website))


def _link(words: str, address: str) -> str:
    # Between angle brackets an address may have all but these.
    safe = re.sub(r"[<>\\\s]", lambda sign: f"%{ord(sign[0]):02X}", address).replace("&", "&amp;")
    return f"[{in_line(words)}](<{safe}>)" if address else in_line(words)


LISTS: Mapping[str, Callable[[Country, Locale, int], Iterator[str]]] = {"references": references, "contacts": contacts}
