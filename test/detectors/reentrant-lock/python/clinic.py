import asyncio
import threading


class Ward:
    def __init__(self):
        self._lock = threading.Lock()
        self._beds = {}

    def admit(self, patient):
        with self._lock:
            if self.is_full():  # want "`admit` holds `Ward\._lock` and calls `is_full`, which takes it again"
                return False
            self._beds[patient] = True
            return True

    def is_full(self):
        with self._lock:  # want-step "takes `Ward\._lock` again"
            return len(self._beds) > 20

    def transfer(self, patient, other):
        self._lock.acquire()
        try:
            self._lock.acquire()  # want "takes `Ward\._lock` again while it already holds it"
            self._beds.pop(patient)
        finally:
            self._lock.release()


class Rota:
    def __init__(self):
        self._lock = asyncio.Lock()
        self._shifts = []

    async def add(self, shift):
        async with self._lock:
            await self._notify(shift)  # want "holds `Rota\._lock` and calls `_notify`, which leads to `shifts`"
            self._shifts.append(shift)

    async def _notify(self, shift):
        for other in await self.shifts():
            print(other, shift)

    async def shifts(self):
        async with self._lock:
            return list(self._shifts)


_cache_lock = threading.Lock()
_cache = {}


def lookup(code):
    with _cache_lock:
        if code not in _cache:
            refresh(code)  # want "holds `.*_cache_lock` and calls `refresh`, which takes it again"
        return _cache[code]


def refresh(code):
    with _cache_lock:
        _cache[code] = code.upper()


class Intake:
    def __init__(self):
        self._lock = threading.Lock()
        self._patients = []

    def arrive(self, patient):
        with self._lock:
            self._enter(patient)  # want "holds `Intake\._lock` and calls `_enter`, which takes it again"

    def _enter(self, patient, locking=True):
        if locking:
            with self._lock:
                self._patients.append(patient)
