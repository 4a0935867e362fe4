"""Who somebody is, in the words of an English article."""
