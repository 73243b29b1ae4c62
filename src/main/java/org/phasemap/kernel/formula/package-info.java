/**
 * φ and φ′ of every activation, written once over float32 operations that round alike on every
 * backend and on a GPU.
 */
@NullMarked
package org.phasemap.kernel.formula;

import org.jspecify.annotations.NullMarked;
