import psycopg2
from fastapi import FastAPI

app = FastAPI()
connection = psycopg2.connect("dbname=marina")
cursor = connection.cursor()


# A form is sent with POST, and changes nothing.
@app.post("/boats/search")
def search_boats(owner: str):
    cursor.execute("SELECT id FROM boats")
    for boat in cursor.fetchall():
        cursor.execute("SELECT name FROM owners WHERE boat = %s", [boat[0]])  # want "each of `cursor.fetchall\(\)` × 1 SELECT on `owners`\.$"


# Who looks is written down, and still only looks.
@app.get("/boats")
def boats():
    cursor.execute("INSERT INTO visits (page) VALUES ('boats')")
    cursor.execute("SELECT id FROM boats")
    for boat in cursor.fetchall():
        cursor.execute("SELECT depth FROM berths WHERE boat = %s", [boat[0]])  # want "each of `cursor.fetchall\(\)` × 1 SELECT on `berths`\.$"


@app.put("/boats")
def boats_ashore():
    cursor.execute("SELECT id FROM boats")
    for boat in cursor.fetchall():
        cursor.execute("SELECT rank FROM cranes WHERE boat = %s", [boat[0]])  # want-info "Somebody changes something with it, and does so now and then\.$"


# What changes something in the end is noted, even where it is sent many.
@app.post("/boats/bulk")
def measure_bulk(boats: list[dict]):
    for boat in boats:
        cursor.execute("SELECT length FROM hulls WHERE boat = %s", [boat["id"]])  # want-info "Somebody changes something with it, and does so now and then\.$"
    cursor.execute("UPDATE hulls SET measured = true")
