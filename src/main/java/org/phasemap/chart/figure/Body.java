package org.phasemap.chart.figure;

import java.util.List;
import org.phasemap.chart.figure.sheet.Mark;

/**
 * All marks of a figure.
 *
 * @param height of the sheet that they take, in points
 */
record Body(List<Mark> marks, double height) {}
