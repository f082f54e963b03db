"""The page in a browser: what it shows and chooses is what the program says."""

import re
import subprocess
import sys
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from fakes import FakeScorer
from playwright.sync_api import expect

from summarize.document import ATTENTION_KINDS
from summarize.explanation import NO_TREE, ROOT
from summarize.formats.figures import densities, describe_draft, hundredths
from summarize.formats.page import to_html
from summarize.formats.terminal import draw
from summarize.formats.view import View
from summarize.formats.wording import wording
from summarize.pipeline import summarize_text

DATA = Path(__file__).parents[2] / "data"
REPEATING = (
    "河水今天上涨了两米，城东三条街道停电。市长说，抽水机昨天夜里已经运到。河水今天上涨了两米，城东三条街道停电。"
    "志愿者搬了六百个沙袋。抽水机昨天夜里已经运到。好。学校明天照常上课。河水今天上涨两米，城东的三条街道停电。"
)
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
CHOSEN = "[...document.querySelectorAll('.sentence.chosen')].map((sentence) => Number(sentence.id.slice(1)))"
LIVE = "document.querySelector('#live').innerText"
SAID = "[...document.querySelectorAll('#text .said')].map((place) => place.textContent).join('')"
FACTS = """Object.fromEntries([...document.querySelectorAll("[data-fact], [data-number]")]
    .map((shown) => [shown.dataset.fact ?? shown.dataset.number, shown.textContent]))"""
OUTCOMES = wording("zh", "page")["outcomes"]


def text_of(name):
    return REPEATING if name == "repeating" else (DATA / f"{name}.txt").read_text("utf-8")


@cache
def explained(name, **options):
    return summarize_text(text_of(name), explain=True, **options)


@cache
def html_of(name, **options):
    return to_html(explained(name, **options), View(path=f"{name}.txt"))


def sources(summary):
    """Yield what of the source a summary is made of; a sentence that stands whole in all its lines."""
    document = summary.document
    for draft in summary.drafts:
        whole = [document.sentences[draft.indices[0]]] if draft.is_whole else []
        for part in whole or draft.pieces:
            if part.start is not None:
                yield document.text[part.start : part.end]


def percent(share):
    return f"{round(10_000 * float(share)) / 100:.2f}%"


def signed(number):
    return f"{number / 100:+.2f}".replace("-", "−") if number else "0.00"


def number_of(shown):
    """Return the hundredths that a page or a terminal shows."""
    return round(100 * float(shown.replace("−", "-")))


def terminal_figures(summary):
    """Return the score and the terms of each sentence, in hundredths, as `--explain` prints them."""
    lines = draw(summary, View(explain=True)).splitlines()
    figures = {}
    for line in lines:
        if row := re.match(r"[● ] +(\d+) +\d+ +[\d.]+% +[\d.]+× +([+-][\d.]+) ", line):
            index = int(row[1]) - 1
            figures[index] = {"score": number_of(row[2])}
        elif re.fullmatch(r"    (\w+ [+-]\d+\.\d\d ?){7}", line):
            figures[index] |= {name: number_of(term) for name, term in re.findall(r"(\w+) ([+-][\d.]+)", line)}
    return figures


def pick(page, name, value):
    page.locator(f"[name={name}][value='{value}']").check()


def hover(page, selector):
    """Point at the beginning of a run of text; the middle of the box around its lines may be another's."""
    page.locator(selector).scroll_into_view_if_needed()
    x, y = page.locator(selector).evaluate("run => [run.getClientRects()[0].x + 8, run.getClientRects()[0].y + 8]")
    page.mouse.move(x, y)


def check_numbers(page, summary, index):
    """Compare the numbers that a page shows of a sentence with those of its explanation."""
    verdict = summary.verdicts[index]
    weighing = summary.explanation.account.weighings[summary.attention]
    weight = summary.weights[index]
    shown = page.evaluate(FACTS)
    assert shown["outcome"] == OUTCOMES[verdict.outcome]
    if weight == 0:
        assert shown.keys() == {"outcome"}
        return
    made = [describe_draft(draft, index, wording("zh", "page")) for draft in summary.drafts if index in draft.indices]
    assert shown.get("making") == (made[0] if made else None)
    assert shown["rank"] == f"{summary.ranks[index]} / {len(summary.weights)}"
    assert shown["weight"] == percent(weight)
    assert shown["density"] == f"{densities(summary.document, summary.weights)[index]:.2f}×"
    whole, off = round(10_000 * weight), round(10_000 * verdict.redundancy)
    if off == 0:
        assert "redundancy" not in shown
    else:
        difference = f"{percent(whole / 10_000)} − {percent(off / 10_000)} = {percent((whole - off) / 10_000)}"
        assert shown["redundancy"] == f"{difference}：近第 {verdict.like + 1} 句"
    terms = hundredths([float(term[index]) for term in weighing.terms.values()])
    for name, term in zip(weighing.terms, terms, strict=True):
        assert shown[name] == signed(term)
    assert float(shown["score"].replace("−", "-")) == pytest.approx(weighing.scores[index], abs=0.01)


