/** The commits of a results folder: which files are its tables. */
@NullMarked
package org.phasemap.store.manifest;

import org.jspecify.annotations.NullMarked;
