"""Response times: which takedowns count, survival curves, groups, comparisons."""
