import asyncio
import threading


class Mailbox:
    def __init__(self):
        self._turn = asyncio.Lock()
        self._letters = {}

    async def empty(self, name):
        async with self._turn:
            letters = self._letters[name]
            await asyncio.gather(*letters)
            del self._letters[name]

    async def empty_all(self):
        async with self._turn:
            for name in list(self._letters):
                await asyncio.gather(*self._letters[name])
            self._letters = {}

    # It runs in one step, and could not wait for the lock.
    def post(self, name, letter):
        if name not in self._letters:
            self._letters[name] = []  # want-info "`post` changes `Mailbox\._letters` without `Mailbox\._turn`.* which runs the function in one step"
        self._letters[name].append(letter)


class Pigeonhole:
    def __init__(self):
        self._turn = threading.Lock()
        self._letters = {}

    def empty(self, name):
        with self._turn:
            letters = self._letters[name]
            del self._letters[name]
            return letters

    def empty_all(self):
        with self._turn:
            self._letters = {}

    def post(self, name, letter):
        if name not in self._letters:
            self._letters[name] = []  # want "`post` changes `Pigeonhole\._letters` without `Pigeonhole\._turn`.* What `\w+` writes meanwhile may be lost"
        self._letters[name].append(letter)
