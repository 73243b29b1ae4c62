@NullMarked
package org.phasemap.train.model;

import org.jspecify.annotations.NullMarked;
