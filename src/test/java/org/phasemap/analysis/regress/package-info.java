@NullMarked
package org.phasemap.analysis.regress;

import org.jspecify.annotations.NullMarked;
