import threading
import time

import psycopg2

connection = psycopg2.connect("dbname=harbour")


class Ferry:
    def __init__(self, number):
        self.number = number

    def store(self):
        cursor = connection.cursor()
        cursor.execute("UPDATE ferries SET seen = now() WHERE number = %s", [self.number])  # want-step "update ferries"


class Buoy:
    def __init__(self, number):
        self.number = number

    def store(self):
        self.number += 1


# What is put into a table without a type says what is stored at each tick.
class Harbour:
    def __init__(self):
        self.ferries = {}
        self.buoys = {}

    def enter(self, number):
        ferry = Ferry(number)
        self.ferries[number] = ferry
        self.buoys[number] = Buoy(number)

    def tick(self):
        for ferry in self.ferries.values():
            ferry.store()  # want "each of `self\.ferries` × 1 UPDATE on `ferries`"
        for buoy in self.buoys.values():
            buoy.store()


harbour = Harbour()


def watch():
    while True:
        harbour.tick()
        time.sleep(5)


threading.Thread(target=watch).start()
