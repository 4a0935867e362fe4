"""What HTML's elements are to text: which stand in a line, which end one, which hold no text to read.

Every list of inline elements is made from one table here, and says how it differs and why.
"""

from __future__ import annotations


def _names(names: str) -> frozenset[str]:
    return frozenset(names.split())


HEADINGS = _names("h1 h2 h3 h4 h5 h6")
# What is operated, not read.
CONTROLS = _names("input button select textarea option optgroup fieldset legend output")

# MathML, as far as articles keep it.
FORMULA = _names(
    "math mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms mspace msqrt mstyle "
    "msub msubsup msup mtable mtd mtext mtr munder munderover merror semantics"
)

# What stands in the lines of metadata: a byline, a date, a headline. Anything else in there (a picture, a
# form's label, an inserted remark) parts what stands before it from what stands after, as the end of a line
# does.
INLINE_IN_METADATA = _names("a abbr b bdi bdo cite code em font i mark q s small span strong sub sup time u")
_INLINE_IN_TEXT_ALONE = _names(
    "acronym big data del dfn img ins kbd label rb rp rt ruby samp strike tt var wbr"
)
# What stands in the lines of an article's text. A `br` is a newline of its own there, and pictures stand in
# figures.
INLINE = INLINE_IN_METADATA | _INLINE_IN_TEXT_ALONE | FORMULA
# What stands in the lines of a page as it comes: there `br` parts no words from their paragraph until two
# stand in a row, pictures are moved out later, and `nobr` is still in use.
INLINE_ON_PAGES = INLINE | _names("br nobr picture source")
# What of it an article keeps. The others only give looks (big, font, strike, tt), which are dropped or
# renamed, or need attributes that are dropped (data, label, mark, span); of a formula, the whole is copied.
INLINE_KEPT = (INLINE - FORMULA - _names("acronym big data font img label mark span strike tt")) | _names(
    "br math"
)

# What ends a line before and after itself, in white space's eyes: of HTML's elements those that browsers show
# as blocks, lists and tables.
BLOCKS_ON_PAGES = HEADINGS | _names(
    "address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form head header hgroup hr legend li main menu nav ol p pre section summary table tbody td tfoot "
    "th thead tr ul"
)
