def normalize_account(name):
    """The form in which account names are compared: without surrounding space, and without regard to case."""
    return name.strip().casefold()


def fold_name(name):
    """The form before spaces were billed."""
    return name.casefold()
