"""Scores of games, as they stand beside the name of a team: "Rovers 3-2"."""

from __future__ import annotations

import re

SCORE = re.compile(r" \d{1,3}[-–]\d{1,3}(?![-–\w])")
SCORE_AT_END = re.compile(r" \d{1,3}[-–]\d{1,3}$")
