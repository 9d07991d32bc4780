from django.http import JsonResponse
from django.urls import path

from .models import Gauge, Level, River


# What has several of those that were named is mostly one thing.
def batch_levels(request):
    levels = Level.objects.filter(pk__in=request.POST.getlist("levels"))
    rivers = levels.values_list("river__pk", flat=True)
    for river in River.objects.filter(pk__in=rivers.distinct()):
        Gauge.objects.get(name=river.name)  # want-info "They are what the things that were named belong to, and mostly one\.$"
    return JsonResponse({})


def get_rivers(request):
    for river in River.objects.all():
        Gauge.objects.get(name=river.name)  # want "each of `River.objects`.* × 1 database read on `Gauge`\.$"
    return JsonResponse({})


urlpatterns = [path("levels/batch", batch_levels), path("rivers", get_rivers)]
