"""Every error that Personae raises on purpose.

    PersonaeError                     500 internal
    ├── RequestError                  400 bad_request        what was sent is not a request we know
    │   ├── InvalidJSON               400 invalid_json
    │   ├── InvalidField              400 invalid_field      a wrong type or a missing name
    │   │   └── InvalidAddress        400 invalid_address    in the form to try it
    │   ├── BadEncoding               400 bad_encoding       gzip that is broken or of another kind
    │   ├── UnsupportedMedia          415 unsupported_media
    │   ├── TooLarge                  413 too_large          before or after decompression
    │   ├── NotFound                  404 not_found
    │   ├── ArticleGone               404 article_gone       expired, forgotten or never there
    │   ├── LinkGone                  404 link_gone          a share link taken back, or never made
    │   ├── PrivateArticle            409 private_article    of a private window: not to be kept or shared
    │   ├── TooManyPins               409 too_many_pins
    │   ├── NoRoom                    507 no_room            pinned articles take all that they may
    │   ├── PictureGone               404 picture_gone       not kept, or not for whoever asks
    │   ├── NotAPicture               422 not_a_picture      none of the kinds that are kept
    │   ├── PictureTooLarge           413 picture_too_large
    │   ├── PicturesTooLarge          413 pictures_too_large all of one article's together
    │   └── MethodNotAllowed          405 method_not_allowed
    ├── Refused                       403 refused            who asks may not
    │   ├── TokenRequired             401 token_required
    │   ├── TokenWrong                401 token_wrong
    │   ├── TooManyAttempts           429 too_many_attempts  too many wrong tokens from one address
    │   ├── OriginNotAllowed          403 origin_not_allowed
    │   └── HostNotAllowed            421 host_not_allowed
    ├── PageError                     422 page_error         the page cannot be read
    │   ├── EmptyPage                 422 empty_page
    │   │   └── NoPageChosen          422 no_page_chosen     in the form to try it
    │   ├── NotHTML                   422 not_html
    │   ├── NoArticle                 422 no_article         a home page, a search form
    │   ├── TooComplex                422 too_complex        too many nodes, or nested too deep
    │   ├── TookTooLong               422 took_too_long      the wall-clock limit ended it
    │   └── ReaderCrashed             422 reader_crashed     the worker died on this page
    ├── LanguageNotSupported          422 language_not_supported   no actors for this language
    ├── Busy                          503 busy               all workers taken, the queue is full
    ├── CacheUnavailable              503 cache_unavailable  a store cannot be reached or written
    ├── ModelMissing                  500 model_missing      the language model cannot be loaded
    ├── ModelNotListed                404 model_not_listed   no such language model to add, or none was added
    ├── ModelNotAdded                 502 model_not_added    not fetched, not the right file, or not written
    ├── ModelBusy                     409 model_busy         it is being added or removed at this moment
    └── SettingError                  500 setting            a setting is wrong; raised at start

Each has an HTTP status, a stable code, a message (the cause) and a hint (the next step).
Messages and hints never contain the page's content, its URL or a token.
"""

from __future__ import annotations


class PersonaeError(Exception):
    """The root. `str(error)` is the message; `hint` tells a person what to do next."""

    status = 500
    code = "internal"
    default_message = "Something went wrong inside Personae."
    default_hint = "Try again; if it happens again, run `personae doctor` and report what it prints."

    def __init__(self, message: str | None = None, *, hint: str | None = None) -> None:
        self.message = message or self.default_message
        self.hint = hint or self.default_hint
        super().__init__(self.message)

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle with both texts, so that an error crosses from a worker unchanged."""
        return (_rebuild, (type(self), self.message, self.hint))

    def to_dict(self) -> dict[str, dict[str, str]]:
        """Return the one JSON error shape of the API."""
        return {"error": {"code": self.code, "message": self.message, "hint": self.hint}}


def _rebuild(cls: type[PersonaeError], message: str, hint: str) -> PersonaeError:
    return cls(message, hint=hint)


class RequestError(PersonaeError):
    """What was sent is not a request that we know."""

    status = 400
    code = "bad_request"
    default_message = "The request is not one that Personae knows."
    default_hint = "See /openapi.json for what it takes."


class InvalidJSON(RequestError):
    """The body is not JSON."""

    code = "invalid_json"
    default_message = "The request's body is not valid JSON."
    default_hint = 'Send {"url": "...", "html": "..."} as application/json in UTF-8.'


class InvalidField(RequestError):
    """A name is missing from the JSON, or its value has the wrong type."""

    code = "invalid_field"
    default_message = "A field of the request is missing or has the wrong type."


class InvalidAddress(InvalidField):
    """What stands in a form as the page's address is none."""

    code = "invalid_address"
    default_message = "This is not the address of a page."
    default_hint = "It begins with http:// or https://; leave it empty when the page has none."


