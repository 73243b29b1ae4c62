// What goes wrong inside a kernel ends its block there, with the error that CUDA's driver has for it and a message that says
// where: unmapped memory by the signal, misaligned or out-of-range accesses by the checks that the compiler puts in.
#pragma once
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <string>

namespace emulator {
enum Error { NO_ERROR = 0, ILLEGAL_ADDRESS = 700, MISALIGNED_ADDRESS = 716, LAUNCH_FAILED = 719 };

struct Fault {
  int error = NO_ERROR;
  std::string message;
};

// Where a thread of the operating system goes on when its block fails.
struct Escape {
  jmp_buf to;
  Fault fault;
  bool armed = false;
  std::string (*place)() = nullptr;
};
inline thread_local Escape escape;

[[noreturn]] inline void fail(int error, const char* format, ...) {
  char text[512];
  va_list values;
  va_start(values, format);
  vsnprintf(text, sizeof text, format, values);
  va_end(values);
  escape.fault = {error, escape.place() + ": " + text};
  escape.armed = false;
  longjmp(escape.to, 1);
}

inline struct sigaction earlier_segv, earlier_bus;

inline void caught(int signal, siginfo_t* info, void* context) {
  if (escape.armed) {
    pthread_sigmask(SIG_SETMASK, &((ucontext_t*)context)->uc_sigmask, nullptr);
    fail(ILLEGAL_ADDRESS, "illegal address %p", info->si_addr);
  }
  // The JVM's own, most likely.
  const struct sigaction& earlier = signal == SIGSEGV ? earlier_segv : earlier_bus;
  if (earlier.sa_flags & SA_SIGINFO) {
    earlier.sa_sigaction(signal, info, context);
  } else if (earlier.sa_handler != SIG_DFL && earlier.sa_handler != SIG_IGN) {
    earlier.sa_handler(signal);
  } else {
    ::signal(signal, SIG_DFL);
  }
}

inline void catch_signals() {
  static std::once_flag once;
  std::call_once(once, [] {
    struct sigaction ours {};
    ours.sa_sigaction = caught;
    ours.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESTART;
    sigaction(SIGSEGV, &ours, &earlier_segv);
    sigaction(SIGBUS, &ours, &earlier_bus);
  });
}
}  // namespace emulator

// What g++ and clang call where -fsanitize=alignment,bounds,float-cast-overflow -fno-sanitize-recover finds something.
struct SanitizerPlace {
  const char* file;
  unsigned line, column;
};
extern "C" {
inline __attribute__((used, noreturn, visibility("hidden"))) void __ubsan_handle_type_mismatch_v1_abort(SanitizerPlace* at, void* address) {
  emulator::fail(emulator::MISALIGNED_ADDRESS, "misaligned address %p (%s:%u)", address, at->file, at->line);
}
inline __attribute__((used, noreturn, visibility("hidden"))) void __ubsan_handle_out_of_bounds_abort(SanitizerPlace* at, void*) {
  emulator::fail(emulator::ILLEGAL_ADDRESS, "index out of range (%s:%u)", at->file, at->line);
}
inline __attribute__((used, noreturn, visibility("hidden"))) void __ubsan_handle_float_cast_overflow_abort(SanitizerPlace* at, void*) {
  emulator::fail(emulator::LAUNCH_FAILED, "conversion out of range (%s:%u)", at->file, at->line);
}
}
