"""What is in the way is said in the language of who reads it."""

from bot.core.phrases import phrases
from bot.core.publishing.obstacles import Obstacle

LACKING = {"channel": "essays", "server": "Essays"}


def test_permissions_are_called_what_each_language_calls_them() -> None:
    obstacle = Obstacle.for_person("lacking", names="view_channel, embed_links", **LACKING)
    assert "allow it View Channel, Embed Links there" in obstacle.sentence()
    assert "Kanalı Görüntüle, Bağlantı Yerleştir" in obstacle.sentence(phrases("tr"))


def test_permissions_that_an_older_version_wrote_down_stay_as_they_are() -> None:
    obstacle = Obstacle.for_person("lacking", names="View Channel, Embed Links", **LACKING)
    assert "allow it View Channel, Embed Links there" in obstacle.sentence()


def test_a_sentence_depends_on_its_number() -> None:
    one, two = (Obstacle.for_person("tags_missing", channel="forum", count=n) for n in (1, 2))
    assert "one essay has none" in one.sentence()
    assert "2 essays have none" in two.sentence()
