import asyncio


class Errands:
    def __init__(self):
        self.running = set()

    def add(self, errand):
        task = asyncio.get_event_loop().create_task(errand)
        self.running.add(task)
        return task


class Registry:
    """What is handed on and not waited for runs when the lock is free."""

    def __init__(self):
        self._lock = asyncio.Lock()
        self.errands = Errands()
        self.pages = []

    async def open(self):
        async with self._lock:
            self.errands.add(self.fill())

    async def fill(self):
        async with self._lock:
            self.pages.append("first")


class Gazette:
    """What is waited for runs now."""

    def __init__(self):
        self._lock = asyncio.Lock()
        self.errands = Errands()
        self.pages = []

    async def open(self):
        async with self._lock:
            await self.errands.add(self.fill())  # want "takes it again"

    async def fill(self):
        async with self._lock:
            self.pages.append("first")


def start(work):
    return asyncio.ensure_future(work)


class Bulletin:
    """What is started and kept runs when the lock is free."""

    def __init__(self):
        self._lock = asyncio.Lock()
        self.filling = None
        self.pages = []

    async def open(self):
        async with self._lock:
            self.filling = start(self.fill())

    async def fill(self):
        async with self._lock:
            self.pages.append("first")
