"""Grammar: the parts that words and names play in their sentences."""
