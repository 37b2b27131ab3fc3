"""``python -m doichieu.cli``."""

import sys

from doichieu.cli import main

sys.exit(main())
