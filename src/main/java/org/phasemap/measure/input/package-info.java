/** The inputs that networks are shown, and what is known of them before any is drawn. */
@NullMarked
package org.phasemap.measure.input;

import org.jspecify.annotations.NullMarked;
