"""The files that travel in a package: without addresses, however they are written."""

import pytest

from reporter.delivery.package_sources import without_addresses
from reporter.errors import ReporterError


def test_what_is_sent_to_whom_stays_here() -> None:
    text = b"title: {en: T}\nmail: {host: h.eu}\nrecipients:\n  office: {address: a@b.eu}\nlanguages: [en]\n"
    assert b"title: {en: T}\nlanguages: [en]\n" == without_addresses(text)


@pytest.mark.parametrize(
    "text",
    [
        "{title: {en: T}, recipients: {office: {address: a@b.eu}}}\n",
        'title: {en: T}\n"recipients": {office: {address: a@b.eu}}\n',
        'title: {en: T}\n"\\u006dail": {host: h.eu, from: a@b.eu}\n',
        "title: {en: T}\n? recipients\n: {office: {address: a@b.eu}}\n",
        "title: {en: T}\nrecipients : {office: {address: a@b.eu}}\n",
    ],
)
def test_settings_whose_addresses_cannot_be_told_apart_are_packed_for_nobody(text: str) -> None:
    with pytest.raises(ReporterError, match="does not begin a line of its own, so it cannot be kept out of a package"):
        without_addresses(text.encode())
