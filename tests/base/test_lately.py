"""Numbers among many are kept for a minute; among few they are always as they are now."""

from askfirst.base.lately import MANY, lately


def test_few_are_counted_each_time_and_many_once_a_minute():
    now = [MANY - 1]

    def read() -> int:
        return now[0]

    assert lately("test", read, int) == MANY - 1
    now[0] = MANY
    assert lately("test", read, int) == MANY
    now[0] = MANY + 7
    assert lately("test", read, int) == MANY
    assert lately("another", read, int) == MANY + 7
