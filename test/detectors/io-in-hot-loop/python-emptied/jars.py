import psycopg2
import redis
from flask import Flask, request

app = Flask(__name__)
cursor = psycopg2.connect("jars").cursor()
cache = redis.Redis()


@app.post("/jars/open")
def open_jars():
    ids = request.get_json()["ids"]
    while ids:
        cursor.execute("UPDATE jars SET open = true WHERE id = %s", (ids.pop(),))  # want-info "Somebody changes something with it, and does so now and then\.$"


# What is found is looked at in turn: there is no telling how many there are.
@app.post("/jars/follow")
def follow():
    left = request.get_json()["ids"]
    while left:
        cursor.execute("SELECT next FROM jars WHERE id = %s", (left.pop(),))
        left.extend(row[0] for row in cursor.fetchall())


# All of it is sent at once.
@app.post("/jars/labels")
def labels():
    ids = request.get_json()["ids"]
    p = cache.pipeline()
    for jar in ids:
        p.get(jar)
    return p.execute()


@app.post("/jars/label")
def label():
    ids = request.get_json()["ids"]
    return [cache.get(jar) for jar in ids]  # want-info "There are as many as whoever asks has named\.$"
