@NullMarked
package org.phasemap;

import org.jspecify.annotations.NullMarked;
