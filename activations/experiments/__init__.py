"""What the pages compute, each file named for its computation; a picture is arrays by "trace.x" or "trace.y"."""
