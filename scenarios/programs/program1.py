import numpy as np
arr = np.array([0, 1, 2, 3], dtype=np.int32)
with open("data.bin", "wb") as fp:
    arr.tofile(fp)
