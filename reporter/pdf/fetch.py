"""The one way by which WeasyPrint may load anything: the addresses of the document."""

from collections.abc import Mapping

from weasyprint.urls import URLFetcher, URLFetcherResponse  # type: ignore[import-untyped]

from reporter.theme.addresses import Addresses
from reporter.theme.templates import Templates
from reporter.theme.tokens import Theme


class Fetcher(URLFetcher):  # type: ignore[misc]
    """Answers the addresses of one document; raises ValueError for any other, which WeasyPrint logs."""

    def __init__(self, images: Mapping[str, bytes], theme: Theme, templates: Templates) -> None:
        super().__init__(allowed_protocols=())
        self.addresses = Addresses(images, theme, templates)

    def fetch(self, url: str) -> URLFetcherResponse:
        """The content at an address of this document."""
        content, media_type = self.addresses.load(url)
        return URLFetcherResponse(url, content, {"Content-Type": media_type})
