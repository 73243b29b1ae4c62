// The factor of a Gram matrix.
#ifndef PHASEMAP_WEIGHT_FREE_FACTOR
#define PHASEMAP_WEIGHT_FREE_FACTOR
#include "weight_free_args.h"

// Factors a matrix, of `gram` or of t, by elimination, one pivot after another: first in the order of columns, unless
// another has twenty times as much left; a column with less than a share `cut` of its square left depends on those before
// it. Where `again`, in the order that the factor had before. NaN and infinities give NaN. Begins and ends with a
// barrier; leaves nothing of s.
//
// What the same steps make of the identity stands in columns that are eliminated: there is nothing else any more. Of a row's own
// column it is 1 until the row is a pivot, and of columns that are not yet eliminated 0.
template <int M, int T>
FUNCTION void factorise(bool of_t, double cut, int most, Mask<M> allowed, bool again) {
  constexpr int E = Entries<M, T>::E, P = COLUMNS_OF_LANE<M>;
  constexpr bool WHOLE = E <= 4;  // else a row at a time is shown
  const Entries<M, T> at(thread_index());
  Shared<M, T>* const sh = shared<M, T>();
  const auto matrix = [&] { return of_t ? sh->triangles().t : sh->gram(); };
  const int column = thread_index() % (M < 32 ? M : 32);
  double s[E];
  SYNC();
#pragma unroll
  for (int e = 0; e < E; e++) s[e] = matrix()[at.at() + e];
  const auto diagonal = [&](int p) { return matrix()[(column + 32 * p) * (M + 1)]; };
  const bool finite = !columns_where<M>([&](int p) { return !(diagonal(p) < __builtin_inf()); });
  Mask<M> open = allowed, independent = 0;
  int rank = 0, step = 0;
  while (finite && rank < (most < M ? most : M)) {
    // What is left, for all to see: in turn in two places, so that one barrier will do.
    double* const left = rank & 1 ? sh->triangles().r : sh->triangles().s;
    const int guess = open ? first_of(open) : 0;
    if (WHOLE || at.i == guess) {
      store<E>(left + at.at(), s);
    } else {
#pragma unroll
      for (int e = 0; e < E; e++)
        if (at.i == at.j + e) left[at.at() + e] = s[e];
    }
    SYNC();
    double rest[P];
#pragma unroll
    for (int p = 0; p < P; p++) rest[p] = left[(column + 32 * p) * (M + 1)];
    open &= columns_where<M>([&](int p) { return rest[p] > cut * diagonal(p); });
    int pivot;
    if (again) {
      const int before = sh->factor().rank;
      while (step < before && !(open >> sh->factor().order[step] & 1)) step++;
      if (step == before) break;
      pivot = sh->factor().order[step++];
    } else {
      pivot = next_pivot<M>(open, rest, left[open ? first_of(open) * (M + 1) : 0]);
      if (pivot < 0) break;
    }
    if (!WHOLE && pivot != guess) {
      if (at.i == pivot) store<E>(left + at.at(), s);
      SYNC();
    }
    const double own = left[pivot * (M + 1)], inverse = reciprocal(own);
    if (thread_index() == 0) {
      sh->factor().own[pivot] = own;
      sh->factor().earlier[pivot] = independent;
      if (!again) sh->factor().order[rank] = pivot;
    }
    independent |= (Mask<M>)1 << pivot;
    open &= ~((Mask<M>)1 << pivot);
    if (!(independent >> at.i & 1)) {
      double factor = left[pivot * M + at.i] * inverse, row[E];
      load<E>(left + pivot * M + at.j, row);
#pragma unroll
      for (int e = 0; e < E; e++) s[e] = at.j + e == pivot ? 0 - factor : fma(-factor, row[e], s[e]);
    }
    rank++;
  }
  SYNC();  // Not seen: the last pivot, in r, is still read, to be compared with powers of ten.
  const bool own_row = independent >> at.i & 1;
  const double root = own_row ? sqrt(sh->factor().own[at.i]) : 0, inverse = own_row ? reciprocal(root) : 0;
  const Mask<M> earlier = own_row ? sh->factor().earlier[at.i] : 0;
  const double nan = __builtin_nan("");
#pragma unroll
  for (int e = 0; e < E; e++) {
    const int j = at.j + e;
    const bool eliminated = earlier >> j & 1;
    const double share = own_row ? s[e] * inverse : 0;
    const double r = j == at.i ? root : eliminated ? 0 : share;
    const double x = j == at.i ? inverse : eliminated ? share : 0;
    sh->triangles().r[at.at() + e] = finite ? r : nan;
    sh->triangles().x[j * M + at.i] = finite ? x : nan;
  }
  // Shares of columns' squares that those before them left over, and their range.
  const auto keeps_less = [&](int p, double share) {
    const bool taken = independent >> (column + 32 * p) & 1;
    const double own = taken ? sh->factor().own[column + 32 * p] : 1;
    return taken && !(own > share * diagonal(p) && own > 1e-30 && own < 1e30);
  };
  const bool poor = columns_where<M>([&](int p) { return keeps_less(p, 1e-2); });
  const bool ill = columns_where<M>([&](int p) { return keeps_less(p, 1e-6); });
  if (thread_index() == 0) {
    sh->factor().rank = rank;
    sh->factor().independent = independent;
    sh->factor().allows_float32 = !poor;
    sh->factor().well_conditioned = !ill;
  }
  SYNC();
}
#endif
