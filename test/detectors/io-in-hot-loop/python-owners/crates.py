import psycopg2
from django.urls import path

from .models import Crate, Owner

connection = psycopg2.connect("dbname=quay")
cursor = connection.cursor()


class CrateBox:
    def __init__(self, crate: Crate) -> None:
        self.crate = crate

    # Of what one thing is related to there are few.
    def names(self):
        owners = self.crate.owners.all()
        for owner in owners:
            cursor.execute("SELECT name FROM people WHERE id = %s", [owner.person])  # want-info "They belong to one thing that was looked up, which seldom has many\.$"


def list_names(request):
    CrateBox(Crate.objects.get(pk=request.GET["crate"])).names()


def list_owners(request):
    for owner in Owner.objects.all():
        cursor.execute("SELECT name FROM people WHERE id = %s", [owner.person])  # want "each of `Owner.objects` × 1 SELECT on `people`\.$"


urlpatterns = [path("names/", list_names), path("owners/", list_owners)]
