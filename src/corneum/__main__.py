"""`python -m corneum …` is the `corneum` command."""

import sys

from corneum.config.cli import main

sys.exit(main(sys.argv[1:]))
