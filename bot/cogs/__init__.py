"""The Discord edge, one extension a module: receive, bound the input, call down, send."""
