package org.phasemap.predict;

import org.jspecify.annotations.Nullable;
import org.phasemap.network.Phase;
import org.phasemap.plan.Cell;
import org.phasemap.quantity.Measurement;

/**
 * What theory expects the probes to find on a cell, in the probes' own definitions: at infinite
 * width, and as a law over networks of the cell's own width.
 *
 * @param cell what is predicted
 * @param phase of the fixed point that the mean q₁ flows to; null where layers have no map of one law
 * @param chi1 χ₁ at layer L; NaN where layers have no map of one law
 * @param limit at infinite width; of gradients by layer ln ‖δ_l‖²/‖δ_L‖²
 * @param bands the law at the cell's width
 */
public record Prediction(
    Cell cell, @Nullable Phase phase, double chi1, Measurement limit, Bands bands) {}
