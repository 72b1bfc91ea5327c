"""Write the files for a course site into a folder: `python -m serving.course [folder]`."""

import sys
from pathlib import Path

from serving.course import save

save(Path(*(sys.argv[1:] or ["course"])))
