"""The checks of `afterword doctor`. Settings come in, `Finding`s go out."""
