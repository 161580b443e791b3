"""The sandbox in a browser: static files, and the headers that keep them to themselves.

No build step: what stands in ``static`` is what the browser gets. All that the page does goes
through the control API, so that it has no powers which a test has not.
"""

from bot.sandbox.page.serving import ATTACHMENT_HEADERS, add_routes, send_index

__all__ = ["ATTACHMENT_HEADERS", "add_routes", "send_index"]
