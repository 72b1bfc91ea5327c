import json

import numpy as np


def summary(layer, function, z, slope, gradient):
    """Print a line about one layer; each array has a row for each input and a column for each unit."""
    arrays = [np.asarray(each, float) for each in (z, slope, gradient)]
    z, slope, gradient = (each.reshape(-1, each.shape[-1]) for each in arrays)
    line = {"layer": layer, "function": function, "inputs": len(z), "units": z.shape[1]}
    if not np.isfinite(z).all():
        return print(json.dumps(line | {"not_finite": int((~np.isfinite(z)).sum())}))
    median = np.median(np.abs(z))
    reach = 30 * median or np.inf  # what lies further from 0 is an outlier
    counts, edges = np.histogram(z[np.abs(z) <= reach], 40)
    off, flat = slope == 0, np.abs(slope) < 0.01
    dead, stuck = off.all(axis=0), flat.all(axis=0) & ~off.all(axis=0)
    line |= {"edges": edges[[0, -1]].tolist(), "counts": counts.tolist()}
    line |= {"below": int((z < -reach).sum()), "above": int((z > reach).sum())}
    line |= {"off": off.mean(), "dead": np.flatnonzero(dead).tolist()}
    line |= {"saturated": (flat & ~off).mean(), "saturated_units": np.flatnonzero(stuck).tolist()}
    line |= {"median": median, "largest": z.flat[np.abs(z).argmax()]}
    print(json.dumps(line | {"gradient_rms": np.sqrt((gradient**2).mean())}))
