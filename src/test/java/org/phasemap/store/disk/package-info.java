@NullMarked
package org.phasemap.store.disk;

import org.jspecify.annotations.NullMarked;
