import pytest

from summarize.inputs.numerals import numeral, whole_number


@pytest.mark.parametrize(
    ("form", "written"),
    [
        ("decimal", {0: "0", 12: "12"}),
        ("letter", {1: "a", 26: "z", 27: "aa", 53: "aaa", 78: "zzz", 79: "79", 0: "0"}),
        ("capital", {2: "B", 28: "BB"}),
        ("roman", {1: "i", 4: "iv", 9: "ix", 14: "xiv", 1990: "mcmxc", 5000: "5000", 0: "0"}),
        ("roman capital", {40: "XL"}),
        ("han", {1: "一", 10: "十", 11: "十一", 20: "二十", 101: "一百零一", 110: "一百一十", 1001: "一千零一"}),
        ("han", {3040: "三千零四十", 9999: "九千九百九十九", 10000: "10000", 0: "0"}),
        ("circled", {1: "①", 20: "⑳", 21: "21"}),
    ],
)
def test_numbers_are_written_in_a_form_and_in_digits_beyond_it(form, written):
    assert {number: numeral(number, form) for number in written} == written


@pytest.mark.parametrize(
    ("written", "expected"),
    [("12", 12), (" 3 ", 3), ("", 7), (None, 7), ("-1", 7), ("1.5", 7), ("9" * 5000, 7), ("٣", 7)],
)
def test_an_attribute_is_a_number_or_the_default(written, expected):
    assert whole_number(written, 7) == expected
