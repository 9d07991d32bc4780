from django.db.models import prefetch_related_objects
from django.http import JsonResponse

from .models import Charter, Skipper, Voyage


def joined_voyages(request):
    return JsonResponse({"names": [voyage.skipper.name for voyage in Voyage.objects.select_related("skipper").all()]})


def joined_later(request):
    found = Voyage.objects.all()
    prefetch_related_objects(found, "skipper")
    return JsonResponse({"names": [voyage.skipper.name for voyage in found]})


def flags_fetched(request):
    found = Voyage.objects.prefetch_related("flags")
    return JsonResponse({"colours": [flag.colour for voyage in found for flag in voyage.flags.all()]})


# Described, and asked by somebody else.
def flags_described(request):
    rows = []
    for voyage in Voyage.objects.all():
        voyage.flown = voyage.flags.all().order_by("colour")
        rows.append(voyage.days)
    return JsonResponse({"rows": rows})


# Fetching them beforehand would not do.
def flags_filtered(request):
    rows = []
    for voyage in Voyage.objects.all():
        rows.append(voyage.flags.filter)
    return JsonResponse({"rows": rows})


# The column is in the row.
def keys_of_voyages(request):
    return JsonResponse({"keys": [voyage.skipper_id for voyage in Voyage.objects.all()]})


def logs_of_voyages(request):
    return JsonResponse({"logs": [voyage.log.get("wind") for voyage in Voyage.objects.all()]})


# Dictionaries, which only look alike.
def rows_of_voyages(request):
    return JsonResponse({"rows": [voyage.skipper.name for voyage in Voyage.objects.values("skipper")]})


def charters(request):
    return JsonResponse({"names": [charter.skipper.name for charter in Charter.objects.all()]})


def skippers(request):
    return JsonResponse({"names": [skipper.name.title() for skipper in Skipper.objects.all()]})
