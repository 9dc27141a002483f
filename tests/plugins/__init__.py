"""What every test run does beside the tests; tests/conftest.py loads these by pytest_plugins."""
