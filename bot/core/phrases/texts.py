"""Which texts the bot has, in whatever language."""

from dataclasses import dataclass

from bot.core.phrases.answers import Answers
from bot.core.phrases.asking import Asking
from bot.core.phrases.consent import Consent
from bot.core.phrases.desk import Desk
from bot.core.phrases.dreams import Dreams
from bot.core.phrases.essays import Essays
from bot.core.phrases.finding import Finding
from bot.core.phrases.moderation import Moderation
from bot.core.phrases.obstacles import Obstacles
from bot.core.phrases.privacy import Privacy
from bot.core.phrases.refusals import Refusals
from bot.core.phrases.review import Review
from bot.core.phrases.setup import Setup
from bot.core.phrases.starting import Starting


@dataclass(frozen=True)
class Phrases(
    Essays,
    Answers,
    Review,
    Desk,
    Finding,
    Asking,
    Privacy,
    Consent,
    Moderation,
    Setup,
    Starting,
    Refusals,
    Obstacles,
    Dreams,
):
    """Every text of the bot in one language; braces are filled in by name.

    The English text is the default of a field, and what translators see.
    """
