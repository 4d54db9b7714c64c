"""Text: an article, its paragraphs, tokens and sentences, and the records of what is found in it."""
