"""The page of `/setup`: what is set as words, the page with its menus, its forms."""
