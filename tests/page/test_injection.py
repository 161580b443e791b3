"""Text from readers and bots is text: nothing in it runs, wherever it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from playwright.async_api import expect

from bot.sandbox.page.tour import Caption
from bot.sandbox.state.interactions import CallbackType, InteractionType
from tests.page.scenario import open_page, open_scenario

if TYPE_CHECKING:
    from playwright.async_api import Page

IMAGE = "<img src=x onerror=alert(1)>"
EVILS = (
    IMAGE,
    "<script>alert(2)</script>",
    '"><svg onload=alert(3)>',
    "'-alert(4)-'",
    "<iframe srcdoc='<script>alert(5)</script>'>",
    "[click](javascript:alert(6))",
    '[click](https://a.example/" onmouseover="alert(7))',
    "[click](data:text/html,<script>alert(8)</script>)",
    "<javascript:alert(9)>",
    "||<b onclick=alert(10)>x</b>||",
    "```html\n<script>alert(11)</script>\n```",
    "<t:99999999999999:R> <t:8640000000001> <@1> <#1> <a:x:1>",
    "{{constructor.constructor('alert(12)')()}} ${alert(13)} &lt;script&gt;",
    "\u202e\u2066<math><mi//xlink:href='javascript:alert(14)'>",
)
BAD_LINK = "javascript:alert(15)"
BAD_LINKS = (BAD_LINK, "JaVaScRiPt:alert(1)", "\x01javascript:alert(1)", "data:text/html,x", "//x")


def component_row(*items: dict[str, Any]) -> dict[str, Any]:
    return {"type": 1, "id": 1, "components": list(items)}


def hostile_embed() -> dict[str, Any]:
    return {
        "title": IMAGE,
        "url": BAD_LINK,
        "description": "\n".join(EVILS),
        "author": {"name": IMAGE, "url": BAD_LINK},
        "footer": {"text": IMAGE},
        "fields": [{"name": evil[:256], "value": evil, "inline": True} for evil in EVILS],
        "image": {"url": BAD_LINK},
        "thumbnail": {"url": f"https://a.example/{IMAGE}"},
        "timestamp": IMAGE,
        "color": 0xFF0000,
    }


def hostile_components() -> list[dict[str, Any]]:
    links = [{"type": 2, "id": 9, "style": 5, "label": IMAGE, "url": url} for url in BAD_LINKS]
    option = {"label": IMAGE, "value": IMAGE, "description": IMAGE, "emoji": {"name": IMAGE}}
    return [
        component_row({"type": 2, "id": 2, "style": 1, "label": IMAGE, "custom_id": IMAGE}, *links),
        component_row(
            {"type": 3, "id": 3, "custom_id": "s", "placeholder": IMAGE, "options": [option]}
        ),
    ]


async def assert_nothing_ran(page: Page) -> None:
    assert await page.locator("img, iframe, svg:not(.icon), math, object, embed").count() == 0
    assert await page.locator("body script, [onerror], [onclick], [onload]").count() == 0
    addresses = await page.locator("a").evaluate_all("all => all.map(a => a.protocol)")
    assert set(addresses) <= {"http:", "https:"}
    outward = page.locator("a[target=_blank]")
    rels = await outward.evaluate_all("all => all.map(a => a.rel)")
    assert set(rels) <= {"noopener noreferrer"}


async def test_messages_embeds_and_components_are_text(page: Page) -> None:
    async with open_scenario() as scenario:
        for evil in EVILS:
            await scenario.people["Ada"].say(scenario.world.essays.id, evil)
        file = {"id": "1", "filename": IMAGE, "url": BAD_LINK, "size": 1, "content_type": IMAGE}
        scenario.bot_says(
            scenario.world.essays, IMAGE, embeds=[hostile_embed()], components=hostile_components(),
            attachments=[file],
        )  # fmt: skip
        await open_page(page, scenario)
        for evil in (IMAGE, "<script>alert(2)</script>", "[click](javascript:alert(6))"):
            await expect(page.locator(".content", has_text=evil).first).to_be_visible()
        await expect(page.locator(".embed-title")).to_have_text(IMAGE)
        await assert_nothing_ran(page)
        covers = page.locator(".spoiler")
        for _ in range(await covers.count()):
            await covers.first.click()
        await page.locator(".component.select").click()
        await expect(page.locator(".picker .option")).to_contain_text(IMAGE)
        await assert_nothing_ran(page)


async def test_names_titles_and_tags_are_text(page: Page) -> None:
    async with open_scenario() as scenario:
        sandbox, guild = scenario.sandbox, scenario.world.guild
        sandbox.state.guilds[guild.id].name = IMAGE
        mallory = await sandbox.member(guild, IMAGE, nick=f"{IMAGE} nick")
        await sandbox.post("create_role", guild=str(guild.id), name=IMAGE)
        scenario.world.essays.topic = IMAGE
        scenario.world.essays.name = IMAGE
        said = await mallory.say(
            scenario.world.essays.id, f"<@{mallory.id}> <#{scenario.world.essays.id}>"
        )
        await mallory.react(said, IMAGE)
        await mallory.start_thread(scenario.world.essays.id, IMAGE, on=said)
        tag = next(iter(scenario.world.forum.tags.values()))
        tag.name = IMAGE
        post = await mallory.start_post(scenario.world.forum.id, IMAGE, IMAGE, tags=[tag.id])
        chat = await open_page(page, scenario)
        await expect(page.locator("#guild")).to_have_text(IMAGE)
        await expect(page.locator(".thread-card")).to_contain_text(IMAGE)
        await expect(page.locator(".mention").first).to_have_text(f"@{IMAGE} nick")
        await assert_nothing_ran(page)
        await chat.become("nick")
        await page.goto(f"{sandbox.url}/#{scenario.world.forum.id}")
        await expect(page.locator(".post .tag")).to_have_text(IMAGE)
        await assert_nothing_ran(page)
        await page.goto(f"{sandbox.url}/#{post.id}")
        await expect(page.locator("#place")).to_have_text(IMAGE)
        await mallory.archive(said.id)
        await expect(page.locator("#sidebar summary")).to_be_visible()
        await assert_nothing_ran(page)


async def test_commands_and_their_suggestions_are_text(page: Page) -> None:
    async with open_scenario() as scenario:
        await scenario.people["Ada"].say(scenario.world.essays.id, "hello")
        slug = {"type": 3, "name": "slug", "description": IMAGE, "autocomplete": True}
        scenario.offer(
            {"type": 1, "name": "evil", "description": IMAGE, "options": [slug]},
            {"type": 3, "name": IMAGE, "description": ""},
        )
        choices = [{"name": evil[:100], "value": evil[:100]} for evil in EVILS]
        scenario.answers[InteractionType.AUTOCOMPLETE] = (
            CallbackType.CHOICES,
            {"choices": choices},
        )
        scenario.answers[InteractionType.COMMAND] = (
            CallbackType.MESSAGE,
            {"content": "\n".join(EVILS), "flags": 64},
        )
        chat = await open_page(page, scenario)
        await chat.composer.click()
        await page.keyboard.type("/")
        await expect(page.locator(".suggest .option")).to_contain_text(IMAGE)
        await page.keyboard.press("Enter")
        await expect(page.locator(".suggest .option")).to_have_count(len(EVILS))
        await assert_nothing_ran(page)
        await page.keyboard.press("Enter")
        await chat.run()
        await expect(page.locator(".ephemeral .content")).to_contain_text("<script>alert(2)")
        await assert_nothing_ran(page)
        await page.locator(".message").first.click(button="right", position={"x": 3, "y": 3})
        await expect(page.get_by_role("menuitem").last).to_have_text(f"Apps: {IMAGE}")
        await assert_nothing_ran(page)


async def test_forms_are_text(page: Page) -> None:
    async with open_scenario() as scenario:
        button = {"type": 2, "id": 2, "style": 1, "label": "Open", "custom_id": "open"}
        scenario.bot_says(scenario.world.essays, "a form", components=[component_row(button)])
        option = {"label": IMAGE, "value": IMAGE, "description": IMAGE}
        inner: list[dict[str, Any]] = [
            {"type": 4, "style": 2, "value": "\n".join(EVILS), "placeholder": IMAGE},
            {"type": 3, "options": [option], "placeholder": IMAGE},
        ]
        labels = [
            {
                "type": 18,
                "label": IMAGE,
                "description": IMAGE,
                "component": {"custom_id": f"{IMAGE}{number}", **each},
            }
            for number, each in enumerate(inner)
        ]
        text = {"type": 10, "content": "\n".join(EVILS)}
        form = {"custom_id": IMAGE, "title": IMAGE, "components": [text, *labels]}
        scenario.answers[InteractionType.COMPONENT] = (CallbackType.MODAL, form)
        await open_page(page, scenario)
        await page.get_by_role("button", name="Open").click()
        await expect(page.locator("dialog h2")).to_have_text(IMAGE)
        await expect(page.locator("dialog textarea")).to_have_value("\n".join(EVILS))
        await page.locator("dialog .component.select").click()
        await expect(page.locator(".picker .option")).to_contain_text(IMAGE)
        await assert_nothing_ran(page)


async def test_captions_and_what_is_stored_are_text(page: Page) -> None:
    async with open_scenario() as scenario:
        await scenario.people["Ada"].say(scenario.world.essays.id, "hello")
        rows = [{IMAGE: evil} for evil in EVILS]
        scenario.sandbox.tour.offer_stored(lambda: {IMAGE: rows})
        await open_page(page, scenario)
        scenario.sandbox.tour.tell(Caption(IMAGE, step=1, steps=2))
        await expect(page.locator(".caption")).to_contain_text(IMAGE)
        await assert_nothing_ran(page)
        await page.locator("#stored-toggle").click()
        await expect(page.locator(".record dt").first).to_have_text(IMAGE)
        await expect(page.locator(".record")).to_have_count(len(EVILS))
        await assert_nothing_ran(page)
