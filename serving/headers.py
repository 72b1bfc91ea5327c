"""The security headers: what a browser may do with a page of the guide."""

from __future__ import annotations

import base64
import hashlib

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from serving import settings, shell

_DENIED = ("accelerometer", "camera", "geolocation", "gyroscope", "magnetometer", "microphone", "payment", "usb")


class SafeHeaders:
    """Adds the headers to every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.headers = {
            "Content-Security-Policy": policy(settings.current().frame_ancestors),
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "strict-origin-when-cross-origin",
            "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _DENIED),
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; say more with its answer."""

        async def say_more(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(self.headers)
            await send(message)

        await self.app(scope, receive, say_more if scope["type"] == "http" else send)


def policy(ancestors: str) -> str:
    """The content security policy, with the sites that may frame the guide."""
    rules = {
        "default-src": "'self'",
        # Components come as blobs, whole numbers of 64 bits in WebAssembly; of inline scripts only the known ones run.
        "script-src": f"'self' blob: 'wasm-unsafe-eval' {' '.join(map(_hash, sorted(shell.scripts())))}",
        "style-src": "'self' 'unsafe-inline'",  # Emotion, KaTeX and Plotly write styles as they go
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "worker-src": "'self' blob:",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": ancestors,
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def _hash(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
