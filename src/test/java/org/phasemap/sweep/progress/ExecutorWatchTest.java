package org.phasemap.sweep.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ExecutorWatchTest {
  private final AtomicInteger executors = new AtomicInteger();
  private final AtomicLong now = new AtomicLong(-7);
  private final AtomicInteger said = new AtomicInteger();
  private final ExecutorWatch watch =
      new ExecutorWatch(executors::get, now::get, said::incrementAndGet);

  private int after(long seconds, int count) {
    now.addAndGet(seconds * 1_000_000_000);
    executors.set(count);
    assertThat(watch.getAsInt()).isEqualTo(count);
    return said.get();
  }

  @Test
  void aClusterWithoutExecutorsIsNamedOnceForEachTimeThatItHasNone() {
    assertThat(after(59, 0)).isZero();
    assertThat(after(1, 0)).isEqualTo(1);
    assertThat(after(600, 0)).isEqualTo(1);
    assertThat(after(1, 2)).isEqualTo(1);
    assertThat(after(59, 0)).isEqualTo(1);
    assertThat(after(1, 1)).isEqualTo(1);
    assertThat(after(60, 0)).isEqualTo(2);
  }
}
