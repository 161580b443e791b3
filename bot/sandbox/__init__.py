"""A small Discord on loopback: state, REST, gateway, control."""
