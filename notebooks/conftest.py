"""What nbval leaves out when it compares the notebooks' stored outputs with those of a new run.

Strict mode compares every text that a cell puts out, but for what these patterns replace on both sides:
pictures (their pixels differ between releases of matplotlib and FreeType, while the facts of a figure, which
stand beside it as text, do not), addresses in memory, and the temporary file that a warning names.
"""

import pytest

PATTERNS = {
    r"data:image/[a-z+]+;base64,[A-Za-z0-9+/=\s]+": "data:image",
    r"\b0x[0-9a-fA-F]{6,}\b": "0xADDRESS",
    r"\S*/ipykernel_\d+/\d+\.py": "CELL.py",
}


def pytest_collectstart(collector: pytest.Collector) -> None:
    """Give the patterns to each notebook that nbval collects."""
    if collector.path.suffix == ".ipynb" and hasattr(collector, "sanitize_patterns"):
        collector.sanitize_patterns.update(PATTERNS)
