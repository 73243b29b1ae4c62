/** The inputs that networks are shown, and what is known of them whatever the network. */
@NullMarked
package org.phasemap.measure.input;

import org.jspecify.annotations.NullMarked;
