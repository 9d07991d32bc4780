import sqlite3

from flask import Flask

app = Flask(__name__)
database = sqlite3.connect("mill.db")


class Grain:
    def __init__(self):
        self.is_loaded = False
        self.rows = []

    # Once for each process.
    def all(self):
        if self.is_loaded:
            return self.rows
        self.rows = database.execute("SELECT * FROM deliveries").fetchall()  # want-info "It is read only where it is not known yet what it gives\.$"
        self.is_loaded = True
        return self.rows


grain = Grain()


@app.get("/grain")
def show():
    return grain.all()


@app.get("/grain/today")
def today():
    return database.execute("SELECT * FROM deliveries").fetchall()  # want "the whole table `deliveries` is read: .*deletes any\.$"


@app.post("/grain")
def deliver():
    database.execute("INSERT INTO deliveries (at) VALUES (1)")
    return "", 204
