"""The two pages that hold a conversation. They share the engine, the views and the templates' building blocks."""

from __future__ import annotations

from dataclasses import dataclass

from catalog.directory.codes import Page

from .flow import is_for_children


@dataclass(frozen=True, slots=True)
class ChatPage:
    """`chat` and `shared` name addresses; `layout`, `step`, `results` and `sheet` name templates ("": has none). A step's answer
    replaces what `swaps` selects. For children that is everything, as the reading of every word may change with the grade."""

    flow: Page
    chat: str
    shared: str
    layout: str
    step: str
    swaps: str
    results: str
    sheet: str

    @property
    def is_for_children(self) -> bool:
        return is_for_children(self.flow)


GENERAL = ChatPage(
    flow=Page.GENERAL,
    chat="chat",
    shared="shared",
    layout="base.html",
    step="chatbot/_chat.html",
    swaps="#chat",
    results="chatbot/_results.html",
    sheet="chatbot/sheet.html",
)
UNDER18 = ChatPage(
    flow=Page.UNDER18,
    chat="under18-chat",
    shared="under18-shared",
    layout="under18/base.html",
    step="chatbot/chat.html",
    swaps="body",
    results="under18/_results.html",
    sheet="",
)
