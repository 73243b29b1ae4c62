// Emulated devices: their memory, their streams, and what a test asks of them. Work waits in its stream until someone waits
// for the stream, so that a host that does not wait reads old numbers, as it might on a GPU.
#pragma once
#include <atomic>
#include <cstdlib>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include "block.h"

namespace emulator {
enum ApiError {
  INVALID_VALUE = 1,
  OUT_OF_MEMORY = 2,
  NO_DEVICE = 100,
  INVALID_DEVICE = 101,
  INVALID_CONTEXT = 201,
  NO_BINARY_FOR_GPU = 209,
  INVALID_PTX = 218,
  INVALID_HANDLE = 400,
  NOT_FOUND = 500,
  NOT_READY = 600,
  TOO_LARGE = 720
};

inline std::mutex state_lock;

// EMULATED_CUDA_<name> of the environment, or what emulated_set has set since.
inline std::map<std::string, std::string>& settings() {
  static std::map<std::string, std::string> all;
  return all;
}
inline std::string setting(const std::string& name, const char* otherwise) {
  auto set = settings().find(name);
  if (set != settings().end()) return set->second;
  const char* value = getenv(("EMULATED_CUDA_" + name).c_str());
  return value ? value : otherwise;
}
inline long long number(const std::string& name, const char* otherwise) { return atoll(setting(name, otherwise).c_str()); }

struct Device {
  size_t used = 0;
  int retained = 0;
  std::atomic<int> broken{0};  // the error that every call returns from then on
};
inline Device devices[64];
inline thread_local Device* current;
inline std::string last_fault;

struct Allocation {
  Guarded memory;
  Device* device;  // null for the host's
};
inline std::map<char*, Allocation>& allocations() {
  static std::map<char*, Allocation> all;
  return all;
}
inline Allocation* allocation_of(const void* at, size_t bytes) {
  auto next = allocations().upper_bound((char*)at);
  if (next == allocations().begin()) return nullptr;
  Allocation& found = std::prev(next)->second;
  return (char*)at + bytes <= found.memory.start + found.memory.bytes ? &found : nullptr;
}

// Freed memory makes a thread finish the streams of others too, so only one works in a stream.
struct Stream {
  Device* device;
  std::deque<std::function<Fault()>> waiting;
  std::mutex busy;
  explicit Stream(Device* device) : device(device) {}
  void add(std::function<Fault()> task) {
    std::lock_guard<std::mutex> lock(busy);
    waiting.push_back(std::move(task));
  }
};
inline std::vector<std::shared_ptr<Stream>>& streams() {
  static std::vector<std::shared_ptr<Stream>> all;
  return all;
}

struct Event {
  Stream* stream = nullptr;
  bool recorded = false, passed = false;
  double seconds = 0;
};

// Workers are kept, with their stacks.
inline std::vector<std::unique_ptr<Worker>>& idle_workers() {
  static std::vector<std::unique_ptr<Worker>> all;
  return all;
}
inline std::unique_ptr<Worker> borrow_worker() {
  std::lock_guard<std::mutex> lock(state_lock);
  if (idle_workers().empty()) return std::make_unique<Worker>();
  auto worker = std::move(idle_workers().back());
  idle_workers().pop_back();
  return worker;
}

// In which order the blocks of a launch run.
inline std::vector<int> order_of_blocks(const Launch& launch) {
  std::vector<int> blocks(launch.grid);
  std::iota(blocks.begin(), blocks.end(), 0);
  if (launch.order == 1) std::reverse(blocks.begin(), blocks.end());
  uint64_t random = launch.order;
  for (size_t i = blocks.size() - 1; launch.order > 1 && i > 0; i--) {
    random = random * 6364136223846793005ull + 1442695040888963407ull;
    std::swap(blocks[i], blocks[(random >> 33) % (i + 1)]);
  }
  return blocks;
}

// Blocks that wait for each other: each in turn up to the next barrier of the grid.
inline Fault run_together(const Launch& launch) {
  std::vector<std::unique_ptr<Worker>> workers;
  for (int i = 0; i < launch.grid; i++) {
    workers.push_back(borrow_worker());
    workers.back()->prepare(launch);
    workers.back()->begin(i);
  }
  const std::vector<int> order = order_of_blocks(launch);
  Fault first;
  for (bool waits = true; waits && !first.error;) {
    for (int block : order)
      if (!first.error) first = workers[block]->go_on();
    waits = workers[0]->waits_at();
    for (auto& worker : workers)
      if (!first.error && worker->waits_at() != workers[0]->waits_at())
        first = {LAUNCH_FAILED, std::string("kernel ") + launch.kernel->name + ": blocks wait at different barriers, or have ended"};
  }
  std::lock_guard<std::mutex> held(state_lock);
  for (auto& worker : workers) idle_workers().push_back(std::move(worker));
  return first;
}

inline Fault run(const Launch& launch, int threads) {
  const std::vector<int> blocks = order_of_blocks(launch);
  std::atomic<int> next{0};
  std::mutex lock;
  Fault first;
  auto work = [&] {
    auto worker = borrow_worker();
    worker->prepare(launch);
    for (int i; (i = next++) < launch.grid;) {
      worker->begin(blocks[i]);
      Fault fault = worker->go_on();
      if (fault.error) {
        std::lock_guard<std::mutex> held(lock);
        if (!first.error) first = fault;
        next = launch.grid;
        break;
      }
    }
    std::lock_guard<std::mutex> held(state_lock);
    idle_workers().push_back(std::move(worker));
  };
  std::vector<std::thread> others;
  for (int i = 1; i < std::min(threads, launch.grid); i++) others.emplace_back(work);
  work();
  for (std::thread& other : others) other.join();
  return first;
}

// Whether a kernel has written between an allocation and the ends of its pages.
inline Fault check_margins(const Launch& launch) {
  std::lock_guard<std::mutex> lock(state_lock);
  for (auto& [start, allocation] : allocations())
    if (!allocation.memory.margin_is_whole())
      return {ILLEGAL_ADDRESS, std::string("kernel ") + launch.kernel->name + ": wrote beside " +
                                   std::to_string(allocation.memory.bytes) + " bytes of memory"};
  return {};
}

// Does what waits in the stream; the first fault breaks its device.
inline int finish(Stream* stream) {
  std::lock_guard<std::mutex> alone(stream->busy);
  while (!stream->waiting.empty() && !stream->device->broken) {
    auto task = std::move(stream->waiting.front());
    stream->waiting.pop_front();
    Fault fault = task();
    if (fault.error) {
      stream->device->broken = fault.error;
      fprintf(stderr, "emulated GPU: %s\n", fault.message.c_str());
      std::lock_guard<std::mutex> lock(state_lock);
      last_fault = fault.message;
    }
  }
  return stream->device->broken;
}
inline int finish_all(Device* device) {
  std::vector<std::shared_ptr<Stream>> all;
  {
    std::lock_guard<std::mutex> lock(state_lock);
    all = streams();
  }
  for (auto& stream : all)
    if (stream->device == device) finish(stream.get());
  return device->broken;
}
}  // namespace emulator
