/** Optimisers: how a gradient changes parameters. */
@NullMarked
package org.phasemap.train.update;

import org.jspecify.annotations.NullMarked;
