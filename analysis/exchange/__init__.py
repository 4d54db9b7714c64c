"""Marks in the formats of other people's tools, both ways (see `analysis.exchange.formats`)."""
