"""An advisory against a version of the lock is reported, and silence of the database is not taken for health."""

import json

from tests.audit import findings

UNKNOWN = {"name": "click", "skip_reason": "Dependency not found on PyPI and could not be audited: click (8.5.1)"}
SOUND = {"name": "idna", "version": "3.20", "vulns": []}
FAULTY = {
    "name": "jinja2",
    "version": "3.1.4",
    "vulns": [
        {"id": "PYSEC-0", "fix_versions": ["3.1.6"], "aliases": [], "description": "…"},
        {"id": "PYSEC-1", "fix_versions": [], "aliases": [], "description": "…"},
    ],
}


def report(*dependencies):
    """What pip-audit prints as JSON."""
    return json.dumps({"dependencies": dependencies, "fixes": []})


def test_each_advisory_is_named_with_the_version_that_mends_it():
    lines, audited = findings(report(UNKNOWN, SOUND, FAULTY))
    assert lines == ["jinja2 3.1.4: PYSEC-0, mended in ['3.1.6']", "jinja2 3.1.4: PYSEC-1, mended in no version yet"]
    assert audited == 2


def test_where_no_package_is_known_nothing_was_audited():
    assert findings(report(UNKNOWN)) == ([], 0)
    assert findings("") == ([], 0)
