"""Matching: plain values in, a ranked list with reasons out. Knows no web, no database and no clock."""
