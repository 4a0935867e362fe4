"""The article's own tree, written from the chosen blocks: text, pictures, tables, lists, code, notes."""
