import asyncio

from helpers import new_task


class Queues:
    def __init__(self):
        self._lock = asyncio.Lock()

    @new_task
    async def drop(self):
        async with self._lock:
            print("dropped")

    async def empty(self):
        async with self._lock:
            print("empty")

    async def run(self):
        async with self._lock:
            await self.drop()

    async def stop(self):
        async with self._lock:
            await self.empty()  # want "`stop` holds `Queues._lock` and calls `empty`"
