import asyncio
import threading
from collections.abc import Coroutine

import aiohttp


class Branch:
    def __init__(self, session: aiohttp.ClientSession):
        self._lock = threading.Lock()
        self._loans = {}
        self._session = session

    def count(self):
        with self._lock:
            return len(self._loans)

    def _start(self, work: Coroutine) -> asyncio.Task:
        return asyncio.get_running_loop().create_task(work)

    async def _tell(self, book):
        await self._session.post("https://catalogue.example.com", json=book)

    # What is handed to the task runs when the lock has been given back.
    def lend(self, book):
        with self._lock:
            self._loans[book] = True
            self._start(self._tell(book))
