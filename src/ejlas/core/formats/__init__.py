"""Bytes in and out: one module per format; knows no app."""
