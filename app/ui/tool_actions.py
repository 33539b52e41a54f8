"""What the menu of tools offers: the library as a whole, and the settings."""

from __future__ import annotations

from app.base.i18n import _
from app.ui.action_spec import ActionSpec, when_ready

TOOL_ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec(
        "verify_chain",
        "tools",
        lambda: _("&Verify the audit trail"),
        icon="history",
        rule=when_ready,
    ),
    ActionSpec(
        "check_library", "tools", lambda: _("&Check the library"), icon="database", rule=when_ready
    ),
    ActionSpec("back_up", "tools", lambda: _("&Back up the library…"), rule=when_ready),
    ActionSpec(
        "open_folder",
        "tools",
        lambda: _("&Open the folder of the library"),
        icon="folder-open",
        rule=when_ready,
    ),
    ActionSpec(
        "settings", "tools", lambda: _("&Settings…"), ("Ctrl+,",), "settings", separated=True
    ),
)
