import threading


class Board:
    """Whatever changes it is run by the event loop, one step at a time."""

    def __init__(self):
        self._lock = threading.Lock()
        self._moves = {}

    def _note(self, move):
        with self._lock:
            self._moves[move] = True

    async def play(self, move):
        self._note(move)

    async def undo(self, move):
        with self._lock:
            self._moves.pop(move)

    async def clear(self):
        with self._lock:
            self._moves.clear()

    async def has(self, move):
        with self._lock:
            return move in self._moves

    async def count(self):
        return sum(1 for move in self._moves if move)  # want-info "All who write it run on the same event loop"

    async def replay(self, player):
        for move in self._moves:  # want "`replay` reads `Board._moves` without `Board._lock`"
            await player(move)


class Field:
    """Others change it from threads."""

    def __init__(self):
        self._lock = threading.Lock()
        self._moves = {}

    def note(self, move):
        with self._lock:
            self._moves[move] = True

    def drop(self, move):
        with self._lock:
            self._moves.pop(move)

    async def total(self):
        return sum(1 for move in self._moves if move)  # want "`total` reads `Field._moves` without `Field._lock`"
