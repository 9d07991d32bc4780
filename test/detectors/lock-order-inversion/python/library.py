import threading


class Catalogue:
    def __init__(self, desk: "Desk"):
        self.lock = threading.RLock()
        self.desk = desk
        self.books = {}

    def remove(self, book):
        with self.lock:
            self.desk.cancel(book)
            del self.books[book]

    def title(self, book):
        with self.lock:
            return self.books[book]


class Desk:
    def __init__(self, catalogue: Catalogue):
        self.lock = threading.Lock()
        self.catalogue = catalogue
        self.loans = {}

    def cancel(self, book):
        with self.lock:
            self.loans.pop(book, None)

    def lend(self, book):
        with self.lock:
            title = self.catalogue.title(book)  # want "`lend` takes `Catalogue\.lock` while it holds `Desk\.lock`, and `remove` takes `Desk\.lock` while it holds `Catalogue\.lock`"
            self.loans[book] = title


readers_lock = threading.Lock()
fines_lock = threading.Lock()


def join(reader):
    with readers_lock:
        with fines_lock:
            return reader


def settle(reader):
    fines_lock.acquire()
    readers_lock.acquire()  # want "takes `.*readers_lock` while it holds `.*fines_lock`"
    readers_lock.release()
    fines_lock.release()


class Reader:
    def __init__(self):
        self.lock = threading.Lock()
        self.books = []

    def give(self, other: "Reader"):
        with self.lock:
            with other.lock:  # want "takes `Reader\.lock` of `self` and then of `other`"
                other.books += self.books


class Rooms:
    def __init__(self):
        self.keys = threading.Lock()
        self.doors = threading.Lock()

    def open(self):
        with self.keys, self.doors:
            return True

    def close(self):
        with self.doors:
            self.collect()  # want "takes `Rooms\.keys` while it holds `Rooms\.doors`"

    def collect(self):
        with self.keys:
            return True
