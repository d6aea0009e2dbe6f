"""Where the ontology and the data that travel with the package are.

In an installed wheel they sit inside the package; in a checkout they are the
folders at the top of the repository.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent
_ROOT = _PACKAGE / "_bundled" if (_PACKAGE / "_bundled").is_dir() else _PACKAGE.parent

ONTOLOGY_DIR = _ROOT / "ontology"
DATA_DIR = _ROOT / "data"
