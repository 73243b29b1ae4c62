// Stacks of the threads of a block, side by side: the stack pointer tells whose a stack is, without a call. (A thread_local of
// a library that is loaded late takes one each time.)
#pragma once
#include <sys/mman.h>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include "guarded.h"

namespace emulator {
struct Worker;

struct Stacks {
  static const size_t STACK = 256 << 10, MOST = 1024;
  // From a stack to the next. A frame that is too large must not reach another.
  static const size_t APART = 8 << 20;
  // All begin at a multiple of this, where a pointer to their worker stands. Of nearly all, no memory is taken.
  static const size_t ALL = APART * MOST;

  char* start = nullptr;
  size_t count = 0;

  // Whether there was memory for so many.
  bool reserve(Worker* worker, size_t threads) {
    const size_t page = (size_t)sysconf(_SC_PAGESIZE);
    if (!start) {
      void* at = mmap(nullptr, 2 * ALL + page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
      if (at == MAP_FAILED) return false;
      char* const mapped = (char*)at;
      start = (char*)(((uintptr_t)mapped + ALL - 1) / ALL * ALL);
      if (start > mapped) munmap(mapped, start - mapped);
      if (mapped + ALL > start) munmap(start + ALL + page, mapped + ALL - start);
      if (mprotect(start, page, PROT_READ | PROT_WRITE)) return false;
      *(Worker**)start = worker;
    }
    for (; count < threads; count++) {
      if (count == MOST || mprotect(of(count), STACK, PROT_READ | PROT_WRITE)) return false;
      memset(of(count), POISON, STACK);
    }
    return true;
  }
  char* of(size_t thread) const { return start + thread * APART + APART - STACK; }
  void release() {
    if (start) munmap(start, ALL + (size_t)sysconf(_SC_PAGESIZE));
    start = nullptr;
    count = 0;
  }

  static inline __attribute__((always_inline)) uintptr_t here() {
#if defined(__x86_64__)
    uintptr_t here;
    asm("movq %%rsp, %0" : "=r"(here));
    return here;
#else
    return (uintptr_t)__builtin_frame_address(0);
#endif
  }
  // Of the stack that the caller runs on.
  static inline __attribute__((always_inline)) Worker* worker() { return *(Worker**)(here() & ~(uintptr_t)(ALL - 1)); }
  static inline __attribute__((always_inline)) int thread() { return (int)(here() / APART % MOST); }
};
}  // namespace emulator
