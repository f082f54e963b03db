"""What no shorter form may do: each rule with its own examples, and sentences of every kind that has to stay whole."""

from collections.abc import Iterator, Sequence

import pytest
from models import document_of, marked_form, marked_text

from summarize.decide.cuts import find_forms, make_form
from summarize.decide.rules import RULES, Rule, broken_rule
from summarize.decide.words import Word, words_between
from summarize.document import Form, Language
from summarize.text.language import detect_language


def broken(marked: str) -> list[str]:
    """The names of the rules that a form breaks; `[` and `]` stand around what is cut."""
    words, form, language = marked_form(marked)
    return [rule.name for rule in RULES if rule.breaks(words, form, language)]


# The examples of the rules


@pytest.mark.parametrize(
    ("rule", "marked"), [pytest.param(rule, marked, id=marked) for rule in RULES for marked in rule.forbids]
)
def test_rule_forbids_its_examples(rule: Rule, marked: str) -> None:
    words, form, language = marked_form(marked)
    assert rule.breaks(words, form, language)
    assert broken_rule(words, form, language) is not None


@pytest.mark.parametrize("marked", [marked for rule in RULES for marked in rule.allows])
def test_what_rules_allow_breaks_none_of_them(marked: str) -> None:
    assert broken(marked) == []
    assert broken_rule(*marked_form(marked)) is None


def test_rules_have_names_sentences_and_examples() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)
    for rule in RULES:
        assert rule.name.isidentifier()
        assert rule.says[0].isupper()
        assert rule.says.endswith(".")
        assert rule.forbids
        assert rule.allows


def test_broken_rule_is_the_first_of_them() -> None:
    marked = "桥 （ 在 [ 建 ） 的 ]"  # a bracket in two halves, and an open edge
    assert broken(marked) == ["pairs", "edges"]
    found = broken_rule(*marked_form(marked))
    assert found is not None
    assert found.name == "pairs"


# Forms that each rule forbids, and others like them that it does not


