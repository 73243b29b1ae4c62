package org.phasemap.cli.claims;

import java.util.List;

/**
 * A statement and what decides about it.
 *
 * @param id such as C03
 * @param says the statement
 * @param figures in the order of the page; the first stands in its table
 * @param rulings the first whose condition holds is the verdict; the last has none
 */
record Claim(String id, String says, List<Figure> figures, List<Ruling> rulings) {}
