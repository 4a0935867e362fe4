"""Who is in a story of any language but English: by tables where there are some, else only what is sure.

A model's names are clustered and weighed without a word of the language. What needs words (titles, roles,
who acts, who speaks) comes from `data/languages/XX.toml`; without it those rules do not fire.
"""

from personae.actors.languages.common.cast import analyse, beyond_doubt

__all__ = ["analyse", "beyond_doubt"]
