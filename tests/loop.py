"""One event loop for all programs under mocks, since Pulumi wants a current one, and its threads outlive a program."""

from __future__ import annotations

import asyncio
import atexit
import contextvars
from collections.abc import Awaitable, Callable

_LOOP = asyncio.new_event_loop()
atexit.register(_LOOP.close)


def run(program: Callable[[], Awaitable[None]]) -> None:
    """Runs a program in a context of its own, as a process would."""

    async def main() -> None:
        await program()

    asyncio.set_event_loop(_LOOP)
    contextvars.copy_context().run(_LOOP.run_until_complete, main())
