"""What goes wrong on demand.

In come faults that a test orders; out comes, for each request, event or answer, what happens to
it instead: nothing, a refusal, a delay, a copy, or an answer that is not so.
"""
