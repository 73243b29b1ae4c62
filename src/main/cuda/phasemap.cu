// All kernels, in one translation unit: what jobs/cuda-kernels compiles.
#include "ceilings.cu"
#include "dense.cu"
#include "random.cu"
#include "train.cu"
#include "weight_free.cu"
