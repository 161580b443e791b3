"""The composition root: settings in, a bot out."""

from bot import endpoint
from bot.blog.blog import Blog, open_source
from bot.blog.site.configuration import Overrides
from bot.client import AfterwordBot
from bot.discussion.answering.answers import Answering
from bot.discussion.answering.reader_writes import ReaderWrites
from bot.discussion.collecting.collector import Collector
from bot.discussion.collecting.deletion_checks import DeletionChecks
from bot.discussion.collecting.history import History
from bot.discussion.collecting.sweep import Sweeper
from bot.discussion.collecting.thread_reader import ThreadReader
from bot.discussion.notices import Notices
from bot.discussion.publishing.publisher import Publisher
from bot.discussion.publishing.schedule import Schedule
from bot.settings import Settings
from bot.store.store import Store

EXTENSIONS = (
    "bot.cogs.collecting",
    "bot.cogs.publishing",
    "bot.cogs.posts",
    "bot.cogs.tags",
    "bot.cogs.answers",
    "bot.cogs.keeping",
    "bot.cogs.moderation",
    "bot.cogs.authors",
    "bot.cogs.privacy",
)
"""What the bot can do, a module each; one that is left out takes only its own feature away."""


def create_bot(settings: Settings) -> AfterwordBot:
    """Return a bot that anybody's harness can log in.

    It opens nothing: files open when it logs in, and close when it is closed. Where Discord is
    (``api`` and ``gateway``) holds for the whole process, since discord.py keeps it in its classes.
    """
    endpoint.use(settings.api, settings.gateway)
    store = Store(settings.database)
    source = open_source(settings.content, settings.database)
    blog = Blog(source, store, Overrides(settings.site, settings.timezone, settings.language))
    bot = AfterwordBot(settings, store, blog, extensions=EXTENSIONS)
    _give_collaborators(bot)
    return bot


def _give_collaborators(bot: AfterwordBot) -> None:
    """Give a bot what outlives one event; all of it needs a client."""
    settings, store, blog = bot.settings, bot.store, bot.blog
    bot.collector = Collector(bot, store)
    bot.history = History(bot)
    bot.notices = Notices(bot, store)
    bot.deletions = DeletionChecks(bot, store, bot.history, bot.notices)
    bot.reader = ThreadReader(bot, store, bot.collector, bot.history, bot.deletions)
    hears = settings.message_content
    bot.publisher = Publisher(bot.reader, blog, bot.notices, bot.languages, hears_messages=hears)
    bot.schedule = Schedule(
        bot.reader,
        blog,
        bot.publisher,
        bot.notices,
        bot.languages,
        first_run=settings.first_run,
    )
    bot.reader_writes = ReaderWrites(store)
    bot.answering = Answering(bot.reader, bot.reader_writes, bot.publisher)
    bot.sweeper = Sweeper(bot.reader, days=settings.recheck)
