@NullMarked
package org.phasemap.cli.sweep;

import org.jspecify.annotations.NullMarked;
