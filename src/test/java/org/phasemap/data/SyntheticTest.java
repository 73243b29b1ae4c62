package org.phasemap.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Examples that are made up, and the choice of a few. */
class SyntheticTest {
  /**
   * Raw components have variance separation² + 1 within and across classes together, of which the
   * classes' means carry separation².
   */
  @Test
  void clustersAreAsFarApartAsTheyShould() {
    double separation = 0.5;
    int n0 = 400;
    DataSet data = DataSets.load(new DataSource.Clusters(4, n0, 2000, separation, 7));
    assertThat(data.train().count()).isEqualTo(1600);
    assertThat(data.test().count()).isEqualTo(400);
    double[][] means = new double[4][n0];
    int[] counts = new int[4];
    for (int j = 0; j < 1600; j++) {
      int label = data.train().labels()[j];
      counts[label]++;
      for (int i = 0; i < n0; i++) {
        means[label][i] += data.train().features()[j * n0 + i];
      }
    }
    double between = 0;
    for (int label = 0; label < 4; label++) {
      // Binomial: 400 ± 17.
      assertThat(counts[label]).isBetween(330, 470);
      for (int i = 0; i < n0; i++) {
        double mean = means[label][i] / counts[label];
        between += mean * mean / (4 * n0);
      }
    }
    // separation²/(1 + separation²), of 1600 components: relative error √(2/1600), four times.
    assertThat(between).isCloseTo(0.2, within(0.2 * 4 * Math.sqrt(2 / 1600.0)));
  }

  /** Tokens that are equal are one symbol; the class is the one that occurs most often. */
  @Test
  void theClassOfASequenceIsItsMostFrequentSymbol() {
    DataSet data = DataSets.load(new DataSource.Sequences(5, 8, 24, 1000, 7));
    assertThat(data.train().count()).isEqualTo(800);
    Map<String, Integer> classes = new HashMap<>();
    int[] perClass = new int[5];
    for (int j = 0; j < 800; j++) {
      Map<String, Integer> counts = new HashMap<>();
      for (int t = 0; t < 8; t++) {
        int first = 24 * j + 3 * t;
        float[] token = Arrays.copyOfRange(data.train().features(), first, first + 3);
        counts.merge(Arrays.toString(token), 1, Integer::sum);
      }
      int most = counts.values().stream().mapToInt(Integer::intValue).max().orElseThrow();
      assertThat(counts.values().stream().filter(count -> count == most)).hasSize(1);
      int label = data.train().labels()[j];
      perClass[label]++;
      counts.forEach(
          (token, count) -> {
            if (count == most) {
              assertThat(classes.computeIfAbsent(token, t -> label)).isEqualTo(label);
            }
          });
    }
    assertThat(classes).hasSize(5);
    // Binomial: 160 ± 11.3, four times.
    assertThat(Arrays.stream(perClass)).allMatch(count -> Math.abs(count - 160) < 46);
  }

  /** Six keys of two values and a question, in tokens of four numbers. */
  @Test
  void aLookUpAsksForAKeyAndItsValueIsTheClass() {
    DataSet data = DataSets.load(new DataSource.Retrieval(2, 7, 28, 1000, 7));
    Map<String, Integer> classes = new HashMap<>();
    Map<Integer, Integer> places = new HashMap<>();
    for (int j = 0; j < data.train().count(); j++) {
      Map<String, List<String>> values = new HashMap<>();
      Map<String, Integer> counts = new HashMap<>();
      List<String> tokens = new ArrayList<>();
      for (int t = 0; t < 7; t++) {
        float[] token =
            Arrays.copyOfRange(data.train().features(), 28 * j + 4 * t, 28 * j + 4 * t + 4);
        String value = token[2] + " " + token[3];
        tokens.add(value);
        values.computeIfAbsent(token[0] + " " + token[1], k -> new ArrayList<>()).add(value);
        counts.merge(value, 1, Integer::sum);
      }
      // Three of each value, and the question.
      assertThat(counts.values()).containsExactlyInAnyOrder(3, 3, 1);
      String question =
          counts.entrySet().stream()
              .filter(entry -> entry.getValue() == 1)
              .map(Map.Entry::getKey)
              .findFirst()
              .orElseThrow();
      assertThat(values).hasSize(6);
      List<String> asked =
          values.values().stream().filter(v -> v.size() == 2).findFirst().orElseThrow();
      assertThat(asked).contains(question);
      String answer = asked.get(0).equals(question) ? asked.get(1) : asked.get(0);
      int label = data.train().labels()[j];
      assertThat(classes.computeIfAbsent(answer, v -> label)).isEqualTo(label);
      places.merge(tokens.indexOf(question), 1, Integer::sum);
    }
    assertThat(classes).hasSize(2);
    // Binomial: 800/7 ± 9.9, four times.
    assertThat(places).hasSize(7).allSatisfy((place, n) -> assertThat(n).isBetween(75, 154));
  }

