"""Which names are the same actor, by rules that hold in every language."""
