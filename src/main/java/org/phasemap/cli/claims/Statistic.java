package org.phasemap.cli.claims;

/** What is taken of the values of a cell's networks, with its standard error over networks. */
enum Statistic {
  /** Its error is sd/√n. */
  MEAN("select avg(v) as value, stddev_samp(v) / sqrt(count(v)) as error from v"),

  /**
   * Its error is √((m₄ − m₂²)/n), m_k the central moments, whatever the law (Cramér 1946, 27.4).
   */
  VARIANCE(
      "select var_samp(v) as value, sqrt(greatest(avg((v - mu) ** 4) - var_pop(v) ** 2, 0)"
          + " / count(v)) as error from v, (select avg(v) as mu from v)"),

  /** Its error is half the distance of the ranks n/2 ± √n/2, whose law is binomial. */
  MEDIAN(
      "select median(v) as value, (max(v) filter (r <= least(n, round((n + sqrt(n)) / 2)))"
          + " - max(v) filter (r <= greatest(1, round((n - sqrt(n)) / 2)))) / 2 as error"
          + " from (select v, row_number() over (order by v) as r, count(*) over () as n from v"
          + " where v is not null)");

  private final String sql;

  Statistic(String sql) {
    this.sql = sql;
  }

  /** SQL that gives {@code value} and {@code error} of an expression over replicates. */
  String of(String expression, String where) {
    return String.format(
        "with v as materialized (select cast(%s as double) as v from replicates"
            + " where status = 'measured' and (%s)) %s",
        expression, where, sql);
  }
}
