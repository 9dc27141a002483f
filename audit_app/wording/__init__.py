"""The words of letters and papers that an audit officer edits: looked at before they are kept, with every version."""
