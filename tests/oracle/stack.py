"""A chain of single units, computed apart from the guide: mpmath on the definitions of the golden numbers."""

from functools import lru_cache

from mpmath import mp, mpf

from tests.oracle import exact

DEFAULTS = {
    "leaky_relu": {"alpha": 0.01},
    "elu": {"alpha": 1},
    "swish": {"beta": 1},
    "softplus": {"beta": 1},
    "soft_shrink": {"lam": 0.5},
}
LOST = {"float16": 25, "bfloat16": 134, "float32": 150}  # 2 to the minus this, and all that is smaller, is rounded to 0


class Stack:
    """Lists by layer, layer 1 first: z, a (with the input before it), f'(z), w f'(z)."""

    def __init__(self, slug, depth, w, b, x0):
        self.depth, self.w, define = depth, mpf(w), exact.of(slug, **DEFAULTS.get(slug, {}))
        self.z, self.a, self.slope = [], [mpf(x0)], []
        for _ in range(depth):
            self.z.append(self.w * self.a[-1] + mpf(b))
            value, slope, _ = define.jet(self.z[-1])
            self.a.append(value)
            self.slope.append(slope)
        self.factor = [self.w * slope for slope in self.slope]

    def back(self, layers):
        """da_L/da_{L-n} after n layers of travel back."""
        return mp.fprod(self.factor[self.depth - layers :])

    @property
    def left(self):
        """|da_L/dx0|."""
        return abs(self.back(self.depth))

    @property
    def first(self):
        """|da_L/dw_1|."""
        return self.weight(1)

    def weight(self, layer):
        """|da_L/dw_l|."""
        return abs(self.a[layer - 1] * self.slope[layer - 1] * self.back(self.depth - layer))

    def lost(self, kind):
        """After how many layers of travel back the format holds 0; None if it never does."""
        limit = mpf(2) ** -LOST[kind]
        return next((n for n in range(self.depth + 1) if abs(self.back(n)) <= limit), None)


@lru_cache(maxsize=500)
def of(slug, depth, w, b, x0):
    return Stack(slug, depth, w, b, x0)
