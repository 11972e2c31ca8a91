"""Who may open a page of the studio. The doors themselves stand in `ui.access`, where every app can reach
them."""

from aqyn.ui.access import crew_only, is_owner, never_stored, owner_only, refused, safe_next

__all__ = ["crew_only", "is_owner", "never_stored", "owner_only", "refused", "safe_next"]
