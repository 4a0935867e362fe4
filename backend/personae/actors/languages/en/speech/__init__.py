"""Whose words a quotation or a report is, in English: the speaker that its own sentence names.

Precision comes first. A paragraph is read with its quotations masked (passage.py). The cue ("said") leads to
its subject before or after it (subjects.py); "she said" and "the minister said" count where one person only
can be meant (referents.py). On these stand direct (speakers.py) and indirect speech (reports.py).
"""
