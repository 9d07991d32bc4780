def surcharge(kind):
    if kind == "reefer":
        return 137.5
    if kind == "hazard":
        return 212.75
    if kind == "oversize":
        return 318.25
    if kind == "livestock":
        return 94.5
    if kind == "bulk":
        return 61.0
    if kind == "vehicle":
        return 43.25
    return 0


BANDS = [(12, 87), (24, 143), (48, 219), (72, 304), (168, 512)]


def band_price(hours):
    for limit, price in BANDS:
        if hours <= limit:
            return price
    return None
