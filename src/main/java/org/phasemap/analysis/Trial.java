package org.phasemap.analysis;

/**
 * One trained network.
 *
 * @param depth L
 * @param replicate its number: networks of equal numbers share random numbers
 * @param trained whether it counts as trained
 */
public record Trial(int depth, int replicate, boolean trained) {}
