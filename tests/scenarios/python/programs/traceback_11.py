assert 1 > 2, "not " + "so"
