"""The page shell: guard, transaction, errors, headers, forms, formats, paging."""
