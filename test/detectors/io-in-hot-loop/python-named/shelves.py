import psycopg2
from flask import Flask, request

app = Flask(__name__)
cursor = psycopg2.connect("shelves").cursor()


@app.post("/shelves/clear")
def clear():
    ids = request.get_json()["ids"]
    for shelf in ids:
        cursor.execute("UPDATE shelves SET jars = 0 WHERE id = %s", (shelf,))  # want-info "They are parts of the one thing that a request brings along\.$"


# What is only looked up for each is told as a note.
@app.post("/shelves/count")
def count():
    ids = request.get_json()["ids"]
    for shelf in ids:
        cursor.execute("SELECT jars FROM shelves WHERE id = %s", (shelf,))  # want-info "There are as many as whoever asks has named\.$|They are parts of the one thing"


# The lines of one order belong to it.
@app.post("/orders")
def order():
    for line in request.get_json()["lines"]:
        cursor.execute("INSERT INTO lines (jar) VALUES (%s)", (line,))  # want-info "They are parts of the one thing that a request brings along\.$"
