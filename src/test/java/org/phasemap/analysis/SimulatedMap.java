package org.phasemap.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * Draws networks whose P(trained) is logistic in ln L and whose luck is shared: in part along the
 * column by all networks of a replicate, in part by those of one replicate and depth in all
 * columns. Where none is shared, networks are numbered as those of a sweep whose cells share no
 * random numbers.
 *
 * @param depths of the map
 * @param replicates networks a cell
 * @param scale of the logistic curve
 * @param alongColumn share of the variance of a network's luck that is its replicate's
 * @param acrossColumns share that is its replicate's at that depth; the rest is its own
 */
record SimulatedMap(
    List<Integer> depths, int replicates, double scale, double alongColumn, double acrossColumns) {
  private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);

  /**
   * The networks of columns, a list for each.
   *
   * @param lnMiddles ln L where P = ½, of each column
   */
  List<List<Trial>> draw(Random random, double... lnMiddles) {
    int network = 0;
    List<List<Trial>> columns = new ArrayList<>();
    for (int c = 0; c < lnMiddles.length; c++) {
      columns.add(new ArrayList<>());
    }
    boolean areIndependent = alongColumn + acrossColumns == 0;
    double own = Math.sqrt(1 - alongColumn - acrossColumns);
    for (int replicate = 0; replicate < replicates; replicate++) {
      double common = Math.sqrt(alongColumn) * random.nextGaussian();
      for (int depth : depths) {
        double here = common + Math.sqrt(acrossColumns) * random.nextGaussian();
        for (int c = 0; c < lnMiddles.length; c++) {
          double p = 1 / (1 + Math.exp((Math.log(depth) - lnMiddles[c]) / scale));
          double luck = NORMAL.cumulativeProbability(here + own * random.nextGaussian());
          int number = areIndependent ? network++ : replicate;
          columns.get(c).add(new Trial(depth, number, luck < p));
        }
      }
    }
    return columns;
  }
}
