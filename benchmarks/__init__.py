"""Benchmarks: the reader measured against corpora that people annotated.

Run as `python -m benchmarks SET …` from the project's root; see docs/benchmarks.md.

A set's module has `run(path, *, limit, errors) -> Scores`:

- `path`: the corpus, a file or a folder, in its own format;
- `limit`: the first so many items only, or None;
- `errors`: called with one `Miss` for each miss;
- `Scores`: metric name -> `Metric` (value, 95 % interval, number of items).

Shares and F are between 0 and 1. No corpus is part of the project.
"""
