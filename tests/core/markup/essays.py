"""Essays to read back: one with everything in it, and those in ``content/``."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

CONTENT = Path(__file__).parents[3] / "content"
ADDRESS = "https://blog.example/posts/dream/"
ReadBack = Callable[[Sequence[Sequence[str]]], list[list[list[dict[str, Any]]]]]
"""Documents, each a list of messages, read by a parser of Discord's dialect."""

EVERYTHING = """
# One

An **opening *with* bold**, _italics_, `a*b` and [a link](../x_y/), [one][ref] and
a soft wrap.  <https://a.example/p>

## Two

- a
- b `code`
  1. deep **one**
  2. deep two

     > quoted

- [c](https://c.example/A_(b))

> A quote that is *long*
> enough.
>
> - with a list

```python
def f():

    return "```"[:0]
```

3. three

   second paragraph

   ```
   x
   ```
4. four

* _a_**b** ***both*** **a *b***
* 1\\. not a list, \\# no heading, <@1>, ||no||, @everyone, snake_case_name, 2 * 3 * 4

### Three: *a* `b`

#### Four

[ref]: https://ref.example "T"
"""


def bodies() -> list[str]:
    """Return the bodies of the essays in ``content/``, in order."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(CONTENT.rglob("*.md"))]
    return [re.sub(r"\A(---|\+\+\+)\n.*?\n\1\n", "", text, flags=re.DOTALL) for text in texts]


def examples(spec: str) -> list[str]:
    """Return the examples of CommonMark's specification."""
    found = re.findall(r"^`{32} example\n([\s\S]*?)^\.\n[\s\S]*?^`{32}$", spec, re.MULTILINE)
    return [example.replace("→", "\t") for example in found]
