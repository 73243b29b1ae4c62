@NullMarked
package org.phasemap.train.device;

import org.jspecify.annotations.NullMarked;
