package org.phasemap.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.phasemap.kernel.Backend;
import org.phasemap.kernel.Backends;
import org.phasemap.spec.Spec.BackendChoice;

class BackendChoiceTest {
  /** A spec can name every backend, and nothing that is none. */
  @Test
  void specsNameTheBackendsOfTheRegistry() {
    List<String> choices =
        Stream.of(BackendChoice.values())
            .filter(choice -> choice != BackendChoice.AUTO)
            .map(BackendChoice::id)
            .toList();

    assertThat(choices)
        .containsExactlyInAnyOrderElementsOf(Backends.all().stream().map(Backend::id).toList());
  }
}
