"""What a reader page is told about how its article is kept."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Keeping:
    """Whether the article stays, who else can see it, and who is looking.

    pinned: it does not expire. shared: path of its share link, None when it has none. mine: whoever looks is
    its owner, who may pin, share and forget it. private: it is in memory only and can be neither pinned nor
    shared.
    """

    pinned: bool = False
    shared: str | None = None
    mine: bool = True
    private: bool = False


SOMEONE_ELSES = Keeping(mine=False)
