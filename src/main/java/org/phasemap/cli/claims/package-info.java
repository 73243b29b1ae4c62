/**
 * What is said of initialisation, measured: statements in YAML, the sweeps that measure them, rules
 * by which figures decide, and the page that shows it.
 */
@NullMarked
package org.phasemap.cli.claims;

import org.jspecify.annotations.NullMarked;
