"""The domain: values and pure functions. No Discord, no SQL, no files, no network, no clock."""
