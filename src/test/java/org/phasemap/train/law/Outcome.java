package org.phasemap.train.law;

import java.util.Map;

/**
 * What became of one network.
 *
 * @param category trained, stalled or diverged
 * @param numbers by the names of docs/tables.md
 */
public record Outcome(String category, Map<String, Double> numbers) {}
