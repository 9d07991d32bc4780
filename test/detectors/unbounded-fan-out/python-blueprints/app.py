import psycopg
from flask import Blueprint, Flask, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

conn = psycopg.connect("")
app = Flask(__name__)
limiter = Limiter(get_remote_address, app=app)
calm = Blueprint("calm", __name__)
limiter.limit("5/minute")(calm)


@app.post("/hail")
def hail():
    members = conn.execute("SELECT id FROM members WHERE sector = %s", (request.args["sector"],)).fetchall()
    for member in members:
        conn.execute("INSERT INTO hails (member) VALUES (%s)", (member[0],))  # want "^Each request to `/hail` makes 1 INSERT on `hails` for each of `members`\. None of four"
    return ""


@calm.post("/call")
def call():
    members = conn.execute("SELECT id FROM members WHERE sector = %s", (request.args["sector"],)).fetchall()
    for member in members:
        conn.execute("INSERT INTO calls (member) VALUES (%s)", (member[0],))
    return ""


app.register_blueprint(calm, url_prefix="/calm")