  /** A rule that labels by the inputs can be learned from them: neighbours have equal labels. */
  @Test
  void theTeacherLabelsByTheInput() {
    DataSet data = DataSets.load(new DataSource.TeacherStudent(2, 2, 5000, 3));
    Examples train = data.train();
    int agree = 0;
    for (int j = 0; j < 500; j++) {
      int nearest = -1;
      double least = Double.POSITIVE_INFINITY;
      for (int k = 0; k < train.count(); k++) {
        double dx = train.features()[2 * j] - train.features()[2 * k];
        double dy = train.features()[2 * j + 1] - train.features()[2 * k + 1];
        if (k != j && dx * dx + dy * dy < least) {
          least = dx * dx + dy * dy;
          nearest = k;
        }
      }
      agree += train.labels()[j] == train.labels()[nearest] ? 1 : 0;
    }
    assertThat(agree).isGreaterThan(480);
    assertThat(Arrays.stream(train.labels()).sum()).isBetween(400, 3600);
  }

  @Test
  void equalSeedsGiveEqualExamplesAndOthersDoNot() {
    DataSource.TeacherStudent source = new DataSource.TeacherStudent(3, 5, 50, 1);
    DataSource.TeacherStudent other = new DataSource.TeacherStudent(3, 5, 50, 2);
    float[] first = Synthetic.teacherStudent(source).train().features();
    assertThat(Synthetic.teacherStudent(source).train().features()).isEqualTo(first);
    assertThat(Synthetic.teacherStudent(other).train().features()).isNotEqualTo(first);
    assertThat(source.identity()).isNotEqualTo(other.identity());
  }

  @Test
  void aChoiceIsSpreadOverTheClasses() {
    Examples digits = Digits.load().train();
    float[] twenty = digits.spread(20, 5);
    assertThat(Arrays.copyOf(twenty, 8 * 64)).isEqualTo(digits.spread(8, 5));
    assertThat(digits.spread(8, 6)).isNotEqualTo(digits.spread(8, 5));
    Map<Integer, Integer> classes = new HashMap<>();
    for (int column = 0; column < 20; column++) {
      classes.merge(label(digits, twenty, column), 1, Integer::sum);
    }
    assertThat(classes).hasSize(10).allSatisfy((label, count) -> assertThat(count).isEqualTo(2));
  }

  private static int label(Examples examples, float[] columns, int column) {
    float[] chosen = Arrays.copyOfRange(columns, column * 64, (column + 1) * 64);
    for (int j = 0; j < examples.count(); j++) {
      if (Arrays.equals(chosen, Arrays.copyOfRange(examples.features(), j * 64, (j + 1) * 64))) {
        return examples.labels()[j];
      }
    }
    throw new AssertionError("column " + column + " is no example");
  }

  @Test
  void allExamplesCanBeChosen() {
    Examples three = new Examples(1, new float[] {1, 2, 3}, new int[] {0, 0, 1});
    float[] all = three.spread(3, 1);
    Arrays.sort(all);
    assertThat(all).containsExactly(1, 2, 3);
  }
}
