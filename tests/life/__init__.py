"""An audit's whole life through the product's pages: every action, by everybody, fresh and stale."""
