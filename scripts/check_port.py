"""Refuse a port on which somebody already answers: `python -m scripts.check_port 127.0.0.1 8000`.

The server's workers share their port with whatever else asks to share it (SO_REUSEPORT). A second site would start without a word, and an
old process could go on answering half of the requests with old numbers.
"""

from __future__ import annotations

import socket
import sys


def why_not(host: str, port: str) -> str:
    """Why a server cannot listen there, in words; "" where it can."""
    if not port.isascii() or not port.isdigit() or not 0 < int(port) < 65536:
        return f"ポート「{port}」は使えません。1から65535の数で書いてください。"
    try:
        address = socket.getaddrinfo(host, int(port), type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    except OSError:
        return f"「{host}」というアドレスは、このコンピューターにありません。"
    with socket.socket(address[0], socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a server that has just stopped is no hindrance
        try:
            listener.bind(address[4])
            listener.listen()
        except PermissionError:
            return f"ポート {port} を使う権限がありません。1024以上の番号にしてください。"
        except OSError:
            return (
                f"ポート {port}（{host}）は、もう使われています。動いているものを止めるか、"
                f"make run PORT={int(port) % 65535 + 1} のように別のポートで始めてください。"
            )
    return ""


if __name__ == "__main__":
    if words := why_not(*sys.argv[1:3]):
        sys.exit(words)
