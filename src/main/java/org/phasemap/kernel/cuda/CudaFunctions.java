package org.phasemap.kernel.cuda;

import com.sun.jna.Library;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.FloatByReference;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;
import org.jspecify.annotations.Nullable;

/**
 * The functions of CUDA's driver that are called, all of driver 450 (CUDA 11.0); CUDA Driver API,
 * "Modules". Addresses of device memory are longs. Each returns an error's number, or 0.
 */
interface CudaFunctions extends Library {
  int cuInit(int flags);

  int cuDriverGetVersion(IntByReference version);

  int cuDeviceGetCount(IntByReference count);

  int cuDeviceGet(IntByReference device, int ordinal);

  int cuDeviceGetName(byte[] name, int length, int device);

  int cuDeviceGetAttribute(IntByReference value, int attribute, int device);

  int cuDevicePrimaryCtxRetain(PointerByReference context, int device);

  int cuCtxSetCurrent(Pointer context);

  int cuMemGetInfo_v2(LongByReference free, LongByReference total);

  int cuMemAlloc_v2(LongByReference address, long bytes);

  int cuMemFree_v2(long address);

  int cuMemHostAlloc(PointerByReference address, long bytes, int flags);

  int cuMemFreeHost(Pointer address);

  int cuMemcpyHtoDAsync_v2(long to, Pointer from, long bytes, Pointer stream);

  int cuMemcpyDtoHAsync_v2(Pointer to, long from, long bytes, Pointer stream);

  int cuMemsetD8Async(long to, byte value, long bytes, Pointer stream);

  int cuModuleLoadDataEx(
      PointerByReference module, Pointer image, int count, int[] options, Pointer[] values);

  int cuModuleGetFunction(PointerByReference function, Pointer module, String name);

  int cuFuncSetAttribute(Pointer function, int attribute, int value);

  int cuFuncGetAttribute(IntByReference value, int attribute, Pointer function);

  int cuLaunchKernel(
      Pointer function,
      int blocksX,
      int blocksY,
      int blocksZ,
      int threadsX,
      int threadsY,
      int threadsZ,
      int sharedBytes,
      Pointer stream,
      Pointer parameters,
      @Nullable Pointer extra);

  int cuOccupancyMaxActiveBlocksPerMultiprocessor(
      IntByReference blocks, Pointer function, int threads, NativeLong sharedBytes);

  int cuLaunchCooperativeKernel(
      Pointer function,
      int blocksX,
      int blocksY,
      int blocksZ,
      int threadsX,
      int threadsY,
      int threadsZ,
      int sharedBytes,
      Pointer stream,
      Pointer parameters);

  int cuStreamCreate(PointerByReference stream, int flags);

  int cuStreamSynchronize(Pointer stream);

  int cuStreamDestroy_v2(Pointer stream);

  int cuEventCreate(PointerByReference event, int flags);

  int cuEventRecord(Pointer event, Pointer stream);

  int cuEventElapsedTime(FloatByReference milliseconds, Pointer from, Pointer to);

  int cuEventDestroy_v2(Pointer event);

  int cuGetErrorName(int error, PointerByReference name);
}
