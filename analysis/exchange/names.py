"""The names of the formats, for those who need no more (`--help`)."""

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
