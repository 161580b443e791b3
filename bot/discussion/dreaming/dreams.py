"""The parts of the dream, each made of the parts below it."""

from bot.blog.blog import Blog
from bot.discussion.collecting.thread_reader import ThreadReader
from bot.discussion.dreaming.deciding import Deciding
from bot.discussion.dreaming.delivery import Delivery
from bot.discussion.dreaming.look_back import LookBack
from bot.discussion.dreaming.nights import Nights


class Dreams:
    """Looks back on nights, sends what is to be said about them, and takes decisions."""

    def __init__(self, reader: ThreadReader, blog: Blog) -> None:
        self.delivery = Delivery(reader, blog)
        self.deciding = Deciding(reader, self.delivery)
        self.nights = Nights(reader, blog, self.delivery, LookBack(reader.store.path, blog))
