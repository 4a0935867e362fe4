"""Tables that no language owns: states, given names, the particles of surnames."""
