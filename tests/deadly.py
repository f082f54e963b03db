"""Words that harm the process that looks for them in a text: what a document that no process survives does."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

from summarize.lexicon import Lexicon, UserDictionary

POISON = "氰化物"
SLOW = "树懒"


class DeadlyWords(UserDictionary):
    """Own words of which one kills the process, each time or once, and one takes for ever.

    Args:
        once: a file that is made when the process is killed, which then happens no more; None for each time.
    """

    def __init__(self, once: Path | None = None) -> None:
        super().__init__(())
        self._once = once

    def pieces(self, text: str) -> Iterator[tuple[str, bool]]:
        if POISON in text and not (self._once and self._once.exists()):
            if self._once:
                self._once.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        while SLOW in text:
            time.sleep(1)
        return super().pieces(text)


def deadly_lexicon(once: Path | None = None) -> Lexicon:
    return Lexicon(own=DeadlyWords(once))


class DeadlyToRead(UserDictionary):
    """Own words that kill every other process that is given them."""

    def __init__(self) -> None:
        super().__init__(())
        self.home = os.getpid()

    def __setstate__(self, state: dict[str, object]) -> None:
        self.__dict__ |= state
        if os.getpid() != self.home:
            os.kill(os.getpid(), signal.SIGKILL)
