"""What a person would not notice at once: errors in the console, refused scripts, broken files, failed answers."""

from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response, WebError

#: Pages that say themselves what is wrong; every test that meets one looks at it.
TOLD_ON_THE_PAGE = {404, 422}


class Watch:
    """Collects the problems of all the browsers it is told to watch."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self.problems: list[str] = []

    def follow(self, context: BrowserContext) -> None:
        context.on("console", self._console)
        context.on("weberror", self._error)
        context.on("requestfailed", self._failed)
        context.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        """A failed answer is judged by `_response`; anything else that is red or yellow is a problem."""
        answered = message.text.startswith("Failed to load resource: the server responded")
        if message.type in {"error", "warning"} and not answered:
            self.problems.append(f"console: {message.text} ({message.location.get('url')})")

    def _error(self, error: WebError) -> None:
        self.problems.append(f"script: {error.error}")

    def _failed(self, request: Request) -> None:
        """A request that the person interrupted by going on, or that became a download, is no failure."""
        if self._ours(request.url) and request.failure != "net::ERR_ABORTED":
            self.problems.append(f"no answer: {request.method} {request.url} ({request.failure})")

    def _response(self, response: Response) -> None:
        page = response.request.resource_type == "document" or "hx-boosted" in response.request.headers
        told = page and response.status in TOLD_ON_THE_PAGE
        # A card that asks for itself while its wish is taken back goes, too.
        gone = response.status == 404 and urlsplit(response.url).path.endswith("/card")
        if self._ours(response.url) and response.status >= 400 and not told and not gone:
            self.problems.append(f"{response.status}: {response.request.method} {response.url}")

    def _ours(self, url: str) -> bool:
        parts = urlsplit(url)
        return f"{parts.scheme}://{parts.netloc}" == self.origin
