"""When an essay gets its thread, and which step comes next: values in, decisions out.

`due` plans the starts of a channel, `publication` returns the next step of one publication,
`prompts` groups the questions that are asked together, `align` recognises a reworded one, and
`obstacles` says what stands in the way.
"""