FORBIDDEN = {
    "pairs": (
        "他 说 “ 桥 很 安全 [ ， 大家 放心 ” ]",
        "他 说 [ “ 桥 很 安全 ， ] 大家 放心 ”",
        "他 说 “ 桥 [ 很 ] 安全 ”",
        "他 读 《 河水 [ 上涨 》 ]",
        "《 江州 [ 市 ] 条例 》 公布 了",
        "新桥 （ 含 引桥 [ ， 长 3 公里 ） 通车 ]",
        "他 说 “ ‘ 桥 [ ’ ] 安全 ”",
        "他 说 “ 桥 很 安全 [ ， 大家 放心 ]",  # the quotation goes on in the next sentence
        'he said " the bridge [ is safe " ]',
        "He said “ the [ old ] bridge ” was safe",
        "the bridge ( built [ in 1998 ) is safe ]",
    ),
    "numbers": (
        "接待 320万 [ ～ 350万 ] 人次",
        "接待 [ 320万 ~ ] 350万 人次",
        "接待 320万 〜 [ 350万 人次 ]",
        "接待 320万 [ － 350万 ] 人次",
        "接待 320万 [ — 350万 ] 人次",
        "接待 320万 [ 至 350万 ] 人次",
        "接待 [ 320万 到 ] 350万 人次",
        "接待 320 [ 万 ] 人次",
        "接待 320 万 [ 人次 ] ， 收入 增长",
        "10月3日 [ ～ 11月12日 ] 举行",
        "[ 10月3日 ] 至 11月12日 举行",
        "10月3日至 [ 11月12日 ] 举行",
        "10月3日 （ 周六 ） 至 [ 12日 ] 举行",
        "[ 10月3日 ] （ 周六 ） 至 12日 举行",
        "花展 周一 至 [ 周五 ] 开放",
        "花展 9 时至 [ 下午 5 时 ] 开放",
        "气温 降到 15 [ ℃ ]",
        "气温 升到 15 ℃ [ ～ 25 ℃ ]",
        "比分 是 3 比 [ 1 ]",
        "最多 [ 30 ] 元",
        "约 [ 3.5 ] 公里",
        "长 3 公里 [ （ 含 引桥 ） ] 5 米",  # two figures would stand side by side
        "the fair runs from Sept . 3 [ to Oct . 12 ]",
        "the fair runs from [ Sept . 3 to ] Oct . 12",
        "the fair runs from Sept . [ 3 to Oct . 12 ]",
        "the fair runs Monday [ to Friday ] in Harwick",
        "the fair ran from 1998 [ to 2004 ] in Harwick",
        "the fair runs from 9 a.m. [ to 5 p.m. on weekdays ]",
        "the fair runs from 9 [ a.m. ] on",
        "it draws between 300 [ and 400 ] people",
        "it met on March 3 [ , 2024 , in Harwick ]",
        "it met on March [ 3 ] in Harwick",
        "[ it met on Monday , ] March 3 was dry",
        "it cost at least [ 12,000 ] dollars",
        "it cost 12,000 [ dollars ] then",
        "it draws 300 [ quickly ] people",
        "the mayor [ of Harwick ] 's house",
    ),
    "scope": (
        "[ 如遇 大雨 ， ] 比赛 将 取消",
        "比赛 [ 如遇 大雨 ] 将 取消",
        "[ 若 明天 下雨 ， ] 比赛 就 取消",
        "[ 如果 下雨 ， ] 比赛 取消",
        "[ 如 下雨 ， ] 比赛 取消",
        "[ 凡 迟到 者 ， ] 不得 入场",
        "[ 逾期 不 交 的 ， ] 加收 滞纳金",
        "[ 造成 损失 的 ， ] 应当 赔偿",
        "[ 水位 超过 五 米 时 ， ] 居民 应当 撤离",
        "[ 迟到 者 ， ] 不得 入场",
        "[ 除非 下雨 ， ] 比赛 照常 举行",
        "[ 只有 会员 ] 才能 入场",
        "[ 一旦 水位 超过 五 米 ， ] 闸门 就 关闭",
        "比赛 照常 举行 [ ， 除非 下雨 ]",
        "比赛 照常 举行 [ ， 天气 好 的话 ]",
        "市政府 [ 没有 ] 公布 方案",
        "市政府 [ 并未 ] 公布 方案",
        "市政府 [ 不能 ] 公布 方案",
        "市政府 [ 可能 ] 公布 方案",
        "市政府 [ 仅 ] 公布 了 方案",
        "市政府 [ 停止 ] 供水",
        "河水 上涨 [ 约 ] 三 米",
        "the council did [ not ] close the bridge",
        "the council [ didn't ] close the bridge",
        "the council [ never ] closed the bridge",
        "the council [ hardly ever ] closed it",
        "the bridge is open [ only ] to buses",
        "the race [ may ] be called off",
        "[ if it rains , ] the race is called off",
        "the race is called off [ if it rains ]",
        "the race goes ahead [ unless it rains ]",
        "the race goes ahead [ , provided it is dry ]",
        "the race goes ahead [ as long as it is dry ]",
        "the race goes ahead as long [ as it is dry ]",
        "[ in case of rain , ] the race is called off",
        "[ as soon as he came , ] it was dark",
    ),
    "hanging": (
        "如果 下雨 [ ， 比赛 取消 ]",
        "如遇 大雨 ， 比赛 取消 [ ， 门票 可以 退 ]",  # of what comes second it may be a condition as well
        "逾期 不 交 的 [ ， 加收 滞纳金 ]",
        "水位 超过 五 米 时 [ ， 居民 应当 撤离 ]",
        "在 雨 中 [ ， 比赛 开始 ]",
        "随着 水位 上涨 [ ， 居民 撤离 了 ]",
        "雨 停 了 ， 因为 路 通 了 [ ， 大家 回家 ]",
        "场地 不变 ， 如遇 大雨 ， 顺延 一 天 [ ， 请 留意 通知 ]",
        "[ 桥 通车 了 ， ] 因为 路 通 了",
        "when it rained [ , the race was off ]",
        "[ he came , ] although it rained",
        "if it rains [ , the race is off ]",
    ),
    "subject": (
        "[ 市政府 开会 ， ] 并 征求 意见",
        "[ 市政府 开会 ， ] 将 修 一 座 桥",
        "[ 市政府 开会 ， ] 被 居民 批评",
        "[ 市政府 开会 ， ] 也 征求 意见",
        "[ 市政府 开会 ， ] 不 修 桥",
    ),
    "lists": (
        "we saw lions [ , bears and birds ]",
        "we saw lions , bears [ , and birds ]",
        "we saw lions [ , two old bears or birds ]",
        "she bought bread [ , red wine , green tea , milk and eggs ]",
    ),
    "halves": (
        "虽然 下雨 [ ， 但是 比赛 照常 ]",
        "[ 尽管 下雨 ， ] 比赛 仍 照常",
        "不仅 桥 修 好 了 [ ， 而且 路 也 通 了 ]",
        "[ 因为 下雨 ， ] 所以 比赛 取消",
        "[ 要么 修 桥 ， ] 要么 修 路",
        "[ 桥 不是 旧 ， ] 而是 窄",
        "both the river [ and the lake ] rose",
        "either the river [ or the lake ] rose",
        "it is more useful [ than the road ]",
        "it is so old [ that it fell ]",
    ),
    "speaker": (
        "[ 专家 认为 ， ] 桥 不 安全",
        "[ 气象台 预计 ， ] 明天 有 大雨",
        "[ 他 告诉 记者 ， ] 桥 不 安全",
        "桥 不 安全 [ ， 专家 认为 ]",
        "桥 不 安全 [ ， 应当 拆除 ， 专家 认为 ]",
        "the bridge is unsafe [ , experts said ]",
        "[ experts believe that , ] the bridge is unsafe",
        "he [ allegedly ] took bribes",
    ),
    "names": (
        "让 [ · 杜邦 ] 来 了",
        "The Clean [ Water ] Act passed",
        "The Bank [ Of ] England",
    ),
    "edges": (
        "[ 桥 通车 了 ] ， 路 也 通 了",
        "桥 通车 了 ， [ 路 也 通 了 ]",
        "[ 江州 ] 的 桥 通车 了",
        "[ 桥 ] 了",
        "桥 在 [ 江 上 ]",
        "桥 和 [ 路 都 通 了 ]",
        "江州 的 [ 桥 通车 了 ]",
        "桥 是 [ 新 的 ]",
        "河水 [ 涨 ， ] 河水 退 了",  # the same word twice
        "桥 的 [ 样子 ] ， 很 美",
        "[ the river , ] and the lake rose",
        "[ the man ] who came left",
        "he went to [ the lake ]",
        "he saw the [ lake ]",
        "it was as [ old as he ]",
        "he is [ old ]",
        "[ he came ] ,",
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "marked"), [pytest.param(name, marked, id=marked) for name, rows in FORBIDDEN.items() for marked in rows]
)
def test_rule_forbids(name: str, marked: str) -> None:
    assert name in broken(marked)


