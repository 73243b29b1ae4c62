/** The commands that hold sweeps to baselines, and run them every night. */
@NullMarked
package org.phasemap.cli.regress;

import org.jspecify.annotations.NullMarked;
