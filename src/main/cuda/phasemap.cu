// All kernels, in one translation unit: what jobs/cuda-kernels compiles.
#include "activation.cu"
#include "random.cu"
