"""The event stream beside another application, or alone in a process of its own (ROLE=stream)."""

from django.conf import settings

from wishare.core.pubsub import EVERYTHING, listening
from wishare.core.pubsub.board import BOARD
from wishare.core.pubsub.wires import wire
from wishare.core.serving import Application, Receive, Scope, Send
from wishare.live.stream import refuse, stream

PATH, HEALTH = "/live/stream", "/healthz"


class Live:
    """The stream at its address; everything else goes to `rest`."""

    def __init__(self, rest: Application) -> None:
        self._rest = rest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live_and_end(receive, send)
        elif scope["type"] == "http" and scope["path"] == PATH:
            await stream(scope, receive, send)
        else:
            await self._rest(scope, receive, send)

    async def _live_and_end(self, receive: Receive, send: Send) -> None:
        """Listens to pokes, of this process and of others, for as long as the server runs."""
        end = wire()
        with listening(EVERYTHING, BOARD.hear):
            await receive()
            BOARD.open(end.attend)
            end.start(alone=settings.ROLE == "all")
            await send({"type": "lifespan.startup.complete"})
            await receive()
            BOARD.close()
            end.stop()
        await send({"type": "lifespan.shutdown.complete"})


async def nothing_else(scope: Scope, receive: Receive, send: Send) -> None:
    """A process with ROLE=stream has no pages, but says that it is well."""
    await refuse(send, 200 if scope["path"] == HEALTH else 404)


#: For ROLE=stream.
application = Live(nothing_else)
