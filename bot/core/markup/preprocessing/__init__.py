"""Changes an essay's Markdown before it is parsed: hidden text, expressions and emoji names."""
