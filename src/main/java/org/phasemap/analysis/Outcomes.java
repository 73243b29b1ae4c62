package org.phasemap.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The networks of a column by replicate. Replicates with the same outcomes stand for one another.
 *
 * @param lnDepths ln L of the depths, ascending
 * @param kinds a list for each different replicate, with 2 d + 1 for a trained network of depth d
 *     and 2 d for an untrained one, d an index of {@code lnDepths}
 * @param counts how many replicates are of each kind
 */
@SuppressWarnings("ArrayRecordComponent")
record Outcomes(double[] lnDepths, int[][] kinds, int[] counts) {
  static Outcomes of(List<Trial> trials) {
    int[] depths = trials.stream().mapToInt(Trial::depth).distinct().sorted().toArray();
    Map<Integer, Integer> index = new TreeMap<>();
    for (int d = 0; d < depths.length; d++) {
      index.put(depths[d], d);
    }
    Map<Integer, List<Integer>> byReplicate = new TreeMap<>();
    for (Trial trial : trials) {
      byReplicate
          .computeIfAbsent(trial.replicate(), replicate -> new ArrayList<>())
          .add(2 * index.getOrDefault(trial.depth(), 0) + (trial.trained() ? 1 : 0));
    }
    Map<List<Integer>, Integer> counted = new LinkedHashMap<>();
    byReplicate.values().forEach(kind -> kind.sort(null));
    byReplicate.values().forEach(kind -> counted.merge(kind, 1, Integer::sum));
    return new Outcomes(
        Arrays.stream(depths).mapToDouble(Math::log).toArray(),
        counted.keySet().stream()
            .map(kind -> kind.stream().mapToInt(Integer::intValue).toArray())
            .toArray(int[][]::new),
        counted.values().stream().mapToInt(Integer::intValue).toArray());
  }

  /** Whether every replicate is a single network: no two share their luck. */
  boolean areIndependent() {
    return Arrays.stream(kinds).allMatch(kind -> kind.length == 1);
  }

  /** From ln of the shallowest depth to that of the deepest. */
  double range() {
    return lnDepths[lnDepths.length - 1] - lnDepths[0];
  }

  /** The mean distance of neighbouring ln L. */
  double gap() {
    return range() / (lnDepths.length - 1);
  }
}
