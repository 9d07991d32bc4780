import queue
import threading

from flask import Flask

app = Flask(__name__)


class Mailroom:
    def __init__(self):
        self.lock = threading.Lock()
        self.letters = queue.Queue()
        self.parcels = queue.Queue()
        self.seen = {}

    def next_letter(self):
        with self.lock:
            letter = self.letters.get()  # want "`next_letter` holds `Mailroom.lock` while it waits \(`queue.Queue.get`\)"
            self.seen[letter] = True
        return letter

    # Nobody is kept waiting for a letter that does not come.
    def try_letter(self):
        with self.lock:
            return self.letters.get(False)

    def any_letter(self):
        with self.lock:
            return self.letters.get_nowait()

    # It has room for as many as come.
    def post(self, letter):
        with self.lock:
            self.letters.put(letter)

    # The lock is taken for what came.
    def next_parcel(self):
        parcel = self.parcels.get()
        with self.lock:
            self.seen[parcel] = True
        return parcel

    def is_seen(self, letter):
        with self.lock:
            return letter in self.seen

    def forget(self, letter):
        with self.lock:
            self.seen.pop(letter, None)


room = Mailroom()


@app.get("/next")
def next_one():
    return str(room.next_letter()) + str(room.next_parcel())


@app.get("/try")
def try_one():
    return str(room.try_letter()) + str(room.any_letter())


@app.post("/letters/<letter>")
def post(letter):
    room.post(letter)
    return str(room.is_seen(letter))


@app.delete("/letters/<letter>")
def forget(letter):
    room.forget(letter)
    return ""
