import psycopg2
import requests
from celery import shared_task

connection = psycopg2.connect("dbname=river")
cursor = connection.cursor()


# What a task does for each takes longer than the row.
@shared_task
def tow(barges: list[dict]):
    for barge in barges:
        requests.post("https://tug.example/tow", json={"name": barge["name"]})
        cursor.execute("UPDATE barges SET towed = true WHERE name = %s", [barge["name"]])  # want-info "What else is done for each of them takes longer: `requests.post`\.$"


# Nobody waits for a task.
@shared_task
def moor():
    cursor.execute("SELECT name FROM barges")
    for barge in cursor.fetchall():
        cursor.execute("UPDATE barges SET moored = true WHERE name = %s", [barge[0]])  # want-info "A task does it, and nobody waits for that\.$"
