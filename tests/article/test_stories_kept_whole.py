"""A story is read, and read whole, however long it is, in whatever script, beside whatever else."""

from __future__ import annotations

import pytest

from personae import read

SENTENCES = (
    "The council met on Tuesday, heard the harbour master for two hours, and put off its vote until autumn.",
    "Nobody objected, although three members had brought maps of their own and one of them a ferry bell.",
    "Two engineers had measured the pier in March and found that every fourth of its oak piles was hollow.",
    "A decision on the money is expected before the first storms, said a clerk who asked not to be named.",
)
# The same in scripts that end a sentence with another sign, or with none.
SCRIPTS = {
    "th": "สภาท่าเรือประชุมเมื่อวันอังคารและฟังนายท่าอยู่สองชั่วโมง จากนั้นจึงเลื่อนการลงคะแนนเรื่องสะพานปลาออกไปถึงฤดูใบไม้ร่วง",
    "lo": "ສະພາທ່າເຮືອໄດ້ປະຊຸມໃນວັນອັງຄານແລະຟັງນາຍທ່າຢູ່ສອງຊົ່ວໂມງ ແລ້ວຈຶ່ງເລື່ອນການລົງຄະແນນສຽງເລື່ອງຂົວທ່າເຮືອອອກໄປຈົນຮອດລະດູໃບໄມ້ຫຼົ່ນ",
    "hy": "Նավահանգստի խորհուրդը երեքշաբթի օրը հանդիպեց, երկու ժամ լսեց նավահանգստի պետին և հետաձգեց քվեարկությունը մինչև աշուն։",
    "am": "የወደቡ ምክር ቤት ማክሰኞ ዕለት ተሰብስቦ የወደቡን ኃላፊ ለሁለት ሰዓት ካዳመጠ በኋላ ስለ ድልድዩ የሚሰጠውን ድምፅ እስከ መኸር ወቅት ድረስ አራዘመ።",
    "my": "ဆိပ်ကမ်းကောင်စီသည် အင်္ဂါနေ့တွင် တွေ့ဆုံကာ ဆိပ်ကမ်းမှူး၏ စကားကို နှစ်နာရီကြာ နားထောင်ပြီး မဲပေးခြင်းကို ဆောင်းဦးအထိ ရွှေ့ဆိုင်းခဲ့သည်။",
    "km": "ក្រុមប្រឹក្សាកំពង់ផែបានជួបគ្នានៅថ្ងៃអង្គារ ស្តាប់មេកំពង់ផែរយៈពេលពីរម៉ោង ហើយបានពន្យារពេលការបោះឆ្នោតរហូតដល់រដូវស្លឹកឈើជ្រុះ។",
    "bo": "གྲུ་ཁའི་ལྷན་ཚོགས་གཟའ་མིག་དམར་ལ་ཚོགས་འདུ་བཞུགས་ཏེ་གྲུ་ཁའི་འགོ་དཔོན་གྱི་གཏམ་ཆུ་ཚོད་གཉིས་ཉན་རྗེས་འོས་འཕེན་སྟོན་ཁའི་བར་འགྱངས་པ་རེད།",
}
NAVIGATION = '<nav><a href="/">Home</a> <a href="/town">Town</a> <a href="/sea">Sea</a></nav>'


def story(count: int) -> list[str]:
    return [
        f"Paragraph {number}: {SENTENCES[number % 4]} {SENTENCES[number * 7 % 4]}" for number in range(count)
    ]


def page(
    paragraphs: list[str], *, tag: str = "p", after: str = "", language: str = "en", head: str = ""
) -> str:
    body = "".join(f"<{tag}>{text}</{tag}>" for text in paragraphs)
    return (
        f'<html lang="{language}"><head><title>Why the pier had to close</title>{head}</head><body>{NAVIGATION}'
        f"<main><article><h1>Why the pier had to close</h1>{body}</article></main>{after}</body></html>"
    )


def headlines(count: int) -> str:
    return "".join(
        f'<div><a href="/story-{number}">The ferry of village number {number} leaves an hour later</a></div>'
        for number in range(count)
    )


@pytest.mark.parametrize(
    ("count", "tag"), [(60, "p"), (150, "p"), (400, "p"), (1500, "p"), (150, "div"), (400, "div")]
)
def test_a_story_of_any_length_keeps_every_paragraph(count: int, tag: str) -> None:
    paragraphs = story(count)
    assert read(page(paragraphs, tag=tag), actors=False).paragraphs == paragraphs