class BadEncoding(RequestError):
    """Content-Encoding is not one we take, or the body does not decode."""

    code = "bad_encoding"
    default_message = "The request's body could not be decompressed."
    default_hint = "Send the body as it is, or compressed once with gzip."


class UnsupportedMedia(RequestError):
    """Content-Type is not one we take."""

    status = 415
    code = "unsupported_media"
    default_message = "The request's content type is not one that this address takes."
    default_hint = "Send application/json."


class TooLarge(RequestError):
    """The body is over the limit, before or after decompression."""

    status = 413
    code = "too_large"
    default_message = "The page is larger than this backend accepts."
    default_hint = "Raise PERSONAE_MAX_HTML_BYTES on the backend if you need to read such pages."


class NotFound(RequestError):
    """No such address."""

    status = 404
    code = "not_found"
    default_message = "There is nothing at this address."


class ArticleGone(RequestError):
    """The article expired, was forgotten, or was never there for whoever asks."""

    status = 404
    code = "article_gone"
    default_message = "This article is no longer kept here."
    default_hint = "Open the original page and click the Personae button again."


class LinkGone(RequestError):
    """The share link was taken back, its article is gone, or there never was such a link."""

    status = 404
    code = "link_gone"
    default_message = "This link leads nowhere any more."
    default_hint = "Ask whoever gave it to you for a new one."


class PrivateArticle(RequestError):
    """An article of a private window cannot be pinned or shared: nothing of it may touch a disk."""

    status = 409
    code = "private_article"
    default_message = "This article is from a private window and kept in memory only."
    default_hint = "To pin or share it, read the page in an ordinary window first."


class TooManyPins(RequestError):
    """A tenant has pinned as many articles as it may."""

    status = 409
    code = "too_many_pins"
    default_message = "No more articles can be pinned."
    default_hint = "Unpin one that you no longer need, or raise PERSONAE_MAX_PINS on the backend."


class NoRoom(RequestError):
    """What does not expire takes all the room that it may."""

    status = 507
    code = "no_room"
    default_message = "Pinned articles take up all the room that there is for them."
    default_hint = "Unpin one that nobody needs, or raise PERSONAE_CACHE_MAX_BYTES on the backend."


class PictureGone(RequestError):
    """A picture of an article is not kept, or not for whoever asks."""

    status = 404
    code = "picture_gone"
    default_message = "This picture is not kept here."
    default_hint = "Keep the article's pictures again, from its page."


class NotAPicture(RequestError):
    """What was sent as a picture is none of the kinds that are kept, or states a size beyond all use."""

    status = 422
    code = "not_a_picture"
    default_message = "This is no picture of a kind that is kept."
    default_hint = "JPEG, PNG, WebP, GIF and AVIF are kept, of at most 50 million pixels."


class PictureTooLarge(RequestError):
    """One picture has more bytes than a picture may have."""

    status = 413
    code = "picture_too_large"
    default_message = "This picture is larger than a picture may be."
    default_hint = "Raise PERSONAE_MAX_PICTURE_BYTES on the backend if you need to keep such pictures."


class PicturesTooLarge(RequestError):
    """With this one, an article's pictures would have more bytes than those of one article may have."""

    status = 413
    code = "pictures_too_large"
    default_message = "The pictures of this article are larger than those of one article may be."
    default_hint = "Raise PERSONAE_MAX_PICTURES_BYTES on the backend if you need to keep all of them."


class MethodNotAllowed(RequestError):
    """The address exists, the method does not."""

    status = 405
    code = "method_not_allowed"
    default_message = "This address does not take that method."


class Refused(PersonaeError):
    """Who asks may not."""

    status = 403
    code = "refused"
    default_message = "This request is not allowed."
    default_hint = "Use the Personae extension, or a page of this backend itself."


class TokenRequired(Refused):
    """The backend wants a token and none came."""

    status = 401
    code = "token_required"
    default_message = "This backend asks for a token."
    default_hint = "Enter the value of PERSONAE_TOKEN in the extension's options."


class TokenWrong(Refused):
    """A token came and it is not one of ours."""

    status = 401
    code = "token_wrong"
    default_message = "The token is not the one that this backend expects."
    default_hint = "Compare the extension's options with PERSONAE_TOKEN on the backend."


