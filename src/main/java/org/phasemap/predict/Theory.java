package org.phasemap.predict;

/**
 * What theory says of a cell.
 *
 * @param limit signals, gradients and kernels, with their law at the cell's width
 * @param probes what the other probes find
 */
public record Theory(Prediction limit, ProbePrediction probes) {}
