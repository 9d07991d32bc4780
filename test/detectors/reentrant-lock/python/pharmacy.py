import asyncio
import threading


class Store:
    def __init__(self):
        self._lock = threading.RLock()
        self._changed = threading.Condition()
        self._stock = {}

    # Its holder may take it again.
    def give(self, drug):
        with self._lock:
            if self.count(drug) > 0:
                self._stock[drug] -= 1

    def count(self, drug):
        with self._lock:
            return self._stock.get(drug, 0)

    def refill(self, drug):
        with self._changed:
            self.tell(drug)

    def tell(self, drug):
        with self._changed:
            self._changed.notify_all()


class Shelf:
    def __init__(self):
        self._lock = threading.Lock()
        self._items = []

    # Given back in between.
    def take(self):
        with self._lock:
            item = self._items.pop()
        return item, self.size()

    def size(self):
        with self._lock:
            return len(self._items)

    # It is only tried.
    def glance(self):
        with self._lock:
            return self.size_now()

    def size_now(self):
        if self._lock.acquire(blocking=False):
            self._lock.release()
        return len(self._items)

    # In a thread of its own.
    def report(self):
        with self._lock:
            threading.Thread(target=self.size).start()

    # Another object.
    def merge(self, other: "Shelf"):
        with self._lock:
            return other.size()


class Orders:
    def __init__(self):
        self._lock = asyncio.Lock()

    # Runs when this one is done.
    async def place(self, order):
        async with self._lock:
            asyncio.create_task(self.audit(order))

    async def audit(self, order):
        async with self._lock:
            print(order)


class Ledger:
    def __init__(self):
        self._lock = threading.Lock()
        self._lines = []

    # Whoever has the lock says so, by a name or by leaving out what asks for it.
    def dispense(self, line):
        with self._lock:
            self._write(line, locking=False)
            self._note(line)

    def _write(self, line, locking=True):
        if locking:
            self._lock.acquire()
        self._lines.append(line)
        if locking:
            self._lock.release()

    def _note(self, line, alone=False):
        if alone:
            with self._lock:
                self._lines.append(line)
