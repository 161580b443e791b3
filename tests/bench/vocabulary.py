"""What made-up readers are called and say, and what made-up essays ask."""

TITLES = {
    "en": (
        "What the map forgets",
        "The clock that was late",
        "Borrowed sentences",
        "A street without numbers",
        "On reading twice",
        "The kitchen as an archive",
        "Machines that wait",
        "Letters nobody sent",
        "The bridge before the river",
        "Silence, and what makes it",
        "A garden for one year",
        "Counting in the dark",
    ),
    "tr": (
        "Haritanın unuttuğu",
        "Geç kalan saat",
        "Ödünç cümleler",
        "Numarasız bir sokak",
        "İki kez okumak üzerine",
        "Bir arşiv olarak mutfak",
        "Bekleyen makineler",
        "Kimsenin göndermediği mektuplar",
        "Irmaktan önce köprü",
        "Sessizlik ve onu yapan",
        "Bir yıllık bahçe",
        "Karanlıkta saymak",
    ),
}

GENERIC = {
    "en": ("What do you think?", "Do you agree?", "How do you see it?"),
    "tr": ("Siz ne düşünüyorsunuz?", "Katılıyor musunuz?", "Sizce nasıl?"),
}

ASKED = {
    "en": (
        "What do you keep that is of no use to anyone?",
        "Who taught you to read a map, and what did they leave out?",
        "Is a day that nobody remembers a day at all?",
        "Which sentence have you borrowed so long that it is yours?",
        "When did a machine last surprise you?",
        "What would you give up for a quieter street?",
    ),
    "tr": (
        "Kimsenin işine yaramayan neyi saklıyorsunuz?",
        "Size harita okumayı kim öğretti, neyi dışarıda bıraktı?",
        "Kimsenin hatırlamadığı bir gün, gün müdür?",
        "Hangi cümleyi ödünç alıp kendinizin yaptınız?",
        "Bir makine sizi en son ne zaman şaşırttı?",
        "Daha sessiz bir sokak için neden vazgeçerdiniz?",
    ),
}

SENTENCES = {
    "en": (
        "I kept my grandmother's bus pass for thirty years.",
        "The map on our kitchen wall still has a country that is gone.",
        "No.",
        "My father drew the way to the hospital on a napkin, and I have it.",
        "I am not sure that remembering is what I want.",
        "You write as if everybody had a desk.",
        "In our street the clock of the church is eleven minutes late, and everyone knows.",
        "I read this twice, once aloud to my daughter.",
        "It is the other way round: the machine is surprised by us.",
        "I copied a sentence of yours into a letter and did not say so.",
        "What you call silence is a refrigerator.",
        "Perhaps, but then why do we take photographs of food?",
        "I disagree with the third paragraph, and with myself ten years ago.",
        "The driver of the number 12 knows all of us by our stops.",
    ),
    "tr": (
        "Babaannemin otobüs kartını otuz yıl sakladım.",
        "Mutfak duvarımızdaki haritada artık olmayan bir ülke var.",
        "Hayır.",
        "Hatırlamak istediğimden emin değilim.",
        "Bunu iki kez okudum, birini kızıma yüksek sesle.",
        "Zekâ dediğiniz şey belki de sabırdır.",
        "Bizim sokakta caminin saati on bir dakika geri, herkes bilir.",
        "Üçüncü paragrafa katılmıyorum, on yıl önceki kendime de.",
        "Sessizlik dediğiniz, buzdolabının sesi.",
        "Işıklar sönünce bütün şehir bir köy oluyor.",
    ),
}

SURNAMES = (
    "Aydın", "Berg", "Costa", "Demir", "Eriksen", "Fischer", "Güneş", "Haddad", "Ito", "Jansen",
    "Kaya", "Lund", "Moreau",
)  # fmt: skip

NAMES = ("Ada", "Bora", "Chloé", "Deniz", "Emil", "Fatma", "Goran", "Hüseyin", "Ines", "Jun")

HOSTILE = (
    "<script>document.title = 'taken'</script><img src=x onerror=alert(1)>",
    '=HYPERLINK("https://example.org";"see")',
    "\u202eright to left \u202c and \x07 a bell, \x1b[31mred\x1b[0m",
    "# Not a heading\n\n[not a link](javascript:alert(1)) {{< shortcode >}} {% tag %}",
    "w" * 900,
    "سؤال جيد، لا أعرف الجواب. 🧭👩‍🔬",
)
