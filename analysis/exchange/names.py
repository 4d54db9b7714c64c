"""The names of the formats, for code that needs nothing else (`--help`)."""

NAMES = (
    "w3c",
    "webanno",
    "cas",
    "cas-json",
    "brat",
    "label-studio",
    "prodigy",
    "docbin",
    "conllu",
    "tei",
    "parc",
)
