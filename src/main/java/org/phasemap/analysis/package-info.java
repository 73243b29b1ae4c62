/**
 * What measurements of many cells say together: fitted boundaries of trainability with their 95 %
 * intervals, and the collapse of all columns of a map.
 */
@NullMarked
package org.phasemap.analysis;

import org.jspecify.annotations.NullMarked;