def test_every_rule_is_tried() -> None:
    assert FORBIDDEN.keys() == {rule.name for rule in RULES}


@pytest.mark.parametrize(
    "marked",
    [
        "[ 昨天 ， ] 接待 320万 ～ 350万 人次 [ ， 收入 增长 ]",
        "花展 [ 10月3日 ～ 11月12日 ] 举行",
        "花展 10月3日 [ （ 周六 ） ] 至 12日 举行",
        "桥 长 3 公里 [ ， 下月 通车 ]",
        "他 说 “ 桥 很 安全 ， 大家 放心 ” [ ， 走 了 ]",
        "新桥 [ （ 含 引桥 ， 长 3 公里 ） ] 通车",
        "市政府 公布 了 方案 [ ， 没有 征求 意见 ]",
        "市政府 公布 了 方案 [ ， 如果 反对 者 多 ， 就 修改 ]",  # the condition goes with what is cut
        "如果 下雨 ， 比赛 取消 ， 门票 可以 退 [ ， 不 收费 ]",
        "[ 市政府 开会 ， ] 市长 将 修 一 座 桥",
        "[ 虽然 下雨 ， ] 比赛 照常 举行",
        "[ 据 报道 ， ] 桥 通车 了",
        "[ 据悉 ， ] 桥 通车 了",
        "桥 通车 了 [ ， 专家 认为 路 也 该 通 ]",
        "市政府 [ 昨天 下午 ] 公布 了 方案",
        "市政府 [ 正式 ] 公布 了 方案",
        "道路 [ 、 桥梁 、 管网 ] 等 修 好 了",
        "安娜 · 杜邦 来 了 [ ， 又 走 了 ]",
        "the council adopted the plan [ on Monday ]",
        "the council [ on Monday ] adopted the plan",
        "the council adopted the plan [ , which nobody read ]",
        "the fair runs [ from Sept . 3 to Oct . 12 ]",
        "the bridge ( built in 1998 ) is safe [ , which nobody doubts ]",
        "[ on Monday , ] the council met",
        "the council [ quietly ] adopted the plan",
        "we saw lions [ , and the children who came with us sang ]",
        "according to the council the bridge is safe [ , which nobody doubts ]",
        "both the river and the lake rose [ , it was dark ]",
    ],
)
def test_no_rule_forbids(marked: str) -> None:
    assert broken(marked) == []


