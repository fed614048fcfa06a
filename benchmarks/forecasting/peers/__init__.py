"""The methods that ours is measured against, one file each."""
