/** How one training goes: its curve, when it ends, and what it came to. */
@NullMarked
package org.phasemap.train.course;

import org.jspecify.annotations.NullMarked;
