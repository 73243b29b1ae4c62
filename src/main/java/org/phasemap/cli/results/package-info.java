/** Commands that say what sweeps hold, and hand it to other programs. None of them starts Spark. */
@NullMarked
package org.phasemap.cli.results;

import org.jspecify.annotations.NullMarked;
