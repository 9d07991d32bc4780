import sqlite3

import psycopg2
from flask import Flask

app = Flask(__name__)
here = sqlite3.connect("moor.db")
there = psycopg2.connect("moor").cursor()


@app.get("/boats")
def boats():
    found = []
    for row in here.execute("SELECT id FROM boats").fetchall():
        found += here.execute("SELECT name FROM owners WHERE boat = ?", row).fetchall()  # want-info "The database is embedded: a query of it stays in the program\.$"
    return found


# Each write waits for the disk.
@app.post("/boats/seen")
def seen():
    for row in here.execute("SELECT id FROM boats").fetchall():
        here.execute("UPDATE boats SET seen = 1 WHERE id = ?", row)  # want-info "Somebody changes something with it, and does so now and then\.$"


@app.get("/ships")
def ships():
    there.execute("SELECT id FROM ships")
    for row in there.fetchall():
        there.execute("SELECT name FROM owners WHERE ship = %s", row)  # want "1 SELECT on .owners.\.$"
