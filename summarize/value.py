"""Value classes: like `dataclasses` with `frozen` and `slots`, but defined in a tenth of the time.

A short call loads forty of them. `dataclasses` takes 0.3 ms for each, in which it writes six methods and has them
compiled. Here all have the same methods except for `__init__`, which is compiled when a value of the class is first
made.

What reads a dataclass (`dataclasses.fields`, `asdict`) reads these as well.
"""

from collections.abc import Callable
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, cast, dataclass_transform, overload

if TYPE_CHECKING:
    from dataclasses import Field

T = TypeVar("T")


class _Layout(NamedTuple):
    """What a class was made of.

    Args:
        plain: the class as it was written.
        names: of the fields, in order.
        defaults: of those that have one.
        kw_only: whether `__init__` takes them by their names only.
        shown: the names of the fields that are compared and shown.
    """

    plain: type
    names: tuple[str, ...]
    defaults: dict[str, Any]
    kw_only: bool
    shown: tuple[str, ...]


@overload
def value(cls: type[T], /) -> type[T]: ...
@overload
def value(
    *, frozen: bool = ..., kw_only: bool = ..., beside: tuple[str, ...] = ...
) -> Callable[[type[T]], type[T]]: ...


@dataclass_transform(frozen_default=True)
def value(
    cls: type[T] | None = None, /, *, frozen: bool = True, kw_only: bool = False, beside: tuple[str, ...] = ()
) -> type[T] | Callable[[type[T]], type[T]]:
    """Turn a class with annotations, defaults and methods into a value class.

    Args:
        cls: the class; has no base.
        frozen: whether its values cannot be changed, and so have a hash.
        kw_only: whether the fields are given by their names only.
        beside: fields that are neither compared nor shown.
    """

    def make(plain: type[T]) -> type[T]:
        names = tuple(plain.__annotations__)
        own = {name: member for name, member in vars(plain).items() if name not in ("__dict__", "__weakref__")}
        defaults = {name: own.pop(name) for name in names if name in own}
        shown = tuple(name for name in names if name not in beside)
        layout = _Layout(plain, names, defaults, kw_only, shown)
        own |= {"__slots__": names, "__match_args__": names, "__layout__": layout, "__key__": attrgetter(*shown)}
        return cast("type[T]", type(plain.__name__, (_Frozen if frozen else _Value,), own))

    return make if cls is None else make(cls)


def fields_of(instance: object) -> dict[str, Any]:
    """Return the fields of a value by their names, in order."""
    layout: _Layout = instance.__layout__  # type: ignore[attr-defined]
    return {name: getattr(instance, name) for name in layout.names}


def replace(old: T, /, **changes: Any) -> T:
    """Return a copy with some fields replaced, as `dataclasses.replace` does."""
    return type(old)(**(fields_of(old) | changes))


class _Fields:
    """`__dataclass_fields__` of a class, determined when it is first asked for."""

    def __get__(self, instance: object, owner: Any) -> "dict[str, Field[Any]]":
        from dataclasses import dataclass

        layout: _Layout = owner.__layout__
        owner.__dataclass_fields__ = dataclass(kw_only=layout.kw_only)(layout.plain).__dataclass_fields__  # type: ignore
        return cast("dict[str, Field[Any]]", owner.__dataclass_fields__)


class _Value:
    """What classes of values have in common."""

    __slots__ = ()
    __layout__: _Layout
    __key__: Callable[[Any], Any]  # returns the fields that are compared
    __dataclass_fields__ = _Fields()

    def __init__(self, *arguments: Any, **named: Any) -> None:
        type(self).__init__ = _init_of(type(self))  # type: ignore[method-assign]
        self.__init__(*arguments, **named)  # type: ignore[misc]

    def __repr__(self) -> str:
        shown = (f"{name}={getattr(self, name)!r}" for name in self.__layout__.shown)
        return f"{type(self).__qualname__}({', '.join(shown)})"

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return bool(self.__key__(self) == self.__key__(other))


class _Frozen(_Value):
    """What those have in common that cannot be changed."""

    __slots__ = ()

    def __hash__(self) -> int:
        return hash(self.__key__(self))

    def __setattr__(self, name: str, new: object) -> None:
        from dataclasses import FrozenInstanceError

        raise FrozenInstanceError(f"cannot assign to field {name!r}")

    def __delattr__(self, name: str) -> None:
        from dataclasses import FrozenInstanceError

        raise FrozenInstanceError(f"cannot delete field {name!r}")

    def __getstate__(self) -> list[Any]:
        return list(fields_of(self).values())

    def __setstate__(self, state: list[Any]) -> None:
        for name, found in zip(self.__layout__.names, state, strict=True):
            object.__setattr__(self, name, found)


def _init_of(cls: type[_Value]) -> Callable[..., None]:
    """Return the method that sets the fields of a class, as one would write it."""
    layout = cls.__layout__
    scope: dict[str, Any] = {"put": object.__setattr__, "defaults": layout.defaults}
    parameters = [f"{name}=defaults[{name!r}]" if name in layout.defaults else name for name in layout.names]
    head = ", ".join(["self", *(["*"] if layout.kw_only else []), *parameters])
    steps = [f"put(self, {name!r}, {name})" for name in layout.names]
    if hasattr(cls, "__post_init__"):
        steps.append("self.__post_init__()")
    exec(f"def __init__({head}):\n    " + "\n    ".join(steps), scope)
    return cast("Callable[..., None]", scope["__init__"])
