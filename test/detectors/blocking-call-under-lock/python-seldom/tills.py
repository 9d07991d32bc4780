import multiprocessing
import threading
from datetime import date

import psycopg2
from flask import Flask

app = Flask(__name__)


class Till:
    def __init__(self):
        self._lock = threading.Lock()
        self._day = date.today()
        self._sales = {}
        self._db = psycopg2.connect("dbname=tills")

    def sell(self, item):
        with self._lock:
            today = date.today()
            if today != self._day:
                self._day = today
                self._db.cursor().execute("UPDATE tills SET sold = 0")  # want-info "`sell` holds `Till._lock` .* It is done once for each change of a value, by whoever sees that first\.$"
            self._sales[item] = self._sales.get(item, 0) + 1

    def sold(self, item):
        with self._lock:
            return self._sales.get(item, 0)

    def items(self):
        with self._lock:
            return len(self._sales)


class Stall:
    def __init__(self):
        self._lock = threading.Lock()
        self._item = None
        self._sales = {}
        self._db = psycopg2.connect("dbname=stalls")

    def sell(self, item):
        with self._lock:
            if item != self._item:
                self._item = item
                self._db.cursor().execute("UPDATE stalls SET item = %s", (item,))  # want "`sell` holds `Stall._lock` "
            self._sales[item] = self._sales.get(item, 0) + 1

    def sold(self, item):
        with self._lock:
            return self._sales.get(item, 0)

    def items(self):
        with self._lock:
            return len(self._sales)


class Bakers:
    def __init__(self):
        self._lock = threading.Lock()
        self._at_work = []

    def hire(self, work):
        with self._lock:
            baker = multiprocessing.Process(target=work)
            baker.start()  # want-info "`hire` holds `Bakers._lock` .* It does not wait for the process to end\.$"
            self._at_work.append(baker)

    def count(self):
        with self._lock:
            return len(self._at_work)

    def first(self):
        with self._lock:
            return self._at_work[0].pid


till = Till()
stall = Stall()
bakers = Bakers()


@app.route("/sell/<item>")
def sell(item):
    till.sell(item)
    stall.sell(item)
    bakers.hire(print)
    return str(bakers.count() + bakers.first())


@app.route("/sold/<item>")
def sold(item):
    return str(till.sold(item) + stall.sold(item) + till.items() + stall.items())
