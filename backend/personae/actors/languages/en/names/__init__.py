"""The names of an English article: the model's entities, their slips repaired, made consistent."""
