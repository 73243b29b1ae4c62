package org.phasemap.measure.linear;

/**
 * Eigenvalues of a symmetric tridiagonal matrix by bisection: 51 times the interval from −r to r, r
 * Gershgorin's bound, is halved to where Sturm's count says that an eigenvalue is. Halving does not
 * depend on the matrix beyond r. So what it ends with is the one of 2⁵¹ intervals whose lower end
 * has at most k eigenvalues below it and whose upper end has more; counts grow with x even as they
 * are rounded (Demmel, Dhillon and Ren 1995, §4). Who knows about where the eigenvalue is finds it
 * with two counts.
 */
final class Bisection {
  private static final double ROUNDING = 1e-15;

  /** Intervals that are tried beside the expected one; then bisection from the start is as fast. */
  private static final int MOST_NEIGHBOURS = 20;

  private final double[] diagonal;
  private final double[] beside;
  private final double reach;

  /** The interval that was last looked at. */
  private double low;

  private double high;

  /** Eigenvalues below its ends. */
  private int belowLow;

  private int belowHigh;

  Bisection(Tridiagonal matrix) {
    diagonal = matrix.diagonal();
    beside = matrix.beside();
    double most = 0;
    int n = diagonal.length;
    for (int i = 0; i < n; i++) {
      double around = Math.sqrt(beside[i]) + (i + 1 < n ? Math.sqrt(beside[i + 1]) : 0);
      most = Math.max(most, Math.abs(diagonal[i]) + around);
    }
    reach = most;
  }

  /**
   * Eigenvalues, each the middle of its interval. The scale is left out.
   *
   * @param numbers for each, how many are smaller
   * @param about where each is expected; this may be wrong, and NaN
   */
  double[] eigenvalues(int[] numbers, double[] about) {
    int count = numbers.length;
    double[] lows = new double[count];
    double[] highs = new double[count];
    for (int first = 0; first < count; first += 4) {
      descendFour(about, first, lows, highs);
    }
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      if (low != lows[i] || high != highs[i]) {
        low = lows[i];
        high = highs[i];
        count();
      }
      values[i] = eigenvalue(numbers[i], about[i]);
    }
    return values;
  }

  /** From the interval that was looked at, in which it is expected. */
  private double eigenvalue(int k, double about) {
    double expected = about;
    for (int tried = 0; tried <= MOST_NEIGHBOURS; tried++) {
      if (tried > 0) {
        descend(expected);
        count();
      }
      if (belowLow > k && low > -reach) {
        expected = Math.nextDown(low);
      } else if (belowHigh <= k && high < reach) {
        expected = high;
      } else {
        return 0.5 * (low + high);
      }
    }
    return halve(k);
  }

  /**
   * The last intervals around four numbers, or nearest to them: side by side, since each step waits
   * for the one before it, and without branches, which would be guessed wrong every second time.
   */
  private void descendFour(double[] about, int first, double[] lows, double[] highs) {
    int last = about.length - 1;
    int b = Math.min(first + 1, last);
    int c = Math.min(first + 2, last);
    int d = Math.min(first + 3, last);
    double xA = number(about[first]);
    double xB = number(about[b]);
    double xC = number(about[c]);
    double xD = number(about[d]);
    double lowA = -reach;
    double lowB = -reach;
    double lowC = -reach;
    double lowD = -reach;
    double highA = reach;
    double highB = reach;
    double highC = reach;
    double highD = reach;
    double width = ROUNDING * reach;
    for (double wide = 2 * reach; wide > width; wide /= 2) {
      double middleA = 0.5 * (lowA + highA);
      double middleB = 0.5 * (lowB + highB);
      double middleC = 0.5 * (lowC + highC);
      double middleD = 0.5 * (lowD + highD);
      long isBelowA = sign(xA - middleA);
      long isBelowB = sign(xB - middleB);
      long isBelowC = sign(xC - middleC);
      long isBelowD = sign(xD - middleD);
      lowA = choose(isBelowA, lowA, middleA);
      lowB = choose(isBelowB, lowB, middleB);
      lowC = choose(isBelowC, lowC, middleC);
      lowD = choose(isBelowD, lowD, middleD);
      highA = choose(isBelowA, middleA, highA);
      highB = choose(isBelowB, middleB, highB);
      highC = choose(isBelowC, middleC, highC);
      highD = choose(isBelowD, middleD, highD);
    }
    // The last one may be there more than once.
    lows[d] = lowD;
    highs[d] = highD;
    lows[c] = lowC;
    highs[c] = highC;
    lows[b] = lowB;
    highs[b] = highB;
    lows[first] = lowA;
    highs[first] = highA;
  }

  /** NaN is below no middle, as infinity is. */
  private static double number(double x) {
    return Double.isNaN(x) ? Double.POSITIVE_INFINITY : x;
  }

  /** All bits of a negative number, none of another. */
  private static long sign(double x) {
    return Double.doubleToRawLongBits(x) >> 63;
  }

  private static double choose(long all, double ifAll, double ifNone) {
    return Double.longBitsToDouble(
        (Double.doubleToRawLongBits(ifAll) & all) | (Double.doubleToRawLongBits(ifNone) & ~all));
  }

  /** Goes to the last interval around x, or nearest to it. */
  private void descend(double x) {
    double from = -reach;
    double to = reach;
    double width = ROUNDING * reach;
    for (double wide = 2 * reach; wide > width; wide /= 2) {
      double middle = 0.5 * (from + to);
      if (x < middle) {
        to = middle;
      } else {
        from = middle;
      }
    }
    low = from;
    high = to;
  }

  /** Goes to the interval of an eigenvalue of which nothing is known. */
  private double halve(int k) {
    low = -reach;
    high = reach;
    double width = ROUNDING * reach;
    for (double wide = 2 * reach; wide > width; wide /= 2) {
      double middle = 0.5 * (low + high);
      if (below(middle) > k) {
        high = middle;
      } else {
        low = middle;
      }
    }
    count();
    return 0.5 * (low + high);
  }

  /** Counts below both ends at once, since a division waits for the one before it. */
  private void count() {
    double a = low;
    double b = high;
    double pivotA = 1;
    double pivotB = 1;
    int countA = 0;
    int countB = 0;
    for (int i = 0; i < diagonal.length; i++) {
      double d = diagonal[i];
      double e = beside[i];
      pivotA = pivot(d - a - e / pivotA);
      pivotB = pivot(d - b - e / pivotB);
      countA += pivotA < 0 ? 1 : 0;
      countB += pivotB < 0 ? 1 : 0;
    }
    belowLow = countA;
    belowHigh = countB;
  }

  private int below(double x) {
    double pivot = 1;
    int count = 0;
    for (int i = 0; i < diagonal.length; i++) {
      pivot = pivot(diagonal[i] - x - beside[i] / pivot);
      count += pivot < 0 ? 1 : 0;
    }
    return count;
  }

  private static double pivot(double value) {
    return value == 0 ? Double.MIN_NORMAL : value;
  }
}
