"""`python -m cchc_audit ...` does what the `cchc-audit` command does."""

import sys

from .cli import main

sys.exit(main())
