"""Writing and reading marks in the formats of other people's tools (see `analysis.exchange.formats`)."""
