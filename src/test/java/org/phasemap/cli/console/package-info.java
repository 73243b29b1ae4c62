@NullMarked
package org.phasemap.cli.console;

import org.jspecify.annotations.NullMarked;
