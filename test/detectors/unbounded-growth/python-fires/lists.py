import psycopg2
from fastapi import FastAPI

app = FastAPI()
cursor = psycopg2.connect("dbname=clinic").cursor()


@app.get("/shifts")
def shifts():
    query = "SELECT id, name FROM shifts"
    query += " ORDER BY id DESC"
    cursor.execute(query)  # want "For each request to `/shifts` the whole table `shifts` is read"
    return cursor.fetchall()


@app.post("/shifts")
def shift(name: str):
    cursor.execute("INSERT INTO shifts (name) VALUES (%s)", (name,))
