package org.phasemap.data;

import org.phasemap.data.Synthetic.Use;

/** Makes up {@link DataSource.Retrieval}. */
final class Lookups {
  private final DataSource.Retrieval source;
  private final Synthetic numbers;
  private final int size;
  private final int keySize;

  private Lookups(DataSource.Retrieval source) {
    this.source = source;
    numbers = new Synthetic(source.seed());
    size = source.dimension() / source.tokens();
    keySize = (size + 1) / 2;
  }

  static DataSet make(DataSource.Retrieval source) {
    return new Lookups(source).make();
  }

  private DataSet make() {
    int n0 = source.dimension();
    float[] features = new float[Math.multiplyExact(n0, source.examples())];
    int[] labels = new int[source.examples()];
    int keys = source.tokens() - 1;
    for (int j = 0; j < labels.length; j++) {
      int[] values = permutation(Use.SYMBOLS, keys, j);
      int[] order = permutation(Use.ORDER, source.tokens(), j);
      int asked = numbers.below(Use.LABELS, keys, j);
      labels[j] = values[asked] % source.classes();
      for (int key = 0; key < keys; key++) {
        write(key, values[key] % source.classes(), features, j * n0 + order[key] * size);
      }
      write(asked, source.classes(), features, j * n0 + order[keys] * size);
    }
    return HeldOut.everyFifth(
        source.name(), Synthetic.classes(source.classes()), Synthetic.raw(n0, features, labels));
  }

  /** The token of a key and a value, of which the last one is a question. */
  private void write(int key, int value, float[] features, int first) {
    for (int i = 0; i < keySize; i++) {
      features[first + i] = (float) numbers.at(Use.KEYS, key, keySize, i);
    }
    for (int i = keySize; i < size; i++) {
      features[first + i] = (float) numbers.at(Use.CENTRES, value, size, i);
    }
  }

  /** 0, 1, …, count − 1 in a random order. */
  private int[] permutation(Use use, int count, int example) {
    int[] permutation = new int[count];
    for (int i = 0; i < count; i++) {
      int other = numbers.below(use, i + 1, (long) example * count + i);
      permutation[i] = permutation[other];
      permutation[other] = i;
    }
    return permutation;
  }
}
