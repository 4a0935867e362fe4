"""The edges of a name: what the model takes in too much or leaves out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from personae.actors.languages.en.names.titles import after_title, given_titles
from personae.actors.languages.en.words.countries import countries
from personae.actors.languages.en.words.lists import words
from personae.actors.languages.en.words.scores import SCORE_AT_END
from personae.actors.languages.en.words.sentences import begins_sentence
from personae.actors.names.recogniser import Entity
from personae.actors.text.punctuation import EDGES
from personae.actors.text.spelling import normal
from personae.actors.text.text_units import Block

POSSESSIVE = re.compile(r"['’][sS]?$")
_SENTENCE_WORD = re.compile(
    r" (?:Is|Are|Was|Were|Has|Have|Had|Will|Would|Can|Could|Should|To|On|In|At|With|For|From|By|et al)(?: |$)"
)
_LAST_WORD = re.compile(r"[ ,]+([\w.]+)$")
_ARTICLE = re.compile(r"(?:the|a|an|The|A|An) ")
_OWNER = re.compile(r"(?:[Tt]he )?([A-Z][\w.]*(?: [A-Z][\w.]*)*)'s (?=[A-Z])")
_PARTICIPLE = re.compile(r"[A-Z]\w+ing (?=[A-Z]\w+ [A-Z])")
_ABBREVIATED = re.compile(r"(?:\b[A-Z]\.[A-Z]|\b(?:Jr|Sr|Inc|Co|Corp|Ltd))$")
_ARABIC_ARTICLE = re.compile(r"(?<!\w)(?:[Aa]l|[Ee]l|ul|an|ad|as)-$")
_LONGEST_ARTICLE = 3  # characters
# "D-Calif.", "(R., Tex.)", "(Lab)": a party and a state, as American and British news gives them.
_PARTY = re.compile(r"(?:D|R|I|Dem|Rep|Ind)[-–—][A-Z][\w.]*|Lab|Con|Lib ?Dem")
_PARTY_BEFORE = re.compile(r"(?:\(|, )(?:D|R|I|Dem|Rep|Ind)(?:\.?, |\.?[-–—])$")
_NEXT_WORD = re.compile(r" ([A-Z][\w-]+)")
LONGEST_PARTY = 8  # characters
_SORT_OF_BODY = re.compile(r"NGOs? (?=[A-Z])")


def repaired(block: Block, entity: Entity) -> Iterator[tuple[int, int]]:
    """Yield the names in one entity, each with its edges where the name's are."""
    text = block.plain[entity.start : entity.end]
    owner = _OWNER.match(text) if entity.label == "ORG" else None
    if owner and owner[1] in countries().names:
        yield entity.start + owner.start(1), entity.start + owner.end(1)
        entity = Entity(entity.start + owner.end(), entity.end, entity.label)
        text = text[owner.end() :]
    if entity.label == "PERSON":  # also "Col (rtd) ", before the bracket cuts it
        first = after_title(block.plain, entity.start, entity.end)
        entity = Entity(first, entity.end, entity.label)
        text = block.plain[first : entity.end]
    cuts = [(entity.start, entity.end)]
    if entity.label in {"PERSON", "GPE"} and re.search(r" (?:and|&) |, | / |\n", text):
        cuts = _split(text, entity.start, r" (?:and|&) |, (?!(?:Jr|Sr|D\.?C)\b)| / |\n")
    elif "\n" in text or " (" in text:
        cuts = _split(text, entity.start, r"\n| \(")
    for start, end in cuts:
        start, end = _trim(block.plain, start, end, entity.label)  # noqa: PLW2901  the same cut, repaired
        if end > start and _is_name(block, start, end, entity.label):
            yield start, end


def _split(text: str, offset: int, separator: str) -> list[tuple[int, int]]:
    cuts, start = [], 0
    for match in re.finditer(separator, text):
        cuts.append((offset + start, offset + match.start()))
        start = match.end()
    return [*cuts, (offset + start, offset + len(text))]


