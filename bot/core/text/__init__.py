"""Plain text, whatever it is for: folding, languages, control characters, HTML for a parser."""
