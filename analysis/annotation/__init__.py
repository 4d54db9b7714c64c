"""What people mark by hand: keys, marks, and how they compare with each other and with the rules."""

from analysis.annotation.keys import GoldKeyError, key_to_document

__all__ = ["GoldKeyError", "key_to_document"]
