import asyncio
import threading

import aiohttp


class Branch:
    def __init__(self, session: aiohttp.ClientSession):
        self._lock = threading.Lock()
        self._loans = {}
        self._session = session

    def count(self):
        with self._lock:
            return len(self._loans)

    async def _tell(self, book):
        await self._session.post("https://catalogue.example.com", json=book)

    # It waits for the end.
    def lend(self, book):
        with self._lock:
            self._loans[book] = True
            asyncio.run(self._tell(book))  # want "`lend` holds `Branch._lock`"
