"""The Discord work that outlives one event: publish, collect, catch up, build messages."""
