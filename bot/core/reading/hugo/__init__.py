"""Hugo's own rules: its dates, the addresses and fields of its pages, and its cascades."""
