"""What works on the discussion for a bot, each part made of the parts below it."""

import discord

from bot.blog.blog import Blog
from bot.blog.indexing import Indexer
from bot.discussion.answering.answers import Answering
from bot.discussion.answering.choosing import Choosing
from bot.discussion.answering.quote_requests import QuoteRequests
from bot.discussion.answering.reader_writes import ReaderWrites
from bot.discussion.asking.mentions import Mentions
from bot.discussion.asking.passages import Passages
from bot.discussion.asking.questions import Questions
from bot.discussion.asking.showing import Showing
from bot.discussion.author_desk import AuthorDesk
from bot.discussion.collecting.collector import Collector
from bot.discussion.collecting.deletion_checks import DeletionChecks
from bot.discussion.collecting.history import History
from bot.discussion.collecting.sweep import Sweeper
from bot.discussion.collecting.thread_reader import ThreadReader
from bot.discussion.dreaming.dreams import Dreams
from bot.discussion.finding import Finding
from bot.discussion.following import Following
from bot.discussion.lookup import PlaceLanguages
from bot.discussion.moderating.act_log import ActLog
from bot.discussion.moderating.auditing import Auditing
from bot.discussion.moderating.cuts import Cuts
from bot.discussion.moderating.plan import PlanModeration
from bot.discussion.moderating.responses import ResponseModeration
from bot.discussion.moderating.threads import ThreadModeration
from bot.discussion.notices import Notices
from bot.discussion.publishing.publisher import Publisher
from bot.discussion.related import RelatedEssays
from bot.discussion.reviewing.notice import ReviewNotices
from bot.discussion.reviewing.reviews import Reviews
from bot.discussion.scheduling.digests import Digests
from bot.discussion.scheduling.guilds import Guilds
from bot.discussion.scheduling.requests import Requests
from bot.discussion.scheduling.schedule import Schedule
from bot.discussion.setup.server_setup import ServerSetup
from bot.settings import Settings
from bot.store.store import Store


class Discussion:
    """Collects, publishes and answers; nothing of it opens or starts anything by itself.

    Args:
        client: It need not be logged in yet.
    """

    def __init__(
        self, client: discord.Client, store: Store, blog: Blog, settings: Settings
    ) -> None:
        self.indexer = Indexer(blog, store)
        self.languages, notices = PlaceLanguages(store), Notices(client, store)
        history, self.collector = History(client), Collector(client, store)
        deletions = DeletionChecks(client, store, history, notices)
        self.reader = ThreadReader(client, store, self.collector, history, deletions)
        self.sweeper = Sweeper(self.reader, days=settings.recheck)
        hears, first_run = settings.message_content, settings.first_run
        self.publisher = Publisher(self.reader, blog, notices, self.languages, hears_messages=hears)
        self.schedule = Schedule(
            self.reader, blog, self.publisher, notices, self.languages, first_run=first_run
        )
        self.reviews = Reviews(store, self.publisher, ReviewNotices(self.reader))
        writes = ReaderWrites(store)
        self.answering = Answering(self.reader, writes, self.publisher, self.reviews.notices)
        self.choosing = Choosing(store, writes)
        self.quote_requests = QuoteRequests(self.reader, writes)
        self.finding = Finding(store, blog, self.languages)
        self.related = RelatedEssays(store, blog, self.indexer)
        passages = Passages(blog)
        self.questions = Questions(store, blog, self.indexer, self.languages, passages)
        self.mentions = Mentions(client, store, blog, self.collector, passages)
        self.showing = Showing(store, blog, self.languages, passages)
        self.following = Following(store, blog)
        self.server_setup = ServerSetup(store, blog, settings, self.languages)
        self.guilds = Guilds(client, store, blog, settings, self.server_setup)
        self.requests = Requests(self.reader, blog, self.schedule, notices)
        self.desk = AuthorDesk(store, blog)
        self.digests = Digests(self.reader, blog, notices)
        self.responses = ResponseModeration(client, store, self.publisher)
        self.threads = ThreadModeration(client, store, self.collector, self.publisher)
        self.plan = PlanModeration(store, blog, self.publisher, self.schedule)
        self.cuts = Cuts(client, store, notices)
        self.auditing = Auditing(store)
        self.act_log = ActLog(self.reader, notices)
        self.dreams = Dreams(self.reader, blog)
