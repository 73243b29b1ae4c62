/**
 * Draws what a sweep found: maps in the terminal, and one self-contained HTML page. Reads the
 * tables by queries alone.
 */
@NullMarked
package org.phasemap.report;

import org.jspecify.annotations.NullMarked;
