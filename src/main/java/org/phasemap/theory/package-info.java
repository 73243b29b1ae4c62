/**
 * Mean-field theory: pure functions of doubles. Its rooms import only those before them: gauss,
 * dual, limit, width, precision, architecture.
 */
@NullMarked
package org.phasemap.theory;

import org.jspecify.annotations.NullMarked;
