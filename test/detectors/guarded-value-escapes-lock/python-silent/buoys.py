import json
import threading


class Buoys:
    def __init__(self):
        self._lock = threading.Lock()
        self._items: dict[str, int] = {}
        self._log: list[str] = []
        self._config: dict[str, int] = {}
        self._count = 0

    def add(self, name):
        with self._lock:
            self._items[name] = 1
            self._log.append(name)
            self._count += 1

    def reload(self, config):
        with self._lock:
            self._config = config

    def show(self):
        with self._lock:
            items = dict(self._items)
        for name in items:
            print(name)

    def dump(self):
        with self._lock:
            items = {**self._items}
        return json.dumps(items)

    def config(self):
        with self._lock:
            return self._config

    def flush(self):
        with self._lock:
            log = self._log
            self._log = []
        for line in log:
            print(line)

    def count(self):
        with self._lock:
            count = self._count
        return count

    def lines(self):
        with self._lock:
            for line in self._log:
                print(line)
            return list(self._log)
