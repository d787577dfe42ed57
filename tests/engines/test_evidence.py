"""Effects and their intervals, against data whose answers are in the textbooks."""

from collections import Counter

import pytest

from askfirst.engines import evidence

# Student (1908), the sleep data; the answers are those of R's t.test.
FIRST = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
SECOND = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]


def test_paired_effect_is_that_of_the_textbook():
    found = evidence.paired(FIRST, SECOND)

    assert found.difference == pytest.approx(1.58)
    assert (found.low, found.high) == (pytest.approx(0.7001142, abs=1e-6), pytest.approx(2.4598858, abs=1e-6))
    assert found.is_detectable


def test_teams_count_by_their_means_as_welch_says():
    # Each value is the mean of a team of five.
    begun = {f"a{at}": [value] * 5 for at, value in enumerate(SECOND)}
    waiting = {f"b{at}": [value] * 5 for at, value in enumerate(FIRST)}

    found = evidence.between(begun, waiting)

    assert found.difference == pytest.approx(1.58)
    assert (found.low, found.high) == (pytest.approx(-0.2054832, abs=1e-6), pytest.approx(3.3654832, abs=1e-6))
    assert not found.is_detectable
    assert found.number == 20


def test_least_effect_is_what_four_of_five_studies_would_see():
    """R: power.t.test(n = 10, delta = d, sd = 1.229995, power = .8, type = "paired") asks for about 1.22."""
    assert evidence.paired(FIRST, SECOND).least == pytest.approx(1.22, abs=0.03)


def test_too_few_say_nothing_and_no_spread_is_no_error():
    assert evidence.paired([0.5] * 4, [0.6] * 4) is None
    assert evidence.paired([0.5] * 5, [0.75] * 5) == evidence.Effect(0.25, 0.25, 0.25, 5, 0.0)
    assert evidence.between({"a": [1.0] * 5, "b": [1.0] * 5}, {"c": [1.0] * 5}) is None
    # A team of four does not count.
    small = {name: [0.5] * 4 for name in "abc"}
    assert evidence.between(small, small) is None
    assert evidence.between({n: [0.5] * 5 for n in "abc"}, {n: [0.5] * 5 for n in "def"}).difference == 0
    with pytest.raises(ValueError, match="for each person"):
        evidence.paired([1.0], [])


def test_waves_are_even_at_random_and_can_be_drawn_again():
    teams = [f"team {number}" for number in range(11)]

    drawn = evidence.waves(teams, 3, seed=7)

    assert sorted(Counter(drawn.values()).values()) == [3, 4, 4]
    assert drawn == evidence.waves(list(reversed(teams)), 3, seed=7)
    assert drawn != evidence.waves(teams, 3, seed=8)


def test_everybody_gets_every_form_once():
    for number in range(6):
        assert sorted(evidence.form_for(number, occasion, 3) for occasion in range(3)) == [0, 1, 2]
