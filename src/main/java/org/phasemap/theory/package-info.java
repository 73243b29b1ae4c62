/** Mean-field predictions: pure functions of doubles. */
@NullMarked
package org.phasemap.theory;

import org.jspecify.annotations.NullMarked;
