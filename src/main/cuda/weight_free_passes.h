// Functions of their own: passes over the rows of a layer, and what happens between them.
#ifndef PHASEMAP_WEIGHT_FREE_PASSES
#define PHASEMAP_WEIGHT_FREE_PASSES
#include "weight_free_counts.h"
#include "weight_free_down.h"
#include "weight_free_up.h"

template <int M, int T>
FUNCTION void begin_up() {
  Walk<M, T>(shared<M, T>()).begin_up();
}

template <int M, int T>
DEVICE void factor_rows() {
  Walk<M, T>(shared<M, T>()).factor_rows();
}

template <int M, int T>
FUNCTION void finish_up() {
  Walk<M, T>(shared<M, T>()).finish_up();
}

template <int M, int T>
FUNCTION void begin_down() {
  Walk<M, T>(shared<M, T>()).begin_down();
}

template <int M, int T>
FUNCTION void begin_layer() {
  Walk<M, T>(shared<M, T>()).begin_layer();
}

template <int M, int T>
FUNCTION void end_down() {
  Walk<M, T>(shared<M, T>()).end_down();
}

template <int M, int T>
FUNCTION void finish_cell() {
  Walk<M, T>(shared<M, T>()).finish_cell();
}

template <int M, int T>
FUNCTION void enter() {
  Walk<M, T>(shared<M, T>()).enter();
}

template <int M, int T>
FUNCTION void leave() {
  const Walk<M, T> walk(shared<M, T>());
  walk.accumulate();
  if (walk.layer > 0) walk.again().descend();
}

template <int M, int T>
FUNCTION void orthonormalise() {
  Walk<M, T>(shared<M, T>()).orthonormalise();
}

template <int M, int T>
FUNCTION void turn() {
  Walk<M, T>(shared<M, T>()).turn();
}

template <int M, int T>
FUNCTION void outside_frame() {
  Walk<M, T>(shared<M, T>()).outside_frame();
}

template <int M, int T>
FUNCTION void follow_distances() {
  Walk<M, T>(shared<M, T>()).follow_distances();
}

// What a thread's rows of a chunk add to a layer's statistics, and the first row of the next chunk. A pass that is told where it
// is has not to remember it meanwhile.
struct RowSums {
  float values;
  int saturated, dead, next;
};

// φ of a chunk's rows into x; Ĝ stands in z. A function of its own, as rows_down: a pass keeps its sums of products in
// registers while another function has an activation's.
template <int M, int T>
FUNCTION RowSums rows_up(int first) {
  using Rows = Chunk<M, T>;
  constexpr int ROWS = Rows::ROWS;
  const Walk<M, T> walk(shared<M, T>());
  walk.template preactivations<Rows::Z>(first);
  RowSums sums{0, 0, 0, 0};
  int alive = 0;
  walk.template activate<true>(first, [&](int r, Four, Four h, Four slope) {
    bool any = false;
#pragma unroll
    for (int j = 0; j < 4; j++) {
      sums.values += h.v[j];
      sums.saturated += fabsf(slope.v[j]) < 0.01f;
      any |= slope.v[j] != 0;
    }
    alive |= (int)any << r;
  });
  if (!walk.is_whole(first))
#pragma unroll
    for (int r = 0; r < ROWS; r++)
#pragma unroll
      for (int j = 0; j < 4; j++) sums.saturated -= !walk.is_there(first + walk.local, r, j);
#pragma unroll
  for (int mask = Rows::QUADS; mask > 1; mask /= 2) alive |= shuffle_xor(alive, mask);
  if (walk.column == 0)
#pragma unroll
    for (int r = 0; r < ROWS; r++) sums.dead += first + walk.local + Rows::step(r) < walk.n && !(alive >> r & 1);
  const int next = first + Rows::HEIGHT;
  return walk.is_tangent ? RowSums{0, 0, 0, next} : RowSums{sums.values, sums.saturated, sums.dead, next};
}

// δ of a chunk's rows into x; Ĝ stands in y, Ξ of the layer above in z. Returns the first row of the next chunk.
template <int M, int T>
FUNCTION int rows_down(int first) {
  Walk<M, T>(shared<M, T>()).template gradients<true>(first);
  return first + Chunk<M, T>::HEIGHT;
}

