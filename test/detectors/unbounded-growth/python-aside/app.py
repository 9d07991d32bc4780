import psycopg2
from fastapi import FastAPI
from pydantic import BaseModel, model_validator

app = FastAPI()
connection = psycopg2.connect("dbname=harbour")
cursor = connection.cursor()
charts = {}
buoys = {}


# What is checked when a configuration is read is no request.
class Harbour(BaseModel):
    charts: list[str]

    @model_validator(mode="after")
    def check(self, info):
        for chart in self.charts:
            charts[chart] = info
        return self


@app.post("/buoys")
def lay(name: str):
    buoys[name] = 1  # want "buoys` only ever grows"


# What is brought to another form is read once.
@app.post("/upgrade")
def renew():
    upgrade_visits()


def upgrade_visits():
    cursor.execute("SELECT * FROM visits")


@app.get("/visits")
def visits():
    cursor.execute("SELECT * FROM visits")  # want "whole table `visits` is read"
    return cursor.fetchall()


@app.post("/visits")
def visit(ship: str):
    cursor.execute("INSERT INTO visits (ship) VALUES (%s)", [ship])
