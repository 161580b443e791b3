"""Plain text: folding, languages, control characters, HTML for a parser."""
