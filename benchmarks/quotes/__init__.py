"""Who said what: how right the speakers of quotations are, in annotated articles.

    python -m benchmarks.quotes FOLDER             a folder of stories as tests/actors/stories
    python -m benchmarks.quotes pages.jsonl.gz     the articles of annotations.json, whose texts you have
    python -m benchmarks.quotes pages.jsonl.gz --half second --wrong

A file of pages has one JSON object a line: `id`, and `gold` with `title` and `body`; a folder that holds a
`pages.jsonl.gz` or `pages.jsonl` stands for it. GUIDE.md says what a quotation is and who its speaker is.

A given quotation is right when an annotated one of the same speaker shares at least half of its characters
and at least half of the given one's, so that neither is more than twice as long as what they share. Where an
annotation has an alternative span, either will do. A speaker is the same when the actor bears a name by which
the speaker is annotated, and is not called as another speaker is. A given quotation that is right by an
optional annotation alone is left out. All others are wrong, those of nobody's words too; `--wrong` tells
those that are merely too long or too short ("extent") from the others.

Precision is the share of the right ones among those given, recall the share of the annotated ones that have a
speaker, and are not optional, that are given. A given quotation is direct when a quotation mark opens it.
"""
