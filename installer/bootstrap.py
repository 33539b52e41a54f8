"""Prepare, run or test Everspare from a bare checkout; standard library only.

python3 installer/bootstrap.py prepare        make the environment in .venv/
python3 installer/bootstrap.py run [ARGS]     prepare, then start the program with ARGS
python3 installer/bootstrap.py test [ARGS]    prepare, then run all checks; ARGS go to pytest
"""

import sys

# Before any other import, and in a form that older Pythons can read: the modules beside this
# one need Python 3.11.
if not (3, 11) <= sys.version_info[:2] < (3, 14):
    sys.exit(
        "Everspare needs Python 3.11, 3.12 or 3.13; this is Python "
        f"{sys.version_info[0]}.{sys.version_info[1]} ({sys.executable}). "
        "Install one of these and name it, for example: python3.11 installer/bootstrap.py run"
    )

from steps.command import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
