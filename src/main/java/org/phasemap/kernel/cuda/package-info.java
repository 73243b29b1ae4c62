/**
 * NVIDIA's GPUs, through CUDA's driver alone ({@code libcuda.so.1}, by JNA): devices, their memory,
 * and launches of the kernels in {@code src/main/cuda}. The driver translates their PTX for
 * whatever GPU there is. A library of the same functions that computes on the CPU, the emulated
 * device, stands in for it in tests. This is the only package that knows JNA.
 */
@NullMarked
package org.phasemap.kernel.cuda;

import org.jspecify.annotations.NullMarked;