@pytest.mark.parametrize(
    ("text", "words", "kept"),
    [
        pytest.param("R&B fans came", ["R", "&", "B", "fans", "came"], [2, 3, 4], id="letters"),
        pytest.param("well-known men came", ["well", "-", "known", "men", "came"], [2, 3, 4], id="behind the hyphen"),
        pytest.param("well-known men came", ["well", "-", "known", "men", "came"], [1, 2, 3, 4], id="before it"),
        pytest.param("and/or men came", ["and", "/", "or", "men", "came"], [0, 3, 4], id="slash"),
    ],
)
def test_compounds_that_touch_are_not_cut_in_two(text: str, words: list[str], kept: list[int]) -> None:
    found = words_between(document_of(text), 0, len(text))
    assert [word.text for word in found] == words
    form = make_form(found, kept, "en")
    assert next(rule for rule in RULES if rule.name == "names").breaks(found, form, "en")


def test_form_without_words_is_forbidden() -> None:
    assert "edges" in broken("[ 桥 通车 了 ] … [ 路 也 通 了 ]")


# What stays whole, whatever the grammar of cuts proposes


def spans(words: Sequence[Word], language: Language) -> Iterator[Form]:
    """Each form that lacks some words in a row."""
    for first in range(len(words)):
        for end in range(first + 1, len(words) + 1):
            kept = [place for place in range(len(words)) if not first <= place < end]
            if kept:
                yield make_form(words, kept, language)


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("园区接待游客320万～350万人次", "320万～350万"),
        ("园区接待游客320万~350万人次", "320万~350万"),
        ("园区接待游客320万〜350万人次", "320万〜350万"),
        ("园区接待游客320万－350万人次", "320万－350万"),
        ("园区接待游客320万—350万人次", "320万—350万"),
        ("园区接待游客320万至350万人次", "320万至350万"),
        ("园区接待游客320万到350万人次", "320万到350万"),
        ("花展10月3日～11月12日举行", "10月3日～11月12日"),
        ("花展10月3日至11月12日举行", "10月3日至11月12日"),
        ("花展10月3日到12日举行", "10月3日到12日"),
        ("花展周一至周五开放", "周一至周五"),
        ("花展9:00-17:00开放", "9:00-17:00"),
        ("花展2015—2018年举行", "2015—2018年"),
        ("气温将降到-3℃～5℃左右", "3℃～5℃"),
        ("气温将升到15℃至18℃左右", "15℃至18℃"),
        ("桥长约3.5公里", "约3.5公里"),
        ("票价最多30元左右", "最多30元"),
        ("比分是3比1", "3比1"),
        ("The fair runs from Sept. 3 to Oct. 12 in Harwick", "Sept. 3 to Oct. 12"),
        ("The fair runs from September 3 to October 12 in Harwick", "September 3 to October 12"),
        ("The fair runs Sept. 3-12 in Harwick", "Sept. 3-12"),
        ("The fair ran from 1998 to 2004 in Harwick", "1998 to 2004"),
        ("The fair runs Monday to Friday in Harwick", "Monday to Friday"),
        ("The fair runs 9 a.m. to 5 p.m. on weekdays", "9 a.m. to 5 p.m."),
        ("The fair draws between 300 and 400 people a day", "between 300 and 400"),
        ("The fair draws 300–400 people a day", "300–400"),
        ("The council met on March 3, 2024, in Harwick", "March 3, 2024"),
        ("The council met on Monday, March 3, in Harwick", "Monday, March 3"),
        ("The bridge cost about 12 dollars then", "about 12 dollars"),
        ("The bridge is over 30 metres long", "over 30 metres"),
        ("市政府公布了《江州市道路管理条例》并征求意见", "《江州市道路管理条例》"),
        ("他说“桥很安全，大家放心”并离开", "“桥很安全，大家放心”"),
        ("新桥（含引桥，长3公里）通车", "（含引桥，长3公里）"),
        ('He said "the old bridge" was safe then', '"the old bridge"'),
        ("He said “the old bridge” was safe then", "“the old bridge”"),
        ("The bridge (built in 1998) is safe then", "(built in 1998)"),
        ("The state-of-the-art plant is safe then", "state-of-the-art"),
        ("The R&B band played there", "R&B"),
        ("The Clean Water Act passed then", "Clean Water Act"),
    ],
)
def test_no_cut_ends_or_begins_in_the_middle_of(text: str, whole: str) -> None:
    language = detect_language(text)
    words = words_between(document_of(text, language=language), 0, len(text))
    start = text.index(whole)
    inside = {place for place, word in enumerate(words) if word.start < start + len(whole) and start < word.end}
    assert len(inside) > 1
    halves = [form for form in spans(words, language) if 0 < len(inside.intersection(form.kept)) < len(inside)]
    assert halves
    assert [marked_text(words, form) for form in halves if broken_rule(words, form, language) is None] == []


