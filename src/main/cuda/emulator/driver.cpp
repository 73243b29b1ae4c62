// A libcuda.so.1 for machines without a GPU: the calls of CUDA's driver that PhaseMap makes. The kernels are those of the
// .cu files, compiled for this CPU; of the PTX that is loaded it only looks at the head and at the names of its kernels.
// What a test may set and ask is at the end.
#include <chrono>
#ifndef EMULATED_SOURCE
#define EMULATED_SOURCE "../phasemap.cu"
#endif
#include EMULATED_SOURCE
#include "devices.h"

using namespace emulator;

namespace {
// The error that a test injects into this function, or what is wrong with the device since a launch failed.
int injected(const char* function) {
  std::lock_guard<std::mutex> lock(state_lock);
  std::string all = "," + setting("FAIL", "") + ",", key = std::string(",") + function + "=";
  size_t at = all.find(key);
  return at == std::string::npos ? 0 : atoi(all.c_str() + at + key.size());
}
// Whether a launch fails: FAULT is KERNEL=FILE, and the process that makes the file is the one whose launch of such a kernel
// fails. The kernel's name may be cut short.
Fault injected(const Kernel* kernel) {
  std::lock_guard<std::mutex> lock(state_lock);
  std::string fault = setting("FAULT", "");
  size_t at = fault.find('=');
  if (at == std::string::npos || strncmp(kernel->name, fault.c_str(), at)) return {};
  FILE* made = fopen(fault.c_str() + at + 1, "wx");
  if (!made) return {};
  fclose(made);
  return {LAUNCH_FAILED, std::string("kernel ") + kernel->name + ": the fault that was asked for"};
}
int wrong(const char* function) {
  if (int error = injected(function)) return error;
  if (!current) return INVALID_CONTEXT;
  return current->broken;
}
Device* device_of(void* context) { return (Device*)context; }

struct Module {
  std::string ptx;
};
struct Function {
  const Kernel* kernel;
  int most_shared = 48 << 10;
};
const int SHARED_OF_BLOCK = 227 << 10;

bool names(const std::string& ptx, const std::string& kernel) {
  for (size_t at = ptx.find(kernel); at != std::string::npos; at = ptx.find(kernel, at + 1)) {
    size_t end = at + kernel.size();
    if (at >= 7 && ptx.compare(at - 7, 7, ".entry ") == 0 && (end == ptx.size() || ptx[end] == '(')) return true;
  }
  return false;
}

int copy(const char* function, Stream* stream, void* to, const void* from, size_t bytes, void* of_device) {
  if (int error = wrong(function)) return error;
  std::unique_lock<std::mutex> lock(state_lock);
  Allocation* there = allocation_of(of_device, bytes);
  if (!there || there->device != current) return INVALID_VALUE;
  std::shared_ptr<char> staged;
  if (from != of_device && !allocation_of(from, bytes)) {
    // Memory that is not pinned is read at once.
    staged.reset(new char[bytes], std::default_delete<char[]>());
    memcpy(staged.get(), from, bytes);
  }
  lock.unlock();
  stream->add([=] {
    memcpy(to, staged ? staged.get() : from, bytes);
    return Fault{};
  });
  return 0;
}
int launch_of(Function* function, unsigned blocks, unsigned threads, unsigned shared, Stream* stream, const void* args, bool cooperative) {
  const Kernel* kernel = function->kernel;
  if (blocks < 1 || blocks > 0x7fffffff || threads < 1 || (int)threads > kernel->threads || (int)shared > function->most_shared ||
      (kernel->shared_bytes >= 0 && (int)shared != kernel->shared_bytes))
    return INVALID_VALUE;
  std::shared_ptr<char> own((char*)aligned_alloc(64, (kernel->args_bytes + 63) / 64 * 64), free);
  memcpy(own.get(), args, kernel->args_bytes);
  Launch launch{kernel, own, (int)blocks, (int)threads, (int)shared, (int)number("ORDER", "0"), cooperative};
  int at_once = (int)number("THREADS", "1");
  stream->add([=] {
    Fault fault = injected(launch.kernel);
    if (!fault.error) fault = cooperative ? run_together(launch) : run(launch, at_once);
    return fault.error ? fault : check_margins(launch);
  });
  return 0;
}
double seconds() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }
}  // namespace

