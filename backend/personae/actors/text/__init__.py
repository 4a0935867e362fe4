"""The article as texts, and the names that stand in them: what every other room here stands on."""
