import threading


class Gate:
    def __init__(self):
        self._lock = threading.Lock()

    def shut(self):
        self._lock.acquire()

    def open(self):
        self._lock.release()


gate = Gate()


class Ferry:
    def __init__(self):
        self.cars = []

    def board(self, car):
        gate.shut()
        try:
            waiting = list(self.cars)
        finally:
            gate.open()
        gate.shut()
        try:
            self.cars.append(car)
        finally:
            try:
                gate.open()
            except Exception:
                pass
        if not waiting:
            return None
        return len(waiting)

    def leave(self, car):
        gate.shut()
        if car not in self.cars:
            return None  # want "Returns here with `Gate._lock` still locked"
        self.cars.remove(car)
        gate.open()
        return car
