def merge_sessions(visits):  # want "`merge_sessions` is hard to explain"
    kept = {}
    merged = []
    for visit in sorted(visits, key=lambda v: (v.get("at", 0), v.get("page", ""))):  # want-step "sorted sequence"
        slot = (visit.get("visitor"), visit.get("page"), visit.get("at", 0) // 1800)  # want-step "buckets of `1800`"
        if slot not in kept or visit.get("weight", 0) >= kept[slot].get("weight", 0):  # want-step "the last one is kept"
            kept[slot] = visit  # want-step "object of the loop itself"
    for slot in sorted(kept.keys()):
        merged.append(kept[slot])
    return merged
