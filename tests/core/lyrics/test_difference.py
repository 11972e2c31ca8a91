"""What changed between two versions of the words."""

from hypothesis import given
from hypothesis import strategies as st

from aqyn.core.lyrics.difference import Change, Deed, Run, difference

texts = st.lists(
    st.sampled_from(["", "а б в", "а б г", "қар жауды", "жел соқты", "қар  жаумады", "[chorus]"]), max_size=9
).map("\n".join)
OLD = {Deed.KEPT, Deed.CHANGED, Deed.REMOVED, Deed.MOVED_AWAY}
NEW = {Deed.KEPT, Deed.CHANGED, Deed.ADDED, Deed.MOVED_HERE}


def test_a_changed_line_shows_the_words_that_differ():
    assert difference("Көктем келді ауылға", "Көктем қайтты ауылға қайта") == (
        Change(
            Deed.CHANGED,
            1,
            1,
            (Run("Көктем ", False), Run("келді ", True), Run("ауылға", False)),
            (Run("Көктем ", False), Run("қайтты ", True), Run("ауылға ", False), Run("қайта", True)),
        ),
    )


def test_a_line_unlike_any_other_was_removed_and_another_added():
    found = difference("бір\nқыран ұшты биікте\nүш", "бір\nсамауырын гуілдеп тұр\nүш")
    assert [(c.deed, c.before, c.after) for c in found] == [
        (Deed.KEPT, 1, 1),
        (Deed.REMOVED, 2, None),
        (Deed.ADDED, None, 2),
        (Deed.KEPT, 3, 3),
    ]


def test_a_line_put_in_above_a_changed_one_does_not_take_its_place():
    found = difference("Тауда жүрген киік едім", "Жаңа жол\nТауда жүрген бұлан едім")
    assert [(c.deed, c.before, c.after) for c in found] == [(Deed.ADDED, None, 1), (Deed.CHANGED, 1, 2)]


def test_a_verse_that_moved_whole_is_told_at_both_places():
    first, second, third = "таң атты\nкүн шықты", "қар жауды\nжел тұрды\nел көшті", "ай туды\nтүн болды"
    before, after = f"{first}\n\n{second}\n\n{third}", f"{second}\n\n{third}\n\n{first}"
    found = difference(before, after)
    assert [(c.before, c.after) for c in found if c.deed is Deed.MOVED_AWAY] == [(1, 8), (2, 9)]
    assert [(c.before, c.after) for c in found if c.deed is Deed.MOVED_HERE] == [(1, 8), (2, 9)]
    assert not any(c.deed in (Deed.CHANGED,) for c in found)


@given(texts, texts)
def test_both_versions_can_be_read_off_their_difference(before, after):
    found = difference(before, after)
    assert ["".join(r.text for r in c.old) for c in found if c.deed in OLD] == before.splitlines()
    assert ["".join(r.text for r in c.new) for c in found if c.deed in NEW] == after.splitlines()
    assert [c.before for c in found if c.deed in OLD] == list(range(1, len(before.splitlines()) + 1))
    assert [c.after for c in found if c.deed in NEW] == list(range(1, len(after.splitlines()) + 1))


@given(texts)
def test_a_text_does_not_differ_from_itself(text):
    assert all(c.deed is Deed.KEPT and not any(r.differs for r in c.old) for c in difference(text, text))


def test_texts_as_long_as_any_song_that_share_nothing_are_still_told_apart():
    before = "\n".join(f"қар {at} " + "ақ" * 40 for at in range(500))
    after = "\n".join(f"күн {at} " + "от" * 40 for at in range(501))
    assert len(difference(before, after)) == 1001
