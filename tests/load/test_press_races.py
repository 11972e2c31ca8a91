"""Two of the crew press at once: the house orders it, each number is given once, only the holder's counts."""

import threading
from concurrent.futures import ThreadPoolExecutor

PRESSES = 30


def test_two_who_press_at_once_never_share_a_number(evening):
    """Each takes the wheel and presses, over and over: what was answered 200 was done, in one order."""
    answered = []

    def crew(who):
        key = "ab"[who] * 43
        for press in range(PRESSES):
            number = 2 * press + 1
            evening.press(number, who=who, key=key, do="take")
            status, told = evening.press(number + 1, who=who, key=key, do="dark", on=bool(press % 2))
            assert status in (200, 403), told
            answered.append((status, told.get("n")))

    with ThreadPoolExecutor(2) as both:
        list(both.map(crew, (0, 1)))
    numbers = [number for status, number in answered if status == 200]
    # A press that lost the wheel in between counted nothing.
    assert sorted(numbers) == [evening.first + press for press in range(1, len(numbers) + 1)]
    assert len(numbers) >= 2


def test_one_press_sent_many_times_is_done_once(evening):
    gate = threading.Barrier(8)

    def press(_again):
        gate.wait(20)
        return evening.press(1, do="notice", text="Балалар, күтіңіздер")

    with ThreadPoolExecutor(8) as eight:
        answers = list(eight.map(press, range(8)))
    assert answers == [(200, {"n": evening.first + 1})] * 8
    assert evening.press(2, do="notice", text="Жалғастырамыз") == (200, {"n": evening.first + 2})


def test_the_wheel_is_taken_by_one_of_many(evening):
    gate = threading.Barrier(6)

    def take(who):
        gate.wait(20)
        return evening.press(1, who=who % 2, key=f"{who}" * 43, do="take")[0]

    with ThreadPoolExecutor(6) as six:
        assert list(six.map(take, range(6))) == [200] * 6
    held = [who for who in range(6) if evening.press(2, who=who % 2, key=f"{who}" * 43, do="clear")[0] == 200]
    assert len(held) == 1
