"""What advisory databases know against the versions in deploy/requirements.lock: `make audit`.

Fails if an advisory is known, and succeeds with a sentence where no database can be reached. Of a package that has
several versions in the lock, it asks about the one that this Python is given.
"""

import json
import subprocess
import sys
from pathlib import Path

from tests.oracle.source import ROOT

_DATABASES = ("pypi", "osv")
# In an environment of its own, which uv makes: it needs twenty packages that nothing else here needs.
_TOOL = [str(Path(sys.executable).with_name("uv")), "tool", "run", "--quiet", "--from", "pip-audit~=2.10", "pip-audit"]
_LOCK = ["--requirement", str(ROOT / "deploy" / "requirements.lock"), "--require-hashes", "--disable-pip"]
_REPORT = ["--format", "json", "--progress-spinner", "off", "--timeout", "10"]


def main() -> int:
    """Ask one database after the other until one answers for a package; print what it says."""
    subprocess.run([*_TOOL, "--version"], check=True)
    for database in _DATABASES:
        # Without a connection it either ends with a traceback or calls every package unknown.
        run = subprocess.run([*_TOOL, *_LOCK, *_REPORT, "-s", database], capture_output=True, text=True)
        lines, audited = findings(run.stdout)
        if audited:
            print(f"Audited against the database {database!r}: {audited} packages.", *lines, sep="\n")
            return bool(lines)
    print(f"The lock was not audited, because none of these databases answered: {', '.join(_DATABASES)}.")
    return 0


def findings(report: str) -> tuple[list[str], int]:
    """A line for each known advisory in a report of pip-audit, and the number of packages that the database knows."""
    known = [each for each in json.loads(report or "{}").get("dependencies", []) if "skip_reason" not in each]
    lines = [
        f"{each['name']} {each['version']}: {advisory['id']}, mended in {advisory['fix_versions'] or 'no version yet'}"
        for each in known
        for advisory in each["vulns"]
    ]
    return lines, len(known)


if __name__ == "__main__":
    sys.exit(main())
