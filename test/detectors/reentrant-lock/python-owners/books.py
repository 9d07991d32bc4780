import asyncio
import contextlib


class Books:
    """Whoever writes already may write on."""

    def __init__(self, shelf):
        self._lock = asyncio.Lock()
        self._writer = None
        self._shelf = shelf

    @contextlib.asynccontextmanager
    async def writing(self):
        reader = asyncio.current_task()
        if self._writer == reader:
            yield self._shelf
            return
        async with self._lock:
            self._writer = reader
            try:
                yield self._shelf
            finally:
                self._writer = None

    async def restock(self, titles):
        async with self.writing():
            await self.sort(titles)

    async def sort(self, titles):
        async with self.writing() as shelf:
            shelf.order = sorted(titles)


class Atlases:
    """Who it is for says nothing of who asks."""

    def __init__(self, shelf):
        self._lock = asyncio.Lock()
        self._room = None
        self._shelf = shelf

    @contextlib.asynccontextmanager
    async def writing(self, room):
        if self._room == None:
            self._room = room
        async with self._lock:
            yield self._shelf

    async def restock(self, maps):
        async with self.writing("east"):
            await self.sort(maps)  # want "takes it again|is taken again"

    async def sort(self, maps):
        async with self.writing("east") as shelf:
            shelf.order = sorted(maps)
