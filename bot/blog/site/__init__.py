"""Reads the configuration of a site. A folder comes in, a `Site` with its faults goes out."""
