"""A corpus folder of one's own: started, and added to without losing anything that is there."""
