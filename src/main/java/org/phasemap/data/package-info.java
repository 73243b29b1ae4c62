/** Labelled examples, bundled, read from files or made up, and what identifies them. */
@NullMarked
package org.phasemap.data;

import org.jspecify.annotations.NullMarked;
