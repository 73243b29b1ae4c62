// All kernels, in one translation unit: what jobs/cuda-kernels compiles.
#include "random.cu"
