"""Let WeasyPrint load nothing but the addresses of the document."""

from collections.abc import Mapping

from weasyprint.urls import URLFetcher, URLFetcherResponse  # type: ignore[import-untyped]

from reporter.theme.addresses import Addresses
from reporter.theme.templates import Templates
from reporter.theme.tokens import Theme


class Fetcher(URLFetcher):  # type: ignore[misc]
    """Loads what lies at the addresses of one document. Raises ValueError for any other address, which WeasyPrint
    logs."""

    def __init__(self, images: Mapping[str, bytes], theme: Theme, templates: Templates) -> None:
        super().__init__(allowed_protocols=())
        self.addresses = Addresses(images, theme, templates)

    def fetch(self, url: str) -> URLFetcherResponse:
        """Return the content at an address of this document."""
        content, media_type = self.addresses.load(url)
        return URLFetcherResponse(url, content, {"Content-Type": media_type})
