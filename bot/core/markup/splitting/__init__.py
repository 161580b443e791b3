"""Packs blocks into messages. `Block`s come in, the texts of messages go out.

`messages` is the way in; `segments` and `graphemes` say where a text may be cut.
"""
