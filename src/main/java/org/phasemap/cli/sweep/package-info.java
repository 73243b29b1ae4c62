/** Commands that plan and run sweeps, follow and end them: progress, metrics, signals. */
@NullMarked
package org.phasemap.cli.sweep;

import org.jspecify.annotations.NullMarked;
