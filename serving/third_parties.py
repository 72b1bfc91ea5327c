"""Nobody but the visitor hears of a visit: what Streamlit must not ask of others."""

from __future__ import annotations

from streamlit import net_util


def ask_nobody_for_our_address() -> None:
    """Keep Streamlit from asking a service in the internet for the address of this machine.

    It does so whenever a socket is opened from another site. Where the internet cannot be reached, each of these
    questions holds up all visitors for as long as two attempts take. That it does so at the start as well, to print the
    address, is turned off in .streamlit/config.toml.
    """
    net_util.get_external_ip = lambda: None