// φ, its statistics, HᵀH, and HᵀΞ of the layer above.
template <int M, int T>
FUNCTION void pass_up() {
  using Rows = Chunk<M, T>;
  constexpr int ROWS = Rows::ROWS, HEIGHT = Rows::HEIGHT;
  Shared<M, T>* const sh = shared<M, T>();
  Products<M, T> products;
  double values = 0;
  int saturated = 0, dead = 0;
  float in[ROWS][4], above[ROWS][4];
  // Rows that are not fetched are cleared: they would have to outlive the call, to be stored where nobody reads them.
  auto fetch = [&](int first) {
    const Walk<M, T> walk(sh);
    walk.clear(in);
    walk.clear(above);
    if (first >= walk.n || !walk.has_rows(first)) return;
    walk.fetch(walk.g_of(walk.layer), first, in);
    if ((walk.args.wanted & BACKWARD) && walk.layer + 1 < walk.args.depth) walk.fetch(walk.xi_of(walk.layer + 1), first, above);
  };
  fetch(0);
  int first = 0;
  while (first < sh->args.width) {
    const Walk<M, T> walk(sh);
    int next = first + HEIGHT;
    if (walk.has_rows(first)) {
      walk.store(Rows::Z, in);
      walk.store(Rows::Y, above);
      warp_barrier();
      const RowSums rows = rows_up<M, T>(first);
      values += rows.values;
      saturated += rows.saturated;
      dead += rows.dead;
      next = rows.next;
    }
    fetch(next);
    SYNC();
    products.add(sh->thread(), sh->rows, walk.again().count_of(next - HEIGHT));
    SYNC();
    first = next;
  }
  products.write(sh->thread(), sh->gram(), sh->other(), M, 1);
  double sums[3] = {values, (double)saturated, (double)dead};
  block_sums<T>(sums, sh->partial);
  if (thread_index() == 0) {
    double* const result = Walk<M, T>(sh).up_result();
    result[UP_SUM] = sums[0];
    result[UP_SATURATED] = sums[1];
    result[UP_DEAD] = sums[2];
  }
}

// ΔᵀΔ into `gram`, ĜᵀΔ into `other`.
template <int M, int T>
FUNCTION void pass_down() {
  using Rows = Chunk<M, T>;
  constexpr int ROWS = Rows::ROWS, HEIGHT = Rows::HEIGHT;
  Shared<M, T>* const sh = shared<M, T>();
  Products<M, T> products;
  float in[ROWS][4], above[ROWS][4];
  // Rows that are not fetched are cleared: they would have to outlive the call, to be stored where nobody reads them.
  auto fetch = [&](int first) {
    const Walk<M, T> walk(sh);
    walk.clear(in);
    walk.clear(above);
    if (first >= walk.n || !walk.has_rows(first)) return;
    walk.fetch(walk.g_of(walk.layer), first, in);
    if (!walk.is_top()) walk.fetch(walk.xi_of(walk.layer + 1), first, above);
  };
  fetch(0);
  int first = 0;
  while (first < sh->args.width) {
    const Walk<M, T> walk(sh);
    int next = first + HEIGHT;
    if (walk.has_rows(first)) {
      walk.store(Rows::Y, in);
      walk.store(Rows::Z, above);
      warp_barrier();
      next = rows_down<M, T>(first);
    }
    fetch(next);
    SYNC();
    products.add(sh->thread(), sh->rows, walk.again().count_of(next - HEIGHT));
    SYNC();
    first = next;
  }
  products.write(sh->thread(), sh->gram(), sh->other(), 1, M);
}

// φ, or δ, of a chunk's rows into x, for the passes that few networks need. Between warp barriers: a lane's own entries stand.
template <int M, int T>
FUNCTION void rows_again(int first) {
  using Rows = Chunk<M, T>;
  const Walk<M, T> walk(shared<M, T>());
  float in[Rows::ROWS][4];
  walk.fetch(walk.g_of(walk.layer), first, in);
  walk.store(Rows::Y, in);
  const bool down = walk.sh->at.down;
  if (down && !walk.is_top()) {
    walk.fetch(walk.xi_of(walk.layer + 1), first, in);
    walk.store(Rows::Z, in);
  }
  warp_barrier();
  if (down) {
    walk.template gradients<false>(first);
  } else {
    walk.template preactivations<Rows::Y>(first);
    walk.template activate<false>(first, [](int, Four, Four, Four) {});
  }
  warp_barrier();
}

