"""What the pages compute, each file named for its computation. A picture maps ``"trace.x"`` or ``"trace.y"`` to an array."""
