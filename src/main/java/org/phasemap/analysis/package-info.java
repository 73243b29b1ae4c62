/** What measurements of many cells say together: boundaries with error bars, and data collapse. */
@NullMarked
package org.phasemap.analysis;

import org.jspecify.annotations.NullMarked;
