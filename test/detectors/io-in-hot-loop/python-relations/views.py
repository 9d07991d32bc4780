from django.http import JsonResponse

from .models import PastCharter, Voyage


def voyages(request):
    rows = []
    for voyage in Voyage.objects.all():
        rows.append({"days": voyage.days, "skipper": voyage.skipper.name})  # want "each request to `voyages` × each of `Voyage\.objects` × 1 SELECT on `skipper`\. The relation is fetched when it is read; `select_related\(\"skipper\"\)` fetches it with the rows\.$"
    return JsonResponse({"rows": rows})


def active_voyages(request):
    found = Voyage.objects.filter(days__gt=0).order_by("days")
    return JsonResponse({"names": [voyage.skipper.name for voyage in found]})  # want "each of `Voyage\.objects` × 1 SELECT on `skipper`\. .* with the rows\.$"


def first_voyages(request):
    names = []
    for voyage in Voyage.objects.order_by("days")[:20]:
        names.append(voyage.skipper.name.upper())  # want-info "1 SELECT on `skipper`\..* They are one page of those that there are\.$"
    return JsonResponse({"names": names})


def flags_of_voyages(request):
    colours = []
    for voyage in Voyage.objects.all():
        for flag in voyage.flags.all():  # want "each of `Voyage\.objects` × 1 SELECT on `flags`\..*`prefetch_related\(\"flags\"\)` fetches it"
            colours.append(flag.colour)
    return JsonResponse({"colours": colours})


def past_charters(request):
    return JsonResponse({"names": [past.skipper.name for past in PastCharter.objects.all()]})  # want "1 SELECT on `skipper`\. .* with the rows\.$"