# Of a talk in each language: questions, answers, what both can be about, and where it was.
TALKS = {
    "en": (
        ("Q: Where was {} {} in {}?", "Q: Did you ask about {} {} after {}?", "Q: And {} {}, before {}?"),
        ("A: We had {} {} until {}.", "A: Nobody saw {} {} in {}.", "A: I lost {} {} twice, in {} and later."),
        "the lamp,your brother,the old net,the blue door,that map,the dog,the whistle,my coat,the cat,their boat,the key",
        "at home,by the mill,on the pier,in Norwick,at sea,near the school,up the hill,in the yard,at church,in town",
    ),
    "de": (
        ("FRAGE: Wo war {} {} im Jahr {}?", "FRAGE: Und {} {}, vor {}?", "FRAGE: Wer fragte {} {} nach {}?"),
        ("ANTWORT: {} lag {} bis {}.", "ANTWORT: Keiner sah {} {} vor {}.", "ANTWORT: Das war {} {}, im Mai {}."),
        "die Lampe,Ihr Bruder,das Netz,die blaue Tür,der Hund,die Karte,die Pfeife,mein Mantel,die Katze,das Boot,der Schlüssel",
        "zu Hause,an der Mühle,am Kai,in Norwick,auf See,bei der Schule,am Hang,im Hof,in der Kirche,in der Stadt",
    ),
    "fr": (
        ("Q. Où était {} {} en {} ?", "Q. Et {} {}, avant {} ?", "Q. Qui a vu {} {} après {} ?"),
        ("R. {} est resté {} jusqu’en {}.", "R. Personne n’a vu {} {} en {}.", "R. On a perdu {} {} deux fois, en {}."),
        "la lampe,votre frère,le filet,la porte bleue,le chien,la carte,le sifflet,mon manteau,le chat,leur barque,la clé",
        "à la maison,près du moulin,sur le quai,à Norwick,en mer,devant l’école,sur la côte,dans la cour,à l’église,en ville",
    ),
    "ru": (
        ("— Где была {} {} в {} году?", "— А {} {}, до {}?", "— Кто спросил, где {} {}, в {}?"),
        ("— {} лежала {} до {} года.", "— Никто не видел, где {} {}, в {}.", "— Мы потеряли её, {} {}, в {}."),
        "лампа,сестра,сеть,синяя дверь,собака,карта,труба,шуба,кошка,лодка,книга",
        "дома,у мельницы,на пристани,в Норвике,в море,у школы,на горе,во дворе,в церкви,в городе",
    ),
    "ja": (
        ("――{}は{}で{}年にありましたか。", "――{}については{}で{}年の後に聞きましたか。", "――では{}は{}で、{}年の前は。"),
        ("{}は{}に{}年までありました。", "{}を{}で{}年に見た人はいません。", "{}は{}で二度なくしました、{}年にも。"),
        "ランプ,お兄さん,網,青い扉,犬,地図,笛,上着,猫,船,鍵",
        "家,水車小屋,岸壁,ノルウィック,海,学校の前,丘,庭,教会,町",
    ),
}  # fmt: skip


def talk(language: str, count: int) -> list[str]:
    """Return the turns of a talk, each as short as turns are; hardly two are the same but for a year."""
    questions, answers, things, places = TALKS[language]
    turns = []
    for number in range(count):
        shape = (answers if number % 2 else questions)[number // 2 % 3]
        thing, place = things.split(",")[number % 11], places.split(",")[number // 11 % 10]
        turns.append(shape.format(thing, place, 1200 + number))
    return turns


@pytest.mark.parametrize("count", [120, 600])
@pytest.mark.parametrize("language", TALKS)
def test_a_long_talk_keeps_its_short_turns(language: str, count: int) -> None:
    turns = talk(language, count)
    opening = (
        "The keeper of the light spoke for two days in her kitchen, and this is all that was written down."
    )
    found = read(page([opening, *turns], language=language), actors=False).paragraphs
    assert [turn for turn in turns if turn not in found] == []


@pytest.mark.parametrize("language", SCRIPTS)
def test_a_story_is_read_in_scripts_that_end_sentences_otherwise(language: str) -> None:
    paragraphs = [SCRIPTS[language], *(f"{number} {SCRIPTS[language]}" for number in (2, 3))]
    assert read(page(paragraphs, language=language), actors=False).paragraphs == paragraphs


@pytest.mark.parametrize("count", [20, 60, 150])
def test_a_short_story_is_no_front_page_for_the_headlines_beside_it(count: int) -> None:
    paragraphs = list(SENTENCES[:3])
    after = f'<div class="c7">{headlines(count)}</div>'
    assert read(page(paragraphs, after=after), actors=False).paragraphs == paragraphs


def test_one_paragraph_under_the_pages_title_is_a_story_where_the_page_says_so() -> None:
    head = '<meta property="og:type" content="article">'
    after = f"<div>{headlines(40)}</div>"
    assert read(page([SENTENCES[0]], after=after, head=head), actors=False).paragraphs == [SENTENCES[0]]
