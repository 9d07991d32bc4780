import asyncio
from contextlib import asynccontextmanager

from fastapi import FastAPI

app = FastAPI()


class BerthLocks:
    def __init__(self):
        self._locks: dict[str, asyncio.Lock] = {}

    def _of(self, berth: str) -> asyncio.Lock:
        return self._locks.setdefault(berth, asyncio.Lock())

    @asynccontextmanager
    async def hold(self, berth: str):
        lock = self._of(berth)
        await lock.acquire()
        try:
            yield
        finally:
            lock.release()


class Berths:
    def __init__(self):
        self._locks = BerthLocks()
        self._ships: dict[str, int] = {}

    async def swap(self, here: str, there: str):
        async with self._locks.hold(here):
            async with self._locks.hold(there):  # want "^`swap` takes `self._locks.hold` of `here` and then of `there`"
                self._ships[there] = self._ships.pop(here)

    async def swap_in_order(self, here: str, there: str):
        first, second = sorted((here, there))
        async with self._locks.hold(first):
            async with self._locks.hold(second):
                self._ships[there] = self._ships.pop(here)

    async def leave(self, here: str, there: str):
        async with self._locks.hold(here):
            self._ships.pop(here)
        async with self._locks.hold(there):
            self._ships.pop(there)


berths = Berths()


@app.post("/swap")
async def swap(here: str, there: str):
    await berths.swap(here, there)
    await berths.swap_in_order(here, there)
    await berths.leave(here, there)