def test_page_of_the_command_opens_and_shows_its_summary(open_page, tmp_path):
    file = tmp_path / "报告.html"
    command = [sys.executable, "-m", "summarize", "-w", "60", "--format", "html", "-o", file, DATA / "en/news.txt"]
    subprocess.run(command, check=True)
    page = open_page(file)
    summary = summarize_text(text_of("en/news"), words=60)
    assert page.title() == "news.txt · Summary"
    assert page.locator("#own").inner_text() == summary.text
    assert page.evaluate(CHOSEN) == list(summary.selected)


@pytest.mark.parametrize("name", ["zh/news-city", "en/news", "repeating"])
def test_slider_shows_what_the_program_writes(open_page, name):
    text = text_of(name)
    page = open_page(html_of(name))
    slider = page.locator("#length")
    longest = int(slider.get_attribute("max"))
    assert longest == min(20, sum(weight > 0 for weight in explained(name).weights))
    for kind in ATTENTION_KINDS:
        pick(page, "kind", kind)
        slider.press("End")
        slider.press("Home")
        for length in range(1, longest + 1):
            program = summarize_text(text, sentences=length, attention=kind)
            value, chosen, live, said = page.evaluate(
                f"[document.querySelector('#length').value, {CHOSEN}, {LIVE}, {SAID}]"
            )
            assert (value, chosen) == (str(length), sorted(program.selected)), kind
            assert live == program.text
            assert sorted(said) == sorted("".join(sources(program)))
            slider.press("ArrowRight")
    page.locator("#reset").click()
    assert page.locator("#own").inner_text() == explained(name).text
    assert page.locator("#live").is_hidden()


@pytest.mark.parametrize("kind", ATTENTION_KINDS)
def test_hover_and_focus_show_the_numbers_of_the_explanation(open_page, kind):
    summary = explained("zh/news-city", sentences=3, attention=kind)
    page = open_page(html_of("zh/news-city", sentences=3, attention=kind))
    assert "open" not in page.locator("#detail").get_attribute("class")
    for index in (0, summary.selected[1], 6):
        hover(page, f"#s{index} .words")
        check_numbers(page, summary, index)
    page.locator("#s0 .number").focus()
    for index in range(1, 8):
        page.keyboard.press("Tab")
        if index - 1 in summary.selected:  # from the number to the way back, then to the next number
            page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == str(index + 1)
        check_numbers(page, summary, index)
        name = page.evaluate("document.activeElement.ariaLabel")
        numbers = (
            f"名次 {summary.ranks[index]}，权重 {percent(summary.weights[index])}，" if summary.weights[index] else ""
        )
        assert name == f"第 {index + 1} 句：{numbers}{OUTCOMES[summary.verdicts[index].outcome]}"
    page.keyboard.press("Escape")
    assert page.evaluate(FACTS) == {}


@pytest.mark.parametrize("kind", ATTENTION_KINDS)
def test_terms_add_up_to_the_score_and_are_those_of_the_terminal(open_page, kind, monkeypatch):
    monkeypatch.setenv("COLUMNS", "120")
    summary = explained("en/news", sentences=3, attention=kind)
    page = open_page(html_of("en/news", sentences=3, attention=kind))
    names = list(summary.explanation.account.weighings[kind].terms)
    figures = {}
    for index, weight in enumerate(summary.weights):
        if weight > 0:
            page.locator(f"#s{index} .number").focus()
            shown = page.evaluate(FACTS)
            figures[index] = {name: number_of(shown[name]) for name in ["score", *names]}
            assert sum(figures[index][name] for name in names) == figures[index]["score"]
    assert len(figures) > 30
    assert figures == terminal_figures(summary)


@pytest.mark.parametrize("name", ["zh/news-city", "repeating"])
def test_numbers_follow_the_slider(open_page, name):
    page = open_page(html_of(name))
    pick(page, "kind", "tree")
    page.locator("#length").fill("4")
    summary = explained(name, sentences=4, attention="tree")
    for index in range(len(summary.weights)):
        page.locator(f"#s{index} .number").focus()
        check_numbers(page, summary, index)


