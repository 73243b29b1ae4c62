/** Results on disk: folders, commits and the lock, and local copies of files that lie elsewhere. */
@NullMarked
package org.phasemap.store;

import org.jspecify.annotations.NullMarked;
