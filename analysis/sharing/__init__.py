"""The commands that exchange marks with other tools: `export`, `import` and `agree`."""
