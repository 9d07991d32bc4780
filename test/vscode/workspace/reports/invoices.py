from reports.accounts import fold_name, normalize_account


def billed_units(rows):
    """Units by account, as invoices state them."""
    units = {}
    for row in rows:
        account = fold_name(row["account"])
        units[account] = units.get(account, 0) + row["units"]
    return units


def is_billed(name, units):
    return normalize_account(name) in units
