from django.db import models


class Skipper(models.Model):
    name = models.CharField(max_length=40)
    retired = models.BooleanField(default=False)


class Flag(models.Model):
    colour = models.CharField(max_length=20)


class Voyage(models.Model):
    skipper = models.ForeignKey(Skipper, on_delete=models.CASCADE)
    flags = models.ManyToManyField(Flag)
    days = models.IntegerField()
    log = models.JSONField()


class PastCharter(models.Model):
    skipper = models.OneToOneField(Skipper, on_delete=models.CASCADE)
    objects = models.Manager()
