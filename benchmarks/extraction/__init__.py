"""How well, and how fast, the article is taken out of its page: Personae beside its peers.

    python -m benchmarks.extraction                 the invented pages of tests/pages
    python -m benchmarks.extraction FOLDER          ground-truth.json and html/ID.html.gz in FOLDER,
                                                    the layout of the public article-extraction-benchmark
    python -m benchmarks.extraction --rounds 3 --limit 50 --plot figure.svg

The peers: readability-lxml, whose time is the unit, trafilatura and newspaper4k (requirements-bench.txt),
Readability.js and Defuddle (benchmarks/peers). `make bench` installs them. Nothing is fetched.

`metric` weighs a text against the gold, `pages` reads the folders, `peers` are the extractors (those of npm
through `node`), `contest` lets all read every page in turn, `table` and `plot` show the outcome.
"""
