"""Put together news articles annotated with their actors, for `benchmarks/fit_actors.py`.

    python -m benchmarks.annotated [--corpus FOLDER] [--lee FOLDER] [--newspaper FOLDER] > ANNOTATED.json

`articles.json` holds who acts in 91 articles, and a digest of each article's text; the texts are their
publishers' and stay where they are. Each option names a place where some of them lie (README.md); what is
not named is left out. The stories of `tests/actors/stories` always come along.
"""
