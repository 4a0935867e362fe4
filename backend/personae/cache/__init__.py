"""Where articles are kept: one protocol, several stores."""
