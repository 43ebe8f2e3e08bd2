"""Values as a form shows them, and as somebody types them."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from reporter.edit.figure_fields import SHOWN, shown_value, typed_value
from reporter.errors import ReporterError, nearest
from reporter.i18n import Locale, country_codes
from reporter.load.amount import UNANSWERED
from reporter.model.label import ENGLISH
from reporter.web.forms.form_inputs import FormInput, InputKind
from reporter.web.forms.plain_values import Plain

VALUE_OF, WAS_OF, TICKED = "v:", "w:", "="
PARTED = re.compile(r"[,;\n]")
OPEN_SIGN = SHOWN[UNANSWERED]
# The longest name of a country has two commas.
MOST_PARTS = 3


def told_value(value: Plain | None) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return _paragraphs(value)
    return "\n".join(each if isinstance(each, str) else repr(each) for each in value)


def was_value(each: FormInput) -> str:
    value = told_value(each.now) or each.default
    return (
        value
        if each.kind is InputKind.PARAGRAPHS
        else value
        if each.kind in (InputKind.LIST, InputKind.COUNTRIES, InputKind.CHOICES)
        else " ".join(value.split())
    )


def shown_input(each: FormInput, locale: Locale) -> str:
    value = was_value(each)
    if each.kind is InputKind.AMOUNT:
        return shown_value(value)
    if each.kind is InputKind.COUNTRIES:
        return OPEN_SIGN if value == UNANSWERED else ", ".join(locale.country(code) for code in value.split())
    return value


def typed_input(each: FormInput, posted: Mapping[str, str], locale: Locale) -> Plain | None:
    """What somebody typed, as the file has it; None for nothing. Raises ReporterError for what is no such value."""
    name = f"{VALUE_OF}{each.name}"
    if each.kind is InputKind.TRUTH:
        return "true" if name in posted else "false"
    if each.kind is InputKind.CHOICES:
        there = [str(one) for one in each.now] if isinstance(each.now, list) else []
        words = (*there, *(word for word, _ in each.options if word not in there))
        return [word for word in words if f"{VALUE_OF}{each.name}{TICKED}{word}" in posted] or None
    typed = posted.get(name, "").replace("\r\n", "\n")
    if each.kind is InputKind.PARAGRAPHS:
        return _paragraphs(typed) or None
    if each.kind is InputKind.COUNTRIES:
        return (
            UNANSWERED
            if typed.strip() in (OPEN_SIGN, "...")
            else list(dict.fromkeys(_codes(typed, locale, each.now))) or None
        )
    if each.kind is InputKind.LIST:
        return [line for part in typed.split("\n") if (line := " ".join(part.split()))] or None
    plain = " ".join(typed.split())
    return (typed_value(plain) if each.kind is InputKind.AMOUNT else plain) if plain else None


def _paragraphs(text: str) -> str:
    return "\n\n".join(" ".join(each.split()) for each in re.split(r"\n\s*\n", text.strip()))


def _codes(typed: str, locale: Locale, now: Plain | None) -> Iterator[str]:
    parts = [" ".join(each.split()) for each in PARTED.split(typed)]
    there = {str(code).casefold(): str(code) for code in now} if isinstance(now, list) else {}
    known, at = {**there, **_names(locale)}, 0
    while at < len(parts):
        tried = ((count, ", ".join(parts[at : at + count]).casefold()) for count in range(MOST_PARTS, 0, -1))
        found = next(((count, known[name]) for count, name in tried if name in known), None)
        if found:
            yield found[1]
        elif parts[at]:
            near = nearest(parts[at].casefold(), known)
            hint = near if near.startswith("did") else "write names with commas between, or codes such as LT"
            raise ReporterError(f"no country is called {parts[at]!r}", hint=hint)
        at += found[0] if found else 1


@lru_cache(maxsize=8)
def _names(locale: Locale) -> Mapping[str, str]:
    speaking = (locale.speak(ENGLISH), locale)
    names = {str(each.country(code)).casefold(): code for each in speaking for code in country_codes()}
    return {**names, **{code.casefold(): code for code in country_codes()}}
