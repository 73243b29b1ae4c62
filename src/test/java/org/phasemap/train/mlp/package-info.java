@NullMarked
package org.phasemap.train.mlp;

import org.jspecify.annotations.NullMarked;