// Gram matrices in float64: of φ, of Q before its second orthonormalisation, of δ.
template <int M, int T>
FUNCTION void exact_pass(bool rough) {
  using Rows = Chunk<M, T>;
  Shared<M, T>* const sh = shared<M, T>();
  ExactGram<M, T> gram;
  for (int first = 0; first < sh->args.width; first += Rows::HEIGHT) {
    if (Walk<M, T>(sh).has_rows(first)) {
      float h[Rows::ROWS][4];
      rows_again<M, T>(first);
      const Walk<M, T> walk(sh);
      walk.load(Rows::X, h);
      if (rough) {
        walk.scale_twice(h);
        walk.through(h, sh->b);
      }
      warp_barrier();
      walk.store_exact(h);
    }
    SYNC();
    gram.add(sh->thread(), (const double*)sh->rows, Rows::STRIDE / 2, Walk<M, T>(sh).count_of(first));
    SYNC();
  }
  gram.write(sh->thread(), rough ? sh->triangles().t : sh->gram());
}

// QᵀΞ of an orthonormalised Q.
template <int M, int T>
FUNCTION void fine_pass() {
  using Rows = Chunk<M, T>;
  Shared<M, T>* const sh = shared<M, T>();
  Products<M, T> products;
  for (int first = 0; first < sh->args.width; first += Rows::HEIGHT) {
    if (Walk<M, T>(sh).has_rows(first)) {
      float h[Rows::ROWS][4];
      rows_again<M, T>(first);
      const Walk<M, T> walk(sh);
      walk.load(Rows::X, h);
      walk.scale_twice(h);
#pragma unroll 1
      for (int step = 0; step < 2; step++) walk.through(h, step == 0 ? sh->b : sh->c);
      walk.store(Rows::X, h);
      walk.fetch(walk.xi_of(walk.layer + 1), first, h);
      walk.store(Rows::Y, h);
    }
    SYNC();
    products.add(sh->thread(), sh->rows, Walk<M, T>(sh).count_of(first));
    SYNC();
  }
  products.write(sh->thread(), sh->triangles().t, sh->other(), M, 1);
  SYNC();
}

// Before a network's first counts: the step of the 8-bit grid, max |φ(z_1)| / 127.
template <int M, int T>
FUNCTION void set_step() {
  Shared<M, T>* const sh = shared<M, T>();
  if (sh->at.layer > 0) return;
  float largest = 0;
  for (int first = 0; first < sh->args.width; first += Chunk<M, T>::HEIGHT) {
    if (!Walk<M, T>(sh).has_rows(first)) continue;
    float h[Chunk<M, T>::ROWS][4];
    rows_again<M, T>(first);
    const Walk<M, T> walk(sh);
    walk.load(Chunk<M, T>::X, h);
    largest = walk.largest(h, largest);
  }
  Walk<M, T>(sh).set_step(largest);
}

// Counts of what number formats hold.
template <int M, int T>
FUNCTION void count_pass() {
  Shared<M, T>* const sh = shared<M, T>();
  int counts[BOUNDS] = {};
  for (int first = 0; first < sh->args.width; first += Chunk<M, T>::HEIGHT) {
    if (!Walk<M, T>(sh).has_rows(first)) continue;
    float h[Chunk<M, T>::ROWS][4];
    rows_again<M, T>(first);
    const Walk<M, T> walk(sh);
    walk.load(Chunk<M, T>::X, h);
    walk.count(h, first + walk.local, counts);
  }
  const Walk<M, T> walk(sh);
  const int formats = sh->at.down ? BOUNDS - 2 : BOUNDS;
  double* const result = sh->at.down ? walk.down_result() + DOWN_FORMATS : walk.up_result() + UP_FORMATS;
#pragma unroll 1
  for (int bound = 0; bound < BOUNDS; bound++) {
    double one[1] = {0};
#pragma unroll
    for (int k = 0; k < BOUNDS; k++) one[0] = k == bound ? counts[k] : one[0];
    block_sums<T>(one, sh->partial);
    if (thread_index() == 0 && bound < formats) result[bound] = one[0];
  }
}
#endif
