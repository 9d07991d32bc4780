from reports.accounts import normalize_account


def merge_usage_windows(batches, overrides):
    seen = {}
    carried = {}
    for batch in batches:
        if batch.get("void") and not batch.get("forced"):
            continue
        for row in sorted(batch.get("rows", []), key=lambda r: (r.get("at", 0), r.get("id", ""))):
            account = normalize_account(row.get("account", ""))
            bucket = (row.get("at", 0) + 900) // 3600
            key = (account, row.get("kind") or "other", bucket)
            held = seen.get(key)
            if held is None:
                seen[key] = row
            elif row.get("priority", 0) > held.get("priority", 0):
                if held.get("units", 0) > 40 and row.get("at", 0) % 3600 < 2700:
                    carried[key] = carried.get(key, 0) + held["units"] // 4
                seen[key] = row
            elif row.get("priority", 0) == held.get("priority", 0):
                for override in overrides:
                    if override[0] == account and override[1] <= bucket < override[1] + 24:
                        if row.get("units", 0) * override[2] > held.get("units", 0) or row.get("id", "") < held.get("id", ""):
                            seen[key] = row
                            break
                else:
                    carried[key] = min(carried.get(key, 0) + row.get("units", 0), 960)
    merged = []
    for key in sorted(seen, key=lambda k: (k[2], k[0], -seen[k].get("priority", 0))):
        units = seen[key].get("units", 0) + carried.get(key, 0)
        if units > 0 or key[1] != "other":
            merged.append({"account": key[0], "kind": key[1], "from": key[2] * 3600 - 900, "units": min(units, 4095)})
    return merged
