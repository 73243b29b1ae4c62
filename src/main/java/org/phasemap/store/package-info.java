/**
 * Results on disk: the schemas of the tables, the manifest that says which files are committed, the
 * lock, and local copies of files that lie elsewhere.
 */
@NullMarked
package org.phasemap.store;

import org.jspecify.annotations.NullMarked;
