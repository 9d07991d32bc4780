from django.db import models


class River(models.Model):
    name = models.TextField()


class Gauge(models.Model):
    name = models.TextField()


class Level(models.Model):
    river = models.ForeignKey(River, on_delete=models.CASCADE)
    gauge = models.ForeignKey(Gauge, on_delete=models.CASCADE)
