"""Databases as earlier versions left them; see keep.py and test_upgrades.py."""
