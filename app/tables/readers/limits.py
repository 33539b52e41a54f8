"""How much of a foreign table is read. Beyond Excel's own limits nothing is a parts list."""

MAX_FILE_BYTES = 200_000_000
MAX_UNPACKED_BYTES = 400_000_000
MAX_PACKING_RATIO = 500  # deflate cannot pack real sheets tighter than about 100
MAX_ARCHIVE_MEMBERS = 5_000
MAX_SHEETS = 100
MAX_ROWS = 1_048_576
MAX_COLUMNS = 2_000
MAX_CELLS = 5_000_000
MAX_CELL_CHARACTERS = 32_767
