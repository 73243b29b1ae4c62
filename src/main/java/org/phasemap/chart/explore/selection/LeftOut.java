package org.phasemap.chart.explore.selection;

/**
 * Cells of a selection that a chart does not show.
 *
 * @param reason why, as a sentence without its end
 * @param cells how many
 */
public record LeftOut(String reason, long cells) {}
