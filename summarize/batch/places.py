"""Where everything of a batch lies below its output."""

from summarize.batch.kinds import part_suffix
from summarize.batch.task import Settings

OWN_FOLDER = "_batch"  # whoever reads folders of Parquet leaves out what begins so


class BatchPaths:
    """The files of a batch.

    Args:
        root: the folder of the output, as its store calls it.
        settings: of the batch; None before there are any.
    """

    def __init__(self, root: str, settings: Settings | None = None) -> None:
        self._root = root
        self._suffix = part_suffix(settings) if settings else ""
        self.own: str = f"{root}/{OWN_FOLDER}"
        self.manifest: str = f"{self.own}/manifest.json"
        self.inputs: str = f"{self.own}/inputs.jsonl"
        self.dead_letters: str = f"{self.own}/failed.jsonl"
        self.cut_out: str = f"{self.own}/cut-out"
        self.lock: str = f"{self.own}/lock"

    @property
    def parts(self) -> str:
        """How the names of all parts begin."""
        return f"{self._root}/part-"

    def part(self, number: int) -> str:
        """Return the part of a piece."""
        return f"{self.parts}{number:06d}{self._suffix}"

    def failed(self, number: int) -> str:
        """Return the dead letters of a piece."""
        return f"{self.own}/failed/{number:06d}.jsonl"

    def done(self, number: int) -> str:
        """Return the marker of a piece."""
        return f"{self.own}/done/{number:06d}.json"

    def cut(self, number: int) -> str:
        """Return where it stands how a file is cut."""
        return f"{self.own}/cuts/{number:06d}.json"
