"""Which relations make a lineage, and which way it runs along them."""

LINEAGE_RELATIONS = ("implements", "details", "guides", "comments_on", "reports_on", "promulgates")
"""What counts as lineage unless asked otherwise; "cites" would make a fan of everything."""

DOWNWARD_RELATIONS = ("promulgates",)
"""Relations whose acting document stands above: what a decision issues hangs below the decision."""
