"""Reading a post: from the bytes of a file to a `Post`.

`posts` is the way in. `frontmatter` splits the file, `written_yaml` reads YAML as it is written,
and `fields` finds a value under its many names; `dates`, `paths`, `kinds` and `addresses` say what
the values and the file's place mean for the site that it belongs to.
"""
