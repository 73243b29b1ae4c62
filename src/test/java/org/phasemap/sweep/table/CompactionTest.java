package org.phasemap.sweep.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.phasemap.store.manifest.ManifestEntry.DataFile;

class CompactionTest {
  private static List<DataFile> files(int... bytes) {
    return IntStream.range(0, bytes.length)
        .mapToObj(i -> new DataFile("f" + i, 1, bytes[i], ""))
        .toList();
  }

  private static List<List<String>> merges(List<DataFile> files) {
    return Compaction.merges(files, 100).stream()
        .map(merge -> merge.stream().map(DataFile::path).toList())
        .toList();
  }

  @Test
  void smallFilesAreMergedUpToTheSizeAndLargeOnesLeftAlone() {
    assertThat(merges(files(40, 40, 50, 10, 20, 40, 300, 30, 45, 45)))
        .containsExactly(List.of("f0", "f1", "f3"), List.of("f4", "f5", "f7"), List.of("f8", "f9"));
  }

  @Test
  void nothingIsMergedWhereFilesAreFew() {
    assertThat(merges(files())).isEmpty();
    assertThat(merges(files(1))).isEmpty();
    assertThat(merges(files(1, 1, 60, 1, 60, 1, 1, 1, 1))).isEmpty();
    assertThat(merges(files(1, 1, 60, 1, 60, 1, 1, 1, 1, 1))).hasSize(1);
  }

  @Test
  void noMergeOpensMoreThan64Files() {
    int[] ones = Collections.nCopies(65, 1).stream().mapToInt(i -> i).toArray();

    assertThat(merges(files(ones))).extracting(List::size).containsExactly(64);
  }
}
