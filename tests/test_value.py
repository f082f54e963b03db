"""What `value` makes is held against what `dataclasses` makes of the same class."""

import copy
import dataclasses
import pickle
from typing import Any

import pytest

from summarize.value import fields_of, replace, value


class Plain:
    """A place."""

    name: str
    size: int = 3
    marks: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        return self.name.title()


Place: Any = value(Plain)
Reference: Any = dataclasses.dataclass(frozen=True, slots=True)(Plain)


@value
class Checked:
    size: int
    half: int = 0

    def __post_init__(self) -> None:
        if self.size < 0:
            raise ValueError(f"size must be 0 or more, got {self.size}")
        object.__setattr__(self, "half", self.size // 2)


@value(kw_only=True)
class Named:
    size: int = 1
    name: str


@value(frozen=False)
class Open:
    size: int


@value(beside=("note",))
class Noted:
    size: int
    note: str = ""


@value
class Hashed:
    size: int
    name: str

    def __hash__(self) -> int:
        return hash(self.size)


@pytest.mark.parametrize(
    "arguments", [("city",), ("city", 5), ("city", 5, ("a",))], ids=["one", "two", "three"]
)  # fmt: skip
def test_value_is_made_shown_compared_and_hashed_as_a_dataclass_is(arguments: tuple[Any, ...]) -> None:
    made, reference = Place(*arguments), Reference(*arguments)
    assert repr(made) == repr(reference)
    assert hash(made) == hash(reference)
    assert made == Place(*arguments)
    assert (made.name, made.size, made.marks, made.title) == (*dataclasses.astuple(reference), "City")
    assert made != replace(made, size=7)
    assert made != reference


@pytest.mark.parametrize(
    ("arguments", "named"),
    [((), {}), (("a", 1, (), 2), {}), (("a",), {"name": "b"}), (("a",), {"height": 1})],
    ids=["none", "too many", "twice", "unknown"],
)
def test_value_is_not_made_of_other_arguments(arguments: tuple[Any, ...], named: dict[str, Any]) -> None:
    for made in (Place, Reference):
        with pytest.raises(TypeError):
            made(*arguments, **named)


def test_value_keeps_name_module_and_docstring() -> None:
    assert (Place.__name__, Place.__qualname__, Place.__module__) == ("Plain", "Plain", __name__)
    assert Place.__doc__ == "A place."


def test_value_cannot_be_changed() -> None:
    for made in (Place("city"), Reference("city")):
        with pytest.raises(dataclasses.FrozenInstanceError, match="cannot assign to field 'size'"):
            made.size = 4
        with pytest.raises(dataclasses.FrozenInstanceError, match="cannot delete field 'size'"):
            del made.size
        assert not hasattr(made, "__dict__")


def test_value_that_is_open_can_be_changed_and_has_no_hash() -> None:
    made = Open(1)
    made.size = 2
    assert made == Open(2)
    with pytest.raises(AttributeError):
        made.height = 3  # type: ignore[attr-defined]
    with pytest.raises(TypeError, match="unhashable"):
        hash(made)


def test_value_is_checked_when_it_is_made_and_replaced() -> None:
    assert Checked(7).half == 3
    assert replace(Checked(7), size=9).half == 4
    with pytest.raises(ValueError, match="size must be 0 or more, got -1"):
        replace(Checked(7), size=-1)


def test_value_takes_fields_by_name_only_where_it_says_so() -> None:
    assert Named(name="a") == Named(size=1, name="a")
    with pytest.raises(TypeError):
        Named(1, "a")  # type: ignore[misc]


def test_value_neither_compares_nor_shows_what_stands_beside() -> None:
    assert Noted(1, "a") == Noted(1, "b")
    assert hash(Noted(1, "a")) == hash(Noted(1, "b"))
    assert repr(Noted(1, "a")) == "Noted(size=1)"


def test_value_keeps_methods_of_its_own() -> None:
    assert hash(Hashed(1, "a")) == hash(1)


@pytest.mark.parametrize("made", [Checked(4), Named(name="a"), Noted(1, "b")], ids=repr)
def test_value_can_be_copied_and_sent_to_another_process(made: Any) -> None:
    for other in (copy.copy(made), copy.deepcopy(made), pickle.loads(pickle.dumps(made))):
        assert type(other) is type(made)
        assert fields_of(other) == fields_of(made)


def test_value_is_a_dataclass_to_whoever_asks() -> None:
    assert dataclasses.is_dataclass(Noted)
    assert [field.name for field in dataclasses.fields(Noted)] == ["size", "note"]
    assert dataclasses.asdict(Noted(1, "a")) == {"size": 1, "note": "a"}
    assert dataclasses.replace(Named(name="a"), size=2) == Named(size=2, name="a")
    assert fields_of(Noted(1, "a")) == {"size": 1, "note": "a"}


def test_value_fits_patterns() -> None:
    match Noted(1, "a"):
        case Noted(size, note):
            assert (size, note) == (1, "a")
        case _:
            pytest.fail("it does not fit")
