"""The words that say that somebody speaks, as patterns; group 1 is the cue."""

from __future__ import annotations

import re

from personae.actors.languages.en.words.lists import alternatives

# What may stand between a subject and its cue.
ADVERBS = (
    r"(?: (?:also|then|later|has|have|had|once|previously|simply|only|often|still|did|does"
    r"|\w+ly|himself|herself))*"
)
# Cues that may be nouns: "EU states".
MAYBE_NOUNS = frozenset(
    {"states", "reports", "claims", "notes", "calls", "offered", "read", "shared", "posted"}
)
# What makes a cue a subordinate clause's, which states nothing: "if the minister said".
SUBORDINATE = re.compile(
    r"\b(?:as|if|when|what|whether|because|unless|until|which|who|how|why) (?:[\w’'-]+ ){0,4}$", re.IGNORECASE
)

_SPOKE = f"{alternatives('speech')}|{alternatives('cues')}"
CUE = re.compile(rf"(?<![\w-])({_SPOKE})(?![\w-])")
# Before its subject: ", said quietly the ".
TURNED = re.compile(rf",? ({_SPOKE})(?: \w+ly)? (?:the )?(?=\S)")
ANY_CUE = _SPOKE  # without a group
# In an aside: ", Lee said", ", said Lee".
ASIDE = re.compile(rf"(?<![\w-])({alternatives('asides')})(?![\w-])")
ASIDE_TURNED = re.compile(r", (said|says|explained|explains|wrote) (?:the )?(?=\S)")
REPORT = re.compile(rf"(?<![\w-])({alternatives('reports')})(?![\w-])")  # of indirect speech
PARTICIPLE = re.compile(rf"(?<![\w-])({alternatives('participles')})(?![\w-])")  # ", saying"
