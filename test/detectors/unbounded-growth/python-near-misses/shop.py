from typing import MutableMapping

from cachetools import TTLCache
from django.db import models
from django.views import View


class Channel(models.Model):
    name = models.TextField()


# What it is made with tells more than the declared type.
recent: MutableMapping[str, bool] = TTLCache(maxsize=100, ttl=60)


class Channels(View):
    def get(self, request):
        return list(Channel.objects.all())

    # Saves what there is.
    def post(self, request, name):
        recent[name] = True
        channel = Channel.objects.get(name=name)
        channel.save()
