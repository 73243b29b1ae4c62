@NullMarked
package org.phasemap.sweep;

import org.jspecify.annotations.NullMarked;
