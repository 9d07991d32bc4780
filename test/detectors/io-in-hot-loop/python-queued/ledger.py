import functools
import queue
import threading

import psycopg2


def queued(work):
    @functools.wraps(work)
    def enqueue(self, *args):
        answer = self.loop.create_future()
        self.waiting.put((answer, work, args))
        return answer

    return enqueue


# What runs it at once does not wait for another thread.
def counted(work):
    def count(self, *args):
        self.calls.append((work, args))
        return work(self, *args)

    return count


class Ledger:
    def __init__(self, loop):
        self.loop = loop
        self.calls = []
        self.waiting = queue.Queue()
        self.thread = threading.Thread(target=self.run)
        self.thread.start()

    def run(self):
        while True:
            answer, work, args = self.waiting.get()
            self.loop.call_soon_threadsafe(answer.set_result, work(self, *args))


class TollLedger(Ledger):
    cursor = psycopg2.connect("dbname=tolls").cursor()

    @queued
    def settle_toll(self, name):
        self.cursor.execute("UPDATE tolls SET paid = true WHERE name = %s", [name])

    @counted
    def settle_bridge(self, name):
        self.cursor.execute("UPDATE bridges SET paid = true WHERE name = %s", [name])
