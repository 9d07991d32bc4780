from django.db import models


class Berth(models.Model):
    depth = models.IntegerField()
    swept = models.BooleanField()
    painted = models.BooleanField()
    dry = models.BooleanField()
