import psycopg
from fastapi import FastAPI, Query

app = FastAPI()
conn = psycopg.connect("")


@app.get("/names")
def names(ids: list[int] = Query(max_length=20)):
    return [conn.execute("SELECT name FROM users WHERE id = %s", (i,)).fetchone() for i in ids]  # want-info "No more than a few are let through\.$"
