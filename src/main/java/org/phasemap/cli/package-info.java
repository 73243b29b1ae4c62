/** The commands; the only place that exits the JVM. */
@NullMarked
package org.phasemap.cli;

import org.jspecify.annotations.NullMarked;
