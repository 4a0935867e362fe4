"""The numbers that the rules compare with: what each is, and where its value comes from.

Widths are in characters of a Latin script (`Block.width`), scores from 0 to 1, shares of the text that is
chosen when the rule is reached, lengths in characters or, where it says so, in blocks or words.

Where the values come from: [hand] was chosen by hand on tests/pages and the development corpus in November
2026, and kept because it mended pages and broke none there; no program searched for it, and values nearby
may do as well. [form] follows from what the thing is.
"""

from __future__ import annotations

# ---- any rule

# The most that a rule takes of the text whose score is above the threshold; more than that is the story,
# whatever it looks like. [hand]
RULE_SHARE = 0.5

# The least width of a paragraph that reads like one. [hand]
PARAGRAPH_WIDTH = 60
# A block with a larger share of its text in links is no prose of the story. [hand]
PROSE_LINKED = 0.3
# A block with a larger share of its text in links is a link, whatever stands beside it. [hand]
IS_LINK = 0.8
# A block with at least this share of its text in links is not an item or a heading of the story. [hand]
HALF_LINKED = 0.5
# How much of a block's beginning is searched for what it says of itself, in characters. [hand]
OPENING_LENGTH = 160
SHORT_OPENING_LENGTH = 60

# ---- other story

# The least that the page's own story has, before anything else counts as another one. [hand]
STORY_WIDTH = 400.0

# ---- teaser, thread

# So many units of one shape with a linked headline each are teasers. [hand]
TEASERS = 3
# The fewest lines with a time below the story that are a thread, and how much less sure of what stands below
# the first of them the model is than of the story. [hand]
THREAD_STAMPS = 3
THREAD_DOUBT = 0.08

# ---- like others

# Of blocks of one make: how many must be chosen, which share of their text, and the score that the others
# must exceed. The more are known, the less sure the rest need be. [hand]
LIKE_OTHERS = ((6, 0.8, 0.15), (12, 0.2, 0.3), (3, 0.75, 0.3), (1, 0.6, 0.35), (9, 0.01, 0.45))
# The same for short sentences among very many of one make, the turns of a long talk. [hand]
TURNS = ((30, 0.9, 0.15), (30, 0.2, 0.3))
# The score that a short sentence must exceed which stands in line with the story's paragraphs. [hand]
SHORT_LINE_SCORE = 0.5

# So many units of one tag hold the story, and this share of all between the first and the last; the story's
# column is the innermost element with this share of it. [hand]
UNITS = 3
UNITS_SHARE = 0.6
UNITS_COLUMN = 0.9
# How many blocks above its first one belong to the first unit at most. [hand]
UNIT_HEAD = 4
# The score that a paragraph in such a unit must exceed. [hand]
UNIT_SCORE = 0.2
# The most paragraphs in boxes of their own that follow the story's last sure one. [hand]
LAST_UNITS = 2

# ---- box: at most so much of the story goes with one

# A form, a gateway. [hand]
BOX_SHARE = 0.34
# A fact box, which may hold more than the story around it. [hand]
INSET_SHARE = 0.7
# The most paragraphs and items that stand in a form; a page that is one form as a whole has more. [hand]
FORM_PARAGRAPHS = 12
# The most blocks of a gateway. [hand]
GATEWAY_BLOCKS = 25
# A gateway is called so, and one of so many of its blocks speaks of it; or it is not, and more than one of so
# many does, of more than so many blocks. [hand]
NAMED_GATEWAY_ONE_IN = 3
UNNAMED_GATEWAY_ONE_IN = 2
UNNAMED_GATEWAY_BLOCKS = 2
# One of so many blocks of a dialogue about consent speaks of it, in so many of its first characters. [hand]
CONSENT_ONE_IN = 4
CONSENT_OPENING_LENGTH = 400

# ---- opening

# How many blocks above the story are looked at. [hand]
OPENING_BLOCKS = 12
# The least width of an opening, and the score that it must exceed. [hand]
OPENING_WIDTH = 100
OPENING_SCORE = 0.3
# With a larger share of words in common, an opening is the standfirst. [hand]
STANDFIRST_SHARE = 0.5

# ---- head

# The first paragraph that is wider than this begins the prose; bylines and standfirsts stand above it. [hand]
FIRST_PROSE_WIDTH = 140
# The widest byline, and the most words in one: of any kind, and of names alone. [hand]
BYLINE_WIDTH = 90
BYLINE_WORDS = 14
NAMES_WORDS = 9
# The most words in the line that signs an entry of a live blog: a time and a name. [form]
ENTRY_WORDS = 8

# ---- pull quote

# The width that a paragraph must exceed to be the one that is quoted. [hand]
QUOTED_WIDTH = 60
# The fewest words of a pull quote, or its least width; shorter ones stand in paragraphs by chance. [hand]
PULL_QUOTE_WORDS = 4
PULL_QUOTE_WIDTH = 25

# ---- call

