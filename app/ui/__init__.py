"""Everything Qt: the window, its pages and the bridge from work to the GUI thread."""
