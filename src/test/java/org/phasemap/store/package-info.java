@NullMarked
package org.phasemap.store;

import org.jspecify.annotations.NullMarked;
