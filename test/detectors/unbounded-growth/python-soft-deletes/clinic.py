import sqlite3

from flask import Flask, request

app = Flask(__name__)
db = sqlite3.connect("clinic.db")


@app.post("/visits")
def visit():
    db.execute("INSERT INTO visits (name) VALUES (?)", (request.json["name"],))
    db.execute("INSERT INTO letters (name) VALUES (?)", (request.json["name"],))


@app.get("/visits")
def visits():
    return db.execute("SELECT * FROM visits").fetchall()  # want-info "rows are deleted in `forget`"


@app.get("/letters")
def letters():
    return db.execute("SELECT * FROM letters").fetchall()  # want "nothing in the workspace deletes any"


@app.post("/forget")
def forget():
    db.execute("UPDATE visits SET deleted_at = CURRENT_TIMESTAMP WHERE name = ?", (request.json["name"],))
    # Marked the other way round: what was deleted comes back.
    db.execute("UPDATE letters SET answered = 1 WHERE deleted_at = ?", (0,))
