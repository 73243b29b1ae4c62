/** How fast this machine is, for estimates of time. No Spark. */
@NullMarked
package org.phasemap.sweep.pace;

import org.jspecify.annotations.NullMarked;
