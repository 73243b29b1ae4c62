@NullMarked
package org.phasemap.sweep.cluster;

import org.jspecify.annotations.NullMarked;
