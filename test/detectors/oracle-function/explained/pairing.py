def pair_crossings(crossings):
    """Match each outbound crossing with the next inbound one of the same vessel.

    A crossing that never returns stays unpaired: vessels leave for good at the end of the season. Crossings
    arrive out of order from two radars, therefore they are ordered by time here and nowhere else.
    """
    waiting = {}
    pairs = []
    for crossing in sorted(crossings, key=lambda c: c.time):
        if crossing.outbound:
            waiting[crossing.vessel] = crossing
        elif crossing.vessel in waiting:
            pairs.append((waiting.pop(crossing.vessel), crossing))
    return pairs
