"""Chats that programs write as JSON to messages: Telegram, Slack, DiscordChatExporter."""

import html
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from summarize.inputs.messages import Message, Talk
from summarize.text.patterns import lazy

# What stands in the first characters of each of them, and of little else.
_HEAD_CHARS = 20_000
_SIGNS = (('"messages"', '"from"', '"date"'), ('"type"', '"ts"', '"text"'), ('"messages"', '"author"', '"timestamp"'))


def may_be_export(text: str) -> bool:
    """Return whether a text may be such a chat, by its first characters."""
    head = text[:_HEAD_CHARS]
    return head.lstrip()[:1] in ("{", "[") and any(all(sign in head for sign in signs) for signs in _SIGNS)


def find_export(text: str) -> Talk | None:
    """Return the messages of such a chat; None if a text is none."""
    if not may_be_export(text):
        return None
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if isinstance(content, list):
        return _talk(content, _of_slack, "")
    if not isinstance(content, dict) or not isinstance(content.get("messages"), list):
        return None
    channel = content.get("channel")
    title = channel.get("name") if isinstance(channel, dict) else content.get("name")
    return _talk(content["messages"], _of_discord if channel else _of_telegram, title if isinstance(title, str) else "")


def _talk(rows: list[Any], read: Callable[[dict[str, Any]], Message | None], title: str) -> Talk | None:
    messages = [message for row in rows if isinstance(row, dict) and (message := read(row)) is not None]
    return Talk(tuple(messages), title=title) if messages else None


def _message(speaker: object, time: object, said: object) -> Message | None:
    if not (isinstance(speaker, str) and speaker.strip() and isinstance(time, str) and isinstance(said, str)):
        return None
    return Message(" ".join(speaker.split()), time.replace("T", " ")[:19], tuple(said.splitlines()), 0)


def _of_telegram(row: dict[str, Any]) -> Message | None:
    """Return a message; its text is a string, or a list of strings and of marked ones."""
    said = row.get("text")
    if isinstance(said, list):
        parts = [part.get("text") if isinstance(part, dict) else part for part in said]
        said = "".join(part for part in parts if isinstance(part, str))
    return _message(row.get("from"), row.get("date"), said) if row.get("type") == "message" else None


def _of_discord(row: dict[str, Any]) -> Message | None:
    author = row.get("author")
    if not isinstance(author, dict) or row.get("type") not in ("Default", "Reply"):
        return None
    return _message(author.get("nickname") or author.get("name"), row.get("timestamp"), row.get("content"))


_ADDRESS = lazy(r"<(?:[^<>|\n]{0,500}\|)?([^<>|\n]{0,500})>")


def _of_slack(row: dict[str, Any]) -> Message | None:
    """Return a message that a person wrote, with the text of its links only."""
    profile, said, seconds = row.get("user_profile"), row.get("text"), row.get("ts")
    names = profile if isinstance(profile, dict) else {}
    speaker = names.get("display_name") or names.get("real_name") or row.get("username") or row.get("user")
    if row.get("type") != "message" or row.get("subtype") or not isinstance(said, str):
        return None
    try:
        time = datetime.fromtimestamp(float(seconds or ""), UTC).isoformat()
    except (ValueError, TypeError, OverflowError, OSError):
        return None
    return _message(speaker, time, html.unescape(_ADDRESS.sub(r"\1", said)))
