@NullMarked
package org.phasemap.analysis.history;

import org.jspecify.annotations.NullMarked;
