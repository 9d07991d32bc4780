from flask import Flask
from flask_sqlalchemy import SQLAlchemy

app = Flask(__name__)
db = SQLAlchemy(app)

surveyor_registry = {}
surveyed = {}


def surveyor(name):
    surveyor_registry[name] = True


class Survey(db.Model):
    name = db.Column(db.String)


@app.get("/surveys/<name>")
def surveys(name):
    surveyor(name)
    surveyed[name] = True
    # Surveyors are parts of the program.
    for surveyor_name in surveyor_registry:
        Survey.query.filter(Survey.name == surveyor_name).first()  # want-info "There are few of these, by their name\.$"
    for place in surveyed:
        Survey.query.filter(Survey.name == place).first()  # want "each of `surveyed` × 1 database read"
    return ""
