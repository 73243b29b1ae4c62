@NullMarked
package org.phasemap.sweep.pace;

import org.jspecify.annotations.NullMarked;
