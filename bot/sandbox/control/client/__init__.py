"""The Python client of the control API.

In come calls in Python; out go requests to ``/control/``, and back come objects that change in
place while the sandbox tells of changes. It works from this process or another.
"""
