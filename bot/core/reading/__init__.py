"""Reads a post. The bytes of a file and its path come in, a `Post` goes out.

`posts` is the way in. `frontmatter` takes the metadata off the file, `paths`, `kinds` and
`addresses` say what its place means for the site, and `hugo` holds the rules of that generator.
"""
