@NullMarked
package org.phasemap.train.loss;

import org.jspecify.annotations.NullMarked;
