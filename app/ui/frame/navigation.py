"""Where the window has been: back and forward as in a browser."""

from __future__ import annotations

from app.ui.places import Place


class Navigation:
    """The places visited, and the one that is shown."""

    def __init__(self, start: Place) -> None:
        self._places = [start]
        self._here = 0

    @property
    def here(self) -> Place:
        return self._places[self._here]

    @property
    def can_go_back(self) -> bool:
        return self._here > 0

    @property
    def can_go_forward(self) -> bool:
        return self._here < len(self._places) - 1

    def visit(self, place: Place) -> None:
        """Go to a new place; what lay ahead is forgotten."""
        if place != self.here:
            del self._places[self._here + 1 :]
            self._places.append(place)
            self._here += 1

    def replace(self, place: Place) -> None:
        """Stay at this step but show something else, as when walking from part to part."""
        self._places[self._here] = place

    def back(self) -> Place:
        self._here = max(0, self._here - 1)
        return self.here

    def forward(self) -> Place:
        self._here = min(len(self._places) - 1, self._here + 1)
        return self.here
