"""What the pages compute, each file named for its computation. A picture is a flat mapping of arrays.

A *picture* maps ``"trace.x"``, ``"trace.y"`` or ``"reading.name"`` to an array. A *sweep* maps the same names to a pair
``(at, frames)``: the positions of one slider, ascending, and the array at each of them (one row a position).
"""
