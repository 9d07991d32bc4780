import psycopg2
from fastapi import FastAPI

app = FastAPI()
cursor = psycopg2.connect("dbname=clinic").cursor()


@app.get("/visits")
def visits(limit: int = 20):
    query = "SELECT id, name FROM visits"
    query += " ORDER BY id DESC LIMIT %s"
    cursor.execute(query, (limit,))
    return cursor.fetchall()


@app.get("/visits/of")
def visits_of(name: str):
    query = "SELECT id FROM visits"
    query = query + " WHERE name = " + repr(name)
    cursor.execute(query)
    return cursor.fetchall()


@app.post("/visits")
def visit(name: str):
    cursor.execute("INSERT INTO visits (name) VALUES (%s)", (name,))
