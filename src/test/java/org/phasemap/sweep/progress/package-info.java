@NullMarked
package org.phasemap.sweep.progress;

import org.jspecify.annotations.NullMarked;
