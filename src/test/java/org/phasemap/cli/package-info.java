@NullMarked
package org.phasemap.cli;

import org.jspecify.annotations.NullMarked;
