package org.phasemap.kernel.graph.weighing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.phasemap.network.graph.Taps;

/**
 * What the taps of a convolution see, for each output position one column: the channels of each tap
 * side by side (im2col). Inputs go through one tile after the other, which stays in the cache; taps
 * whose sources stand side by side are moved together. Of large images only the taps of a row are
 * moved, as {@link Strips} says.
 */
final class Patches {
  /** Columns of a tile: as few as make a wide product. */
  private static final int COLUMNS = 256;

  /** Rows of a tile from which one of {@link Strips} is worth a product of its own. */
  private static final int STRIP = 64;

  private final int[][] sources;
  private final int positions;
  private final int channels;
  private final int count;

  private final Strips strips;

  /** Of each column of a tile: first tap, its source and how many follow, one after the other. */
  private final int[][] runs;

  /**
   * Of a geometry.
   *
   * @param sources [tap][output position] → input position
   * @param positions of an input
   * @param channels of an input, all groups
   * @param groups of channels, of which one is moved at a time
   */
  Patches(int[][] sources, int positions, int channels, int groups) {
    this.sources = sources;
    this.positions = positions;
    this.channels = channels;
    count = channels / groups;
    strips = strips();
    runs = new int[strips.columns()][];
    Arrays.setAll(runs, column -> runs(column, groups == 1 ? strips.taps() : 1));
  }

  private Strips strips() {
    if (inputsOfTile(Integer.MAX_VALUE) == 1) {
      Strips found = Strips.of(sources);
      if (found.taps() * count >= STRIP) {
        return found;
      }
    }
    return Strips.whole(sources);
  }

  /**
   * What the taps send back to each input position, if each sends one output's there at most and
   * all positions have their outputs: strides and reflecting borders do not.
   *
   * @param groups of channels
   * @param outputs channels that come out, all groups
   */
  Optional<Patches> reversed(int groups, int outputs) {
    if (outputs() != positions) {
      return Optional.empty();
    }
    int[][] targets = new int[taps()][positions];
    for (int tap = 0; tap < targets.length; tap++) {
      Arrays.fill(targets[tap], Taps.OUTSIDE);
      for (int a = 0; a < positions; a++) {
        int source = sources[tap][a];
        if (source == Taps.OUTSIDE) {
          continue;
        }
        if (targets[tap][source] != Taps.OUTSIDE) {
          return Optional.empty();
        }
        targets[tap][source] = a;
      }
    }
    return Optional.of(new Patches(targets, positions, outputs, groups));
  }

  private int[] runs(int column, int longest) {
    List<Integer> found = new ArrayList<>();
    int tap = 0;
    while (tap < strips.taps()) {
      int source = strips.sources()[tap][column];
      int length = 1;
      while (length < longest
          && tap + length < strips.taps()
          && strips.sources()[tap + length][column] == (source < 0 ? source : source + length)) {
        length++;
      }
      found.addAll(List.of(tap, source, length));
      tap += length;
    }
    return found.stream().mapToInt(Integer::intValue).toArray();
  }

  int taps() {
    return sources.length;
  }

  int outputs() {
    return sources[0].length;
  }

  int positions() {
    return positions;
  }

  int channels() {
    return channels;
  }

  /** Source of a tap at an output position, or {@link Taps#OUTSIDE}. */
  int source(int tap, int position) {
    return sources[tap][position];
  }

  /** Rows of a tile: taps · channels of a group. */
  int rows() {
    return strips.taps() * count;
  }

  /** Columns of a tile that one input takes. */
  int columns() {
    return strips.columns();
  }

  /** First column, among those of an input, of what each row of taps sees at the outputs. */
  int[] windows() {
    return strips.offsets();
  }

  /** Inputs of a tile. */
  int inputsOfTile(int batch) {
    return Math.min(batch, Math.max(1, COLUMNS / outputs()));
  }

  /**
   * Fills a tile, {@link #rows} × {@link #columns} · inputs.
   *
   * @param h entries of the inputs that are taken
   * @param group whose channels are taken
   */
  void gather(float[] h, int group, float[] tile) {
    for (int to = 0, a = 0; to < tile.length; to += rows(), a++) {
      int first = a / columns() * positions;
      int[] own = runs[a % columns()];
      for (int r = 0; r < own.length; r += 3) {
        int at = to + own[r] * count;
        int length = own[r + 2] * count;
        if (own[r + 1] == Taps.OUTSIDE) {
          Arrays.fill(tile, at, at + length, 0);
        } else {
          int from = (first + own[r + 1]) * channels + group * count;
          System.arraycopy(h, from, tile, at, length);
        }
      }
    }
  }

  /**
   * Adds what taps of one row see at the outputs to where it was taken from.
   *
   * @param window first column of the row
   * @param input the first one
   * @param h of all inputs
   */
  void scatter(float[] tile, int window, int group, int input, float[] h) {
    for (int from = 0, a = 0; from < tile.length; from += rows(), a++) {
      int first = (input + a / outputs()) * positions;
      int[] own = runs[window + a % outputs()];
      for (int r = 0; r < own.length; r += 3) {
        if (own[r + 1] != Taps.OUTSIDE) {
          int to = (first + own[r + 1]) * channels + group * count;
          add(tile, from + own[r] * count, h, to, own[r + 2] * count);
        }
      }
    }
  }

  private static void add(float[] from, int at, float[] to, int place, int length) {
    for (int c = 0; c < length; c++) {
      to[place + c] += from[at + c];
    }
  }
}
