"""The database: migrations, functions on a connection, and the threads that own connections."""