# The widest line that calls its readers elsewhere, that gives a mailbox, that announces advertising. [hand]
CALL_WIDTH = 180
MAILBOX_WIDTH = 120
ANNOUNCEMENT_WIDTH = 40

# ---- pointer

# With a larger share of its text in links, a line that begins as pointers do is one. [hand]
POINTER_LINKED = 0.25
# The most words of a label before a link, and the fewest of a headline after it. [hand]
LABEL_WORDS = 4
LABELLED_WORDS = 3

# ---- ending

# How many lines below the story are looked at, and the widest of them. [hand]
ENDING_LINES = 4
ENDING_WIDTH = 320
# How much of its beginning is searched for words of chrome, and how doubtful the model must be of a line that
# nobody signed, and of one about an author. [hand]
ENDING_OPENING_LENGTH = 30
ENDING_DOUBT = 0.15
BIO_DOUBT = 0.03

# ---- gateway

# A gateway stands below so many blocks of the story at least, among so many of the last ones. [hand]
GATEWAY_BELOW = 2
GATEWAY_LINES = 8
# So many of its lines offer a subscription, and one of so many. [hand]
GATEWAY_OFFERS = 2
GATEWAY_ONE_IN = 4

# ---- remark

# The widest line in brackets. [hand]
REMARK_WIDTH = 120

# ---- gallery

# The fewest pictures with headlines of a gallery, the fewest paragraphs that the story has besides, how far
# around an item its list stands and is called so, and with a larger share of headlines that have a word of so
# many letters in common with the story, the gallery is the story's. [hand]
GALLERY_ITEMS = 3
GALLERY_PARAGRAPHS = 3
GALLERY_LEVELS = 4
GALLERY_SPEAKING = 0.34
TELLING_LETTERS = 5

# ---- caption

# How many elements around a block are looked at: the box, and one within it. [form]
CAPTION_LEVELS = 2
# The most blocks in a box with its picture (title, caption, credit), and the width they stay below. [hand]
CAPTION_BLOCKS = 3
CAPTION_WIDTH = 400
# The width below which a line that ends with the photographer is a caption. [hand]
CREDITED_WIDTH = 300
# A box without a name that holds a picture and less text than this is the picture's, among at least so many
# paragraphs of the story. [hand]
BOXED_CAPTION_WIDTH = 200
COLUMN_PARAGRAPHS = 2
# The fewest labels of a chart. [hand]
DRAWING_LABELS = 3
# With a larger share as captions, the story is told in pictures. [hand]
CAPTIONS_SHARE = 0.3

# ---- post, summary

# How many elements around a block may be the post or the summary. [form] Their markup nests no deeper than
# this.
SUMMARY_LEVELS = 3
POST_LEVELS = 3
# What is embedded as a post and has a larger share of the story holds the story. [hand]
POST_SHARE = 0.4

# ---- list, exhibit, note, heading

# The widest line that closes a part of the story, the fewest that are known, and the score that the others
# must exceed. [hand]
CLOSING_WIDTH = 80
CLOSING_LINES = 2
CLOSING_SCORE = 0.3
# With a larger share of a list chosen, the rest of it comes in if its scores exceed the second number. [hand]
LIST_SHARE = 0.6
LISTED_SCORE = 0.2
# The score that the heading above an exhibit or above notes must exceed. [hand]
HEADED_SCORE = 0.1
# A list or table with a larger share of its text in links leads away. [hand]
EXHIBIT_LINKED = 0.3
# The most blocks beside an exhibit in a box of its own (a heading, a button, a source), and between the story
# and a table above or below it; how many elements around it may be called chrome. [hand]
EXHIBIT_LABELS = 4
EXHIBIT_LEVELS = 5
# The fewest terms and meanings of a list of terms, taken together. [form] Two of each.
TERMS = 4
# The score that a table, or what heads it, must exceed when it stands outside the story's column. [hand]
EXHIBIT_OUTSIDE_SCORE = 0.2
# The most items and the width of a list within an item of the story, whatever it links to. [hand]
NESTED_ITEMS = 12
NESTED_WIDTH = 500.0
# The width below which a line beside an exhibit is its label. [hand]
LABEL_BESIDE_WIDTH = 40
# The score above which a block may be a note that nothing else tells of. [hand]
NOTED_SCORE = 0.5
# The score that a heading between two of the story's blocks must exceed. [hand]
HEADING_SCORE = 0.3
# The width below which a paragraph that is all bold is a heading. [hand]
BOLD_WIDTH = 120

# ---- box among

# The element in which at least this share of the story stands as paragraphs is its column. [form] More than
# half of it can stand in one element alone.
COLUMN_SHARE = 0.5
# How much of the story, and of text, may go with a box in it. [hand]
BETWEEN_SHARE = 0.3
BETWEEN_WIDTH = 700.0
# The width below which a link, and a line that sells or asks, give away the box around them. [hand]
GIVES_AWAY_LINK_WIDTH = 80
GIVES_AWAY_LINE_WIDTH = 250
