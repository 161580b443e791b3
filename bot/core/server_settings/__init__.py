"""What is set for a server and its channel: which keys there are, and what their values may be.

In come texts that people typed or chose; out go values, or a sentence that says what is wrong.
"""
