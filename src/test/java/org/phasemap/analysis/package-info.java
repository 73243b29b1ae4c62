@NullMarked
package org.phasemap.analysis;

import org.jspecify.annotations.NullMarked;
