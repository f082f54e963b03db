import pytest

from benchmarks.quality import peers
from benchmarks.quality.peers import PeerText, all_peers, indices_of, peer_text, quietly


def test_peer_text_leaves_headings_out_and_gives_the_opening_one_as_title(make_item):
    text = peer_text(make_item("#渡船停航", "大风来了。", "#后续", "船靠岸了。").document)
    assert text == PeerText(("大风来了。", "船靠岸了。"), (1, 3), "渡船停航", "zh")


def test_peer_text_of_headings_alone_has_no_title(make_item):
    text = peer_text(make_item("#渡船停航", "#大风").document)
    assert (text.sentences, text.title) == (("渡船停航", "大风"), "")


def test_indices_of_takes_equal_sentences_one_after_the_other():
    assert indices_of(["b", "a", "b "], ["a", "b", "b"]) == [1, 0, 2]


def test_indices_of_refuses_what_was_not_given():
    with pytest.raises(LookupError):
        indices_of(["a", "a"], ["a", "b"])


@pytest.mark.parametrize("ranking", [[], [0, 0], [0, 2], [-1]])
def test_quietly_refuses_what_is_no_ranking(ranking):
    with pytest.raises(ValueError, match=r"nothing|not a ranking"):
        quietly(lambda _: ranking, PeerText(("甲。", "乙。"), (0, 0), "", "zh"))


def test_quietly_swallows_what_a_peer_prints(capsys):
    def rank(_):
        print("Building prefix dict ...")
        return [0]

    assert quietly(rank, PeerText(("甲。",), (0,), "", "zh")) == [0]
    assert capsys.readouterr() == ("", "")


ZH = PeerText(
    (
        "港务局宣布渡船航线从五月起停航三个月。",
        "停航期间渡船将更换发动机和救生设备。",
        "居民可以改乘公共汽车经大桥过江。",
        "码头旁的小店担心停航期间客人减少。",
        "港务局表示渡船航线将在八月恢复。",
    ),
    (0, 0, 1, 1, 2),
    "渡船航线停航",
    "zh",
)
EN = PeerText(
    (
        "The port authority will close the ferry line for three months from May.",
        "During the closure the ferry gets new engines and safety equipment.",
        "Residents can take the bus across the bridge instead.",
        "Shops near the pier fear the closure will cost them customers.",
        "The port authority says the ferry line will return in August.",
    ),
    (0, 0, 1, 1, 2),
    "Ferry line to close",
    "en",
)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(("name", "module", "text"), [
    (name, distribution.replace("fasttextrank", "FastTextRank").replace("newspaper4k", "newspaper"), text)
    for name, distribution, languages, *_ in peers._TABLE
    for text in (ZH, EN)
    if text.language in languages
])  # fmt: skip
def test_peer_ranks_the_sentences_it_is_given(name, module, text):
    pytest.importorskip(module)
    (peer,) = (peer for peer in all_peers() if peer.name == name)
    assert set(quietly(peer.rank, text)) == set(range(5))
