// Memory whose end is the end of a page, with a page before and behind that nobody may touch. It is filled with ones first:
// NaN as float and as double. What lies between its ends and those of its pages is checked on demand.
#pragma once
#include <sys/mman.h>
#include <unistd.h>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace emulator {
const unsigned char POISON = 0xff, MARGIN = 0x5a;

struct Guarded {
  char* start = nullptr;  // of what was asked for
  size_t bytes = 0;
  char* mapped = nullptr;
  size_t mapped_bytes = 0, edge = 0;

  // Whether there was memory; start is a multiple of the alignment, at most a page.
  bool allocate(size_t asked, size_t alignment) {
    const size_t page = (size_t)sysconf(_SC_PAGESIZE);
    const size_t rounded = (asked + alignment - 1) / alignment * alignment;
    const size_t pages = (rounded + page - 1) / page * page;
    edge = page;
    void* at = mmap(nullptr, pages + 2 * edge, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (at == MAP_FAILED) return false;
    mapped = (char*)at;
    mapped_bytes = pages + 2 * edge;
    if (pages && mprotect(mapped + edge, pages, PROT_READ | PROT_WRITE)) {
      release();
      return false;
    }
    bytes = asked;
    start = mapped + edge + pages - rounded;
    memset(mapped + edge, MARGIN, pages - rounded);
    memset(start + asked, MARGIN, rounded - asked);
    poison();
    return true;
  }
  void poison() { memset(start, POISON, bytes); }
  bool margin_is_whole() const {
    return is_margin(mapped + edge, start) && is_margin(start + bytes, mapped + mapped_bytes - edge);
  }
  static bool is_margin(const char* at, const char* end) {
    for (; at < end; at++)
      if ((unsigned char)*at != MARGIN) return false;
    return true;
  }
  void release() {
    if (mapped) munmap(mapped, mapped_bytes);
    mapped = start = nullptr;
    bytes = mapped_bytes = 0;
  }
};
}  // namespace emulator
