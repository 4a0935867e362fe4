"""Steps that cannot even be prepared."""


def prepare(**_options):
    raise OSError("no such model")
