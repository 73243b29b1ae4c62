/** {@code theory check}: reference values of a table beside those that theory computes. */
@NullMarked
package org.phasemap.cli.theory.check;

import org.jspecify.annotations.NullMarked;
