"""Every language has every kind of phrase, each phrase is found where it stands, and ordinary prose has none."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from importlib.resources import files

import pytest

from personae.article.vocabulary.phrases import beginnings, folded, phrases_in

DATA = files("personae.article.vocabulary") / "data"
PHRASES = tomllib.loads(DATA.joinpath("phrases.toml").read_text("utf-8"))
LINES = tomllib.loads(DATA.joinpath("lines.toml").read_text("utf-8"))
# Zulu has one kind so far; the others all of them.
LANGUAGES = sorted({language for table in PHRASES.values() for language in table} - {"zu"})
ENTRIES = [
    (kind, language, phrase)
    for kind, table in PHRASES.items()
    for language, phrases in table.items()
    for phrase in phrases
]
# Kinds that the head of a paragraph may tell without harm: who says it, or what the piece is about.
HARMLESS = {"author", "credit", "inset"}


def test_every_language_has_every_kind() -> None:
    assert len(LANGUAGES) > 45
    lacks = [
        f"[{kind}] {language}"
        for table in (PHRASES, {kind: LINES[kind] for kind in ("follow", "correction")})
        for kind, languages in table.items()
        for language in LANGUAGES
        if language not in languages
    ]
    assert lacks == []


def test_a_phrase_stands_under_one_language_unless_the_other_would_have_none() -> None:
    found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for kind, language, phrase in ENTRIES:
        found[kind, folded(phrase)].append(language)
    twice = {
        (kind, phrase): languages
        for (kind, phrase), languages in found.items()
        if sum(len(PHRASES[kind][language]) > 1 for language in languages) > 1
    }
    assert twice == {}


def test_no_phrase_is_open_at_its_beginning() -> None:
    """Such a phrase is tried at every word of every page."""
    assert [entry for entry in ENTRIES if "" in beginnings(folded(entry[2]))] == []


def test_every_phrase_is_found_in_a_line_made_of_it() -> None:
    missed = [
        (kind, language, phrase)
        for kind, language, phrase in ENTRIES
        if not any(kind in phrases_in(line) for line in lines_of(phrase))
    ]
    assert missed == []


def lines_of(phrase: str) -> list[str]:
    """Return lines that an expression may match: the choices that come first in it, with more or less after them."""
    text = re.sub(r"\(\?[=!].*$", "", phrase) if "(?" in phrase else phrase
    looked_for = re.findall(r"\(\?=(.*)\)$", phrase)
    text = text.replace(r"\b", "").lstrip("^")
    made = made_of(text)
    after = made_of(looked_for[0]) if looked_for else ""
    return [
        made,
        f"{made} x",
        f"{made} 3",
        f"{made}?",
        f"{made}: x",
        f"{made} 12:30",
        f"{made}{after}",
        f"{made} {after} x",
    ]


def made_of(expression: str) -> str:
    """Return a text that an expression matches, of the first of its choices."""
    text = re.sub(r"\\([^\w\s])", lambda found: chr(0xE000 + ord(found[1])), expression)
    text = text.replace(r"\s", " ").replace(r"\d", "3").replace(r"\w", "w")
    text = re.sub(r"\[\^[^\]]*\]", "-", text)
    text = re.sub(
        r"\[(.)[^\]]*\]", lambda found: chr(0xE000 + ord(found[1])) if found[1] in ".-" else found[1], text
    )
    while (inner := re.sub(r"\((?:\?[:=!])?([^()|]*)(?:\|[^()]*)?\)([?*])?", r"\1", text)) != text:
        text = inner
    text = re.sub(r"(?<!\\)\.(?=[?*+{]|\w|\s|$)", "a", text)
    text = re.sub(r"(.)\{(\d+),?\d*\}", lambda found: found[1] * int(found[2]), text)
    text = re.sub(r"[?*+$]", "", text)
    return re.sub("[\ue000-\ue07f]", lambda found: chr(ord(found[0]) - 0xE000), text)


PROSE = {
    "en": "The ferry left at noon with forty people aboard. Share prices fell for the third day in a row. Copyright in the old maps ran out long ago. Download figures had risen for years, the council said. Also read out in court was a letter from 1926. Comment came late from the harbour office. Follow the river and you reach the mill. Sources close to the talks said nothing new. Support for the pier has grown since May. Latest among the arrivals was a troupe from Cork.",
    "de": "Die Fähre legte am Mittag mit vierzig Menschen ab. Der Rat stimmte am Dienstag mit großer Mehrheit zu. Unterstützung kam auch aus den Nachbarorten. Weitere Gespräche sollen im Herbst folgen. Am Hafen warteten schon die ersten Händler. Aktuell liegt das Wasser einen Meter höher. Teile der Mauer stammen aus dem Mittelalter. Kritik kam vor allem von den Fischern. Mehr als hundert Boote lagen im Becken. Folgen hat das auch für die Schulen im Tal.",
    "fr": "Le bac a quitté le quai à midi avec quarante personnes. La mairie annonce une nouvelle étude pour mai. Les pêcheurs partagent l'avis du conseil. Plus tard, la foule a gagné la place. Le maire a répondu aux habitants mardi. Les abords du port sont fermés depuis lundi. Il découvre une lettre de son père. En mars, la rivière était montée de deux mètres. Le moulin contribue à la vie du village. Son récit suit trois familles de la vallée.",
    "es": "El ferri salió a mediodía con cuarenta personas. Además, el consejo votó a favor del puente. El alcalde compartió su plan con los vecinos. El río relacionado con la leyenda baja seco. Anunció el martes una obra nueva. Más de cien barcos esperaban en el muelle. Según el molinero, la presa resistirá. Los pescadores siguen sin respuesta. La guardia cerró el paso por la noche. Durante años nadie quiso la isla.",
    "it": "Il traghetto è partito a mezzogiorno con quaranta persone. Il sindaco ha spiegato il piano ai cittadini. La piazza era piena già di mattina. Seguiranno altri colloqui in autunno. Il mulino lavora da tre secoli. Più di cento barche erano nel porto. La diga ha retto anche stavolta. Nessuno voleva comprare l'isola. Il consiglio voterà martedì. I pescatori restano senza risposta.",
    "pl": "Prom odpłynął w południe z czterdziestoma osobami. Rada głosowała we wtorek za mostem. Burmistrz mówił długo o starym młynie. Ponad sto łodzi czekało w porcie. Rzeka podniosła się o dwa metry. Rybacy nie dostali odpowiedzi. Mieszkańcy doliny zebrali podpisy. Zamek stoi tu od pięciu wieków. Szkoła zostanie otwarta jesienią. Nikt nie chciał kupić wyspy.",
    "ru": "Паром отошёл в полдень с сорока людьми. Губернатор подписал указ о новом мосте. Источник в порту сообщил о задержке. Ранее сообщалось о подъёме воды. Совет голосовал во вторник. Рыбаки остались без ответа. Мельница стоит здесь три века. Более ста лодок ждали в гавани. Жители собрали подписи. Никто не хотел покупать остров.",
    "uk": "Пором відійшов опівдні із сорока людьми. Також рада підтримала новий міст. Джерело в порту розповіло про затримку. Рибалки лишилися без відповіді. Млин стоїть тут три століття. Понад сто човнів чекали в гавані. Мешканці зібрали підписи. Ніхто не хотів купувати острів. Річка піднялася на два метри. Школу відкриють восени.",
    "tr": "Vapur öğlen kırk kişiyle kalktı. Başkan yeni köprüyü halka anlattı. Limanda yüzden fazla tekne bekliyordu. Irmak iki metre yükseldi. Balıkçılar yanıt alamadı. Değirmen üç yüzyıldır çalışıyor. Takımlar sahaya erken çıktı. Kaynaklar kuruyunca köy boşaldı. Meclis salı günü oylama yaptı. Adayı kimse satın almak istemedi.",
    "el": "Το πλοίο έφυγε το μεσημέρι με σαράντα άτομα. Ο δήμαρχος εξήγησε το σχέδιο στους κατοίκους. Το συμβούλιο ψήφισε την Τρίτη. Οι ψαράδες έμειναν χωρίς απάντηση. Ο μύλος στέκει εδώ τρεις αιώνες. Πάνω από εκατό βάρκες περίμεναν. Το ποτάμι ανέβηκε δύο μέτρα. Κανείς δεν ήθελε το νησί. Το σχολείο ανοίγει το φθινόπωρο. Η γέφυρα κλείνει τη νύχτα.",
    "ar": "غادرت العبارة عند الظهر وعلى متنها أربعون شخصا. صوت المجلس يوم الثلاثاء لصالح الجسر. بقي الصيادون بلا جواب. ارتفع النهر مترين خلال الليل. انتظرت أكثر من مئة سفينة في الميناء. جمع سكان الوادي التواقيع. لم يرغب أحد في شراء الجزيرة. تفتح المدرسة أبوابها في الخريف. شرح العمدة الخطة للسكان. أغلقت الشرطة الطريق مساء.",
    "fa": "کشتی ظهر با چهل نفر حرکت کرد. شورا روز سه‌شنبه به پل رای داد. ماهیگیران بی‌پاسخ ماندند. رودخانه دو متر بالا آمد. بیش از صد قایق در بندر بودند. ساکنان دره امضا جمع کردند. هیچ کس جزیره را نخواست. مدرسه در پاییز باز می‌شود. شهردار طرح را شرح داد. پلیس شب راه را بست.",
    "he": "המעבורת יצאה בצהריים עם ארבעים איש. המועצה הצביעה ביום שלישי בעד הגשר. הדייגים נותרו ללא מענה. הנהר עלה בשני מטרים. יותר ממאה סירות חיכו בנמל. תושבי העמק אספו חתימות. איש לא רצה לקנות את האי. בית הספר ייפתח בסתיו. ראש העיר הסביר את התכנית. המשטרה סגרה את הדרך בלילה.",
    "hi": "नाव दोपहर में चालीस लोगों के साथ चली। परिषद ने मंगलवार को पुल के पक्ष में वोट दिया। मछुआरों को कोई उत्तर नहीं मिला। नदी दो मीटर ऊपर आ गई। बंदरगाह में सौ से अधिक नावें थीं। घाटी के लोगों ने हस्ताक्षर जुटाए। द्वीप को कोई खरीदना नहीं चाहता था। स्कूल शरद में खुलेगा। महापौर ने योजना समझाई। पुलिस ने रात में रास्ता रोका।",
    "th": "เรือออกตอนเที่ยงพร้อมคนสี่สิบคน. สภาลงมติเห็นชอบสะพานเมื่อวันอังคาร. ชาวประมงยังรอคำตอบ. แม่น้ำสูงขึ้นสองเมตร. เรือกว่าร้อยลำรออยู่ในท่า. ชาวบ้านในหุบเขารวบรวมรายชื่อ. ไม่มีใครอยากซื้อเกาะ. โรงเรียนจะเปิดในฤดูใบไม้ร่วง. นายกเทศมนตรีอธิบายแผน. ตำรวจปิดถนนตอนกลางคืน.",
    "id": "Feri berangkat siang hari dengan empat puluh orang. Dewan memilih jembatan pada hari Selasa. Nelayan belum mendapat jawaban. Sungai naik dua meter. Lebih dari seratus perahu menunggu di pelabuhan. Warga lembah mengumpulkan tanda tangan. Tak seorang pun mau membeli pulau itu. Sekolah dibuka pada musim gugur. Wali kota menjelaskan rencana itu. Polisi menutup jalan pada malam hari.",
    "ja": "船は正午に四十人を乗せて出た。議会は火曜日に橋を認めた。漁師たちは答えを得ていない。川は二メートル上がった。港には百隻を超える船が待っていた。谷の住民は署名を集めた。島を買う人はいなかった。学校は秋に開く。市長は計画を説明した。警察は夜に道を閉じた。",
    "ko": "배는 정오에 마흔 명을 태우고 떠났다. 의회는 화요일에 다리를 승인했다. 어부들은 답을 듣지 못했다. 강은 이 미터 올랐다. 항구에는 백 척이 넘는 배가 기다렸다. 골짜기 주민들은 서명을 모았다. 섬을 사려는 사람은 없었다. 학교는 가을에 문을 연다. 시장은 계획을 설명했다. 경찰은 밤에 길을 막았다.",
    "zh": "渡轮中午载着四十人离开。市议会周二通过了新桥。渔民没有得到答复。河水上涨了两米。港口有一百多条船在等待。山谷的居民收集了签名。没有人愿意买这座岛。学校将在秋天开学。市长解释了这个计划。警察夜里封闭了道路。",
}


@pytest.mark.parametrize("language", sorted(PROSE))
def test_ordinary_sentences_open_with_no_phrase(language: str) -> None:
    sentences = [s for s in re.split(r"(?<=[.。।])\s*", PROSE[language]) if s]
    assert len(sentences) == 10
    told = {sentence: phrases_in(sentence[:60]) - HARMLESS for sentence in sentences}
    assert {sentence: kinds for sentence, kinds in told.items() if kinds} == {}
