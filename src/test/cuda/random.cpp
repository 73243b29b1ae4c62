// random KERNEL: reads a struct Draws and the words that start its streams; launches the kernel and writes all of its output.
// random keep_below: reads p, how many, uniform numbers and weights; writes the weights that are kept.
#include <cstdio>
#include <cstring>
#include <memory>
#include <vector>
#include "random.cu"

namespace {
struct Draws {
  u64 stride, count;
  int streams, rows, down, right, order;
};

template <class T>
void read(T* to, size_t count) {
  if (fread(to, sizeof(T), count, stdin) != count) exit(1);
}

std::vector<float> launch(const char* name) {
  Draws draws;
  read(&draws, 1);
  std::vector<u32> starts(6 * draws.streams);
  read(starts.data(), starts.size());
  std::vector<float> out(draws.streams * draws.stride, NAN);
  int chunks = (int)((draws.count + 1023) / 1024);
  auto args = std::make_shared<DrawArgs>(DrawArgs{
      starts.data(), out.data(), draws.stride, draws.count, chunks, draws.rows, draws.down, draws.right});
  for (const emulator::Kernel* kernel : emulator::kernels()) {
    if (strcmp(kernel->name, name)) continue;
    emulator::Launch launch{kernel, {args, (char*)args.get()}, chunks * draws.streams, 256, 0, draws.order};
    emulator::Worker worker;
    worker.prepare(launch);
    for (int block = 0; block < launch.grid; block++) {
      worker.begin(block);
      if (worker.go_on().error) exit(1);
    }
    return out;
  }
  exit(1);
}

std::vector<float> keep() {
  float p;
  int count;
  read(&p, 1);
  read(&count, 1);
  std::vector<float> uniforms(count), weights(count);
  read(uniforms.data(), count);
  read(weights.data(), count);
  for (int i = 0; i < count; i++) weights[i] = keep_below(p, uniforms[i], weights[i]);
  return weights;
}
}  // namespace

int main(int, char** arguments) {
  std::vector<float> out = strcmp(arguments[1], "keep_below") ? launch(arguments[1]) : keep();
  return fwrite(out.data(), sizeof(float), out.size(), stdout) != out.size();
}
