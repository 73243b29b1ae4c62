package org.phasemap.chart;

import java.util.Map;

/**
 * The words around the figures.
 *
 * @param caption what was measured and what was not, in one sentence or two
 * @param errors what the errors of all cells together are
 * @param conventions which of the field's many conventions the numbers follow: term and meaning
 */
public record Heading(String caption, String errors, Map<String, String> conventions) {}
