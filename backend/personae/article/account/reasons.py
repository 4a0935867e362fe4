"""Every reason that an article gives: why a block is not in it, and why it is taken for a preview.

The article holds a reason as its English sentence. Whoever tells it in another language knows it by its name.
"""

from __future__ import annotations

from enum import StrEnum


class Where(StrEnum):
    """Where a block stood, as it is said in a reason."""

    ABOVE = "above the first paragraph"
    BELOW = "below the last paragraph"
    BETWEEN = "between two paragraphs"


class Reason(StrEnum):
    """A sentence; {where} stands for one of `Where`, {words} and {stated} for numbers of words."""

    # ---- of a removal: a form, a box of a kind, what is said elsewhere, what it looks like
    LOGIN_FORM = "A form that asks readers to log in stood {where}."
    COMMENT_FORM = "A form for comments stood {where}."
    MAIL_FORM = "A form that asks for an e-mail address stood {where}."
    COMMENTS = "Readers' comments, or a call for them, stood {where}."
    NEWSLETTER = "An invitation to a newsletter stood {where}."
    PAYWALL = "A prompt to subscribe stood {where}."
    RELATED = "A pointer to other stories stood {where}."
    SHARE = "Buttons to share or follow stood {where}."
    COOKIE = "A notice about cookies or privacy stood {where}."
    ADVERT = "An advertisement, or its label, stood {where}."
    LOGIN = "A prompt to log in stood {where}."
    POST = "A post of another site; a link to it stands in its place."
    REPEATS_HEADLINE = "It repeats the headline, which stands above the story."
    REPEATS_STANDFIRST = "It repeats the standfirst, which stands above the story."
    HEADLINE = "The headline and what stands with it, which the reader shows above the story."
    REPEATS_STORY = "It repeats words of the story."
    AUTHOR = "A line about the author stood {where}."
    DATE = "A line with the date stood {where}."
    LINKS = "Text that is mostly links stood {where}."
    HEADING = "A heading without text of the story stood {where}."
    UNLIKE = "A block unlike the story's own paragraphs stood {where}."

    # ---- of a preview
    NO_TEXT = "The page held no text of the article."
    DECLARED = "The page held about {words} of the {stated} words that it declares."
    PAID_PROMPT = "The publisher marks the story as paid, and the text ends at a subscription prompt."
    BREAKS_PROMPT = "The text breaks off at a subscription prompt."
    PAID_BREAKS = "The publisher marks the story as paid, and the text breaks off."
    PAID_BEGINNING = "The publisher marks the story as paid, and only its beginning is on the page."
    FEW_SENTENCES = "Only a few sentences stand before a subscription prompt."

    def sentence(self, **values: object) -> str:
        """Return the sentence with its values filled in; it need not have a place for each.

        Raises KeyError when one is missing.
        """
        return self.value.format(**values)
