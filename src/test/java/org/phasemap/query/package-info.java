@NullMarked
package org.phasemap.query;

import org.jspecify.annotations.NullMarked;
