import json
import threading


class Stock:
    def __init__(self):
        self._lock = threading.Lock()
        self._items: dict[str, int] = {}
        self._log: list[str] = []

    def add(self, name):
        with self._lock:
            self._items[name] = 1
            self._log.append(name)

    def drop(self, name):
        with self._lock:
            del self._items[name]
            self._log.remove(name)

    def show(self):
        with self._lock:
            items = self._items
        for name in items:  # want "`show` uses `Stock._items` after it has released `Stock._lock`"
            print(name)

    def dump(self):
        with self._lock:
            items = self._items
        return json.dumps(items)  # want "`dump` serialises `Stock._items`"

    def items(self):
        with self._lock:
            return self._items  # want "`items` returns `Stock._items` itself"

    def show_log(self):
        with self._lock:
            log = self._log
        for line in log:  # want "`show_log` uses `Stock._log`"
            print(line)
