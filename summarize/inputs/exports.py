"""Talks that programs write as JSON to messages: Telegram, Slack, DiscordChatExporter, ChatGPT, Claude."""

import html
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from summarize.inputs.messages import Conversation, Message
from summarize.text.patterns import lazy_pattern

# What stands in the first characters of each of them, and of little else.
_HEAD_CHARS = 20_000
_SIGNS = (
    *(('"messages"', '"from"', '"date"'), ('"type"', '"ts"', '"text"'), ('"messages"', '"author"', '"timestamp"')),
    *(('"mapping"', '"message"', '"children"'), ('"chat_messages"', '"sender"')),
)


def may_be_export(text: str) -> bool:
    """Return whether a text may be such a chat, by its first characters."""
    head = text[:_HEAD_CHARS]
    return head.lstrip()[:1] in ("{", "[") and any(all(sign in head for sign in signs) for signs in _SIGNS)


def find_exports(text: str) -> list[Conversation]:
    """Return the talks of such a file, mostly one; none if a text is no such file."""
    if not may_be_export(text):
        return []
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        return []
    rows = [row for row in content if isinstance(row, dict)] if isinstance(content, list) else []
    if any("mapping" in row or "chat_messages" in row for row in rows):
        talks = [_of_assistant(row) for row in rows]
    elif isinstance(content, list):
        talks = [_talk(content, _of_slack, "")]
    elif isinstance(content, dict) and isinstance(content.get("messages"), list):
        channel = content.get("channel")
        title = channel.get("name") if isinstance(channel, dict) else content.get("name")
        read = _of_discord if channel else _of_telegram
        talks = [_talk(content["messages"], read, title if isinstance(title, str) else "")]
    else:
        talks = [_of_assistant(content)] if isinstance(content, dict) else []
    return [talk for talk in talks if talk is not None]


def _talk(rows: list[Any], read: Callable[[dict[str, Any]], Message | None], title: str) -> Conversation | None:
    messages = [message for row in rows if isinstance(row, dict) and (message := read(row)) is not None]
    return Conversation(tuple(messages), title=title) if messages else None


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


_ADDRESS = lazy_pattern(r"<(?:[^<>|\n]{0,500}\|)?([^<>|\n]{0,500})>")


def _of_slack(row: dict[str, Any]) -> Message | None:
    """Return a message that a person wrote, with the text of its links only."""
    profile, said, seconds = row.get("user_profile"), row.get("text"), row.get("ts")
    names = profile if isinstance(profile, dict) else {}
    speaker = names.get("display_name") or names.get("real_name") or row.get("username") or row.get("user")
    if row.get("type") != "message" or row.get("subtype") or not isinstance(said, str):
        return None
    time = _time(seconds)
    return _message(speaker, time, html.unescape(_ADDRESS.sub(r"\1", said))) if time else None


_CODE = lazy_pattern(r"(?ms)^```.*?(?:^```[ \t]*$|\Z)")


def _of_assistant(talk: dict[str, Any]) -> Conversation | None:
    """Return a talk with ChatGPT or with Claude."""
    title = talk.get("title") or talk.get("name")
    rows, read = (_thread(talk), _of_chatgpt) if "mapping" in talk else (talk.get("chat_messages"), _of_claude)
    return _talk(rows if isinstance(rows, list) else [], read, title if isinstance(title, str) else "")


def _thread(talk: dict[str, Any]) -> list[Any]:
    """Return the messages of a talk with ChatGPT up to its last one, without those that were asked again."""
    nodes, name = talk["mapping"], talk.get("current_node")
    if not isinstance(nodes, dict):
        return []
    if not isinstance(name, str) or name not in nodes:
        return [node.get("message") for node in nodes.values() if isinstance(node, dict)]
    thread: list[Any] = []
    while isinstance(name, str) and isinstance(node := nodes.pop(name, None), dict):
        thread.append(node.get("message"))
        name = node.get("parent")
    return thread[::-1]


def _of_chatgpt(row: dict[str, Any]) -> Message | None:
    author, content = row.get("author"), row.get("content")
    role = str(author.get("role")) if isinstance(author, dict) else ""
    speaker = {"user": "User", "assistant": "ChatGPT"}.get(role)
    parts = content.get("parts") if isinstance(content, dict) else None
    said = "\n".join(part for part in parts if isinstance(part, str)) if isinstance(parts, list) else None
    return _message(speaker, _time(row.get("create_time")), _CODE.sub("", said) if said else None)


def _of_claude(row: dict[str, Any]) -> Message | None:
    speaker, said = {"human": "User", "assistant": "Claude"}.get(str(row.get("sender"))), row.get("text")
    return _message(speaker, row.get("created_at"), _CODE.sub("", said) if isinstance(said, str) else None)


def _time(seconds: Any) -> str:
    """Return a time that is counted from 1970; empty if there is none."""
    try:
        return datetime.fromtimestamp(float(seconds), UTC).isoformat()
    except (ValueError, TypeError, OverflowError, OSError):
        return ""
