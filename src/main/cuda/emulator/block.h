// Runs one block of a launch: its threads are fibers, which change at barriers. Between two barriers each runs alone; in
// which order is the launch's choice. A kernel that lacks a barrier has other results in another order.
#pragma once
#include <algorithm>
#include <cstring>
#include <memory>
#include <numeric>
#include <vector>
#include "fault.h"
#include "fiber.h"
#include "guarded.h"
#include "stacks.h"

namespace emulator {
const int WARP = 32;

enum State : char { READY, AT_WARP_BARRIER, AT_SHUFFLE, AT_BARRIER, AT_GRID_BARRIER, ENDED };

// A barrier of the source. Copies of it, where a function is inlined or a template used again, are the same site.
struct Site {
  const char* file;
  int line;
  const Site* same;
  Site(const char* file, int line);
};
inline std::mutex sites_lock;
inline std::vector<const Site*> sites;  // in the order in which they were first reached
inline const Site* left_out;            // the one that a test leaves out
inline Site::Site(const char* file, int line) : file(file), line(line), same(this) {
  std::lock_guard<std::mutex> lock(sites_lock);
  for (const Site* site : sites)
    if (site->line == line && !strcmp(site->file, file)) same = site;
  if (same == this) sites.push_back(this);
}

struct Kernel {
  const char* name;
  size_t args_bytes;
  void (*body)(const void*);
  int threads;  // at most
  mutable int shared_bytes = -1;  // of a block, where the source says
  Kernel(const char* name, size_t args_bytes, void (*body)(const void*), int threads, int blocks = 1);
};
inline std::vector<const Kernel*>& kernels() {
  static std::vector<const Kernel*> all;
  return all;
}
inline Kernel::Kernel(const char* name, size_t args_bytes, void (*body)(const void*), int threads, int)
    : name(name), args_bytes(args_bytes), body(body), threads(threads) {
  kernels().push_back(this);
}
struct SharedBytes {
  SharedBytes(const Kernel& kernel, int bytes) { kernel.shared_bytes = bytes; }
};

struct Launch {
  const Kernel* kernel;
  std::shared_ptr<char> args;
  int grid, threads, shared_bytes;
  int order;  // 0 forwards, 1 backwards, others shuffled
  bool cooperative;  // whether its blocks may wait for each other
};

// A thread of the operating system that runs blocks, one after the other.
struct Worker {
  const Launch* launch = nullptr;
  int block = 0, current = 0;
  uint64_t random = 0;
  Guarded shared;
  Stacks stacks;
  std::vector<Fiber> fibers;
  std::vector<State> state;
  std::vector<const Site*> site;
  std::vector<int> shuffles, exchanged[2];
  std::vector<int> lanes, warps;
  Fiber home;
  char signal_stack[64 << 10];

  ~Worker() {
    shared.release();
    stacks.release();
  }
  void prepare(const Launch& next);
  // Begins a block, and goes on to its end or the next barrier of the grid, at which it waits then.
  void begin(int block);
  Fault go_on();
  const Site* waits_at() const { return state[0] == AT_GRID_BARRIER ? site[0] : nullptr; }

