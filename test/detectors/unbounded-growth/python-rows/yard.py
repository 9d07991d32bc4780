import psycopg2
from flask import Flask, request

app = Flask(__name__)


class Yard:
    def __init__(self, dsn):
        self.conn = psycopg2.connect(dsn)

    def run(self, sql, *args):
        with self.conn.cursor() as cursor:
            cursor.execute(sql, args)

    def many(self, sql, *args):
        with self.conn.cursor() as cursor:
            cursor.execute(sql, args)
            return cursor.fetchall()


yard = Yard("dbname=yard")


@app.post("/hulls")
def launch():
    yard.run("INSERT INTO hulls (name) VALUES (%s)", request.form["name"])
    return "", 204


@app.get("/hulls")
def hulls():
    yard.many("SELECT name FROM hulls WHERE name = %s", request.args["name"])
    yard.many("SELECT name FROM slipways")
    return yard.many("SELECT name FROM hulls")  # want "For each request to `/hulls` the whole table `hulls` is read"