def test_kinds_and_steps_are_switched_by_keyboard(open_page):
    page = open_page(html_of("zh/news-city", sentences=3, attention="parallel"))
    account = explained("zh/news-city", sentences=3).explanation.account
    page.locator("[name=kind]:checked").focus()
    assert page.locator("#steps").is_hidden()
    page.keyboard.press("ArrowRight")
    assert page.locator("#steps").is_visible()
    page.keyboard.press("Tab")
    for number, (share, weights) in enumerate(zip(*account.steps, strict=True), start=1):
        page.keyboard.press("ArrowRight")
        assert f"第 {number} 步，共 {len(account.steps.shares)} 步" in page.locator("#step-note").inner_text()
        assert percent(share) in page.locator("#step-note").inner_text()
        shown = page.locator("#text .sentence .number").evaluate_all("all => all.map((one) => one.dataset.percent)")
        assert shown == [percent(weight) for weight in weights]
        heaviest = page.locator(f"#s{weights.argmax()}")  # another may be as dark
        assert heaviest.get_attribute("data-shade") == "9"
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("ArrowRight")
    assert page.locator("#tree").is_visible()
    assert page.locator("#steps").is_hidden()


def test_tree_is_that_of_the_explanation(open_page):
    page = open_page(html_of("zh/news-city", sentences=3, attention="tree"))
    parents, weights = explained("zh/news-city", sentences=3, attention="tree").explanation.account.tree
    edges = page.locator("#tree path").evaluate_all("all => all.map((edge) => edge.dataset.edge)")
    assert sorted(edges) == sorted(f"{parent}-{index}" for index, parent in enumerate(parents) if parent >= 0)
    nodes = page.locator("#tree a")
    assert nodes.count() == (parents != NO_TREE).sum()
    for index in (2, *(parents == ROOT).nonzero()[0]):
        name = page.locator(f"#tree a[data-sentence='{index}']").get_attribute("aria-label")
        assert percent(weights[index]) in name
        assert (f"挂在第 {parents[index] + 1} 句下" if parents[index] >= 0 else "根，可能性") in name
    boxes = nodes.evaluate_all(
        "all => all.map((node) => node.getBoundingClientRect()).map(({top, bottom}) => [top, bottom])"
    )
    assert all(above[1] <= below[0] for above, below in pairwise(boxes))
    nodes.last.focus()
    page.keyboard.press("Enter")
    assert page.locator(".sentence:target").get_attribute("id") == nodes.last.get_attribute("href")[1:]


def test_links_lead_to_the_source_and_back(open_page):
    summary = summarize_text((DATA / "worldcup.txt").read_text("utf-8"), sentences=2, explain=True)
    page = open_page(to_html(summary))
    pieces = [piece for draft in summary.drafts for piece in draft.pieces if piece.start is not None]
    links = page.locator("#own a")
    assert len(pieces) > len(summary.drafts)  # sentences were fused
    assert links.all_inner_texts() == [piece.text for piece in pieces]
    for position, piece in enumerate(pieces):
        links.nth(position).click()
        assert piece.text.startswith(page.locator(":target").inner_text())
    assert sorted(page.evaluate(SAID)) == sorted("".join(piece.text for piece in pieces))
    page.locator(".sentence:has(:target) .back").click()
    assert page.locator("#own a:target").count() == 1


def test_links_of_a_new_choice_lead_to_the_source_and_back(open_page):
    page = open_page(html_of("zh/news-city"))
    page.locator("#length").fill("12")
    link = page.locator("#live a").last
    link.click()
    assert link.inner_text().startswith(page.locator(":target").inner_text())
    expect(page.locator(":target")).to_be_in_viewport()
    page.locator(".sentence:has(:target) .back").click()
    assert page.locator("#live a:target").inner_text() == link.inner_text()


def test_a_hostile_text_runs_nothing(open_page):
    attacks = [
        "</script><script>window.hacked = alert(1)</script>",
        "<img src=x onerror='window.hacked = 1'>",
        "<!-- <script> {{ 7 * 7 }} {% raw %} ${window.hacked = 1} 'x' \"y\" &lt;b&gt;",
        "<svg onload=alert(2)><a href='javascript:alert(3)'>a link</a></svg>",
        "<style>body { display: none }</style><iframe src='https://host.example/'></iframe>",
    ]
    text = "".join(f"Sentence {number} says {attack} and goes on.\n\n" for number, attack in enumerate(attacks))
    summary = summarize_text(text, explain=True, sentences=2, language="en")
    page = open_page(to_html(summary, View(path="<script>alert(4)</script>.txt")))
    for kind in ATTENTION_KINDS:
        pick(page, "kind", kind)
        page.locator("#length").fill("5")
    page.locator(".number").nth(1).click()
    for attack in attacks:
        assert attack in page.locator("#text").inner_text()
    assert page.evaluate("window.hacked") is None
    assert page.locator("script").count() == 2
    assert page.locator("img, iframe, body style, [onload], [onerror], [href^=javascript]").count() == 0


