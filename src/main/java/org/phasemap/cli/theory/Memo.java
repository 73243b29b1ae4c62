package org.phasemap.cli.theory;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Remembers the last result: consecutive rows often share it. */
final class Memo<K, V> {
  private final Function<K, V> function;
  private @Nullable K key;
  private @Nullable V value;

  Memo(Function<K, V> function) {
    this.function = function;
  }

  V of(K asked) {
    V known = value;
    if (known == null || !asked.equals(key)) {
      known = function.apply(asked);
      key = asked;
      value = known;
    }
    return known;
  }
}
