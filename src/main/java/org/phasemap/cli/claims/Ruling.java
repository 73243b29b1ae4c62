package org.phasemap.cli.claims;

/**
 * What to say if figures are so.
 *
 * @param when SQL over figures by their names; {@code x_error} and {@code x_theory} stand beside x,
 *     and {@code agrees(x, d)} is |x − x_theory| ≤ 4 x_error + d
 * @param says why, in words; {@code {x}} is a figure with its error, {@code {x.theory}} its theory
 */
record Ruling(Verdict verdict, String when, String says) {}