// All else is hidden, and bound within: a process may hold several of these libraries.
#pragma GCC visibility push(default)
extern "C" {
int cuInit(unsigned) {
  if (int error = injected("cuInit")) return error;
  catch_signals();
  return number("DEVICES", "1") > 0 ? 0 : NO_DEVICE;
}
int cuDriverGetVersion(int* version) {
  *version = (int)number("VERSION", "13000");
  return injected("cuDriverGetVersion");
}
int cuDeviceGetCount(int* count) {
  *count = (int)number("DEVICES", "1");
  return injected("cuDeviceGetCount");
}
int cuDeviceGet(int* device, int ordinal) {
  *device = ordinal;
  return ordinal >= 0 && ordinal < number("DEVICES", "1") ? injected("cuDeviceGet") : INVALID_DEVICE;
}
int cuDeviceGetName(char* to, int bytes, int) {
  snprintf(to, bytes, "emulated GPU");
  return injected("cuDeviceGetName");
}
int cuDeviceGetAttribute(int* value, int attribute, int) {
  int capability = (int)number("CAPABILITY", "90");
  switch (attribute) {
    case 16: *value = (int)number("MULTIPROCESSORS", "2"); break;
    case 75: *value = capability / 10; break;
    case 76: *value = capability % 10; break;
    case 95: *value = (int)number("COOPERATIVE", "1"); break;
    case 97: *value = SHARED_OF_BLOCK; break;
    default: return INVALID_VALUE;
  }
  return injected("cuDeviceGetAttribute");
}
int cuDevicePrimaryCtxRetain(void** context, int ordinal) {
  if (int error = injected("cuDevicePrimaryCtxRetain")) return error;
  *context = &devices[ordinal];
  devices[ordinal].retained++;
  return devices[ordinal].broken;
}
int cuDevicePrimaryCtxRelease_v2(int ordinal) {
  devices[ordinal].retained--;
  return 0;
}
int cuCtxSetCurrent(void* context) {
  current = device_of(context);
  return injected("cuCtxSetCurrent");
}
int cuMemGetInfo_v2(size_t* free_bytes, size_t* total) {
  if (int error = wrong("cuMemGetInfo_v2")) return error;
  std::lock_guard<std::mutex> lock(state_lock);
  *total = (size_t)number("MEMORY", "8589934592");
  *free_bytes = *total > current->used ? *total - current->used : 0;
  return 0;
}

int cuMemAlloc_v2(void** to, size_t bytes) {
  if (int error = wrong("cuMemAlloc_v2")) return error;
  if (bytes == 0) return INVALID_VALUE;
  std::lock_guard<std::mutex> lock(state_lock);
  Allocation made{{}, current};
  if (current->used + bytes > (size_t)number("MEMORY", "8589934592") || !made.memory.allocate(bytes, 256)) return OUT_OF_MEMORY;
  current->used += bytes;
  *to = made.memory.start;
  allocations()[made.memory.start] = made;
  return 0;
}
int cuMemFree_v2(void* at) {
  if (int error = wrong("cuMemFree_v2")) return error;
  finish_all(current);
  std::lock_guard<std::mutex> lock(state_lock);
  auto found = allocations().find((char*)at);
  if (found == allocations().end()) return INVALID_VALUE;
  found->second.device->used -= found->second.memory.bytes;
  found->second.memory.release();
  allocations().erase(found);
  return 0;
}
int cuMemHostAlloc(void** to, size_t bytes, unsigned) {
  if (int error = wrong("cuMemHostAlloc")) return error;
  std::lock_guard<std::mutex> lock(state_lock);
  Allocation made{{}, nullptr};
  if (!made.memory.allocate(bytes, 256)) return OUT_OF_MEMORY;
  *to = made.memory.start;
  allocations()[made.memory.start] = made;
  return 0;
}
int cuMemFreeHost(void* at) {
  if (int error = injected("cuMemFreeHost")) return error;
  std::lock_guard<std::mutex> lock(state_lock);
  auto found = allocations().find((char*)at);
  if (found == allocations().end()) return INVALID_VALUE;
  found->second.memory.release();
  allocations().erase(found);
  return 0;
}
int cuMemcpyHtoDAsync_v2(void* to, const void* from, size_t bytes, Stream* stream) {
  return copy("cuMemcpyHtoDAsync_v2", stream, to, from, bytes, to);
}
int cuMemcpyDtoHAsync_v2(void* to, void* from, size_t bytes, Stream* stream) {
  return copy("cuMemcpyDtoHAsync_v2", stream, to, from, bytes, from);
}
int cuMemsetD8Async(void* to, unsigned char value, size_t bytes, Stream* stream) {
  if (int error = wrong("cuMemsetD8Async")) return error;
  {
    std::lock_guard<std::mutex> lock(state_lock);
    if (!allocation_of(to, bytes)) return INVALID_VALUE;
  }
  stream->add([=] {
    memset(to, value, bytes);
    return Fault{};
  });
  return 0;
}

int cuModuleLoadDataEx(Module** module, const char* ptx, unsigned options, const int* option, void** value) {
  if (int error = wrong("cuModuleLoadDataEx")) return error;
  const char* target = strstr(ptx, ".target sm_");
  if (!strstr(ptx, ".version ") || !target) {
    for (unsigned i = 0; i < options; i++)
      if (option[i] == 5) strcpy((char*)value[i], "emulated: no .version or no .target");
    return INVALID_PTX;
  }
  if (atoi(target + 11) > number("CAPABILITY", "90")) return NO_BINARY_FOR_GPU;
  *module = new Module{ptx};
  return 0;
}
int cuModuleUnload(Module* module) {
  delete module;
  return injected("cuModuleUnload");
}
int cuModuleGetFunction(Function** function, Module* module, const char* name) {
  if (int error = wrong("cuModuleGetFunction")) return error;
  for (const Kernel* kernel : kernels())
    if (!strcmp(kernel->name, name) && names(module->ptx, name)) {
      *function = new Function{kernel};
      return 0;
    }
  return NOT_FOUND;
}
int cuFuncSetAttribute(Function* function, int attribute, int value) {
  if (int error = wrong("cuFuncSetAttribute")) return error;
  if (attribute != 8 || value > SHARED_OF_BLOCK) return INVALID_VALUE;
  function->most_shared = value;
  return 0;
}
int cuFuncGetAttribute(int* value, int attribute, Function* function) {
  if (int error = wrong("cuFuncGetAttribute")) return error;
  *value = attribute == 0 ? function->kernel->threads : 0;
  return 0;
}
int cuOccupancyMaxActiveBlocksPerMultiprocessor(int* blocks, Function* function, int threads, size_t shared) {
  if (int error = wrong("cuOccupancyMaxActiveBlocksPerMultiprocessor")) return error;
  *blocks = threads <= function->kernel->threads && (int)shared <= function->most_shared ? 1 : 0;
  return 0;
}
int cuLaunchKernel(Function* function, unsigned blocks, unsigned blocks_y, unsigned blocks_z, unsigned threads, unsigned threads_y,
                   unsigned threads_z, unsigned shared, Stream* stream, void** params, void**) {
  if (int error = wrong("cuLaunchKernel")) return error;
  if (blocks_y * blocks_z * threads_y * threads_z != 1) return INVALID_VALUE;
  return launch_of(function, blocks, threads, shared, stream, params[0], false);
}
int cuLaunchCooperativeKernel(Function* function, unsigned blocks, unsigned blocks_y, unsigned blocks_z, unsigned threads,
                              unsigned threads_y, unsigned threads_z, unsigned shared, Stream* stream, void** params) {
  if (int error = wrong("cuLaunchCooperativeKernel")) return error;
  if (blocks_y * blocks_z * threads_y * threads_z != 1) return INVALID_VALUE;
  if (blocks > number("MULTIPROCESSORS", "2")) return TOO_LARGE;
  return launch_of(function, blocks, threads, shared, stream, params[0], true);
}

int cuStreamCreate(Stream** stream, unsigned) {
  if (int error = wrong("cuStreamCreate")) return error;
  std::lock_guard<std::mutex> lock(state_lock);
  streams().push_back(std::make_shared<Stream>(current));
  *stream = streams().back().get();
  return 0;
}
int cuStreamSynchronize(Stream* stream) {
  if (int error = wrong("cuStreamSynchronize")) return error;
  return finish(stream);
}
int cuStreamDestroy_v2(Stream* stream) {
  if (int error = injected("cuStreamDestroy_v2")) return error;
  std::lock_guard<std::mutex> lock(state_lock);
  auto is_it = [stream](const std::shared_ptr<Stream>& other) { return other.get() == stream; };
  streams().erase(std::find_if(streams().begin(), streams().end(), is_it));
  return 0;
}
int cuEventCreate(Event** event, unsigned) {
  if (int error = wrong("cuEventCreate")) return error;
  *event = new Event;
  return 0;
}
int cuEventRecord(Event* event, Stream* stream) {
  if (int error = wrong("cuEventRecord")) return error;
  event->stream = stream;
  event->recorded = true;
  event->passed = false;
  stream->add([=] {
    event->seconds = seconds();
    event->passed = true;
    return Fault{};
  });
  return 0;
}
int cuEventSynchronize(Event* event) {
  if (int error = wrong("cuEventSynchronize")) return error;
  return event->recorded ? finish(event->stream) : 0;
}
int cuEventElapsedTime(float* milliseconds, Event* from, Event* to) {
  if (int error = wrong("cuEventElapsedTime")) return error;
  if (!from->recorded || !to->recorded) return INVALID_HANDLE;
  if (!from->passed || !to->passed) return NOT_READY;
  *milliseconds = (float)((to->seconds - from->seconds) * 1e3);
  return 0;
}
int cuEventDestroy_v2(Event* event) {
  delete event;
  return injected("cuEventDestroy_v2");
}

int cuGetErrorName(int error, const char** name) {
  switch (error) {
    case 0: *name = "CUDA_SUCCESS"; break;
    case INVALID_VALUE: *name = "CUDA_ERROR_INVALID_VALUE"; break;
    case OUT_OF_MEMORY: *name = "CUDA_ERROR_OUT_OF_MEMORY"; break;
    case NO_DEVICE: *name = "CUDA_ERROR_NO_DEVICE"; break;
    case INVALID_DEVICE: *name = "CUDA_ERROR_INVALID_DEVICE"; break;
    case INVALID_CONTEXT: *name = "CUDA_ERROR_INVALID_CONTEXT"; break;
    case NO_BINARY_FOR_GPU: *name = "CUDA_ERROR_NO_BINARY_FOR_GPU"; break;
    case INVALID_PTX: *name = "CUDA_ERROR_INVALID_PTX"; break;
    case 222: *name = "CUDA_ERROR_UNSUPPORTED_PTX_VERSION"; break;
    case INVALID_HANDLE: *name = "CUDA_ERROR_INVALID_HANDLE"; break;
    case NOT_FOUND: *name = "CUDA_ERROR_NOT_FOUND"; break;
    case NOT_READY: *name = "CUDA_ERROR_NOT_READY"; break;
    case ILLEGAL_ADDRESS: *name = "CUDA_ERROR_ILLEGAL_ADDRESS"; break;
    case MISALIGNED_ADDRESS: *name = "CUDA_ERROR_MISALIGNED_ADDRESS"; break;
    case TOO_LARGE: *name = "CUDA_ERROR_COOPERATIVE_LAUNCH_TOO_LARGE"; break;
    case LAUNCH_FAILED: *name = "CUDA_ERROR_LAUNCH_FAILED"; break;
    default: *name = nullptr; return INVALID_VALUE;
  }
  return 0;
}

// Of the emulator alone. Its presence tells that a device is emulated.
void emulated_set(const char* name, const char* value) {
  std::lock_guard<std::mutex> lock(state_lock);
  if (value) settings()[name] = value;
  else settings().erase(name);
}
// Mends what a failed launch broke, which no GPU does, and frees all memory.
void emulated_mend() {
  std::lock_guard<std::mutex> lock(state_lock);
  for (auto& stream : streams()) stream->waiting.clear();
  for (Device& device : devices) {
    device.broken = 0;
    device.used = 0;
  }
  for (auto& [start, allocation] : allocations()) allocation.memory.release();
  allocations().clear();
  last_fault.clear();
}
void emulated_fault(char* to, int bytes) {
  std::lock_guard<std::mutex> lock(state_lock);
  snprintf(to, bytes, "%s", last_fault.c_str());
}
// Bytes of device memory that are allocated.
long long emulated_used(int ordinal) { return (long long)devices[ordinal].used; }
// Barriers that launches have reached so far; FILE:LINE of one; leaves one out from now on, or none at -1.
int emulated_barriers() {
  std::lock_guard<std::mutex> lock(sites_lock);
  return (int)sites.size();
}
void emulated_barrier(int number, char* to, int bytes) {
  std::lock_guard<std::mutex> lock(sites_lock);
  snprintf(to, bytes, "%s:%d", sites[number]->file, sites[number]->line);
}
void emulated_leave_out(int number) {
  std::lock_guard<std::mutex> lock(sites_lock);
  left_out = number < 0 ? nullptr : sites[number];
}
}
#pragma GCC visibility pop
