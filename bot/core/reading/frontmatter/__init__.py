"""The metadata at the top of a file. Bytes come in, values under their keys go out."""
