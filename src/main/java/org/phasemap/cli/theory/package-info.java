/** The {@code theory} command: predictions as tables, without a sweep. */
@NullMarked
package org.phasemap.cli.theory;

import org.jspecify.annotations.NullMarked;