@pytest.mark.parametrize(
    ("text", "lost", "kept"),
    [
        ("如遇大雨，比赛将取消，门票可以退。", "如遇大雨", "取消"),
        ("若明天下雨，比赛就取消，门票可以退。", "若", "取消"),
        ("凡年满十八岁的居民，都可以报名，名额三百。", "凡年满十八岁", "报名"),
        ("逾期不交的，加收滞纳金，并记入档案。", "逾期", "滞纳金"),
        ("违反本规定的，由市政府处罚，情节严重的，吊销执照。", "违反本规定的", "处罚"),
        ("违反本规定的，由市政府处罚，情节严重的，吊销执照。", "情节严重的", "吊销"),
        ("乘客携带危险品的，列车员有权拒绝其上车，并报警。", "携带危险品的", "拒绝"),
        ("水位超过警戒线时，居民应当撤离，学校停课。", "水位超过警戒线时", "撤离"),
        ("一旦水位超过五米，闸门就会关闭，船只停航。", "一旦水位超过五米", "关闭"),
        ("只要天气好，比赛就照常举行，门票免费。", "只要天气好", "举行"),
        ("比赛照常举行，除非下雨。", "除非下雨", "举行"),
        ("专家认为，桥不安全，应当拆除。", "专家认为", "桥不安全"),
        ("桥不安全，应当拆除，专家认为。", "专家认为", "桥不安全"),
        ("虽然下雨，但比赛照常举行，观众不多。", "虽然下雨", "但比赛"),
        ("因为下雨，所以比赛取消，门票可以退。", "因为下雨", "所以"),
        ("花展将于10月3日～11月12日在江州举行，门票免费。", "10月3日", "11月12日"),
        ("花展从10月3日（周六）至12日（周一）在江州举行，门票免费。", "10月3日", "12日"),
        ("The council hardly ever closes the bridge, and cars may pass.", "hardly", "closes"),
        ("If it rains, the race will be called off, and tickets are refunded.", "If it rains", "called off"),
        ("The race will be called off if it rains, and tickets are refunded.", "if it rains", "called off"),
        ("The race goes ahead unless it rains, and tickets are free.", "unless it rains", "goes ahead"),
        ("The race goes ahead, provided that it is dry.", "provided that it is dry", "goes ahead"),
        ("The race goes ahead as long as it is dry, and tickets are free.", "as long as it", "goes ahead"),
        ("In case of rain, the race is called off, and tickets are refunded.", "In case of rain", "called off"),
        ("The bridge is unsafe, and should be closed, experts said.", "experts said", "unsafe"),
        ("The bridge is unsafe, according to experts.", "according to experts", "unsafe"),
        ("He allegedly took bribes, and was arrested.", "allegedly", "took"),
        ("The bridge is more useful than the road, and cars use it.", "than the road", "more useful"),
        ("The bridge is so old that it may fall, and cars wait.", "that it may fall", "so old"),
        ("The fair runs from Sept. 3 to Oct. 12 in Harwick, and tickets are free.", "to Oct. 12", "Sept. 3"),
    ],
)
def test_no_form_keeps_one_without_the_other(text: str, lost: str, kept: str) -> None:
    language = detect_language(text)
    words = words_between(document_of(text, language=language), 0, len(text) - 1)

    def has(form: Form, part: str) -> bool:
        """Whether all of a part of the text is kept."""
        start = text.index(part)
        places = {place for place, word in enumerate(words) if start < word.end and word.start < start + len(part)}
        return places <= set(form.kept)

    assert not has(make_form(words, [0], language), kept)
    forms = [form for form in find_forms(words, [True] * len(words), language) if has(form, kept)]
    without = [form for form in forms if not has(form, lost)]
    assert without  # the grammar of cuts proposes it
    assert [marked_text(words, form) for form in without if broken_rule(words, form, language) is None] == []
