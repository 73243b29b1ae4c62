// Threads that change only where they say so: several stacks of one thread of the operating system.
#pragma once
#include <cstddef>
#include <cstdint>

#if defined(__x86_64__) && !defined(EMULATOR_UCONTEXT)
// Saves what a called function must leave as it was, and returns on the other stack.
asm(R"(
.text
.p2align 4
.hidden emulator_switch
emulator_switch:
  pushq %rbp
  pushq %rbx
  pushq %r12
  pushq %r13
  pushq %r14
  pushq %r15
  movq %rsp, (%rdi)
  movq (%rsi), %rsp
  popq %r15
  popq %r14
  popq %r13
  popq %r12
  popq %rbx
  popq %rbp
  ret
)");
extern "C" void emulator_switch(void** from, void** to);

namespace emulator {
struct Fiber {
  void* stack_pointer;
};
inline void change(Fiber* from, Fiber* to) { emulator_switch(&from->stack_pointer, &to->stack_pointer); }
inline void make(Fiber* fiber, char* stack, size_t size, void (*entry)()) {
  void** top = (void**)((uintptr_t)(stack + size) & ~(uintptr_t)15);
  *--top = nullptr;
  *--top = (void*)entry;
  fiber->stack_pointer = top - 6;
}
}  // namespace emulator

#else
#include <ucontext.h>

namespace emulator {
struct Fiber {
  ucontext_t context;
};
inline void change(Fiber* from, Fiber* to) { swapcontext(&from->context, &to->context); }
inline void make(Fiber* fiber, char* stack, size_t size, void (*entry)()) {
  getcontext(&fiber->context);
  fiber->context.uc_stack.ss_sp = stack;
  fiber->context.uc_stack.ss_size = size;
  fiber->context.uc_link = nullptr;
  makecontext(&fiber->context, entry, 0);
}
}  // namespace emulator
#endif