def test_right_to_left_text_runs_as_it_is_written(open_page):
    """Each sentence as its first letter, whatever is beside it, and the numbers before it."""
    hebrew = "הנהר עלה היום בשני מטרים."
    text = f"{hebrew} Three streets (in the east) slept in the dark.\n\nNobody was hurt in 2018. {hebrew[:-1]} אתמול.\n"
    summary = summarize_text(text, explain=True, scorer=FakeScorer([1, 1, 1, 1]), sentences=4)
    page = open_page(to_html(summary, View(path="נהר.txt")))
    are_hebrew = [True, False, False, True]
    first_and_last = """(runs) => runs.map((run) => {
        const walker = document.createTreeWalker(run, NodeFilter.SHOW_TEXT);
        const nodes = [];
        while (walker.nextNode()) nodes.push(walker.currentNode);
        const leftOf = (node, place) => {
            const range = document.createRange();
            range.setStart(node, place);
            range.setEnd(node, place + 1);
            return range.getBoundingClientRect().x;
        };
        return leftOf(nodes[0], 0) > leftOf(nodes.at(-1), nodes.at(-1).length - 1);
    })"""
    assert page.locator("#text .words").evaluate_all(first_and_last) == are_hebrew
    assert page.locator("#own a").evaluate_all(first_and_last) == are_hebrew
    directions = "all => all.map((one) => getComputedStyle(one).direction)"
    assert page.locator("#text > p").evaluate_all(directions) == ["rtl", "ltr"]
    is_number_right = "all => all.map((one) => one.querySelector('.number').getBoundingClientRect().x > "
    is_number_right += "one.querySelector('.words').getBoundingClientRect().x)"
    assert page.locator(".sentence").evaluate_all(is_number_right) == [True, True, False, False]
    pick(page, "kind", "tree")
    assert page.locator("#live a").evaluate_all(first_and_last) == are_hebrew
    excerpts = page.locator("#tree .excerpt").evaluate_all(
        """all => all.map((one) => [
            one.textContent,
            one.getStartPositionOfChar(0).x > one.getStartPositionOfChar(one.getNumberOfChars() - 1).x,
            Math.abs(one.getBBox().x - Number(one.getAttribute("x"))) < 3,
        ])"""
    )
    assert [is_right for _, is_right, _ in sorted(excerpts)] == sorted(are_hebrew), excerpts
    assert all(is_in_place for _, _, is_in_place in excerpts), excerpts


@pytest.mark.parametrize(
    ("name", "width", "scheme"),
    [
        ("zh/news-city", 390, "dark"),
        ("zh/news-city", 1200, "light"),
        ("en/news", 390, "light"),
        ("en/news", 1200, "dark"),
    ],
)
def test_accessibility_checker_finds_nothing(open_page, name, width, scheme):
    page = open_page(html_of(name, sentences=3), scheme=scheme, width=width)
    options = {"runOnly": {"type": "tag", "values": WCAG}}
    for kind in ("sequential", "tree"):
        pick(page, "kind", kind)
        result = Axe().run(page, options=options)
        assert result.violations_count == 0, result.generate_report()
        page.locator("#length").fill("5")
        page.locator("#s2 .number").click()


@pytest.mark.parametrize("kind", ATTENTION_KINDS)
def test_narrow_page_never_scrolls_sideways(open_page, kind):
    text = f"See https://host.example/{'long/' * 60} for all of it.\n\n{text_of('en/news')}"
    page = open_page(
        to_html(summarize_text(text, explain=True, attention=kind), View(path=f"{'name' * 30}.txt")), width=320
    )
    page.locator("#length").fill("8")
    page.locator("#s2 .number").click()
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_page_prints_without_its_controls(open_page):
    page = open_page(html_of("zh/news-city", sentences=3, attention="sequential"), scheme="dark")
    page.locator("#s2 .number").click()
    assert page.locator("#choice").is_hidden()
    page.emulate_media(media="print")
    for hidden in (".controls", "#detail", ".skip", "#reset"):
        assert page.locator(hidden).is_hidden()
    assert page.locator("#own").is_visible()
    assert page.locator("#choice").inner_text() == "按顺序注意力，38 句中选了 3 句"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    weights = explained("zh/news-city", sentences=3, attention="sequential").weights
    assert percent(weights[2]) in page.locator("#s2 .number").evaluate(
        "number => getComputedStyle(number, '::after').content + number.dataset.percent"
    )
    assert page.pdf().startswith(b"%PDF")


