"""The nouns of Personae: Article, Actor, Identity, Mention, Quote, Removal; and how an article is stored.

All are frozen. `Article.to_dict()` gives the JSON of the HTTP API, with the same names;
`Article.from_dict()` takes it back without loss.

Offsets count Unicode code points from 0; `start` is inclusive, `end` exclusive. JavaScript counts
UTF-16 units, so a page script converts before it slices.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields
from typing import Any, Literal, cast, get_args

SCHEMA_VERSION = 1

Access = Literal["full", "preview"]
ActorType = Literal["person", "organization", "country"]
ActorsStatus = Literal["found", "not-requested", "unsupported-language", "unavailable"]
Direction = Literal["ltr", "rtl"]
PageKind = Literal["story", "list"]
MentionField = Literal["title", "standfirst", "text"]
RemovalKind = Literal[
    "paywall", "comments", "newsletter", "login", "share", "related", "advert", "cookie", "other"
]
REMOVAL_KINDS: tuple[RemovalKind, ...] = get_args(RemovalKind)


@dataclass(frozen=True, slots=True)
class LeadImage:
    """The picture that stands above the story. `src` is absolute; the texts are plain.

    width, height: its size in pixels as the page stated it, so that a view can keep its room free.
    """

    src: str
    alt: str = ""
    caption: str = ""
    credit: str = ""
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True, slots=True)
class Removal:
    """One block of the page that is not in the article, and why.

    text: its first 120 characters, white space folded.
    inside: it stood within the article's area, between or among its blocks.
    html: the block, sanitised, so that a view can put it back; "" when it stood outside.
    after: index in the article's text of the paragraph it followed; None when it came before the
        first one or stood outside.
    """

    kind: RemovalKind
    reason: str
    text: str
    inside: bool = False
    html: str = ""
    after: int | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where an actor is named.

    start, end: code points within the field; text: the string found there.
    paragraph: index of the paragraph when the field is "text", else None.
    """

    field: MentionField
    start: int
    end: int
    text: str
    paragraph: int | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """Words attributed to an actor: code points within `Article.text`, and the cue ("said")."""

    start: int
    end: int
    text: str
    cue: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why an actor is as it is.

    aliases: alias -> the rule that joined it; salience: feature -> its share of the score.
    """

    aliases: dict[str, str] = field(default_factory=dict)
    salience: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Identity:
    """What tells an actor from a namesake in another story.

    roles: every description of the text, verbatim and each once; the actor's role is the first.
    company: ids of the actors that stand in the same paragraphs, those of most paragraphs first.
    certainty: 0..1, the share of mentions that no rule of doubt joined (a close spelling, a surname that
        several bear); half of it for a person without a full name. An order, not a probability.
    """

    roles: tuple[str, ...] = ()
    company: tuple[str, ...] = ()
    certainty: float = 0.0


@dataclass(frozen=True, slots=True)
class Actor:
    """A named agent of the story: a person, an organisation, or a country acting as a body.

    id: unique within the article, made of the name ("john-kerry").
    name: the fullest name in the text, without title or honorific.
    key: a reader who never heard of this actor cannot retell the story.
    salience: 0..1, comparable within one article only.
    aliases: every distinct string by which the actor is named, the name among them.
    role: a verbatim phrase of the text that says who this is, or None when the text has none.
    identity: what tells it from a namesake in another story.
    """

    id: str
    name: str
    type: ActorType
    key: bool
    salience: float
    aliases: tuple[str, ...]
    role: str | None = None
    mentions: tuple[Mention, ...] = ()
    quotes: tuple[Quote, ...] = ()
    why: Evidence = field(default_factory=Evidence)
    identity: Identity = field(default_factory=Identity)


@dataclass(frozen=True, slots=True)
class Article:
    """A news page as its reader wants it.

    content: sanitised HTML; actors stand as `<mark class="actor" data-actor="ID">`.
    text: the paragraphs, sub-headings and list items of content, joined by a blank line; no title,
        standfirst, byline, caption or chrome.
    published, modified: ISO 8601 with the publisher's own offset from UTC, or None.
    word_count: words of text; reading_minutes: at 230 words a minute, at least 1.
    page_kind: "list" when the page seems to be a list of stories rather than one.
    access: "preview" when the page held only the beginning; access_reason says what tells so.
    actors_status: "found" (also when there are none), or why nobody looked.
    """

    title: str
    content: str
    text: str
    schema_version: int = SCHEMA_VERSION
    id: str | None = None
    url: str | None = None
    canonical_url: str | None = None
    standfirst: str | None = None
    authors: tuple[str, ...] = ()
    site: str | None = None
    published: str | None = None
    modified: str | None = None
    language: str | None = None
    direction: Direction = "ltr"
    lead_image: LeadImage | None = None
    word_count: int = 0
    reading_minutes: int = 1
    page_kind: PageKind = "story"
    access: Access = "full"
    access_reason: str | None = None
    removed: tuple[Removal, ...] = ()
    actors: tuple[Actor, ...] = ()
    actors_status: ActorsStatus = "not-requested"

    @property
    def paragraphs(self) -> list[str]:
        """The paragraphs of `text`, in order; empty when there is no text."""
        return self.text.split("\n\n") if self.text else []

    def to_dict(self) -> dict[str, Any]:
        """Return the article as plain JSON types (tuples become lists)."""
        return cast("dict[str, Any]", _plain(asdict(self)))

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Article:
        """Rebuild an article from `to_dict()`.

        Unknown names are ignored, so that a value written by a newer release can be read.
        Raises KeyError or TypeError when a required name is missing or of the wrong shape.
        """
        lead = data.get("lead_image")
        nested: dict[str, Any] = {
            "authors": tuple(data.get("authors", ())),
            "lead_image": LeadImage(**_known(LeadImage, lead)) if lead else None,
            "removed": tuple(Removal(**_known(Removal, r)) for r in data.get("removed", ())),
            "actors": tuple(actor_from_dict(a) for a in data.get("actors", ())),
        }
        return cls(**{**_known(cls, data), **nested})


@dataclass(frozen=True, slots=True)
class StorageStatus:
    """How an article is stored, and for whom, as its reader page shows it.

    pinned: it does not expire. owned: whoever looks is its owner, who may pin, share and forget it.
    private: it is in memory only and can be neither pinned nor shared.
    """

    pinned: bool = False
    owned: bool = True
    private: bool = False


NOT_OWNED = StorageStatus(owned=False)


def actor_from_dict(data: dict[str, Any]) -> Actor:
    """Rebuild one actor from its plain form; see `Article.from_dict`."""
    nested: dict[str, Any] = {
        "aliases": tuple(data["aliases"]),
        "mentions": tuple(Mention(**_known(Mention, m)) for m in data.get("mentions", ())),
        "quotes": tuple(Quote(**_known(Quote, q)) for q in data.get("quotes", ())),
        "why": Evidence(**_known(Evidence, data.get("why") or {})),
        "identity": _identity_from_dict(data.get("identity") or {}),
    }
    return Actor(**{**_known(Actor, data), **nested})


def _identity_from_dict(data: dict[str, Any]) -> Identity:
    lists = {name: tuple(data.get(name, ())) for name in ("roles", "company")}
    return Identity(**{**_known(Identity, data), **lists})


def actor_to_dict(actor: Actor) -> dict[str, Any]:
    """Return one actor as plain JSON types."""
    return cast("dict[str, Any]", _plain(asdict(actor)))


def _known(cls: type[Any], data: dict[str, Any]) -> dict[str, Any]:
    names = {f.name for f in fields(cls)}
    return {k: v for k, v in data.items() if k in names}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    return value
