"""The sandbox in a browser.

In come requests for files and the captions of a tour; out go the files of ``static`` as they are,
without a build step. The page acts through the control API alone: it can do what a test can.
"""

from bot.sandbox.page.serving import ATTACHMENT_HEADERS, REPORT_HEADERS, add_routes, send_index

__all__ = ["ATTACHMENT_HEADERS", "REPORT_HEADERS", "add_routes", "send_index"]
