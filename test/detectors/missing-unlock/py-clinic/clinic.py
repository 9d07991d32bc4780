import threading


class Clinic:
    def __init__(self):
        self.lock = threading.Lock()
        self.rooms = {}
        self.queue = []

    def admit(self, patient):
        self.lock.acquire()  # want-step "takes `Clinic.lock`"
        if patient in self.rooms:
            return False  # want "Returns here with `Clinic.lock` still locked"
        self.rooms[patient] = 1
        self.lock.release()  # want-step "another way unlocks it"
        return True

    def discharge(self, patient):
        self.lock.acquire()
        if patient not in self.rooms:
            raise KeyError(patient)  # want "Throws here with `Clinic.lock` still locked"
        del self.rooms[patient]
        self.lock.release()

    def next(self):
        self.lock.acquire()
        try:
            if not self.queue:
                self.lock.release()
                return None
            return self.queue.pop(0)
        finally:
            self.lock.release()  # want "Unlocks `Clinic.lock`, which is unlocked already on one way here"

    def move(self, patient, room):
        self.lock.acquire()  # want "`Clinic.lock` stays locked when `self.check` raises"
        self.check(room)  # want-step "may raise"
        self.rooms[patient] = room
        self.lock.release()

    def check(self, room):
        if room < 0:
            raise ValueError(room)

    def rename(self, old, new):
        self.lock.acquire()  # want "Locks `Clinic.lock`, and nothing unlocks it"
        self.rooms[new] = self.rooms[old]
