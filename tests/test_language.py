"""Texts that are not in English are told to be so; English ones, however short, never are."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import annotate
from analysis.text.article import Article
from analysis.text.language import language_of, tables

OTHERS = {
    "German": "Der Rat der Stadt sagte am Montag, die Brücke sei nicht sicher und werde im Herbst wieder geöffnet.",
    "Dutch": "De raad van de stad zei maandag dat de brug niet veilig is en in het najaar weer open zal gaan.",
    "Swedish": "Stadens råd sade på måndagen att bron inte är säker och att den ska öppnas igen till hösten.",
    "Danish": "Byrådet sagde mandag, at broen ikke er sikker, og at den skal åbnes igen til efteråret.",
    "French": "Le conseil de la ville a dit lundi que le pont n’est pas sûr et qu’il sera ouvert à l’automne.",
    "Spanish": "El consejo de la ciudad dijo el lunes que el puente no es seguro y que se abrirá en otoño.",
    "Portuguese": "O conselho da cidade disse na segunda-feira que a ponte não é segura e que será aberta no outono.",
    "Italian": "Il consiglio della città ha detto lunedì che il ponte non è sicuro e che sarà aperto in autunno.",
    "Catalan": "El consell de la ciutat va dir dilluns que el pont no és segur i que s’obrirà a la tardor amb fons.",
    "Romanian": "Consiliul orașului a spus luni că podul nu este sigur și că va fi deschis din nou la toamnă.",
    "Polish": "Rada miasta powiedziała w poniedziałek, że most nie jest bezpieczny i że zostanie otwarty na jesieni.",
    "Czech": "Rada města v pondělí řekla, že most není bezpečný a že se otevře až na podzim.",
    "Hungarian": "A város tanácsa hétfőn azt mondta, hogy a híd nem biztonságos, és csak az ősszel nyit meg.",
    "Finnish": "Kaupungin neuvosto sanoi maanantaina, että silta ei ole turvallinen ja että se avataan syksyllä.",
    "Turkish": "Belediye meclisi pazartesi günü köprünün güvenli olmadığını ve sonbaharda daha sonra açılacağını, bu da bir gün için geç olduğunu söyledi.",  # noqa: E501
    "Indonesian or Malay": "Dewan kota mengatakan pada hari Senin bahwa jembatan itu tidak aman dan akan dibuka untuk umum pada musim ini.",  # noqa: E501
    "Vietnamese": "Hội đồng thành phố nói hôm thứ Hai rằng cây cầu không an toàn và sẽ được mở lại vào mùa thu.",
    "Latin": "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed ut ex quis nisi, nec sit amet et vel nulla.",
    "Russian": "Совет города сказал в понедельник, что мост не безопасен и что он будет открыт осенью.",
    "Ukrainian": "Рада міста сказала в понеділок, що міст не є безпечним і що він буде відкритий восени.",
    "Greek": "Το συμβούλιο της πόλης είπε τη Δευτέρα ότι η γέφυρα δεν είναι ασφαλής.",
    "Arabic": "قال مجلس المدينة يوم الاثنين إن الجسر ليس آمنا وإنه سيفتح في الخريف.",
    "Hebrew": "מועצת העיר אמרה ביום שני כי הגשר אינו בטוח וכי ייפתח בסתיו.",
    "Chinese": "市议会星期一表示，这座桥不安全，将在秋天重新开放。",
    "Japanese": "市議会は月曜日、橋は安全ではなく、秋に再び開くと述べた。",
    "Korean": "시의회는 월요일 다리가 안전하지 않으며 가을에 다시 열릴 것이라고 말했다.",
    "Hindi or another language in Devanagari": "नगर परिषद ने सोमवार को कहा कि पुल सुरक्षित नहीं है।",
    "Thai": "สภาเมืองกล่าวเมื่อวันจันทร์ว่าสะพานไม่ปลอดภัย",
}
# no list has words of this one, which is invented
NO_KNOWN = "Kalmi torvu senda plirko vamat, druski helmo parvi tundek solma, " * 4
ENGLISH = [
    "It may rain.",
    "Critics arrived late.",
    "Life after Brussels changed him.",
    "Storm hits coast; vote delayed",
    "VOTE DELAYED AS STORM HITS NORHAVEN",
    "Ana Silva",
    "Los Angeles, San Diego, El Paso, Las Vegas and La Paz",
    "Jean de la Tour and Ludwig van der Berg met Maria da Silva in Rio de Janeiro on Monday.",
    "The film “La vie est un long fleuve tranquille” opens on Monday, the council said.",
    "“C’est la vie,” she said.",
    "Charles de Gaulle airport",
    "2 eggs, 200g flour, 100g butter, 1 lemon, 3 apples, cinnamon, brown sugar, baking powder, salted water, oil, "
    "black pepper, fresh basil, garlic, red onion, green beans, white rice, chicken breast, lemon juice, cold milk",
    "Reed 34, Holm 27, Silva 21, Roy 18, Hale 12, Ortega 9, Berg 7, Lind 5, Moss 3, Vance 2, Poole 1, Marsh 1",
    "Nine die on A9",
    "Die Hard opens in Norhaven",
    "Man on the run in La Paz",
    "👍",
    "12:30",
    "Ja!",
]
TEXT = "The council said on Monday that the bridge may not be safe.\nAnn Reed did not agree with it."


@pytest.mark.parametrize("name", OTHERS)
def test_other_languages_are_named(name):
    found = language_of(OTHERS[name])
    assert (found.english, found.name) == (False, name)
    assert [(s.start, s.end) for s in found.foreign] == [(0, len(OTHERS[name]))]
    assert found.why


def test_a_language_without_a_list_is_told_too():
    found = language_of(NO_KNOWN)
    assert (found.code, found.name) == ("und", "a language that is not known here")


@pytest.mark.parametrize("text", ENGLISH)
def test_english_is_never_told_to_be_another_language(text):
    found = language_of(text)
    assert (found.english, found.foreign) == (True, ())


def test_the_file_decides_where_the_text_is_too_short():
    assert language_of("Ana Silva", declared="de-AT").code == "de"
    assert "too short to tell" in language_of("Ana Silva", declared="de").why
    assert language_of("Ana Silva", declared="en-GB").english
    assert language_of(TEXT, declared="de").english  # a wrong mark on an English page
    assert language_of(TEXT, declared="de").declared == "de"
    assert language_of(OTHERS["German"], declared="en").code == "de"


def test_mixed_texts_are_told_by_paragraph():
    text = f"{TEXT}\n{OTHERS['Spanish']}\nIt rained.\n{OTHERS['Greek']}"
    found = language_of(text)
    assert found.english
    assert [(text[s.start : s.end], s.name) for s in found.foreign] == [
        (OTHERS["Spanish"], "Spanish"),
        (OTHERS["Greek"], "Greek"),
    ]
    # half and more in another language, and still partly English
    text = f"{OTHERS['German']}\n{OTHERS['German']}\n{TEXT}"
    assert [s.name for s in language_of(text).foreign] == ["German", "German"]


def test_every_language_has_a_name_and_enough_words():
    for code, table in tables().items():
        if "words" in table:
            assert len(set(table["words"].split())) >= 15, code
            assert table["words"] == table["words"].lower()


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=400))
def test_any_text_has_a_language(text):
    found = language_of(text)
    assert all(0 <= s.start < s.end <= len(text) or not text for s in found.foreign)
    assert found.english or [(s.start, s.end) for s in found.foreign] == [(0, len(text))]


# ---------------------------------------------------------------- what is marked


def marks(document):
    return len(document.attributions) + len(document.markers) + len(document.mentions) + len(document.entities)


def test_a_text_that_is_not_english_has_no_marks():
    document = annotate(Article(OTHERS["German"], doc_id="rat"))
    assert (document.language.name, marks(document), document.sentences) == ("German", 0, ())
    assert document.text == OTHERS["German"]
    asked = annotate(Article(OTHERS["German"]), any_language=True)
    assert asked.language.name == "German"
    assert asked.sentences
    assert marks(asked) > 0


def test_paragraphs_in_another_language_have_no_marks():
    text = f"{OTHERS['German']}\n{TEXT}"
    document = annotate(text)
    start = len(OTHERS["German"]) + 1
    assert document.text == text
    assert all(s.start >= start for s in document.sentences)
    assert [text[m.start : m.end] for m in document.markers] == ["may"]
    assert {text[m.start : m.end] for m in document.mentions} >= {"Ann Reed"}
    assert all(m.start >= start for m in document.mentions)
    assert document.article.sha256 == Article(text).sha256