def _trim(text: str, start: int, end: int, label: str) -> tuple[int, int]:
    """Move both edges inward until nothing is left to take off, then outward over what belongs."""
    before = (-1, -1)
    while before != (start, end) and start < end:
        before = (start, end)
        while start < end and text[start] in EDGES:
            start += 1
        while start < end and text[end - 1] in EDGES:
            end -= 1
        end = _trim_end(text, start, end, label)
        start = _trim_start(text, start, end, label)
    if label == "ORG" and start < end:
        end = _before_post(text, start, end)
    if text[end : end + 1] == "." and _ABBREVIATED.search(text, start, end):
        end += 1
    if prefix := _ARABIC_ARTICLE.search(text, max(0, start - _LONGEST_ARTICLE), start):
        start = prefix.start()
    return start, end


def _trim_end(text: str, start: int, end: int, label: str) -> int:
    """Take off what is no name: "Kerry's", "Kerry Thursday", "Kerry Has Left", "Rovers 3-2", "AFP news"."""
    if match := POSSESSIVE.search(text, start, end):
        end = match.start()
    if label == "PERSON" and (match := _SENTENCE_WORD.search(text, start, end)):
        end = match.start()
    if match := SCORE_AT_END.search(text, start, end):
        end = match.start()
    last = _LAST_WORD.search(text, start, end)
    if last is None:
        return end
    small = label == "ORG" and last[1].islower() and last[1].isalpha() and last[1] not in words("bodies")
    return last.start() if small or last[1].rstrip(".").lower() in words("weekdays_months") else end


def _before_post(text: str, start: int, end: int) -> int:
    """Return where a body's name ends before its people's title: "Moto Founder", "Orbit Sales" Manager."""
    if is_title(text[start:end]):
        return end
    parts = list(re.finditer(r"[^ ]+", text[start:end]))
    following = _NEXT_WORD.match(text, end)
    in_title = following is not None and following[1].lower() in words("posts")
    left = len(parts)
    while left > 1 and parts[left - 1][0].lower() in words("departments" if in_title else "posts"):
        in_title = True
        left -= 1
    return start + parts[left - 1].end()


def is_title(text: str) -> bool:
    """Return whether a seeming body is somebody's title: "Head of Sales", "Regional Director"."""
    noun, of, _ = text.partition(" of ")
    parts = noun.lower().split()
    *before, last = (parts if of else text.lower().split()) or [""]
    titles = words("posts") | words("departments")
    return last in words("posts") and (bool(of) or bool(before)) and all(part in titles for part in before)


def _trim_start(text: str, start: int, end: int, label: str) -> int:
    """Take off an article, a headline's participle, and what introduces a person."""
    sentence = begins_sentence(text, start)
    # "The Hague" and, within a sentence, "The Washington Post" keep their article.
    if (match := _ARTICLE.match(text, start, end)) and (sentence or match[0] != "The "):
        return match.end()
    if sentence and (match := _PARTICIPLE.match(text, start, end)):
        return match.end()
    if label == "ORG" and (match := _SORT_OF_BODY.match(text, start, end)):
        return match.end()
    return after_title(text, start, end) if label == "PERSON" else start


def _is_name(block: Block, start: int, end: int, label: str) -> bool:
    text = block.text[start:end]
    lower = normal(text).lower()
    return (
        len(text.rstrip(".")) > 1
        and any(c.isupper() for c in text)
        and not re.search(r"[@<>{}=\\]|https?:|www\.|\.(?:com|org|net)/", text)
        and not text[0].isdigit()
        and lower not in words("weekdays_months")
        and lower not in words("stops")
        and not (label == "PERSON" and _is_only_titles(text))
        and not (label == "ORG" and is_title(text))
        and not _PARTY.fullmatch(text)
        and not _PARTY_BEFORE.search(block.text[max(0, start - LONGEST_PARTY) : start])
        and not (text == "State" and re.search(r"[Ss]ecretary of $", block.text[:start]))
    )


def _is_only_titles(text: str) -> bool:
    """Return whether a person's name is made of roles alone; one word may still be half a name: "Son"."""
    parts = text.split()
    half = (
        len(parts) == 1 and text.istitle() and (text.lower() in words("relations") or text in given_titles())
    )
    return not half and all(w.lower() in words("roles") for w in parts) and parts[0] not in given_titles()
