from django.db.models.signals import post_save
from django.dispatch import receiver

from ledger import TollLedger

ledger = TollLedger(None)


@receiver(post_save)
def settle(sender, instance, **kwargs):
    for toll in instance.find_tolls():
        ledger.settle_toll(toll.name)
    for bridge in instance.find_bridges():
        ledger.settle_bridge(bridge.name)  # want-info "Somebody changes something with it, and does so now and then\.$"
