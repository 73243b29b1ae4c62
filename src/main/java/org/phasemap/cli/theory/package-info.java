/** {@code phasemap theory …}: the theory library on the command line. */
@NullMarked
package org.phasemap.cli.theory;

import org.jspecify.annotations.NullMarked;
