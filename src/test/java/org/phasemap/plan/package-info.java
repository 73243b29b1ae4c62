@NullMarked
package org.phasemap.plan;

import org.jspecify.annotations.NullMarked;
