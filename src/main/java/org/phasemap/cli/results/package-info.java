/** Commands that show what sweeps hold, or hand it to other programs. None of them starts Spark. */
@NullMarked
package org.phasemap.cli.results;

import org.jspecify.annotations.NullMarked;
