/** How a sweep goes: what it tells its listeners, and how it ended. No Spark. */
@NullMarked
package org.phasemap.sweep.progress;

import org.jspecify.annotations.NullMarked;
