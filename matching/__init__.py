"""Matching: plain values in, a ranked list with reasons out. Knows no web, no database and no clock.

`Ranker` is the door. Import it from `matching.index`, the values from `matching.types`; this package itself
imports nothing, so that reading the words of `matching.text` does not load scikit-learn.
"""
