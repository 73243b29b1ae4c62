package org.phasemap.analysis;

/**
 * One trained network.
 *
 * @param depth L
 * @param replicate its number: equal numbers share random numbers across depths
 * @param trained whether it counts as trained
 */
public record Trial(int depth, int replicate, boolean trained) {}
