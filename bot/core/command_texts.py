"""The names and descriptions of commands in languages other than English.

English stands in the commands' docstrings, since discord.py takes it from there.
"""

TURKISH = {
    "Show an essay, the questions it ends on, and where it is discussed.": (
        "Bir yazıyı, sonundaki soruları ve nerede tartışıldığını gösterir."
    ),
    "The essay's title, or the last part of its address": "Yazının başlığı ya da adresinin sonu",
    "List the essays about something, the discussed ones first.": (
        "Bir konudaki yazıları sıralar, tartışılanlar önce gelir."
    ),
    "One of the blog's tags": "Blogun etiketlerinden biri",
    "See what is kept of what you wrote, take it with you, or delete it.": (
        "Yazdıklarınızdan neyin saklandığını görün, alın ya da silin."
    ),
    "Read what was answered to your essays, and what is new; only you see it.": (
        "Yazılarınıza verilen yanıtları ve yenileri okuyun; yalnızca siz görürsünüz."
    ),
    "Only what answers this question": "Yalnızca bu soruya verilen yanıtlar",
    "Only what this reader wrote": "Yalnızca bu okurun yazdıkları",
    "Only what was highlighted": "Yalnızca öne çıkarılanlar",
    "Only what was written since a day, such as 2026-03-01, or 7d or 2w ago": (
        "Yalnızca bir günden beri yazılanlar: 2026-03-01 gibi, ya da 7d, 2w öncesi"
    ),
    "All of it as a file instead": "Hepsi, dosya olarak",
    "Highlight": "Öne çıkar",
    "Start the thread of an essay now.": "Bir yazının başlığını şimdi açar.",
    "Choose the channel in which essays are discussed, and how; what is left out stays.": (
        "Yazıların hangi kanalda ve nasıl tartışılacağını seçin; boş bırakılan değişmez."
    ),
    "Keep this response": "Bu yanıtı sakla",
}

LANGUAGES = {"tr": TURKISH}


def command_text(english: str, lang: str) -> str | None:
    """Return a text of a command in another language; None where English has to do.

    Args:
        english: The name or the text as the command has it.
        lang: A reader's locale, such as ``tr`` or ``pt-BR``.
    """
    return LANGUAGES.get(lang.split("-", maxsplit=1)[0].lower(), {}).get(english)
