package org.phasemap.chart;

import com.fasterxml.jackson.annotation.JsonFormat;

/** A point of a line, [x, y]. */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
public record Point(double x, double y) {}
