"""Every route, asked of the running application by everybody."""
