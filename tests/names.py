"""What in the public names of the package the glossary of CONTRIBUTING.md does not allow.

`names.txt` lists the exceptions that there are. Run `python tests/names.py` after some of them were renamed: it removes
their lines, and never adds any; `python tests/names.py --all` writes the file again with all that is found.
"""

import ast
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "summarize"
EXCEPTIONS = Path(__file__).with_name("names.txt")

# What a public function does, or asks (is, has, may, can, needs, ...).
_VERBS = """
add adjust admits align allows announce answer append apply are ask assemble attach attend begin begins bind build
cache call can carry check choose classify clean clear close collect combine compare compute consume
convert copy corrupt
count create cut decide declares decode defer delete denies depends describe detect discard display divide do draw
drop embed encode end ends ensure estimate evaluate examine exceeds exclude expand explain export extend extract fail
feed fetch fill filter find finish fit fits flush forget format fuse get give group handle has hide hold holds import
insert install invoke is iterate join judge keep label learn lengthen limit list load lock log look looks lookup make
makes map mark mask match matches may measure merge move must need needs normalize number open opens pack pad parse
pass plot predict prepare print pull push put quantize quote raise rank rate read recognise recognize record reduce
refuse register release remember remove rename render reorder repeat replace report reseed reset resolve restore
return reweigh run sample save scale score segment select send serve set share show shuffle skip sort spell split
spread stand stands start starts stem stop store strip subset subtract sum summarize swap take tell test tokenize
train transform translate trim truncate turn unpack unregister unwrap update use uses validate wait walk warn weigh
wrap write
"""
VERBS = frozenset(_VERBS.split())
CONVERSIONS = {"to", "as", "from"}  # as in to_lowercase
BY_CUSTOM = {"main", "ngettext", "N_"}  # an entry point; gettext


class Finding(NamedTuple):
    """A line of `names.txt`: what is wrong, where (a module from the root of the package, or some), and the name."""

    fault: str
    where: str
    name: str


class Glossary(NamedTuple):
    """What the glossary does not allow: parts of a name, and words and phrases of a docstring."""

    parts: frozenset[str]
    phrases: re.Pattern[str]


class Definition(NamedTuple):
    """A public definition of a module: `Class.method` for what is in a class."""

    name: str
    node: ast.AST
    is_top: bool


def read_glossary(path: Path) -> Glossary:
    """Read the words in code of the last column of the glossary, and those of the paragraph after it."""
    section = path.read_text(encoding="utf-8").partition("\n## Glossary\n")[2].partition("\n## ")[0]
    table, _, prose = section.partition("\nAvoid in any sense")
    cells = [row.rstrip().rstrip("|").rpartition(" | ")[2] for row in table.splitlines() if row.startswith("| ")]
    parts = [word for cell in cells for word in re.findall("`([^`]+)`", cell)]
    phrases = re.findall("`([^`]+)`", prose)
    return Glossary(
        frozenset(parts + [phrase for phrase in phrases if phrase.isalpha()]),
        re.compile(rf"\b(?:{'|'.join(map(re.escape, phrases))})\b", re.IGNORECASE),
    )


def find_faults(package: Path, glossary: Glossary) -> list[Finding]:
    """Return what in a package is not as the glossary has it, in order.

    Args:
        package: its folder.
        glossary: what is not allowed.
    """
    found = set()
    modules = defaultdict(set)
    for path in package.rglob("*.py"):
        where = path.relative_to(package).as_posix()
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for name, node, is_top in _definitions(tree):
            found |= {Finding(fault, where, name) for fault in _faults(name, node, glossary)}
            if is_top and isinstance(node, ast.FunctionDef | ast.ClassDef) and name not in BY_CUSTOM:
                modules[name].add(where)
        if glossary.phrases.search(ast.get_docstring(tree) or ""):
            found.add(Finding("words", where, "(module)"))
    several = (
        Finding("several", ",".join(sorted(places)), name) for name, places in modules.items() if len(places) > 1
    )
    return sorted([*found, *several])


def _definitions(tree: ast.Module) -> Iterator[Definition]:
    """Yield the public functions, classes and constants of a module, and the methods and fields of its classes."""
    for node in tree.body:
        for name in _names(node):
            yield Definition(name, node, is_top=True)
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            for member in node.body:
                for name in _names(member):
                    yield Definition(f"{node.name}.{name}", member, is_top=False)


def _names(node: ast.stmt) -> Iterator[str]:
    """Yield the public names that a statement defines."""
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    names = [target.id for target in targets if isinstance(target, ast.Name)]
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        names = [node.name]
    yield from (name for name in names if not name.startswith("_"))


def _faults(name: str, node: ast.AST, glossary: Glossary) -> Iterator[str]:
    """Yield what is wrong with a definition."""
    own = name.rpartition(".")[2]
    arguments = []
    if isinstance(node, ast.FunctionDef):
        arguments = [argument.arg for argument in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)]
        decorators = [ast.unparse(decorator) for decorator in node.decorator_list]
        is_property = any(re.search(r"property$|\.setter$", decorator) for decorator in decorators)
        if not is_property and own not in BY_CUSTOM and split_name(own)[0] not in VERBS | CONVERSIONS:
            yield "verb"
    forbidden = {part for word in (own, *arguments) for part in split_name(word)} & glossary.parts
    yield from (f"part {part}" for part in forbidden)
    if isinstance(node, ast.FunctionDef | ast.ClassDef) and glossary.phrases.search(ast.get_docstring(node) or ""):
        yield "words"


def split_name(name: str) -> list[str]:
    """Return the words of a name in lower case: `PlaceKind` and `PLACE_KIND` are place and kind."""
    bounds = [0, *(found.end() for found in re.finditer(r"_+|[a-z\d](?=[A-Z])|[A-Z](?=[A-Z][a-z])", name)), len(name)]
    return [name[start:end].strip("_").lower() for start, end in pairwise(bounds) if name[start:end].strip("_")]


def read_exceptions(path: Path = EXCEPTIONS) -> list[Finding]:
    """Read the exceptions that are listed."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [Finding(*line.split("\t")) for line in lines if not line.startswith("#")]


def write_exceptions(*, is_all: bool, path: Path = EXCEPTIONS) -> None:
    """Write the exceptions that are still there: all that are found, or only those that are listed already."""
    found = find_faults(PACKAGE, read_glossary(ROOT / "CONTRIBUTING.md"))
    if not is_all:
        listed = set(read_exceptions(path))
        found = [finding for finding in found if finding in listed]
    head = "# Names that the glossary does not allow (names.py). Lines may only go.\n"
    path.write_text(head + "".join("\t".join(finding) + "\n" for finding in found), encoding="utf-8")
    print(f"{len(found)} exceptions")


if __name__ == "__main__":
    write_exceptions(is_all="--all" in sys.argv)
