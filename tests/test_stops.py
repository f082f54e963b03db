import pytest
from sentences import cuts, sentence_texts


@pytest.mark.parametrize(
    "marked",
    [
        pytest.param("给出一种新算法;证明其收敛.|实验表明,误差小于3.5%.|方法可行.", id="ASCII stops"),
        pytest.param("成本上升.|GDP放缓.|2019年回暖.", id="capital or digit follows"),
        pytest.param("请打开报告.docx或报告.PDF再看.", id="file name"),
        pytest.param("前人已有研究(王五,2001;赵六,2005),但样本小.", id="semicolon in parentheses"),
        pytest.param("用到CNN;再用RNN.|完.", id="semicolon behind Latin"),
        pytest.param("写成&nbsp;空格。", id="HTML entity"),
        pytest.param("步骤：1.洗菜;2.切菜;3.下锅。", id="numbers inside"),
        pytest.param("三．被告负担。|四．其余驳回。", id="Han number with a stop"),
        pytest.param("图 3. 桥的侧面。", id="caption"),
        pytest.param("脚本用 Python 3.11 写成。|It runs. |再看结果。", id="mixed"),
        pytest.param("它支持Node.js。|也支持.NET框架。", id="names with a dot"),
        pytest.param("他用Python.|结果不错!|Why?|因为快.", id="Han behind an English stop"),
        pytest.param("见U.S.政府网站。", id="abbreviation before Han"),
        pytest.param("价格为3.14元。|涨了0.5。", id="decimals"),
    ],
)
def test_ascii_stops_cut_beside_chinese(marked: str) -> None:
    text, expected = cuts(marked)
    assert sentence_texts(text) == expected


@pytest.mark.parametrize(
    "marked",
    [
        pytest.param("It rained. |We stayed in! |Did you? |Yes.", id="each stop"),
        pytest.param("Mr. Hall met Dr. Wu at St. Mary's. |They spoke.", id="titles"),
        pytest.param("The letter to J. K. Brown was lost. |Nobody knew.", id="initials"),
        pytest.param("Bring fruit, e.g. apples, i.e. food. |Leave the dog.", id="Latin abbreviations"),
        pytest.param("See Fig. 3 and No. 7 in Vol. 2. |Both are old.", id="numbered"),
        pytest.param("He moved to the U.S. in May. |He left the U.S. |The house was sold.", id="U.S."),
        pytest.param("She sells pens, ink, etc. |The shop is small.", id="etc. before a starter"),
        pytest.param("It closed at 5 p.m. EST. |Was it late?", id="a question"),
        pytest.param("He lives in Reno, Nev. |Trains stop there.", id="state behind a city"),
        pytest.param("It burned in Trenton, N.J. |Crews came at once.", id="state with stops"),
        pytest.param("In Reno, Nev. Mayor Joan Lee spoke.", id="state before a name"),
        pytest.param("Smith Inc. Holdings grew. |Smith Inc. |It shrank.", id="Inc."),
        pytest.param("We meet at 5 p.m. Friday. |We eat at 6 p.m. |Then we go.", id="p.m."),
        pytest.param("It closed on Jan. 5. |Sat. 9 was free.", id="dates"),
        pytest.param("Pi is 3.14, the build is 2.0.1. |Good.", id="decimals and versions"),
        pytest.param("Write to me@site.org or read README.md at www.site.org/a.html. |Thanks.", id="addresses"),
        pytest.param("I use Node.js; you do not; fine.", id="semicolon"),
        pytest.param('"Why now?" he asked. |"Go." |She went.', id="quotes"),
        pytest.param("“Why now?” he asked. |“Go.” |She went.", id="curly quotes"),
        pytest.param("Well... maybe. |I waited... |Nobody came.", id="ellipses"),
        pytest.param("What?! |No way!!! |Yes.", id="runs of stops"),
        pytest.param("(It was late.) |We left (it was late). |Home.", id="parentheses"),
        pytest.param("The price is 5,000. |The rate is $5. |I don't. |They can't.", id="numbers and contractions"),
        pytest.param("Use this. |iPhone users wait.", id="name with a small letter"),
        pytest.param("a small start. |another one, e.g. this. |done.", id="no capitals"),
        pytest.param("Steps: 1. Wash. |2. Dry. |The score was 3:2. |Over.", id="numbers inside"),
    ],
)
def test_stops_cut_english(marked: str) -> None:
    text, expected = cuts(marked)
    assert sentence_texts(text) == expected


