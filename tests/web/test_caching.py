"""What the cache keeps, for how long, and that it stays within its bytes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.web.caching import Key, PageCache, Reply

FIRST, SECOND = (1, 1, 1, 1), (1, 2, 1, 1)


def _reply(size: int = 100, status: int = 200, cache_control: bytes = b"public") -> Reply:
    return Reply(status, [(b"cache-control", cache_control)], b"x" * size)


def _key(address: bytes, identity: tuple[int, ...] = FIRST) -> Key:
    return Key(identity, address, "br")


def test_a_page_is_kept_under_archive_address_and_coding() -> None:
    cache, page = PageCache(100_000), _reply()
    cache.put(_key(b"/a"), page)
    assert cache.get(_key(b"/a")) is page
    assert cache.get(_key(b"/b")) is None
    assert cache.get(Key(FIRST, b"/a", "gzip")) is None


def test_a_new_archive_file_makes_the_pages_of_the_old_one_go() -> None:
    cache = PageCache(100_000)
    cache.get(_key(b"/a"))
    cache.put(_key(b"/a"), _reply())
    assert cache.get(_key(b"/a", SECOND)) is None
    assert len(cache) == 0
    assert cache.size == 0


def test_errors_and_what_must_not_be_stored_are_not_kept() -> None:
    cache = PageCache(100_000)
    for number, reply in enumerate(
        [_reply(status=404), _reply(status=500), _reply(status=302), _reply(cache_control=b"no-store")]
    ):
        cache.put(_key(b"/%d" % number), reply)
    assert len(cache) == 0
    cache.put(_key(b"/moved"), _reply(status=308))
    assert len(cache) == 1


def test_the_page_not_asked_for_longest_goes_first() -> None:
    cache = PageCache(40_000)
    for name in (b"/a", b"/b", b"/c"):
        cache.put(_key(name), _reply(6500))
    cache.get(_key(b"/a"))
    for name in (b"/d", b"/e"):
        cache.put(_key(name), _reply(6500))
    assert cache.get(_key(b"/a")) is not None
    assert cache.get(_key(b"/b")) is None


def test_readers_queries_never_push_out_the_archives_own_pages() -> None:
    cache = PageCache(400_000)
    cache.put(_key(b"/interviews/one"), _reply(5000))
    for number in range(1000):
        cache.put(_key(b"/search?q=%d" % number), _reply(5000))
    assert cache.get(_key(b"/interviews/one")) is not None
    assert cache.size <= 400_000


def test_no_bytes_keep_no_pages() -> None:
    cache = PageCache(0)
    cache.put(_key(b"/a"), _reply(0))
    assert len(cache) == 0


@given(
    st.integers(0, 60_000),
    st.lists(st.tuples(st.sampled_from([b"/a", b"/b", b"/c", b"/s?1", b"/s?2"]), st.integers(0, 20_000)), max_size=40),
)
def test_the_bytes_in_use_never_pass_the_limit(limit: int, puts: list[tuple[bytes, int]]) -> None:
    cache = PageCache(limit)
    for address, size in puts:
        cache.put(_key(address), _reply(size))
        assert 0 <= cache.size <= limit


def test_neither_redirects_nor_other_spellings_of_addresses_push_out_the_archives_own_pages() -> None:
    cache = PageCache(400_000)
    cache.put(_key(b"/interviews/one"), _reply(5000))
    for number in range(1000):
        cache.put(_key(b"/x%d/" % number), _reply(5000, status=308))
        cache.put(_key(b"/interviews/%%6Fne%d" % number), _reply(5000))
    assert cache.get(_key(b"/interviews/one")) is not None
    assert cache.get(_key(b"/x999/")) is not None
    assert cache.size <= 400_000
