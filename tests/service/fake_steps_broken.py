"""Steps that cannot even be prepared."""


def prepare():
    raise OSError("no such model")