@pytest.mark.parametrize(
    "marked",
    [
        pytest.param("彼は「遅い。帰ろう」と言った。|「はい。」と答えた。|3.5％増だった。|本当に？", id="Japanese"),
        pytest.param('그는 "늦었다. 가자."라고 말했다. |정말인가? |매출은 3.5% 늘었다.', id="Korean"),
        pytest.param("هل سيُهدم المبنى؟ |لم تقرر. |د. أحمد حضر.", id="Arabic"),
        pytest.param("یہ کتاب ہے۔ |کیا آپ پڑھیں گے؟ |جی ہاں۔", id="Urdu"),
        pytest.param("नया भवन है। |क्या वह गिरेगा? |नहीं।|अंत॥", id="Hindi"),
        pytest.param("ዛሬ ነው። |ነገስ? |አዎ።", id="Amharic"),
        pytest.param("ဒါက စာအုပ်ပါ။ |ဟုတ်ကဲ့။", id="Burmese"),
        pytest.param("ราคา 450.50 บาท เมื่อ พ.ศ. 2570 เขากล่าวว่าดี", id="Thai"),
        pytest.param("Es kostet 18 Mio. Euro, z. B. am 3. Mai. |Dr. Au kam. |Das war d. h. Schluss.", id="German"),
        pytest.param("Er sagte: „Ja. Wir bauen.“ |Dann ging er. |„Gut“, rief Eva.", id="German quotes"),
        pytest.param("El Sr. Ruiz llegó. |¿Qué pasa? |¡Nada! |Vive en EE. UU. desde 1990.", id="Spanish"),
        pytest.param("M. Petit est là. |Que faire ? |Rien.", id="French"),
        pytest.param("Он жил в г. Москва на ул. Мира в семье врача. |А. С. Петров писал. |Что?", id="Russian"),
    ],
)
def test_stops_cut_other_languages(marked: str) -> None:
    text, expected = cuts(marked)
    assert sentence_texts(text) == expected


@pytest.mark.parametrize(
    "marked",
    [
        pytest.param("she was 70 . |the boat sank . |why ? |nobody knows .", id="small letters follow"),
        pytest.param("`` stop . '' |he did . |'' go on . '' |he did not .", id="paired quotes"),
        pytest.param('" stop . " |he did . |" go on . " |he did not .', id="straight quotes"),
        pytest.param("the boat ( built in 1900 . ) sank .", id="parentheses"),
        pytest.param("the road to st. ives and the u.s. border . |it was closed .", id="attached stops"),
        pytest.param("well . . . maybe . |no .", id="spaced ellipsis"),
        pytest.param("2 . buy bread . |3 . eat .", id="numbers"),
    ],
)
def test_stops_cut_tokenized_english(marked: str) -> None:
    text, expected = cuts(marked)
    assert sentence_texts(text) == expected


@pytest.mark.parametrize(
    "marked",
    [
        pytest.param("去除率为98. 6%,差异显著(P < 0. 01).|方法可行.", id="blank in a decimal"),
        pytest.param("有效率为９８．６％．|差异显著．", id="full width"),
        pytest.param("2024.9.1发布了v1.2.3版。|很好用。", id="date and version"),
        pytest.param("答案：1.C 2.B 3.略 4.略", id="answers"),
        pytest.param("The town grew last year.|Incomes rose to 3.5 percent.|The roads are new.", id="no blank"),
        pytest.param(
            "See http://site.org/a.Html and call math.Floor(x) or use Foo.Bar here. |Done.", id="dotted names"
        ),
        pytest.param("Is it so?|Yes it is.", id="no blank behind a question"),
        pytest.param("It costs 5.|Then he left Paris.|The end was near.", id="no blank before a starter"),
        pytest.param("Call Tel. 555-0142, ext. 12, or see Apt. B in Bldg. 7. |Adm. Voss spoke.", id="notice"),
        pytest.param("Add 1 tsp. Turkish pepper and cook for 5 min. |Add salt.", id="recipe"),
        pytest.param(
            "We met at 5 p.m. |Former members came at 6 a.m. |Mr. Lee left. |It ended at 7 p.m. Friday.", id="p.m."
        ),
        pytest.param(
            "She met officials of Acme Inc. |Officials said no. |He joined Acme Inc. Holdings.", id="small elsewhere"
        ),
        pytest.param("RIVERTON (AP) — The dam held. |Gov. Ruiz went to St. Mary.", id="dateline"),
        pytest.param("T.J . Smith met U.S . officials . |George W . Lee came . |Mr . Hall left .", id="detached stops"),
    ],
)
def test_stops_are_told_from_points(marked: str) -> None:
    text, expected = cuts(marked)
    assert sentence_texts(text) == expected