class TooManyAttempts(Refused):
    """Too many wrong tokens came from one address."""

    status = 429
    code = "too_many_attempts"
    default_message = "Too many wrong tokens came from this address."
    default_hint = "Wait a minute, then try again with the value of PERSONAE_TOKEN."


class OriginNotAllowed(Refused):
    """Another site's page tried to use the backend."""

    code = "origin_not_allowed"
    default_message = "Pages of other sites may not use this backend."


class HostNotAllowed(Refused):
    """The Host header names a host that this backend does not serve."""

    status = 421
    code = "host_not_allowed"
    default_message = "This backend does not answer under that host name."
    default_hint = "Add the host name to PERSONAE_HOSTS on the backend."


class PageError(PersonaeError):
    """The page cannot be read."""

    status = 422
    code = "page_error"
    default_message = "This page cannot be read."
    default_hint = "Open the story itself, let it load, and try again."


class EmptyPage(PageError):
    """There is no markup at all."""

    code = "empty_page"
    default_message = "The page is empty."
    default_hint = "Wait until the page has loaded, then try again."


class NoPageChosen(EmptyPage):
    """A form came without a page."""

    code = "no_page_chosen"
    default_message = "No page was chosen or pasted."
    default_hint = "Choose a saved page, or paste its source."


class NotHTML(PageError):
    """What was sent is not HTML."""

    code = "not_html"
    default_message = "What was sent is not an HTML page."
    default_hint = "Personae reads web pages; open the story as a page rather than as a file of another kind."


class NoArticle(PageError):
    """The page holds no article: a home page, a search form, a video player."""

    code = "no_article"
    default_message = "No article was found on this page."
    default_hint = "Open one story rather than a list of them, let it load, and try again."


class TooComplex(PageError):
    """The page has more nodes than the limit, or nests them deeper."""

    code = "too_complex"
    default_message = "The page's structure is beyond what can be read safely."
    default_hint = "If it is an honest news page, please report it."


class TookTooLong(PageError):
    """The wall-clock limit ended the reading."""

    code = "took_too_long"
    default_message = "Reading this page took longer than the limit, so it was stopped."
    default_hint = "Try again; raise PERSONAE_READ_TIMEOUT on the backend if the machine is slow."


class ReaderCrashed(PageError):
    """The worker died on this page."""

    code = "reader_crashed"
    default_message = "The reader stopped unexpectedly on this page."
    default_hint = "Try again; if it happens again, please report the page."


class LanguageNotSupported(PersonaeError):
    """No model is installed for the text's language."""

    status = 422
    code = "language_not_supported"
    default_message = "Actors are not available for this language."
    default_hint = "`personae doctor` lists the languages that are installed."


class Busy(PersonaeError):
    """All workers are taken and the queue is full."""

    status = 503
    code = "busy"
    default_message = "The backend is busy with other pages."
    default_hint = "Try again in a few seconds; raise PERSONAE_WORKERS if this happens often."


class CacheUnavailable(PersonaeError):
    """A store of the cache cannot be reached, read or written."""

    status = 503
    code = "cache_unavailable"
    default_message = "The store of articles cannot be used at the moment."
    default_hint = "Try again in a minute; /readyz on the backend says which store is away."


class ModelMissing(PersonaeError):
    """The language model is not installed or cannot be loaded."""

    code = "model_missing"
    default_message = "The language model could not be loaded."
    default_hint = "Run `make setup` again, then `personae doctor`."


class ModelNotListed(PersonaeError):
    """There is no such language model to add, or none was added."""

    status = 404
    code = "model_not_listed"
    default_message = "There is no such language model."
    default_hint = "`personae models list` names the languages; PERSONAE_MODELS takes models of your own."


class ModelNotAdded(PersonaeError):
    """A language model could not be fetched, was not the right file, or could not be written."""

    status = 502
    code = "model_not_added"
    default_message = "The language model could not be added."
    default_hint = "Run `personae models add` on the backend's machine: it says more."


class ModelBusy(PersonaeError):
    """Another process adds, updates or removes the language's model."""

    status = 409
    code = "model_busy"
    default_message = "This language's model is being added or removed at this moment."
    default_hint = "Wait until that is done, then look at `personae models list`."


class SettingError(PersonaeError):
    """A setting has a value that cannot be used; raised at start, names its variable."""

    code = "setting"
    default_message = "A setting has a value that cannot be used."
    default_hint = "See docs/settings.md."
