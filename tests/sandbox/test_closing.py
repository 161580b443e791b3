from __future__ import annotations

import asyncio
import gc
import socket

import pytest

from bot.sandbox import Sandbox


@pytest.mark.parametrize("turns", range(6))
async def test_whoever_connects_while_it_closes_is_cut_off(turns: int) -> None:
    async with Sandbox() as sandbox:
        client = socket.create_connection(("127.0.0.1", sandbox.port))
        for _ in range(turns):
            await asyncio.sleep(0)
    with client:
        client.settimeout(0)
        await asyncio.sleep(0.05)
        assert _is_cut_off(client)
    # What was never closed would warn here, and a warning is an error.
    gc.collect()


def _is_cut_off(client: socket.socket) -> bool:
    try:
        return client.recv(1) == b""
    except ConnectionResetError:
        return True


async def test_its_port_is_free_again() -> None:
    async with Sandbox() as first:
        port = first.port
    async with Sandbox(port) as second:
        assert second.port == port
