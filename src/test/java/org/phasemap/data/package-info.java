@NullMarked
package org.phasemap.data;

import org.jspecify.annotations.NullMarked;