 private:
  void run_threads();
  bool release(int first, int end);
  bool release_block();
  void shuffle(std::vector<int>& order);
};
// Not of the model "initial-exec": a process has room for a few libraries of that model, and tests load many copies of this one.
inline thread_local Worker* running;  // for faults, wherever they are

inline std::string place_of_fault() {
  char text[160];
  snprintf(text, sizeof text, "kernel %s, block %d, thread %d", running->launch->kernel->name, running->block, running->current);
  return text;
}

inline void enter_thread() {
  Worker* worker = Stacks::worker();
  worker->launch->kernel->body(worker->launch->args.get());
  worker->state[worker->current] = ENDED;
  change(&worker->fibers[worker->current], &worker->home);
}

inline void wait(State at, const Site* site) {
  Worker* worker = Stacks::worker();
  if (site && site->same == left_out) return;
  worker->state[worker->current] = at;
  worker->site[worker->current] = site ? site->same : nullptr;
  change(&worker->fibers[worker->current], &worker->home);
}

// The value that each lane of the warp has put there; all of them take part.
inline int exchange(int value, int from) {
  Worker* worker = Stacks::worker();
  int thread = worker->current, turn = worker->shuffles[thread]++ & 1;
  worker->exchanged[turn][thread] = value;
  wait(AT_SHUFFLE, nullptr);
  return worker->exchanged[turn][thread / WARP * WARP + from % WARP];
}

inline void Worker::prepare(const Launch& next) {
  launch = &next;
  random = 88172645463325252ull + next.order;
  size_t threads = next.threads;
  if (!stacks.reserve(this, threads)) abort();
  fibers.resize(threads);
  state.resize(threads);
  site.resize(threads);
  shuffles.assign(threads, 0);
  for (auto& turn : exchanged) turn.assign((threads + WARP - 1) / WARP * WARP, 0);
  warps.resize((threads + WARP - 1) / WARP);
  if (!shared.mapped || shared.bytes != (size_t)next.shared_bytes) {
    shared.release();
    if (!shared.allocate(next.shared_bytes, 16)) abort();
  }
}

inline void Worker::begin(int number) {
  block = number;
  shared.poison();
  // Threads do the same at the same depth: were their stacks' ends alike, a cache would hold few of them.
  for (int thread = 0; thread < launch->threads; thread++)
    make(&fibers[thread], stacks.of(thread), Stacks::STACK - thread % 61 * 64, enter_thread);
}

inline Fault Worker::go_on() {
  std::fill(state.begin(), state.end(), READY);
  stack_t ours{signal_stack, 0, sizeof signal_stack}, earlier;
  sigaltstack(&ours, &earlier);
  running = this;
  escape.place = place_of_fault;
  escape.fault = {};
  if (!setjmp(escape.to)) {
    escape.armed = true;
    run_threads();
    if (!shared.margin_is_whole()) fail(ILLEGAL_ADDRESS, "wrote beside its %d bytes of shared memory", launch->shared_bytes);
  }
  escape.armed = false;
  running = nullptr;
  sigaltstack(&earlier, nullptr);
  return escape.fault;
}

inline void Worker::run_threads() {
  for (;;) {
    std::iota(warps.begin(), warps.end(), 0);
    shuffle(warps);
    for (int warp : warps) {
      int first = warp * WARP, end = std::min(first + WARP, launch->threads);
      do {
        lanes.resize(end - first);
        std::iota(lanes.begin(), lanes.end(), first);
        shuffle(lanes);
        for (int thread : lanes) {
          current = thread;
          if (state[thread] == READY) change(&home, &fibers[thread]);
        }
      } while (release(first, end));
    }
    if (!release_block()) return;
  }
}

// Lets the lanes of a warp go on if all that have not ended wait at the same warp barrier, or all 32 at a shuffle.
inline bool Worker::release(int first, int end) {
  int waiting = 0, shuffling = 0, ended = 0, any = first;
  for (int t = first; t < end; t++) {
    waiting += state[t] == AT_WARP_BARRIER;
    shuffling += state[t] == AT_SHUFFLE;
    ended += state[t] == ENDED;
    if (state[t] == AT_WARP_BARRIER || state[t] == AT_SHUFFLE) any = t;
  }
  if (!waiting && !shuffling) return false;
  bool alike = shuffling ? shuffling == WARP : waiting + ended == end - first;
  for (int t = first; t < end; t++)
    alike &= state[t] == ENDED || (site[t] == site[any] && (!shuffling || shuffles[t] == shuffles[any]));
  current = any;
  if (!alike) fail(LAUNCH_FAILED, "lanes of its warp wait at different barriers or shuffles, or have ended");
  for (int t = first; t < end; t++)
    if (state[t] != ENDED) state[t] = READY;
  return true;
}

// Lets all threads go on from a barrier. False if all have ended, or wait for other blocks.
inline bool Worker::release_block() {
  int waiting = 0;
  for (int t = 0; t < launch->threads; t++) {
    bool waits = state[t] == AT_BARRIER || state[t] == AT_GRID_BARRIER;
    waiting += waits && state[t] == state[0] && site[t] == site[0];
    if (waits) current = t;
  }
  if (waiting == 0 && std::all_of(state.begin(), state.end(), [](State s) { return s == ENDED; })) return false;
  if (waiting == launch->threads && state[0] == AT_GRID_BARRIER) {
    if (!launch->cooperative) fail(LAUNCH_FAILED, "waits for other blocks, of a launch that is not cooperative");
    return false;
  }
  if (waiting != launch->threads) fail(LAUNCH_FAILED, "other threads of its block wait at another barrier, or have ended");
  std::fill(state.begin(), state.end(), READY);
  return true;
}

inline void Worker::shuffle(std::vector<int>& order) {
  if (launch->order == 1) std::reverse(order.begin(), order.end());
  if (launch->order <= 1) return;
  for (size_t i = order.size() - 1; i > 0; i--) {
    random ^= random << 13;
    random ^= random >> 7;
    random ^= random << 17;
    std::swap(order[i], order[random % (i + 1)]);
  }
}
}  // namespace emulator
