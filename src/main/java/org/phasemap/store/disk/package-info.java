/** What local disks do that Hadoop does not: outlast a power cut, create a file only if absent. */
@NullMarked
package org.phasemap.store.disk;

import org.jspecify.annotations.NullMarked;
