from django.db.models.signals import post_save
from django.dispatch import receiver

from .models import Gauge, Level, River


# Rivers are only made by those who run it.
@receiver(post_save, sender=River)
def measure(sender, instance, created, **kwargs):
    if created:
        for gauge in Gauge.objects.all():
            level = Level.objects.create(river=instance, gauge=gauge)  # want-info "Somebody changes something with it, and does so now and then\.$"
