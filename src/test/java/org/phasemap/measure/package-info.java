@NullMarked
package org.phasemap.measure;

import org.jspecify.annotations.NullMarked;
