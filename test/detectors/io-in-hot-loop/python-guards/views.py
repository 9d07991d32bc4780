import psycopg2
from fastapi import FastAPI

app = FastAPI()
connection = psycopg2.connect("dbname=yard")
cursor = connection.cursor()


@app.get("/cranes")
def cranes(user):
    if not user.is_superuser:
        return None
    cursor.execute("SELECT id FROM cranes")
    for crane in cursor.fetchall():
        cursor.execute("SELECT name FROM hooks WHERE crane = %s", [crane])  # want-info "Those who run the system ask for it, now and then\.$"


@app.get("/yard")
def yard(user):
    if not user.is_active:
        return None
    cursor.execute("SELECT id FROM cranes")
    for crane in cursor.fetchall():
        cursor.execute("SELECT name FROM winches WHERE crane = %s", [crane])  # want "each request to `/yard`"
