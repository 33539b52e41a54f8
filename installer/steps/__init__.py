"""The steps of `bootstrap.py`, from a bare checkout to the running program."""
