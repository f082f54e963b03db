import time

import pytest

from benchmarks.quality.peers import PeerText
from benchmarks.quality.rankings import Ranking, RankingCache, ask, text_digest, time_limit

TEXT = PeerText(("甲。", "乙。"), (0, 0), "", "zh")


def _raise(error):
    def rank(_):
        raise error

    return rank


def _spin(_):
    while True:
        pass


def test_ask_gives_the_ranking(make_peer):
    assert ask(make_peer("last", lambda _: [1, 0]), TEXT, 5) == Ranking((1, 0))


def test_ask_turns_an_error_of_a_peer_into_a_failure(make_peer):
    assert ask(make_peer("broken", _raise(ZeroDivisionError("by zero"))), TEXT, 5) == Ranking(
        (), "ZeroDivisionError: by zero"
    )


def test_ask_stops_a_peer_that_takes_too_long(make_peer):
    assert ask(make_peer("slow", _spin), TEXT, 0.05).error == "TimeoutError: more than 0.05 CPU seconds"


def test_time_limit_cannot_be_swallowed_by_the_peer():
    def stubborn():
        try:
            _spin(None)
        except Exception:
            return

    with pytest.raises(TimeoutError), time_limit(0.05):
        stubborn()


def test_time_limit_comes_again_where_a_peer_catches_everything():
    def very_stubborn():
        try:
            _spin(None)
        except BaseException:
            _spin(None)

    with pytest.raises(TimeoutError), time_limit(0.05):
        very_stubborn()


def test_time_limit_does_not_count_sleep():
    with time_limit(0.05):
        time.sleep(0.1)


def test_digest_tells_texts_apart():
    assert text_digest(TEXT) != text_digest(PeerText(("甲。", "乙。"), (0, 1), "", "zh"))


def test_cache_remembers_rankings_and_failures(tmp_path, make_peer):
    peer = make_peer("a peer", lambda _: [0])
    cache = RankingCache(tmp_path, peer, "zh/test/a")
    cache.add("1", Ranking((2, 0)))
    cache.add("2", Ranking((), "ValueError: no"))
    again = RankingCache(tmp_path, peer, "zh/test/a")
    assert [again.get(key) for key in "123"] == [Ranking((2, 0)), Ranking((), "ValueError: no"), None]


def test_cache_of_another_version_is_empty(tmp_path, make_peer):
    RankingCache(tmp_path, make_peer("a", lambda _: [0], version="1"), "zh/test/a").add("1", Ranking((0,)))
    assert RankingCache(tmp_path, make_peer("a", lambda _: [0], version="2"), "zh/test/a").get("1") is None


def test_cache_goes_on_after_a_torn_line(tmp_path, make_peer):
    peer = make_peer("a", lambda _: [0])
    cache = RankingCache(tmp_path, peer, "zh/test/a")
    cache.add("1", Ranking((0,)))
    with cache.path.open("a", encoding="utf-8") as file:
        file.write('{"text": "2", "rank')
    RankingCache(tmp_path, peer, "zh/test/a").add("3", Ranking((1,)))
    again = RankingCache(tmp_path, peer, "zh/test/a")
    assert [again.get(key) for key in "123"] == [Ranking((0,)), None, Ranking((1,))]
