import numpy as np
mm = np.memmap("data.bin", dtype="int32", mode="r+")
mm[2:] = 0
mm.flush()
