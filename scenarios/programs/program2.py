import numpy as np
fp = open("data.bin", "rb+")
arr = np.fromfile(fp, dtype=np.int32)
arr[2:] = 0
arr.tofile(fp)
