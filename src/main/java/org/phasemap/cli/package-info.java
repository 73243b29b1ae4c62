/**
 * The commands, by picocli. This is the only place that ends the JVM. {@code sweep} and {@code
 * doctor} start a Spark session; the other commands do not.
 */
@NullMarked
package org.phasemap.cli;

import org.jspecify.annotations.NullMarked;
