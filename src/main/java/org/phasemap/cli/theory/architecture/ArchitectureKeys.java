package org.phasemap.cli.theory.architecture;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Every key of the theory of architectures. */
public final class ArchitectureKeys {
  private static final Map<String, ArchitectureKey> ALL = new LinkedHashMap<>();

  static {
    Stream.of(
            ConvolutionKeys.keys(),
            PoolingKeys.keys(),
            NormKeys.keys(),
            ResidualKeys.keys(),
            ResidualNormKeys.keys(),
            DenseNetKeys.keys(),
            AttentionKeys.keys(),
            TransformerKeys.keys(),
            WeightKeys.keys(),
            PinnKeys.keys())
        .flatMap(List::stream)
        .forEach(key -> ALL.put(key.name(), key));
  }

  private ArchitectureKeys() {}

  /** All of them, by family. */
  public static Collection<ArchitectureKey> all() {
    return Collections.unmodifiableCollection(ALL.values());
  }

  /** The key of a name. */
  public static Optional<ArchitectureKey> find(String name) {
    return Optional.ofNullable(ALL.get(name));
  }
}
