@NullMarked
package org.phasemap.plan.cost;

import org.jspecify.annotations.NullMarked;