def test_printed_page_says_which_attention_chose(open_page):
    page = open_page(html_of("zh/news-city", sentences=3))
    pick(page, "kind", "tree")
    page.locator("#length").fill("4")
    page.emulate_media(media="print")
    assert page.locator("#choice").inner_text() == "按树形注意力，38 句中选了 4 句"


def test_slider_reaches_the_summary_of_the_program(open_page):
    page = open_page(html_of("zh/news-city", sentences=30))
    assert len(page.evaluate(CHOSEN)) == 30
    assert page.locator("#length-value").inner_text() == "30 句"
    assert page.locator("#length").get_attribute("max") == "21"
    assert page.locator("#length").get_attribute("aria-valuetext") == "30 句"
    assert page.get_by_text("可选 1 至 20 句，以及程序的 30 句。").is_visible()
    page.locator("#length").press("ArrowLeft")
    assert page.locator("#length-value").inner_text() == "20 句"
    assert page.locator("#length").get_attribute("aria-valuetext") == "20 句"
    assert page.evaluate(LIVE) == explained("zh/news-city", sentences=20).text


def test_a_shortened_summary_says_what_was_left_out_and_leads_to_the_source(open_page):
    text = "On Monday evening, the river rose by two metres in the old town. Nobody was hurt. The city slept badly."
    summary = summarize_text(text, explain=True, chars=46, scorer=FakeScorer([9, 1, 0.1]))
    page = open_page(to_html(summary))
    assert page.locator("#own").inner_text() == "The river rose by two metres in the old town."
    assert page.evaluate(SAID) == "the river rose by two metres in the old town."
    page.locator("#own a").first.click()
    assert page.locator(":target").inner_text().startswith("the river rose")
    page.locator("#s0 .number").focus()
    assert page.evaluate(FACTS)["making"] == "shortened (opening); judged 98.0% good, 0.1% false"
    outcomes = wording("en", "page")["outcomes"]
    for index, verdict in enumerate(summary.verdicts):
        page.locator(f"#s{index} .number").focus()
        assert page.evaluate(FACTS)["outcome"] == outcomes[verdict.outcome]


def test_sentences_of_a_summary_stand_on_lines_of_their_own_where_they_do_in_text(open_page):
    text = "The river rose by two metres today. What was lost:\n\n- Three streets in the east\n\n- The old bridge\n"
    summary = summarize_text(text, explain=True, sentences=3, scorer=FakeScorer([3, 0, 1, 2]))
    page = open_page(to_html(summary))
    assert "\n" in summary.text
    assert page.locator("#own").inner_text() == summary.text
    pick(page, "kind", "tree")
    assert page.evaluate(LIVE) == summary.text


def test_fused_sentences_say_with_which(open_page):
    text = (DATA / "worldcup.txt").read_text("utf-8")
    page = open_page(to_html(summarize_text(text, sentences=1, attention="sequential", explain=True)))
    page.locator("#length").fill("2")
    page.locator("#s0 .number").focus()
    assert re.fullmatch(r"与第 2 句合为一句；判为好 \d+\.\d%，失实 \d+\.\d%", page.evaluate(FACTS)["making"])
    assert page.evaluate(LIVE) == "法国队赢得了2018年世界杯冠军，在决赛中击败了克罗地亚队。"
    assert page.locator("#note code").inner_text() == "summarize -n 2 --attention sequential"


def test_near_ties_are_as_the_program_says(open_page):
    """A sentence that is heavier by less than a tie than what was chosen had room and is lighter, not left out."""
    weights = [1, 1 + 5e-6, 1 + 5e-5, 1]
    text = "河水今天上涨了两米。城东三条街道停电。志愿者搬了六百个沙袋。学校明天照常上课。"
    for first in range(3):
        shifted = weights[first:] + weights[:first]
        own = summarize_text(text, explain=True, scorer=FakeScorer(shifted), sentences=2, fuse=False)
        page = open_page(to_html(own))
        page.locator("#length").press("ArrowLeft")
        page.locator("#length").press("ArrowRight")
        assert page.locator("#live").is_visible()
        for index, verdict in enumerate(own.verdicts):
            page.locator(f"#s{index} .number").focus()
            assert page.evaluate(FACTS)["outcome"] == OUTCOMES[verdict.outcome]
